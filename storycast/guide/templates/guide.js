"use strict";

/* Without this script the guide can be read as well; it lets the film, the pictures and the
   typed texts be used more easily. */

for (const setUp of [setUpFilm, setUpPictures, setUpCopying]) setUp();

function setUpFilm() {
  const film = document.querySelector("video");
  if (!film) return;
  const links = [...document.querySelectorAll("[data-seek]")];
  if (film.error) tellMissing();
  film.addEventListener("error", tellMissing);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      film.currentTime = Number(link.dataset.seek) / 1000;
      film.play().catch(() => {}); // a press of pause while it loads is no error
    });
  }
  film.addEventListener("timeupdate", () => {
    for (const place of [".chapters > li > a", ".chapters ol a", ".play", ".transcript .clock"]) {
      showCurrent(links.filter((link) => link.matches(place)), film.currentTime * 1000);
    }
  });
  setUpDock(film);
}

function tellMissing() {
  document.documentElement.classList.add("filmless");
  document.querySelector(".missing").hidden = false;
}

function showCurrent(links, now) {
  const current = links.findLast((link) => Number(link.dataset.seek) <= now + 50);
  for (const link of links) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/* The film is docked in a corner from when it plays out of sight until it is in sight again. */
function setUpDock(film) {
  const page = document.documentElement.classList;
  let inSight = true;
  const dock = () => page.toggle("docked", !inSight && (page.contains("docked") || !film.paused));
  new IntersectionObserver(([entry]) => {
    inSight = entry.isIntersecting;
    dock();
  }).observe(document.querySelector(".screen"));
  film.addEventListener("play", dock);
  document.querySelector(".undock").addEventListener("click", () => {
    film.pause();
    page.remove("docked");
  });
}

function setUpPictures() {
  const dialog = document.querySelector(".large");
  const canvas = dialog.querySelector(".canvas");
  for (const link of document.querySelectorAll(".enlarge")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      canvas.replaceChildren(link.querySelector("img").cloneNode());
      dialog.showModal();
      canvas.scrollTo({
        left: Number(link.dataset.x ?? 0) - canvas.clientWidth / 2,
        top: Number(link.dataset.y ?? 0) - canvas.clientHeight / 2,
        behavior: "instant",
      });
    });
  }
  canvas.addEventListener("click", () => dialog.close());
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
}

function setUpCopying() {
  const news = document.querySelector("#news");
  for (const button of document.querySelectorAll(".copy")) {
    const label = button.textContent;
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent);
      button.textContent = news.textContent = button.dataset.copied;
      setTimeout(() => {
        button.textContent = label;
        news.textContent = "";
      }, 2000);
    });
  }
}

"use strict";

/* Without this script the guide can be read as well; it lets the film, the pictures, the typed
   texts and the boxes to tick be used more easily. */

const root = document.documentElement;
const shelf = openShelf();
for (const setUp of [setUpFilm, setUpPictures, setUpCopying, setUpTicks]) setUp();

/* Browsers may refuse to remember anything of a file or of a page in a frame. */
function openShelf() {
  try {
    localStorage.getItem("storycast");
    return {
      read: (name) => JSON.parse(localStorage.getItem(`storycast:${name}`) ?? "null"),
      write: (name, value) => localStorage.setItem(`storycast:${name}`, JSON.stringify(value)),
    };
  } catch {
    return { read: () => null, write: () => {} };
  }
}

function recall(name) {
  try {
    return shelf.read(name);
  } catch {
    return null; // another page's, or damaged
  }
}

function remember(name, value) {
  try {
    shelf.write(name, value);
  } catch {
    // there is no room
  }
}

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
    showStep(document.querySelector(".play[aria-current]")?.closest(".step"));
  });
  setUpDock(film);
  setUpSpeed(film);
}

function tellMissing() {
  root.classList.add("filmless");
  document.querySelector(".missing").hidden = false;
}

function showCurrent(links, now) {
  const current = links.findLast((link) => Number(link.dataset.seek) <= now + 50);
  for (const link of links) mark(link, "true", link === current);
}

/* The step that the film shows is marked where it stands, and in the contents. */
function showStep(step) {
  for (const each of document.querySelectorAll(".step")) {
    mark(each, "step", each === step);
    const entry = document.querySelector(`.contents a[href="#${each.id}"]`);
    mark(entry, "step", each === step);
  }
}

function mark(element, kind, isCurrent) {
  if (isCurrent) element.setAttribute("aria-current", kind);
  else element.removeAttribute("aria-current");
}

/* The film is docked in a corner from when it plays out of sight until it is in sight again. */
function setUpDock(film) {
  const page = root.classList;
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

function setUpSpeed(film) {
  const choice = document.querySelector("#speed");
  const set = () => {
    film.playbackRate = film.defaultPlaybackRate = Number(choice.value);
  };
  const known = recall("speed");
  if ([...choice.options].some((option) => option.value === known)) choice.value = known;
  set();
  choice.addEventListener("change", () => {
    set();
    remember("speed", choice.value);
  });
  choice.parentElement.hidden = false;
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

/* Steps that are done are ticked off, and stay so; each is known by a name made of its content. */
function setUpTicks() {
  const boxes = [...document.querySelectorAll(".tick input")];
  if (!boxes.length) return;
  const shelfName = `done:${root.dataset.guide}`;
  const known = recall(shelfName);
  const done = new Set(Array.isArray(known) ? known : []);
  for (const box of boxes) {
    box.checked = done.has(box.value);
    box.addEventListener("change", () => {
      showProgress(boxes);
      remember(shelfName, boxes.filter((each) => each.checked).map((each) => each.value));
    });
  }
  document.querySelector(".reset").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    remember(shelfName, []);
    showProgress(boxes);
  });
  document.querySelector(".progress").hidden = false;
  showProgress(boxes);
}

function showProgress(boxes) {
  const done = boxes.filter((box) => box.checked).length;
  const told = document.querySelector("#progress");
  document.querySelector(".progress progress").value = done;
  told.textContent = told.dataset.told.replace("{done}", done).replace("{count}", boxes.length);
  document.querySelector(".reset").disabled = done === 0;
  for (const box of boxes) {
    const step = box.closest(".step");
    step.classList.toggle("done", box.checked);
    document.querySelector(`.contents a[href="#${step.id}"]`).classList.toggle("done", box.checked);
  }
}

"use strict";

/* Without these scripts all guides can be read as well; with them the shelf can be narrowed down,
   searched, and a link can lead to a place in a film. The state stands in the address, behind the #,
   so that going back leads to where one was. */

const address = {
  read: () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : ""),
  write(name, value) {
    const told = address.read();
    if (value) told.set(name, value);
    else told.delete(name);
    const hash = told.toString();
    history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
  },
};

const news = document.querySelector("#news");
let telling = 0;

/* What somebody who cannot see the page is told of what has changed in it, once typing pauses. */
function tell(text) {
  clearTimeout(telling);
  telling = setTimeout(() => {
    news.textContent = text;
  }, 500);
}

setUpShelf();
setUpFilm();

function setUpShelf() {
  const tags = document.querySelector(".tags");
  const cards = [...document.querySelectorAll(".card")];
  if (!cards.length) return;
  const select = document.querySelector("#language");
  const narrow = () => {
    const tag = address.read().get("tag") ?? "";
    const language = address.read().get("language") ?? "";
    for (const card of cards) {
      const inLanguage = !language || card.dataset.languages.split(" ").includes(language);
      card.hidden = !(inLanguage && (!tag || JSON.parse(card.dataset.tags).includes(tag)));
    }
    for (const shelf of document.querySelectorAll(".shelf, .cards")) {
      shelf.hidden = !shelf.querySelector(".card:not([hidden])");
    }
    for (const part of document.querySelectorAll(".part")) part.hidden = part.nextElementSibling.hidden;
    for (const button of tags?.querySelectorAll("button") ?? []) {
      button.setAttribute("aria-pressed", String(button.value === tag));
    }
  };
  const announce = () => {
    narrow();
    if (tags) tell(tags.dataset.told.replace("{count}", cards.filter((card) => !card.hidden).length));
  };
  if (tags) {
    tags.hidden = false;
    tags.addEventListener("click", ({ target }) => {
      if (!target.matches("button")) return;
      address.write("tag", target.getAttribute("aria-pressed") === "true" ? "" : target.value);
      announce();
    });
  }
  select?.addEventListener("change", () => {
    address.write("language", select.value);
    announce();
  });
  addEventListener("hashchange", narrow);
  narrow();
}

/* An address that ends in #film=12.5 plays the film from there. */
function setUpFilm() {
  const film = document.querySelector("video");
  if (!film) return;
  const seek = () => {
    const place = address.read().get("film");
    if (place === null || !Number.isFinite(Number(place))) return;
    film.currentTime = Number(place);
    film.scrollIntoView({ block: "nearest" });
    film.focus({ preventScroll: true });
    film.play().catch(() => {}); // browsers that play nothing unasked show the place
  };
  for (const link of document.querySelectorAll("a.at")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(history.state, "", link.getAttribute("href"));
      seek();
    });
  }
  addEventListener("hashchange", seek);
  seek();
}

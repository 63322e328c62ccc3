"use strict";

/* The search: it loads its shards when somebody begins to search. They are scripts, because a page
   that is a file itself may load nothing else. */

const storycast = (() => {
  const MOST = 20;
  const PLACES = 3;
  const search = document.querySelector(".search");
  const found = document.querySelector("#found");
  const words = document.querySelector("#words");
  const select = document.querySelector("#language");
  const page = document.querySelector("#page");
  const count = found.querySelector(".count");
  const list = found.querySelector(".results");
  const { root } = search.dataset;
  const languages = search.dataset.languages.split(" ").filter(Boolean);
  const shelves = new Map();
  const loading = new Map();
  let asked = 0;

  search.hidden = false;
  found.prepend(make("h1", { textContent: found.ariaLabel }));
  words.value = address.read().get("find") ?? "";
  if (select) select.value = address.read().get("language") ?? "";
  words.addEventListener("focus", () => load().catch(() => {}));
  words.addEventListener("input", answer);
  select?.addEventListener("change", () => {
    address.write("language", select.value);
    answer();
  });
  search.addEventListener("keydown", fromField);
  list.addEventListener("keydown", fromResult);
  list.addEventListener("click", remember);
  if (words.value) answer().then(comeBack);

  /* Called by every shard as it is loaded. */
  function shelve(language, guides) {
    shelves.set(language, guides.map((guide) => matching.prepare(guide, language)));
  }

  function load() {
    return Promise.all(chosen().map((language) => {
      if (!loading.has(language)) loading.set(language, loadShard(language));
      return loading.get(language);
    }));
  }

  function loadShard(language) {
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = `${root}assets/search-${language}.js`;
      script.addEventListener("load", done);
      script.addEventListener("error", () => fail(new Error(`assets/search-${language}.js`)));
      document.head.append(script);
    });
  }

  /* The reader's own language first: of guides that match as well, those come first. */
  function chosen() {
    if (select?.value) return [select.value];
    const own = document.documentElement.lang;
    return [...languages].sort((one, other) => (other === own) - (one === own));
  }

  async function answer() {
    const query = words.value.trim();
    asked += 1;
    const number = asked;
    address.write("find", query);
    if (!query) {
      close();
      return;
    }
    try {
      await load();
    } catch (error) {
      show([], found.dataset.missing.replace("{file}", error.message), query);
      return;
    }
    if (number !== asked) return; // more was typed meanwhile
    const results = seek(query);
    const text = results.length > MOST ? found.dataset.shown : results.length ? found.dataset.found : found.dataset.nothing;
    const told = text.replace("{count}", results.length).replace("{shown}", MOST).replace("{words}", () => query);
    show(results.slice(0, MOST), told, query);
  }

  function seek(query) {
    return matching.find(chosen().flatMap((language) => shelves.get(language) ?? []), query);
  }

  function show(results, told, query) {
    list.replaceChildren(...results.map((result) => drawResult(result, query)));
    count.textContent = told;
    found.hidden = false;
    page.hidden = true;
    tell(told);
  }

  function close() {
    found.hidden = true;
    page.hidden = false;
    list.replaceChildren();
    tell("");
  }

  function drawResult({ guide, places }, query) {
    const folder = `${root}${guide.place.split("/").map(encodeURIComponent).join("/")}`;
    const item = make("li", { className: "result" });
    if (guide.cover) item.append(make("img", { src: `${folder}/cover.webp`, alt: "", width: 640, height: 360, loading: "lazy" }));
    const title = make("h2", { lang: guide.language, dir: guide.direction });
    title.append(drawLink(`${folder}/index.html`, guide.title, query));
    const body = make("div");
    body.append(title);
    if (languages.length > 1) body.append(make("p", { className: "facts", lang: guide.language, textContent: search.querySelector(`option[value="${guide.language}"]`).textContent }));
    if (guide.goal) {
      const goal = make("p", { className: "goal", lang: guide.language, dir: guide.direction });
      goal.append(...drawPieces(guide.goal, query));
      body.append(goal);
    }
    const spots = make("ul", { className: "spots" });
    spots.append(...places.slice(0, PLACES).map((place) => drawPlace(place, guide, folder, query)));
    if (spots.children.length) body.append(spots);
    item.append(body);
    return item;
  }

  function drawPlace({ anchor, title, text, at }, guide, folder, query) {
    const inFilm = at !== null;
    const item = make("li", { lang: inFilm ? guide.spoken : guide.language, dir: "auto" });
    const named = title && !text.startsWith(title); // a step without a title is called by its first words
    const goal = inFilm ? `${folder}/index.html#film=${at / 1000}` : `${folder}/guide.html#${encodeURIComponent(anchor)}`;
    if (inFilm) {
      const name = found.dataset.film.replace("{time}", clock(at));
      item.append(make("a", { href: goal, textContent: name, lang: document.documentElement.lang }));
    } else {
      item.append(drawLink(goal, named ? title : text || title, query));
    }
    if (inFilm || named) {
      const excerpt = make("p");
      excerpt.append(...drawPieces(text, query));
      item.append(excerpt);
    }
    return item;
  }

  function drawLink(href, text, query) {
    const link = make("a", { href });
    link.append(...drawPieces(text, query));
    return link;
  }

  function drawPieces(text, query) {
    return matching.cut(text, query).map(([piece, matches]) => (matches ? make("mark", { textContent: piece }) : document.createTextNode(piece)));
  }

  function make(name, properties = {}) {
    return Object.assign(document.createElement(name), properties);
  }

  function clock(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (!parts[0]) parts.shift();
    return parts.map((part, index) => (index ? String(part).padStart(2, "0") : part)).join(":");
  }

  /* Who goes back from what was found is where it was found. */
  function remember({ target }) {
    const at = [...list.querySelectorAll("a")].indexOf(target.closest("a"));
    if (at >= 0) history.replaceState({ ...history.state, result: at }, "");
  }

  function comeBack() {
    list.querySelectorAll("a")[history.state?.result]?.focus();
  }

  /* Enter opens the best guide, the arrow down leads to it, Escape puts the search away. */
  function fromField(event) {
    if (event.isComposing || event.target !== words) return;
    const first = list.querySelector("a");
    if (event.key === "Escape" && words.value) {
      event.preventDefault();
      words.value = "";
      answer();
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === "Enter" && first) {
      event.preventDefault();
      first.click();
    }
  }

  function fromResult(event) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      event.preventDefault();
      (links[at + step] ?? (step < 0 ? words : links[at])).focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      words.value = "";
      words.focus();
      answer();
    }
  }

  return { shelve, seek, load };
})();

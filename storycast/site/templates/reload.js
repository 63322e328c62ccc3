"use strict";

/* Loads the page again when it, or what all pages share, was made again. Served with pages by
   `storycast serve`, and never part of a published one. */

new EventSource("/.storycast/changes").addEventListener("message", ({ data }) => {
  const path = decodeURIComponent(location.pathname).slice(1);
  const shown = path.endsWith("/") || !path ? `${path}index.html` : path;
  const folder = shown.slice(0, shown.lastIndexOf("/") + 1);
  const media = [...document.querySelectorAll("video, img")].map((each) => each.getAttribute("src"));
  const loaded = new Set([shown, "assets/site.css", ...media.map((name) => folder + name)]);
  if (JSON.parse(data).some((name) => loaded.has(name))) location.reload();
});

for (const slider of document.querySelectorAll("input[type=range]")) {
  const figure = slider.closest("figure");
  const show = () => figure.style.setProperty("--split", `${100 - slider.value}%`);
  slider.addEventListener("input", show);
  show();
}

const changes = [...document.querySelectorAll(".changes li")];
const keys = document.getElementById("keys");

function mark(change) {
  for (const box of document.querySelectorAll(".box"))
    box.classList.toggle("current", Boolean(change) && box.dataset.number === String(change.value));
}

for (const change of changes) {
  change.addEventListener("focus", () => mark(change));
  change.addEventListener("blur", () => mark(null));
}

document.addEventListener("keydown", (event) => {
  const way = { n: 1, p: -1 }[event.key.toLowerCase()];
  if (!way || !keys?.checked || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = changes.indexOf(document.activeElement);
  const next = at < 0 ? (way > 0 ? 0 : changes.length - 1) : at + way;
  const change = changes[Math.min(Math.max(next, 0), changes.length - 1)];
  change?.closest("details")?.setAttribute("open", "");
  change?.focus();
  event.preventDefault();
});

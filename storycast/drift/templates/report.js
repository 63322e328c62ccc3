for (const slider of document.querySelectorAll("input[type=range]")) {
  const figure = slider.closest("figure");
  const show = () => figure.style.setProperty("--split", `${100 - slider.value}%`);
  slider.addEventListener("input", show);
  show();
}

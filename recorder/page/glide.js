// Scrolls what was scrolled last (watch.js keeps it) back and forth, so that the way can be seen.
// to: an offset to show there, or null to go back to the goal and end. Until then watch.js takes no
// notice. Returns {arrived, fixed}: whether the offset was reached and the page was the same there;
// the boxes, over what is scrolled, of what has stayed in its place until now.
const [to] = arguments;
const GLIDING = Symbol.for("storycast.gliding");
const scrolled = document[Symbol.for("storycast.scrolled")];
if (!scrolled || !scrolled.element.isConnected) return { arrived: false, fixed: [] };
const { element, goal } = scrolled;
const page = element.ownerDocument;
const view = page.defaultView;

function* everything(root) {
  for (const inner of root.querySelectorAll("*")) {
    yield inner;
    if (inner.shadowRoot) yield* everything(inner.shadowRoot);
  }
}

function port() {
  if (element === page.scrollingElement)
    return { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight };
  const { left, top } = element.getBoundingClientRect();
  const [x, y] = [left + element.clientLeft, top + element.clientTop];
  return { left: x, top: y, right: x + element.clientWidth, bottom: y + element.clientHeight };
}

function isStuck(style, box, edges) {
  const near = (side, place) => Math.abs(parseFloat(side) - place) < 1.5;
  return (
    near(style.top, box.top - edges.top) || near(style.bottom, edges.bottom - box.bottom) ||
    near(style.left, box.left - edges.left) || near(style.right, edges.right - box.right)
  );
}

function stays(candidate, edges) {
  if (candidate.contains(element) || element === candidate) return false;
  const style = view.getComputedStyle(candidate);
  if (style.position !== "fixed" && style.position !== "sticky") return false;
  if (style.visibility !== "visible" || style.opacity === "0") return false;
  const box = candidate.getBoundingClientRect();
  const width = Math.min(box.right, edges.right) - Math.max(box.left, edges.left);
  const height = Math.min(box.bottom, edges.bottom) - Math.max(box.top, edges.top);
  if (width <= 0 || height <= 0) return false;
  // A layer over everything is no bar.
  if (width * height > 0.8 * (edges.right - edges.left) * (edges.bottom - edges.top)) return false;
  return style.position === "fixed" || isStuck(style, box, edges);
}

const placeOf = (one) => { const { x, y, width, height } = one.getBoundingClientRect(); return { x, y, width, height }; };

function findFixed() {
  const edges = port();
  const found = [...everything(page)].filter((one) => stays(one, edges));
  const outer = found.filter((one) => !found.some((other) => other !== one && other.contains(one)));
  return outer.map((one) => ({ one, place: placeOf(one) }));
}

// How a document is shown in the window: [x, y, scale].
function shownAs(inner) {
  let [x, y, scale] = [0, 0, 1];
  for (let at = inner; at !== window; at = at.frameElement.ownerDocument.defaultView) {
    const [left, top, outer] = inside(at.frameElement);
    [x, y, scale] = [left + x * outer, top + y * outer, scale * outer];
  }
  return [x, y, scale];
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function inView(image) {
  const box = image.getBoundingClientRect();
  return box.bottom > 0 && box.top < view.innerHeight && box.right > 0 && box.left < view.innerWidth;
}

async function drawn() {
  await frame();
  const images = [...page.images].filter(inView);
  await Promise.race([Promise.all(images.map((one) => one.decode().catch(() => {}))), pause(1000)]);
  await frame();
}

function told() {
  const [left, top, scale] = shownAs(view);
  return scrolled.fixed.map(({ place: { x, y, width, height } }) => ({
    x: left + x * scale, y: top + y * scale, width: width * scale, height: height * scale,
  }));
}

return (async () => {
  if (!document[GLIDING]) {
    document[GLIDING] = true;
    scrolled.fixed = findFixed();
    scrolled.size = [element.scrollWidth, element.scrollHeight];
  }
  steady_end();
  const { x, y } = to ?? goal;
  const moves = element.scrollLeft !== x || element.scrollTop !== y;
  if (moves) {
    element.scrollTo({ left: x, top: y, behavior: "instant" });
    await Promise.race([drawn(), pause(1500)]);
  }
  const same = element.scrollWidth === scrolled.size[0] && element.scrollHeight === scrolled.size[1];
  const arrived = Math.abs(element.scrollLeft - x) <= 1 && Math.abs(element.scrollTop - y) <= 1;
  if (to) {
    await steady();
    scrolled.fixed = scrolled.fixed.filter(
      ({ one, place }) => JSON.stringify(place) === JSON.stringify(placeOf(one))
    );
  } else {
    document[GLIDING] = false;
  }
  return { arrived: arrived && same, fixed: told() };
})();

// Installs a watch in every document that can be reached, and tells what it has seen.
// masks: selectors of areas that may change as they like; take: whether to tell what was scrolled
// since it was told last, as scrolled: {box, origin, goal} of what moved most, or null (glide.js
// finds it under a symbol).
// Returns {token, still, quietMs}: the token is the same as before when nothing on the page has
// changed; still is false where a picture can change without the document (canvas, video, other
// origins); quietMs is how long ago something changed.
const [masks, take] = arguments;
const KEY = Symbol.for("storycast.watch");
const GLIDING = Symbol.for("storycast.gliding");
const SCROLLED = Symbol.for("storycast.scrolled");

function isMasked(node) {
  let element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  while (element) {
    if (masks.some((mask) => element.closest(mask))) return true;
    element = element.getRootNode().host ?? null;
  }
  return false;
}

function install(root) {
  const view = (root.ownerDocument || root).defaultView;
  const watch = { changes: 0, at: performance.now(), offsets: new WeakMap(), scrolled: new Set() };
  for (const element of [root.scrollingElement, ...root.querySelectorAll("*")])
    if (element && (element.scrollLeft || element.scrollTop))
      watch.offsets.set(element, { x: element.scrollLeft, y: element.scrollTop });
  watch.note = () => { watch.changes += 1; watch.at = performance.now(); };
  watch.read = (records) => { if (records.some((record) => !isMasked(record.target))) watch.note(); };
  watch.observer = new view.MutationObserver(watch.read);
  watch.observer.observe(root, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  root.addEventListener("scroll", (event) => {
    if (document[GLIDING]) return; // glide.js scrolls back and forth
    watch.scrolled.add(event.target.scrollingElement ?? event.target);
    watch.note();
  }, { capture: true, passive: true });
  for (const name of ["input", "change", "focusin", "focusout", "toggle", "load"])
    root.addEventListener(name, watch.note, { capture: true, passive: true });
  // A blinking caret is in one picture and not in the next. It is hidden by a style sheet that is
  // no part of the document: nothing in the page's tree changes.
  watch.sheet = new view.CSSStyleSheet();
  watch.sheet.replaceSync("* { caret-color: transparent !important; }");
  root[KEY] = watch;
  return watch;
}

const foreign = [];
function* roots(root) {
  yield root;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* roots(element.shadowRoot);
    if (element.tagName === "IFRAME" || element.tagName === "FRAME") {
      const inner = element.contentDocument;
      if (inner) yield* roots(inner);
      else foreign.push(element);
    }
  }
}

// The part of the viewport that shows what an element scrolls.
function boxOf(element) {
  const page = element.ownerDocument;
  let view = page.defaultView;
  let [left, top, right, bottom] = [0, 0, view.innerWidth, view.innerHeight];
  if (element !== page.scrollingElement) {
    const box = element.getBoundingClientRect();
    [left, top] = [box.left + element.clientLeft, box.top + element.clientTop];
    [right, bottom] = [left + element.clientWidth, top + element.clientHeight];
  }
  for (;;) {
    left = Math.max(left, 0);
    top = Math.max(top, 0);
    right = Math.min(right, view.innerWidth);
    bottom = Math.min(bottom, view.innerHeight);
    const frame = view === window ? null : view.frameElement;
    if (!frame) break;
    const [x, y, scale] = inside(frame);
    [left, right] = [left * scale + x, right * scale + x];
    [top, bottom] = [top * scale + y, bottom * scale + y];
    view = frame.ownerDocument.defaultView;
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function takeScrolled(watches) {
  let most = null;
  for (const watch of watches) {
    for (const element of watch.scrolled) {
      const origin = watch.offsets.get(element) ?? { x: 0, y: 0 };
      const goal = { x: element.scrollLeft, y: element.scrollTop };
      watch.offsets.set(element, goal);
      if (!element.isConnected) continue;
      const far = Math.max(Math.abs(goal.x - origin.x), Math.abs(goal.y - origin.y));
      if (far > (most ? most.far : 0)) most = { element, origin, goal, far };
    }
    watch.scrolled.clear();
  }
  document[SCROLLED] = most;
  if (!most) return null;
  const box = boxOf(most.element);
  return box.width > 0 && box.height > 0 ? { box, origin: most.origin, goal: most.goal } : null;
}

const watches = [];
const parts = [];
let lastChange = 0;
let still = true;
for (const root of roots(document)) {
  const watch = root[KEY] || install(root);
  watches.push(watch);
  watch.read(watch.observer.takeRecords());
  if (!root.adoptedStyleSheets.includes(watch.sheet)) root.adoptedStyleSheets.push(watch.sheet);
  lastChange = Math.max(lastChange, watch.at);
  // A field's value can be set without any event.
  let values = 0;
  for (const field of root.querySelectorAll("input, textarea, select")) {
    const text = `${field.value}${field.checked}`;
    for (let i = 0; i < text.length; i++) values = (values * 31 + text.charCodeAt(i)) | 0;
  }
  const view = root.defaultView;
  parts.push([watch.changes, values, view ? [view.location.href, view.scrollX, view.scrollY] : 0]);
  if (root.querySelector("canvas, video, embed, object")) still = false;
}
return {
  token: JSON.stringify(parts),
  still: still && !foreign.length,
  quietMs: performance.now() - lastChange,
  scrolled: take ? takeScrolled(watches) : null,
};

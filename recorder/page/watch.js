// Installs a watch in every document that can be reached, and tells what it has seen.
// masks: selectors of areas that may change as they like.
// Returns {token, still, quietMs}: the token is the same as before when nothing on the page has
// changed; still is false where a picture can change without the document (canvas, video, other
// origins); quietMs is how long ago something changed.
const [masks] = arguments;
const KEY = Symbol.for("storycast.watch");

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
  const watch = { changes: 0, at: performance.now() };
  watch.note = () => { watch.changes += 1; watch.at = performance.now(); };
  watch.read = (records) => { if (records.some((record) => !isMasked(record.target))) watch.note(); };
  watch.observer = new view.MutationObserver(watch.read);
  watch.observer.observe(root, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  for (const name of ["scroll", "input", "change", "focusin", "focusout", "toggle", "load"])
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

const parts = [];
let lastChange = 0;
let still = true;
for (const root of roots(document)) {
  const watch = root[KEY] || install(root);
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
};

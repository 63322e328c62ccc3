// Installs a watch in every document that can be reached, and tells what it has seen.
// Returns {token, still}: the token is the same as before when nothing on the page has changed;
// still is false where a picture can change without the document (canvas, video, other origins).
// Kept under a symbol, so that no script of the page meets it by accident.
const KEY = Symbol.for("storycast.watch");

function install(root) {
  const view = (root.ownerDocument || root).defaultView;
  const watch = { changes: 0, at: performance.now() };
  const note = () => { watch.changes += 1; watch.at = performance.now(); };
  const observer = new view.MutationObserver(note);
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  for (const name of ["scroll", "input", "change", "focusin", "focusout", "toggle", "load"])
    root.addEventListener(name, note, { capture: true, passive: true });
  // A blinking caret is in one picture and not in the next. It is hidden by a style sheet that is
  // no part of the document: nothing in the page's tree changes.
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync("* { caret-color: transparent !important; }");
  watch.observer = observer;
  watch.sheet = sheet;
  Object.defineProperty(root, KEY, { value: watch });
  return watch;
}

function* roots(root) {
  yield root;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* roots(element.shadowRoot);
    if (element.tagName === "IFRAME" || element.tagName === "FRAME") {
      let inner = null;
      try { inner = element.contentDocument; } catch { /* another origin */ }
      if (inner) yield* roots(inner);
      else watchable.foreign = true;
    }
  }
}

let top = window;
try { if (window.top.document) top = window.top; } catch { /* another origin */ }
const watchable = { foreign: top !== window.top };
const parts = [];
let lastChange = 0;
let still = true;
for (const root of roots(top.document)) {
  const watch = root[KEY] || install(root);
  if (watch.observer.takeRecords().length) { watch.changes += 1; watch.at = performance.now(); }
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
still = still && !watchable.foreign;
return { token: JSON.stringify(parts), still, quietMs: performance.now() - lastChange };

// Brings an element into view and describes it.
// arguments: the element, or null for the one at [x, y], or for the one that has the focus; the
// frames' offset that cannot be found from here (another origin); whether to bring it into view.
// Returns null where there is none.
const [given, point, foreign, reveal] = arguments;

function focused(page) {
  let element = page.activeElement;
  while (element && element.shadowRoot && element.shadowRoot.activeElement)
    element = element.shadowRoot.activeElement;
  return element && element !== page.body ? element : null;
}

// An option has no box of its own: the list that holds it is what the reader acts on.
function shown(element) {
  return element.tagName === "OPTION" || element.tagName === "OPTGROUP"
    ? element.closest("select") || element
    : element;
}

function parentOf(element) {
  return element.assignedSlot || element.parentElement || (element.getRootNode().host ?? null);
}

// What of the element's box is not cut off by a scrolling ancestor or the window.
function visibleCentre(element) {
  const view = element.ownerDocument.defaultView;
  const box = element.getBoundingClientRect();
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  if (x < 0 || y < 0 || x > view.innerWidth || y > view.innerHeight) return false;
  for (let up = parentOf(element); up; up = parentOf(up)) {
    if (up === up.ownerDocument.documentElement || up === up.ownerDocument.body) continue;
    const style = view.getComputedStyle(up);
    if (style.overflow === "visible") continue;
    const clip = up.getBoundingClientRect();
    if (x < clip.left || x > clip.right || y < clip.top || y > clip.bottom) return false;
  }
  return true;
}

function reach(element) {
  let moved = false;
  for (let inner = element; inner; ) {
    const sized = inner.getBoundingClientRect();
    if (sized.width && sized.height && !visibleCentre(inner)) {
      const before = inner.getBoundingClientRect();
      inner.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const after = inner.getBoundingClientRect();
      moved = moved || before.top !== after.top || before.left !== after.left;
    }
    try { inner = inner.ownerDocument.defaultView.frameElement; } catch { inner = null; }
  }
  return moved;
}

function boxOf(element) {
  const box = element.getBoundingClientRect();
  let [x, y] = [box.x, box.y];
  let view = element.ownerDocument.defaultView;
  for (;;) {
    let frame = null;
    try { frame = view.frameElement; } catch { /* another origin */ }
    if (!frame) break;
    const outer = frame.getBoundingClientRect();
    const style = frame.ownerDocument.defaultView.getComputedStyle(frame);
    x += outer.x + frame.clientLeft + parseFloat(style.paddingLeft);
    y += outer.y + frame.clientTop + parseFloat(style.paddingTop);
    view = frame.ownerDocument.defaultView;
  }
  if (view !== window.top) { x += foreign[0]; y += foreign[1]; }
  return { x, y, width: box.width, height: box.height };
}

let element = given;
if (!element && point) element = document.elementFromPoint(point[0], point[1]);
else if (!element) element = focused(document);
if (!element) return null;
const chosen = element.tagName === "OPTION" ? element.label : null;
element = shown(element);
const moved = reveal ? reach(element) : false;
const attributes = {};
for (const attribute of element.attributes) attributes[attribute.name] = attribute.value.slice(0, 200);
delete attributes.style;
const text = (element.innerText ?? element.textContent ?? "").trim().replace(/\s+/g, " ");
return {
  element,
  moved,
  box: boxOf(element),
  tag: element.tagName.toLowerCase(),
  text: text.slice(0, 200),
  cursor: getComputedStyle(element).cursor,
  attributes,
  chosen,
  secret: element.type === "password",
  file: element.type === "file",
};

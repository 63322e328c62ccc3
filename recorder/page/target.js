// Brings an element into view and describes it.
// arguments: the element, or null for the one at [x, y], or for the one that has the focus; how the
// outermost frame that can be asked from here is shown, [x, y, scale]; whether to bring the element
// into view.
// Returns null where there is none.
const [given, point, corner, reveal] = arguments;

function focused(page) {
  let element = page.activeElement;
  while (element && element.shadowRoot && element.shadowRoot.activeElement)
    element = element.shadowRoot.activeElement;
  return element && element !== page.body ? element : null;
}

// Whether what has the focus lies in a closed shadow tree of the element, which no script can see.
function isShut(element) {
  return element.tabIndex < 0 && !element.hasAttribute("tabindex") && !element.isContentEditable;
}

function elementAt(root, [x, y]) {
  const element = root.elementFromPoint(x, y);
  const inner = element && element.shadowRoot;
  return (inner && inner !== root && elementAt(inner, [x, y])) || element;
}

// What the reader acts on. An option has no box of its own: the list that holds it has. A field for
// files is often hidden behind a label that looks better.
function shown(element) {
  if (element.type === "file" && !isSeen(element))
    return [...(element.labels ?? [])].find(isSeen) ?? element;
  return element.tagName === "OPTION" || element.tagName === "OPTGROUP"
    ? element.closest("select") || element
    : element;
}

function parentOf(element) {
  return element.assignedSlot || element.parentElement || (element.getRootNode().host ?? null);
}

function frameOf(view) {
  try { return view.frameElement; } catch { return null; /* another origin */ }
}

function isSeen(element) {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 && getComputedStyle(element).opacity !== "0";
}

// Whether the middle of the element's box is cut off by a scrolling ancestor or the window.
function isCutOff(element, x, y) {
  const view = element.ownerDocument.defaultView;
  if (x < 0 || y < 0 || x > view.innerWidth || y > view.innerHeight) return true;
  for (let up = parentOf(element); up; up = parentOf(up)) {
    if (up === up.ownerDocument.documentElement || up === up.ownerDocument.body) continue;
    if (view.getComputedStyle(up).overflow === "visible") continue;
    const clip = up.getBoundingClientRect();
    if (x < clip.left || x > clip.right || y < clip.top || y > clip.bottom) return true;
  }
  return false;
}

// Whether a bar that stays in place while the page scrolls lies over it.
function isUnderBar(element, x, y) {
  const view = element.ownerDocument.defaultView;
  for (let over = elementAt(element.ownerDocument, [x, y]); over; over = parentOf(over)) {
    if (over === element || over.contains(element)) return false;
    if (["fixed", "sticky"].includes(view.getComputedStyle(over).position)) return true;
  }
  return false;
}

function isOutOfReach(element) {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height) return false;
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  return isCutOff(element, x, y) || isUnderBar(element, x, y);
}

function reach(element) {
  let moved = false;
  for (let inner = element; inner; inner = frameOf(inner.ownerDocument.defaultView)) {
    if (!isOutOfReach(inner)) continue;
    const before = inner.getBoundingClientRect();
    inner.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const after = inner.getBoundingClientRect();
    moved = moved || before.top !== after.top || before.left !== after.left;
  }
  return moved;
}

// How a document is shown in the window, {x, y, scale}, and whether that can be told from here.
function shownAs(view) {
  let [x, y, scale] = [0, 0, 1];
  for (let frame = frameOf(view); frame; frame = frameOf(view)) {
    [x, y, scale] = within(inside(frame), [x, y, scale]);
    view = frame.ownerDocument.defaultView;
  }
  const reachable = view === window.top;
  return { reachable, origin: reachable ? [x, y, scale] : within(corner, [x, y, scale]) };
}

function within([left, top, outer], [x, y, scale]) {
  return [left + x * outer, top + y * outer, scale * outer];
}

// Where WebDriver presses: the middle of what is in view of the first box (section 12.1, "in-view
// centre point"). A link that runs over two lines has two boxes.
function pressed(element) {
  const view = element.ownerDocument.defaultView;
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const left = Math.max(0, Math.min(box.left, box.right));
  const right = Math.min(view.innerWidth, Math.max(box.left, box.right));
  const top = Math.max(0, Math.min(box.top, box.bottom));
  const bottom = Math.min(view.innerHeight, Math.max(box.top, box.bottom));
  return [(left + right) / 2, (top + bottom) / 2];
}

// Words that an icon font draws as one picture each, such as "arrow_drop_down" (ligatures), in the
// order in which they stand in an element.
function iconsOf(element) {
  const view = element.ownerDocument.defaultView;
  const isIcon = (one) => /\b(icons?|symbols?)\b/i.test(view.getComputedStyle(one).fontFamily);
  const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words = [];
  for (let text = texts.nextNode(); text && words.length < 50; text = texts.nextNode())
    if (/^\s*[a-z][a-z0-9_]+\s*$/.test(text.data) && isIcon(text.parentElement)) words.push(text.data.trim());
  return words;
}

// What can be chosen from a list, whether it is shown or opens.
function listOf(element) {
  if (element.tagName !== "SELECT") return null;
  const options = [...element.options];
  const isDisabled = (option) => option.disabled || !!option.closest("optgroup")?.disabled;
  return {
    options: options.map((option) => option.label),
    before: element.selectedIndex < 0 ? null : element.selectedIndex,
    disabled: options.flatMap((option, place) => (isDisabled(option) ? [place] : [])),
  };
}

const found = given || (point ? elementAt(document, point) : focused(document));
if (!found) return null;
const element = shown(found);
const isOption = element.tagName === "SELECT" && found !== element;
const moved = reveal ? reach(sight(element).body) : false;
const { body, box, takesText } = sight(element);
const secret = private_field(element);
const attributes = {};
for (const { name, value } of element.attributes) attributes[name] = value.slice(0, 200);
delete attributes.style;
delete attributes.cd_frame_id_; // chromedriver's own, another one each time
if (secret) delete attributes.value;
const written = element.tagName === "SELECT"
  ? element.selectedOptions[0]?.label : element.innerText ?? element.textContent;
const text = (written ?? "").trim().replace(/\s+/g, " ");
const { reachable, origin } = shownAs(element.ownerDocument.defaultView);
const place = element.getBoundingClientRect();
const [x, y] = pressed(takesText ? body : element);
const isFrame = "contentWindow" in element;
const [left, top, scale] = origin;
return {
  element,
  moved,
  reachable,
  origin,
  press: { x: left + x * scale, y: top + y * scale },
  shut: !given && !point && isShut(element),
  ticked: element.localName === "label" && /^(checkbox|radio)$/.test(element.control?.type) ? element.control : null,
  foreign: isFrame && element.contentDocument === null,
  inside: isFrame ? within(origin, inside(element)) : null,
  lies: [place.x, place.y],
  box: { x: left + box.x * scale, y: top + box.y * scale, width: box.width * scale, height: box.height * scale },
  tag: element.tagName.toLowerCase(),
  role: element.computedRole ?? "",
  name: element.computedName ?? "",
  text: text.slice(0, 200),
  icons: iconsOf(element),
  cursor: getComputedStyle(body).cursor,
  attributes,
  moves: element.ownerDocument.getAnimations().some((one) => one.playState === "running"),
  chosen: isOption ? found.label : null,
  list: listOf(element),
  place: isOption ? found.index ?? null : null,
  secret,
  file: found.type === "file",
};

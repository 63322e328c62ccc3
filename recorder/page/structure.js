// What a page is made of, for browsers that tell nobody their accessibility tree.
// arguments: how the window shows this document, [x, y, scale]; the elements that hold closed shadow
// trees, and those trees, in the same order; the computed styles that are wanted.
// Returns {nodes, frames}: nodes as recorder/snapshot.py keeps them, each document's after those of
// what holds it; frames are those that cannot be asked from here, as foreign.js finds them: how the
// window shows each. The nodes' elements are kept for nodepath.js.
const [corner, hosts, trees, STYLES] = arguments;
const KEY = Symbol.for("storycast.nodes");
const ATTRIBUTES = ["id", "class", "name", "type", "href", "title", "placeholder", "for"];
const UNTOLD = new Set(["none", "generic", "LineBreak"]);
const CONTROLS = new Set(["button", "link", "tab", "option", "checkbox", "radio", "switch"]);
const UNWRITTEN = new Set(["script", "style", "template", "noscript", "head", "title"]);
const [LEAST_PX, MOST_PX] = [6, 64];
const shut = new Map(hosts.map((host, place) => [host, trees[place]]));
const nodes = [];
const elements = [];
const frames = [];
const pending = [[document, corner]];
const flat = (text) => text.replace(/\s+/g, " ");

function within([left, top, outer], [x, y, scale]) {
  return [left + x * outer, top + y * outer, scale * outer];
}

function shown(box, [x, y, scale]) {
  return { x: x + box.left * scale, y: y + box.top * scale, width: box.width * scale, height: box.height * scale };
}

function inner(element) {
  if (element.localName === "details" && !element.open) return element.querySelectorAll(":scope > summary:first-of-type");
  const tree = element.shadowRoot ?? shut.get(element);
  if (tree) return tree.childNodes;
  if (element.localName === "slot" && element.assignedNodes().length) return element.assignedNodes();
  return element.childNodes;
}

function attributesOf(element) {
  const found = ATTRIBUTES.filter((one) => element.hasAttribute(one));
  return Object.fromEntries(found.map((one) => [one, element.getAttribute(one)]));
}

function valueOf(element, found) {
  const told = element.getAttribute("aria-valuetext") ?? element.getAttribute("aria-valuenow");
  if (told !== null) return told;
  if (element.localName === "select" && !element.multiple) return element.selectedOptions[0]?.label ?? "";
  if (element.localName === "progress" || element.localName === "meter") return String(element.value);
  if (/^(textbox|searchbox|combobox)$/.test(found) && !element.matches("input, textarea")) return element.innerText;
  if (!element.matches("input, textarea") || /^(checkbox|radio|button|submit|reset|image|hidden)$/.test(element.type)) return "";
  return private_field(element) ? "•".repeat(element.value.length) : element.value;
}

// A document is as large as the window or frame that shows it.
function boxOf(element) {
  if (element.localName !== "html") return element.getBoundingClientRect();
  const { scrollX, scrollY, innerWidth, innerHeight } = element.ownerDocument.defaultView;
  return { left: -scrollX, top: -scrollY, width: innerWidth, height: innerHeight };
}

// Whether an element without a role is a small picture and nothing else.
function isIcon(element, style, box, around) {
  if (CONTROLS.has(around) || element.childNodes.length) return false;
  const isSmall = [box.width, box.height].every((px) => px >= LEAST_PX && px <= MOST_PX);
  return isSmall && [style.backgroundImage, style.maskImage].some((image) => image.includes("url("));
}

function tellText(node, above, depth, at) {
  const range = node.ownerDocument.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  if (!node.data.trim() || (!box.width && !box.height)) return;
  const keeps = above.whiteSpace.startsWith("pre") || above.whiteSpace === "break-spaces";
  elements.push(node);
  nodes.push({
    role: "StaticText", name: keeps ? written(node) : flat(written(node)), tag: "#text", depth,
    box: shown(box, at), styles: STYLES.map((one) => above.getPropertyValue(one)),
  });
}

function tellElement(element, style, depth, around, at) {
  const found = role(element);
  const box = boxOf(element);
  const icon = found === "generic" && isIcon(element, style, box, around);
  if ((UNTOLD.has(found) && !icon) || style.display === "contents") return null;
  elements.push(element);
  nodes.push({
    role: icon ? "image" : found,
    name: icon ? element.title : name(element, found),
    value: valueOf(element, found), tag: element.localName === "html" ? "#document" : element.localName, depth, box: shown(box, at),
    states: states(element, found), attributes: attributesOf(element),
    styles: STYLES.map((one) => style.getPropertyValue(one)),
  });
  return icon ? "image" : found;
}

function enter(frame, at) {
  const place = within(at, inside(frame));
  if (frame.contentDocument) pending.push([frame.contentDocument, place]);
  else frames.push(place);
}

function walk(node, above, depth, around, at) {
  if (node.nodeType === Node.TEXT_NODE) {
    const isOfBox = /^(checkbox|radio)$/.test(node.parentElement?.closest("label")?.control?.type);
    if (above && above.visibility === "visible" && !isOfBox) tellText(node, above, depth, at);
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || UNWRITTEN.has(node.localName)) return;
  const style = node.ownerDocument.defaultView.getComputedStyle(node);
  const isFrame = node.localName === "iframe" || node.localName === "frame";
  const isHidden = style.display === "none" || node.getAttribute("aria-hidden") === "true";
  // A frame that is not told is still counted where its document cannot be asked.
  if (isHidden) return findFrames(node, at);
  const found = style.visibility === "visible" ? tellElement(node, style, depth, around, at) : null;
  if (isFrame) return enter(node, at);
  if (found === "combobox" && node.localName === "select") return; // its options are in a list that opens
  if (node.ownerSVGElement || node.matches("option, textarea, video, audio, canvas")) return;
  if (style.contentVisibility === "hidden") return;
  for (const child of inner(node))
    walk(child, style, found ? depth + 1 : depth, found ?? around, at);
}

function findFrames(node, at) {
  for (const frame of [node, ...node.querySelectorAll("iframe, frame")])
    if (frame.matches("iframe, frame") && !frame.contentDocument) frames.push(within(at, inside(frame)));
}

while (pending.length) {
  const [page, at] = pending.shift();
  if (page.documentElement) walk(page.documentElement, null, 0, "", at);
}
document[KEY] = elements;
return { nodes, frames };

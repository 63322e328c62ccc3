// Finds where a page shows what nobody may see.
// arguments: {sources, values, selectors, masks}; how the window shows this document, [x, y, scale];
// the part of the window that shows it, [left, top, right, bottom]; whether to look into the shadow
// tree that this is run on, and nothing else.
// sources are regular expressions [source, flags] of text; values are secrets; selectors are CSS;
// masks are elements {number, page, path, by, value, place} that were given once (see
// whereabouts.js). Returns {areas, foreign}: foreign are frames that cannot be asked from here,
// {corner, clip}, in the order of foreign.js; areas are {kind, whole, parts, text, look}. kind is
// "cover", or "dots" for a field, whose parts are none while it is empty; whole are its boxes; parts are those of them that are in sight,
// [left, top, right, bottom] in the window; text is what it says; look is how a field writes.
const [wishes, corner, window_, own] = arguments;
const MASKS = Symbol.for("storycast.masks");
const LEAST = 4;
const GRID = 9;
const sources = wishes.sources.map(([source, flags]) => new RegExp(source, flags));
const areas = [];
const foreign = [];
const clips = new Map();
const displays = new Map();

const isText = (text) =>
  sources.some((source) => [...text.matchAll(source)].some((found) => found[0]));
const isBegun = (text) =>
  text.length >= LEAST && wishes.values.some((value) => value.startsWith(text));
const styleOf = (element, pseudo) => element.ownerDocument.defaultView.getComputedStyle(element, pseudo);
const above = (one) => one.assignedSlot || one.parentElement || (one.getRootNode().host ?? null);
const edges = (box) => [box.left, box.top, box.right, box.bottom];
const isPage = (one) => one === one.ownerDocument.documentElement || one === one.ownerDocument.body;

function both([a, b, c, d], [e, f, g, h]) {
  return [Math.max(a, e), Math.max(b, f), Math.min(c, g), Math.min(d, h)];
}

// What the boxes around an element let through of it, in its document's view.
function clipOf(element) {
  if (clips.has(element)) return clips.get(element);
  let clip = [-Infinity, -Infinity, Infinity, Infinity];
  let position = styleOf(element).position;
  for (let up = above(element); up && !isPage(up); up = above(up)) {
    const style = styleOf(up);
    const holds = style.position !== "static" || style.transform !== "none";
    if (["absolute", "fixed"].includes(position) && !holds) continue;
    if (position === "fixed" && style.transform === "none") continue;
    position = style.position;
    if (style.overflow !== "visible") clip = both(clip, edges(up.getBoundingClientRect()));
  }
  clips.set(element, clip);
  return clip;
}

function isOpaque(element) {
  const style = styleOf(element);
  const colour = style.backgroundColor;
  const solid = colour.startsWith("rgb(") || /^color\([^/]*\)$/.test(colour);
  if (!solid || style.visibility !== "visible") return false;
  for (let up = element; up; up = above(up)) if (styleOf(up).opacity !== "1") return false;
  return true;
}

// Whether something that lets nothing through lies over a place of an element.
function isCovered(element, x, y) {
  for (const over of element.getRootNode().elementsFromPoint(x, y)) {
    if (over === element || over.contains(element) || element.contains(over)) return false;
    if (isOpaque(over)) return true;
  }
  return false;
}

// The part of a box that is in sight: what lies over it is left out as far as a grid can tell.
function inSight(element, box) {
  const view = element.ownerDocument.defaultView;
  const [left, top, right, bottom] = both(box, both(clipOf(element), [0, 0, view.innerWidth, view.innerHeight]));
  if (right - left < 0.5 || bottom - top < 0.5) return null;
  const [dx, dy] = [(right - left) / GRID, (bottom - top) / GRID];
  let part = [Infinity, Infinity, -Infinity, -Infinity];
  for (let column = 0; column < GRID; column++)
    for (let row = 0; row < GRID; row++) {
      const [x, y] = [left + (column + 0.5) * dx, top + (row + 0.5) * dy];
      if (isCovered(element, x, y)) continue;
      part = [Math.min(part[0], x), Math.min(part[1], y), Math.max(part[2], x), Math.max(part[3], y)];
    }
  if (part[0] === Infinity) return null;
  // As far as the next place of the grid, which is covered, or the edge.
  const [wide, high] = [part[0] - dx, part[1] - dy];
  return both([left, top, right, bottom], [wide, high, part[2] + dx, part[3] + dy]);
}

function shift([left, top, right, bottom], [x, y, scale]) {
  return [left * scale + x, top * scale + y, right * scale + x, bottom * scale + y];
}

function add(kind, element, boxes, text, frame, look = null, isFilled = true) {
  const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const real = boxes.filter(([left, top, right, bottom]) => right > left && bottom > top);
  const parts = isSeen && isFilled ? real.map((box) => inSight(element, box)).filter(Boolean) : [];
  const shown = parts.map((part) => both(shift(part, frame.corner), frame.clip));
  if (!real.length) return null;
  const area = {
    kind,
    whole: real.map((box) => shift(box, frame.corner)),
    parts: shown.filter(([left, top, right, bottom]) => right > left && bottom > top),
    text: (text ?? "").slice(0, 2000),
    look: look && { ...look, size: look.size * frame.corner[2], start: shift([look.start, 0, 0, 0], frame.corner)[0] },
  };
  areas.push(area);
  return area;
}

// Boxes of an element with all that it holds.
function boxesOf(element) {
  const boxes = [...element.getClientRects()].map(edges);
  if (styleOf(element).overflow !== "visible") return boxes;
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return [...boxes, ...[...range.getClientRects()].map(edges)];
}

function coverWhole(element, frame) {
  const text = element.value ?? element.innerText ?? element.textContent;
  const boxes = boxesOf(element);
  const all = boxes.reduce(
    (one, other) => [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
  const isLine = styleOf(element).display === "inline";
  add("cover", element, isLine ? boxes : [all], text, frame);
}

const pixels = (text) => parseFloat(text) || 0;

// A field's text is written over: that part of it, and how it is written.
function coverField(field, frame, isFilled) {
  const style = styleOf(field);
  const box = field.getBoundingClientRect();
  if (field.tagName === "SELECT" || /^(button|submit|reset|checkbox|radio|range|color|file|image)$/.test(field.type))
    return isFilled && coverWhole(field, frame);
  const scale = field.offsetWidth ? box.width / field.offsetWidth : 1;
  const edge = (side) => (pixels(style[`border${side}Width`]) + pixels(style[`padding${side}`])) * scale;
  const rim = (side) => pixels(style[`border${side}Width`]) * scale;
  const [left, right] = [box.left + edge("Left"), box.right - edge("Right")];
  const size = pixels(style.fontSize) * scale;
  const isPlain = field.tagName !== "TEXTAREA";
  const align = { start: "left", end: "right", "-webkit-auto": "left" }[style.textAlign] ?? style.textAlign;
  const turned = style.direction === "rtl" && ["start", "end"].includes(style.textAlign);
  const side = turned ? { left: "right", right: "left" }[align] : align;
  const canvas = field.ownerDocument.createElement("canvas").getContext("2d");
  canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const written = field.type === "password" ? "●".repeat(field.value.length) : field.value;
  const long = (canvas.measureText(written).width + pixels(style.letterSpacing) * written.length) * scale + size;
  const fits = isPlain && field.scrollWidth <= field.clientWidth && ["left", "right"].includes(side);
  const width = Math.min(right - left, fits ? Math.max(long, 6 * size) : Infinity);
  const inner = side === "right" && fits ? [right - width, right] : [left, fits ? left + width : right];
  const part = [inner[0], box.top + rim("Top") + 1, inner[1], box.bottom - rim("Bottom") - 1];
  const first = isPlain ? (box.top + box.bottom) / 2 : box.top + edge("Top") + size * 0.6;
  const [, y] = shift([0, first, 0, 0], frame.corner);
  const start = side === "right" ? right : side === "center" ? (left + right) / 2 : left;
  const area = add("dots", field, [part], field.value, frame, { colour: style.color, size, start, side, y }, isFilled);
  area?.whole.push(shift(edges(box), frame.corner));
}

function displayOf(element) {
  if (!displays.has(element)) displays.set(element, styleOf(element).display);
  return displays.get(element);
}

function blockOf(node) {
  let up = node.parentElement;
  while (up && /^(inline|contents|ruby)/.test(displayOf(up))) up = up.parentElement;
  return up ?? node.getRootNode();
}

// Pieces of text that stand in one line, although elements may divide it.
function* runs(root) {
  const walker = (root.ownerDocument ?? root).createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let [run, block] = [[], null];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (/^(SCRIPT|STYLE|NOSCRIPT|TITLE|TEXTAREA|OPTION)$/.test(node.parentElement?.tagName)) continue;
    const own = blockOf(node);
    if (own !== block && run.length) { yield run; run = []; }
    block = own;
    run.push(node);
  }
  if (run.length) yield run;
}

function placeIn(run, offset, isEnd) {
  for (const node of run) {
    if (offset < node.length || (isEnd && offset === node.length)) return [node, offset];
    offset -= node.length;
  }
  return [run.at(-1), run.at(-1).length];
}

function coverText(root, frame) {
  for (const run of runs(root)) {
    const text = run.map((node) => node.data).join("");
    for (const source of sources)
      for (const found of text.matchAll(source)) {
        if (!found[0]) continue;
        const range = (root.ownerDocument ?? root).createRange();
        const [first, from] = placeIn(run, found.index, false);
        range.setStart(first, from);
        range.setEnd(...placeIn(run, found.index + found[0].length, true));
        add("cover", first.parentElement ?? root.host, [...range.getClientRects()].map(edges), found[0], frame);
      }
  }
}

// Text that a style sheet writes, and what stands for a picture that is missing.
function coverWritten(element, frame) {
  for (const pseudo of ["::before", "::after"]) {
    // Firefox leaves attributes for the reader to look up.
    const content = styleOf(element, pseudo).content.replace(
      /attr\(\s*([^\s,)]+)[^)]*\)/g, (_, name) => element.getAttribute(name) ?? ""
    );
    if (content !== "none" && content !== "normal" && isText(content)) coverWhole(element, frame);
  }
  if (element.tagName === "IMG" && !element.naturalWidth && isText(element.alt)) coverWhole(element, frame);
}

function coverFields(root, frame) {
  const guarded = new Set(fields(root));
  for (const field of root.querySelectorAll("input, textarea, select")) {
    if (field.type === "hidden") continue;
    const options = field.tagName === "SELECT" ? [...field.options].map((one) => one.label).join("\n") : "";
    const isGuarded = guarded.has(field);
    const shown = field.value || field.placeholder || "";
    const isTold = isText(shown) || isText(options) || isBegun(field.value);
    if (isGuarded || isTold) coverField(field, frame, isTold || Boolean(field.value));
  }
}

function follow(page, path) {
  let node = page;
  for (const [number, places] of path.entries()) {
    if (number) node = node?.shadowRoot;
    for (const place of places) node = node?.childNodes[place];
  }
  return node instanceof Element ? node : null;
}

// The elements that were given once: where they are gone, what their locators find now.
function given(page) {
  const known = (page[MASKS] ??= new Map());
  for (const mask of wishes.masks) {
    if (known.get(mask.number)?.isConnected) continue;
    const { href, origin } = page.location;
    const element = mask.path
      ? (href === mask.page ? follow(page, mask.path) : null)
      : mask.by && new URL(mask.page).origin === origin ? matches(page, mask.by, mask.value)[mask.place] : null;
    if (element) known.set(mask.number, element);
  }
  return [...known.values()].filter((element) => element.isConnected);
}

function coverMasks(root, frame) {
  const found = new Set(root.nodeType === Node.DOCUMENT_NODE ? given(root) : []);
  for (const selector of wishes.selectors)
    for (const element of root.querySelectorAll(selector)) found.add(element);
  for (const element of found) coverWhole(element, frame);
}

// How the window shows the document in a frame.
function within(element, frame) {
  const [x, y, scale] = inside(element);
  const [left, top] = shift([x, y, 0, 0], frame.corner);
  const box = both(edges(element.getBoundingClientRect()), clipOf(element));
  return {
    corner: [left, top, scale * frame.corner[2]],
    clip: both(frame.clip, shift(box, frame.corner)),
  };
}

function frameOf(page) {
  const element = page.defaultView.frameElement;
  return element ? within(element, frameOf(element.ownerDocument)) : { corner, clip: window_ };
}

function look(root, frame) {
  coverMasks(root, frame);
  coverFields(root, frame);
  if (sources.length) coverText(root, frame);
  for (const element of root.querySelectorAll("*")) {
    if (sources.length) coverWritten(element, frame);
    if (element.shadowRoot) look(element.shadowRoot, frame);
    if (element.tagName !== "IFRAME" && element.tagName !== "FRAME") continue;
    const inner = within(element, frame);
    if (element.contentDocument) look(element.contentDocument, inner);
    else foreign.push(inner);
  }
}

if (own) look(this, frameOf(this.ownerDocument));
else look(document, { corner, clip: window_ });
return { areas, foreign };

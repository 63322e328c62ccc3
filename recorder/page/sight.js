// What a reader sees of an element: the element that stands for it, the part of its box that is not
// cut off, and whether it takes text: { body, box, takesText }.
const [element] = arguments;
const LEAST = 8; // pixels: no reader sees a field that is smaller
const view = element.ownerDocument.defaultView;
const styleOf = (one) => view.getComputedStyle(one);
const above = (one) => one.assignedSlot || one.parentElement || (one.getRootNode().host ?? null);
const isPage = (one) => one === one.ownerDocument.documentElement || one === one.ownerDocument.body;

// What the boxes around `one` let through of it. What is placed on the page by itself is only cut
// off by what it is placed in (CSS, "containing block").
function partInSight(one) {
  let { left, top, right, bottom } = one.getBoundingClientRect();
  let position = styleOf(one).position;
  for (let up = above(one); up && !isPage(up); up = above(up)) {
    const style = styleOf(up);
    const holds = style.position !== "static" || style.transform !== "none";
    if (["absolute", "fixed"].includes(position) && !holds) continue;
    if (position === "fixed" && style.transform === "none") continue;
    position = style.position;
    if (style.overflow === "visible") continue;
    const clip = up.getBoundingClientRect();
    [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
    [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function isUnseen(one, least) {
  const { width, height } = partInSight(one);
  return width < least || height < least || styleOf(one).opacity === "0";
}

const takesText = Boolean(element.editContext) || element.isContentEditable || element.matches(
  "textarea, input:not([type]), input[type=text], input[type=search]"
);

// Editors and terminals take keys in a field that nobody sees (CodeMirror 5, Ace, Monaco, xterm),
// and drawn switches and sliders have a true one inside: what the reader uses is the smallest thing
// around it that he sees.
function standIn() {
  const isUsed = takesText || element.matches("input:not([type=file]), select");
  if (!isUsed || !isUnseen(element, LEAST)) return element;
  let up = above(element);
  while (up && !isPage(up) && isUnseen(up, 2 * LEAST)) up = above(up);
  return up && !isPage(up) ? up : element;
}

const body = standIn();
const part = partInSight(body);
const whole = body.getBoundingClientRect();
return { body, takesText, box: part.width > 0 && part.height > 0 ? part : whole };

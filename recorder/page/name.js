// The accessible name of an element: the parts of "Accessible Name and Description Computation 1.2"
// that pages commonly need. arguments: the element; its role.
const [element, role_] = arguments;
const FROM_CONTENT = new Set(`button cell checkbox columnheader gridcell heading link menuitem
menuitemcheckbox menuitemradio option radio rowheader switch tab tooltip treeitem
DisclosureTriangle`.split(/\s+/));
// What is in a thing, but has no part in its name: the entries of the menu that a menu's entry opens.
const APART = `article aside blockquote dialog fieldset figure nav ${`alert alertdialog application
article banner blockquote complementary contentinfo dialog document feed figure grid group listbox log
main marquee menu menubar navigation note progressbar radiogroup row rowgroup search status table tablist
tabpanel timer toolbar tree treegrid`.replace(/\w+/g, "[role=$&]")}`.split(/\s+/).join();
const INPUT_WORDS = { submit: "Submit", reset: "Reset", image: "Submit" };
const flat = (text) => text.replace(/\s+/g, " ").trim();
const styleOf = (one, pseudo) => one.ownerDocument.defaultView.getComputedStyle(one, pseudo);
const rootOf = (one) => one.getRootNode();

function drawn(one, pseudo) {
  const found = /^"((?:[^"\\]|\\.)*)"/.exec(styleOf(one, pseudo).content);
  return found ? found[1].replace(/\\(.)/g, "$1") : "";
}

function isHidden(one) {
  if (one.getAttribute("aria-hidden") === "true") return true;
  const style = styleOf(one);
  return style.display === "none" || style.visibility !== "visible";
}

function inner(one) {
  if (one.localName === "details" && !one.open) return one.querySelectorAll(":scope > summary:first-of-type");
  if (one.shadowRoot) return one.shadowRoot.childNodes;
  if (one.localName === "slot" && one.assignedNodes().length) return one.assignedNodes();
  return one.childNodes;
}

// What is written in an element, with blanks where its parts do not stand in one line.
function contentOf(one, seen) {
  let text = drawn(one, "::before");
  for (const node of inner(one)) {
    if (node.nodeType === Node.TEXT_NODE) text += written(node);
    if (node.nodeType !== Node.ELEMENT_NODE || seen.has(node) || isHidden(node)) continue;
    const part = node.localName === "br" ? " " : partOf(node, new Set(seen).add(node));
    text += /^inline($|-)/.test(styleOf(node).display) ? part : ` ${part} `;
  }
  return text + drawn(one, "::after");
}

function partOf(one, seen) {
  const label = one.getAttribute("aria-label");
  if (label?.trim()) return label;
  if (one.localName === "select") return one.selectedOptions[0]?.label ?? "";
  if (one.matches("input, textarea"))
    return one.type === "password" || one.type === "hidden" || /^(checkbox|radio)$/.test(one.type) ? "" : one.value;
  return native(one) || contentOf(one, seen) || one.getAttribute("title") || "";
}

function referred(one) {
  const ids = (one.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const found = ids.map((id) => rootOf(one).querySelector(`[id="${CSS.escape(id)}"]`)).filter(Boolean);
  return found.map((other) => flat(partOf(other, new Set([other])))).filter(Boolean).join(" ");
}

function first(one, selector) {
  const child = one.querySelector(`:scope > ${selector}`);
  return child ? contentOf(child, new Set([child])) : "";
}

function native(one) {
  const tag = one.localName;
  if (tag === "img" || tag === "area") return one.getAttribute("alt") ?? "";
  if (tag === "svg") return one.querySelector(":scope > title")?.textContent ?? "";
  if (tag === "fieldset") return first(one, "legend");
  if (tag === "table") return first(one, "caption");
  if (tag === "figure") return first(one, "figcaption");
  if (tag === "html") return one.ownerDocument.title;
  if (tag === "optgroup" || tag === "option") return one.label;
  if (tag === "input" && /^(button|submit|reset)$/.test(one.type)) return one.value || (INPUT_WORDS[one.type] ?? "");
  if (tag === "input" && one.type === "image") return one.alt || one.value || INPUT_WORDS.image;
  return "";
}

function labelled(one) {
  const labels = [...(one.labels ?? [])];
  return labels.map((label) => flat(contentOf(label, new Set([label, one])))).filter(Boolean).join(" ");
}

const named =
  referred(element) || flat(element.getAttribute("aria-label") ?? "") || labelled(element) || flat(native(element));
if (named) return named;
// Chromium names rows of tables by what is in them only where rows can be chosen.
const isFromContent = role_ === "row" ? element.closest("[role=grid], [role=treegrid]") : FROM_CONTENT.has(role_);
const apart = isFromContent ? element.querySelectorAll(APART) : [];
const content = isFromContent ? flat(contentOf(element, new Set([element, ...apart]))) : "";
return content || flat(element.getAttribute("title") || element.getAttribute("placeholder") || element.getAttribute("aria-placeholder") || "");

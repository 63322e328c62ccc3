// The role of an element, as Chromium's accessibility tree calls it; "none" for what has none.
// Follows HTML-AAM and WAI-ARIA 1.2 as far as pages commonly need it. arguments: the element.
const [element] = arguments;
const KNOWN = new Set(`alert alertdialog application article banner blockquote button caption cell
checkbox code columnheader combobox complementary contentinfo definition deletion dialog directory
document emphasis feed figure form generic grid gridcell group heading img image insertion link list
listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter
navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup
rowheader scrollbar search searchbox separator slider spinbutton status strong subscript superscript
switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem`.split(/\s+/));
const PLAIN = {
  article: "article", aside: "complementary", nav: "navigation", main: "main", button: "button",
  h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading",
  hr: "separator", ul: "list", ol: "list", menu: "list", li: "listitem", dl: "DescriptionList",
  dt: "term", dd: "definition", table: "table", tr: "row", thead: "rowgroup",
  tfoot: "rowgroup", caption: "caption", textarea: "textbox", p: "paragraph",
  legend: "Legend", fieldset: "group", figure: "figure", dialog: "dialog",
  figcaption: "Figcaption", details: "group", summary: "DisclosureTriangle", progress: "progressbar",
  meter: "meter", output: "status", blockquote: "blockquote", code: "code", em: "emphasis",
  strong: "strong", del: "deletion", ins: "insertion", mark: "mark", sub: "subscript", br: "LineBreak",
  sup: "superscript", time: "time", math: "math", iframe: "Iframe", frame: "Iframe",
  canvas: "Canvas", video: "Video", audio: "Audio", option: "option", optgroup: "group",
  form: "form", html: "RootWebArea", search: "search", abbr: "Abbr",
};
const INPUTS = {
  button: "button", submit: "button", reset: "button", image: "button", file: "button",
  checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", search: "searchbox",
  color: "ColorWell", date: "Date", month: "Date", week: "Date", "datetime-local": "DateTime",
  time: "InputTime", hidden: "none",
};
const NAMED = ["aria-label", "aria-labelledby", "title"];
const isNamed = () => NAMED.some((name) => element.getAttribute(name)?.trim());
const isFocusable = () => element.tabIndex >= 0 || element.hasAttribute("tabindex");

function header(whole, part) {
  return element.closest("article, aside, main, nav, section") ? part : whole;
}

function cellHeader() {
  if (element.scope === "row" || element.scope === "rowgroup") return "rowheader";
  if (element.scope) return "columnheader";
  const row = [...(element.parentElement?.children ?? [])];
  return row.some((cell) => cell.tagName === "TD") ? "rowheader" : "columnheader";
}

function native() {
  const tag = element.localName;
  if (tag === "input")
    return element.list && !INPUTS[element.type] ? "combobox" : INPUTS[element.type] ?? "textbox";
  if (tag === "select") return element.multiple || element.size > 1 ? "listbox" : "combobox";
  if (tag === "a" || tag === "area") return element.hasAttribute("href") ? "link" : "generic";
  if (tag === "img") return element.getAttribute("alt") === "" && !isNamed() ? "none" : "image";
  if (tag === "svg") return isNamed() || element.querySelector(":scope > title") ? "image" : "none";
  if (tag === "header") return header("banner", "sectionheader");
  if (tag === "footer") return header("contentinfo", "sectionfooter");
  if (tag === "section") return isNamed() ? "region" : "generic";
  // Chromium tells what is written beside a box to tick as the box's name, and not once more.
  if (tag === "label") return /^(checkbox|radio)$/.test(element.control?.type) ? "none" : "LabelText";
  if (tag === "th") return cellHeader();
  if (tag === "td") return element.closest("table")?.matches("[role=grid], [role=treegrid]") ? "gridcell" : "cell";
  if (element.ownerSVGElement) return "none";
  return PLAIN[tag] ?? "generic";
}

const asked = (element.getAttribute("role") ?? "").toLowerCase().split(/\s+/).find((word) => KNOWN.has(word));
if (!asked) return native();
if (asked === "none" || asked === "presentation") return isFocusable() ? native() : "none";
return asked === "img" ? "image" : asked;

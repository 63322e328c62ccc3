// The states of an element, as Chromium's accessibility tree tells them. arguments: the element; its role.
const [element, role_] = arguments;
const CHECKED = ["checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio"];
const WRITTEN = ["textbox", "searchbox", "combobox", "spinbutton"];
const HEADS = ["columnheader", "rowheader", "gridcell"];
const REQUIRED = ["textbox", "combobox", "spinbutton", "radiogroup", ...HEADS];
const READONLY = ["textbox", "grid", "treegrid", ...HEADS];
const EXPANDED = ["application", "button", "combobox", "link", "listbox", "row", "tab", "treeitem",
  "menuitem", "DisclosureTriangle", ...CHECKED, ...HEADS];
const SELECTED = ["option", "tab", "row", "treeitem", "gridcell"];
const found = {};
const tag = element.localName;
const aria = (name) => element.getAttribute(`aria-${name}`);
const truth = (isTrue) => (isTrue ? "True" : "False");

if (element.matches(":disabled") || element.closest("[aria-disabled=true]")) found.disabled = "True";
// A field that is still to be filled in is not wrong.
const isEmpty = element.matches("input, textarea") && WRITTEN.includes(role_) && element.validity.valueMissing;
const isWrong = !isEmpty && !(element.validity?.valid ?? true);
if (element.matches("input, textarea, select, button, fieldset")) found.invalid = aria("invalid") ?? String(isWrong);
if (CHECKED.includes(role_))
  found.checked = element.indeterminate ? "mixed" : aria("checked") ?? String(Boolean(element.checked));
if (aria("pressed") !== null) found.pressed = aria("pressed");
if (aria("expanded") !== null && EXPANDED.includes(role_)) found.expanded = truth(aria("expanded") === "true");
else if (tag === "summary") found.expanded = truth(element.parentElement?.open);
else if (tag === "select" && role_ === "combobox") found.expanded = "False";
if (SELECTED.includes(role_) && aria("selected") !== null) found.selected = truth(aria("selected") === "true");
else if (tag === "option") found.selected = truth(element.selected);
if (tag === "select" ? role_ === "listbox" : REQUIRED.includes(role_))
  found.required = truth(element.required || aria("required") === "true");
if (READONLY.includes(role_)) found.readonly = truth(element.readOnly || aria("readonly") === "true");
return found;

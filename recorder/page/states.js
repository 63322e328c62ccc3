// The states of an element, as Chromium's accessibility tree tells them. arguments: the element; its role.
const [element, role_] = arguments;
const CHECKED = ["checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio"];
const WRITTEN = ["textbox", "searchbox", "combobox", "spinbutton"];
const SELECTED = ["option", "tab", "row", "treeitem", "gridcell"];
const found = {};
const tag = element.localName;
const aria = (name) => element.getAttribute(`aria-${name}`);
const truth = (isTrue) => (isTrue ? "True" : "False");

if (element.matches(":disabled") || element.closest("[aria-disabled=true]")) found.disabled = "True";
if (element.matches("input, textarea, select, button"))
  found.invalid = aria("invalid") ?? String(!(element.validity?.valid ?? true));
if (CHECKED.includes(role_))
  found.checked = element.indeterminate ? "mixed" : aria("checked") ?? String(Boolean(element.checked));
if (aria("pressed") !== null) found.pressed = aria("pressed");
if (aria("expanded") !== null) found.expanded = truth(aria("expanded") === "true");
else if (tag === "summary") found.expanded = truth(element.parentElement?.open);
else if (tag === "select" && role_ === "combobox") found.expanded = "False";
if (SELECTED.includes(role_) && aria("selected") !== null) found.selected = truth(aria("selected") === "true");
else if (tag === "option") found.selected = truth(element.selected);
if (tag === "select" ? role_ === "listbox" : WRITTEN.includes(role_)) {
  found.required = truth(element.required || aria("required") === "true");
  if (tag !== "select") found.readonly = truth(element.readOnly || aria("readonly") === "true");
}
return found;

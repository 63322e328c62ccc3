// Whether a page may show what nobody may see although no storyboard says so: it has fields for
// passwords and the like, or frames of another origin, which may have some.
const pending = [document];
let found = false;
while (pending.length) {
  const root = pending.pop();
  if (fields(root).length) found = true;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) pending.push(element.shadowRoot);
    if (element.tagName !== "IFRAME" && element.tagName !== "FRAME") continue;
    if (element.contentDocument) pending.push(element.contentDocument);
    else found = true;
  }
}
return found;

// Whether a page may show what nobody may see although no storyboard says so: a field for passwords
// and the like is filled in, or does not look like one any more, or a frame of another origin may
// have some.
const pending = [document];
let found = false;
while (pending.length) {
  const root = pending.pop();
  if (fields(root).some((field) => field.value || !private_field(field))) found = true;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) pending.push(element.shadowRoot);
    if (element.tagName !== "IFRAME" && element.tagName !== "FRAME") continue;
    if (element.contentDocument) pending.push(element.contentDocument);
    else found = true;
  }
}
return found;

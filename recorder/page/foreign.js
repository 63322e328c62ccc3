// The frames of this document, and of those in it, that cannot be asked from here.
const found = [];
function look(root) {
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) look(element.shadowRoot);
    if (element.tagName !== "IFRAME" && element.tagName !== "FRAME") continue;
    if (element.contentDocument) look(element.contentDocument);
    else found.push(element);
  }
}
look(document);
return found;

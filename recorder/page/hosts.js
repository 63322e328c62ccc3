// The elements that may hold a closed shadow tree, which no script can see: those of a kind that can,
// that hold no open one and show nothing of their own.
const CAN = "article, aside, blockquote, body, div, footer, h1, h2, h3, h4, h5, h6, header, main, nav, p, section, span";
const found = [];
function look(root) {
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) look(element.shadowRoot);
    else if (element.localName.includes("-")) found.push(element);
    else if (element.matches(CAN) && !element.childNodes.length && element.getClientRects().length) found.push(element);
    if (element.contentDocument) look(element.contentDocument);
  }
}
look(document);
return found;

// How an element is found once more by another script: {page, path, place}. page is its document's
// address; path leads to it by places among child nodes, from the document on, and through each
// shadow root; place is which of those it is that a locator finds, -1 where it is none of them.
// arguments: the element, the locator's strategy and value ("" where it has none).
const [element, by, value] = arguments;
const path = [];
let places = [];
for (let node = element; ; ) {
  if (node.parentNode) {
    places.unshift([...node.parentNode.childNodes].indexOf(node));
    node = node.parentNode;
  } else {
    path.unshift(places);
    if (!node.host) break;
    [node, places] = [node.host, []];
  }
}
const place = by ? matches(element.ownerDocument, by, value).indexOf(element) : -1;
return { page: element.ownerDocument.location.href, path, place };

// The path from its document to a node's element, as follow.js takes it. Runs on the node itself.
let node = this instanceof Element ? this : this.parentElement;
const path = [];
while (node && node.nodeType !== Node.DOCUMENT_NODE) {
  const above = node.parentNode;
  if (above) path.unshift([...above.childNodes].indexOf(node));
  else path.unshift("shadow");
  node = above ?? node.host;
}
return path;

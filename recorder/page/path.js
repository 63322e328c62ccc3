// The path from its document to a node's element, as follow.js takes it: places among child nodes.
// What lies in a shadow root is told as the element that holds it. Runs on the node itself.
let node = this instanceof Element ? this : this.parentElement ?? this.getRootNode().host;
while (node.getRootNode() instanceof ShadowRoot) node = node.getRootNode().host;
const path = [];
for (; node.parentNode; node = node.parentNode) path.unshift([...node.parentNode.childNodes].indexOf(node));
return path;

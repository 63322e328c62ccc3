// The element at the end of a path of places among child nodes; null where it leads nowhere in the
// document that is asked.
const [path] = arguments;
let node = document;
for (const place of path) node = node?.childNodes[place] ?? null;
return node instanceof Element ? node : null;

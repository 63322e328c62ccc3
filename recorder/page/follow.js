// The element at the end of a path: places among child nodes, "shadow" for an element's shadow root.
// Null where the path leads nowhere in the document that is asked.
const [path] = arguments;
let node = document;
for (const step of path) node = (step === "shadow" ? node?.shadowRoot : node?.childNodes[step]) ?? null;
return node instanceof Element ? node : null;

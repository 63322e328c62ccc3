// What a text node shows: its text in the letters that style sheets ask for (`text-transform`).
// arguments: the text node.
const [node] = arguments;
const WORD = /(?<![\p{L}\p{N}'’])\p{L}/gu;
const style = node.parentElement && node.ownerDocument.defaultView.getComputedStyle(node.parentElement);
switch (style?.textTransform) {
  case "uppercase": return node.data.toUpperCase();
  case "lowercase": return node.data.toLowerCase();
  case "capitalize": return node.data.replace(WORD, (letter) => letter.toUpperCase());
  default: return node.data;
}

// Where an element lies in its own document's view.
const [element] = arguments;
const { x, y } = element.getBoundingClientRect();
return [x, y];

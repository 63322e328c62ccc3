// Role and accessible name of an element. arguments: the element.
const [element] = arguments;
const found = role(element);
return [found, name(element, found)];

// What a locator of WebDriver's finds. arguments: the root, the locator's strategy and value.
const [root, by, value] = arguments;
const links = () => [...root.querySelectorAll("a")];
const all = (selector) => [...root.querySelectorAll(selector)];
const found = {
  id: () => all(`[id="${CSS.escape(value)}"]`),
  name: () => all(`[name="${CSS.escape(value)}"]`),
  "class name": () => all(`.${CSS.escape(value)}`),
  "tag name": () => all(value),
  "css selector": () => all(value),
  "link text": () => links().filter((link) => link.innerText.trim() === value),
  "partial link text": () => links().filter((link) => link.innerText.includes(value)),
  xpath: () => {
    const nodes = document.evaluate(value, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    return Array.from({ length: nodes.snapshotLength }, (_, place) => nodes.snapshotItem(place));
  },
}[by];
try { return found ? found() : []; } catch { return []; /* no such selector here */ }

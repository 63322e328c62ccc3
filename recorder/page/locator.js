// A locator that finds an element and no other in its document: {by, value}, in the order in which
// locators last. Null where there is none.
const [element] = arguments;
const page = element.ownerDocument;
const RANDOM = /\d{3,}|[0-9a-f]{8,}|^:r\w+:$|--\d/;
const lasts = (text) => text && text.length < 80 && !RANDOM.test(text);
const quoted = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;
const tag = element.tagName.toLowerCase();

function isOnly(css) {
  const found = page.querySelectorAll(css);
  return found.length === 1 && found[0] === element;
}

function byAttribute() {
  if (lasts(element.id) && isOnly(`[id=${quoted(element.id)}]`)) return { by: "id", value: element.id };
  const name = element.getAttribute("name");
  if (lasts(name) && isOnly(`[name=${quoted(name)}]`)) return { by: "name", value: name };
  const own = [...element.attributes].filter(({ name }) => /^data-(?!.*(state|index|key$))|^(aria-label|title|placeholder|href|value|alt)$/.test(name));
  for (const { name, value } of own)
    if (lasts(value) && isOnly(`${tag}[${name}=${quoted(value)}]`))
      return { by: "css selector", value: `${tag}[${name}=${quoted(value)}]` };
  return null;
}

function byText() {
  const text = (element.textContent ?? "").trim().replace(/\s+/g, " ");
  if (!text || text.length > 60) return null;
  if (tag === "a" && [...page.links].filter((link) => link.innerText.trim() === text).length === 1)
    return { by: "link text", value: text };
  if (text.includes('"')) return null;
  const path = `//${tag}[normalize-space()="${text}"]`;
  const found = page.evaluate(path, page, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
  return found.snapshotLength === 1 && found.snapshotItem(0) === element ? { by: "xpath", value: path } : null;
}

function byPath() {
  const parts = [];
  for (let at = element; at && at !== page.documentElement; at = at.parentElement) {
    if (at !== element && lasts(at.id)) {
      parts.unshift(`#${CSS.escape(at.id)}`);
      break;
    }
    const alike = [...(at.parentElement?.children ?? [])].filter((one) => one.tagName === at.tagName);
    const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : "";
    parts.unshift(at.tagName.toLowerCase() + place);
  }
  const css = parts.join(" > ");
  return isOnly(css) ? { by: "css selector", value: css } : null;
}

return byAttribute() ?? byText() ?? byPath();

// Every element of the outermost document that has a size: by what it can be selected, and where it is.
// Returns rows [place of the parent's row or -1, tag, id, classes, other attributes, x, y, width, height].
const [limit] = arguments;
const TOLD = /^(data-.+|name|role|type)$/;
const places = new Map();
const rows = [];

for (const element of document.body?.querySelectorAll("*") ?? []) {
  const { x, y, width, height } = element.getBoundingClientRect();
  if (!width || !height || element.ownerSVGElement) continue; // a drawing is masked whole
  let above = element.parentElement;
  while (above && !places.has(above)) above = above.parentElement;
  const told = [...element.attributes].filter((one) => TOLD.test(one.name) && one.value.length <= 60);
  places.set(element, rows.length);
  rows.push([
    above ? places.get(above) : -1,
    element.localName,
    element.id,
    [...element.classList],
    Object.fromEntries(told.map((one) => [one.name, one.value])),
    x, y, width, height,
  ]);
  if (rows.length === limit) break;
}
return rows;

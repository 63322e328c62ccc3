// The fields of a document or shadow tree whose values nobody may see: for passwords, cards and
// one-time codes. One that was such a field once stays it, also where its characters are shown, or
// another field of its name comes in its place. arguments: the root.
const [root] = arguments;
const KEY = Symbol.for("storycast.fields");
const known = (root[KEY] ??= { fields: new WeakSet(), names: new Set() });

const namesOf = (field) => [field.id && `#${field.id}`, field.name].filter(Boolean);
const fields = [...root.querySelectorAll("input, textarea, select")];
for (const field of fields) {
  if (!private_field(field)) continue;
  known.fields.add(field);
  for (const name of namesOf(field)) known.names.add(name);
}
return fields.filter(
  (field) => field.type !== "hidden" &&
    (known.fields.has(field) || namesOf(field).some((name) => known.names.has(name)))
);

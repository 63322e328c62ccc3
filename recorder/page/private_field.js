// Whether a field is for what nobody may see: a password, a card, a one-time code. arguments: the field.
const [field] = arguments;
const PRIVATE = /^(cc-(?!type$).+|one-time-code|current-password|new-password)$/;
if (!field.matches("input, textarea, select")) return false;
if (field.type === "password") return true;
const told = (field.getAttribute("autocomplete") ?? "").trim().toLowerCase().split(/\s+/);
return told.some((word) => PRIVATE.test(word));

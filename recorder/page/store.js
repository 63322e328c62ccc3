// Has the page's origin keep what it kept before.
const [origin, local, session] = arguments;
if (location.origin !== origin) return;
for (const [storage, content] of [[localStorage, local], [sessionStorage, session]]) {
  for (const [name, value] of Object.entries(content)) storage.setItem(name, value);
}

// What the page's origin keeps in this browser.
const content = (storage) => Object.fromEntries(Object.entries(storage));
return {
  origin: location.origin,
  local: content(localStorage),
  session: content(sessionStorage),
};

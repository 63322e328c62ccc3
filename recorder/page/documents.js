// Every document that can be reached from a window: its own and those of its frames.
const [view] = arguments;
const found = [view.document];
for (let i = 0; i < view.frames.length; i++) {
  let inner = null;
  try { inner = view.frames[i].document; } catch { /* another origin */ }
  if (inner && inner.defaultView) found.push(...documents(inner.defaultView));
}
return found;

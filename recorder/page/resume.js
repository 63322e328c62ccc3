// Lets the movements that settle.js held go on.
let top = window;
try { if (window.top.document) top = window.top; } catch { /* another origin */ }
for (const animation of (top[Symbol.for("storycast.held")] ?? []).splice(0)) animation.play();

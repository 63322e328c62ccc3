// Lets the movements that settle.js held go on.
const held = document[Symbol.for("storycast.held")] ?? [];
for (const animation of held.splice(0)) animation.play();

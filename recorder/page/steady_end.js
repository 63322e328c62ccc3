// Lets the movements that steady.js held go on from where they were.
const held = document[Symbol.for("storycast.steady")] ?? [];
for (const [animation, time] of held.splice(0)) {
  animation.currentTime = time;
  animation.play();
}

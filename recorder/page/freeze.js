// Holds all movements, for a browser whose own clock for them cannot be stopped; movement.js then puts
// them where they are to be. arguments: whether to hold them, or to let them go on.
const [hold] = arguments;
const KEY = Symbol.for("storycast.frozen");

if (!hold) {
  for (const [animation, rate] of document[KEY]?.rates ?? []) animation.playbackRate = rate;
  document[KEY] = null;
  return;
}
const frozen = (document[KEY] = { rates: new Map() });
let isFirst = true;

// What begins from now on begins at its beginning; what runs already stays where it is.
frozen.take = () => {
  for (const page of documents(window))
    for (const animation of page.getAnimations()) {
      if (frozen.rates.has(animation) || animation.playState !== "running") continue;
      frozen.rates.set(animation, animation.playbackRate);
      animation.playbackRate = 0;
      if (!isFirst) animation.currentTime = 0;
    }
  isFirst = false;
};

(function each() {
  if (document[KEY] !== frozen) return;
  frozen.take();
  requestAnimationFrame(each);
})();

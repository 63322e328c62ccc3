// Puts all movements (CSS transitions and animations, the Web Animations API) to where they are at a
// time, in milliseconds since the first step, in every document that can be reached; the browser has
// stopped their own clock. Endless ones start at their beginning, and stay there unless endless is true.
// Returns how many run.
const [at, endless] = arguments;
const KEY = Symbol.for("storycast.movement");
if (at === 0) document[KEY] = new Map();
const starts = (document[KEY] ??= new Map());
const frozen = document[Symbol.for("storycast.frozen")]; // freeze.js

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function put(animation) {
  if (animation.playState !== "running" || !animation.effect) return 0;
  const end = animation.effect.getComputedTiming().endTime;
  if (!Number.isFinite(end) && !endless) {
    animation.currentTime = 0;
    return 0;
  }
  const rate = frozen?.rates.get(animation) ?? animation.playbackRate;
  if (!starts.has(animation))
    starts.set(animation, { at, from: at === 0 && !Number.isFinite(end) ? 0 : animation.currentTime ?? 0 });
  const start = starts.get(animation);
  const time = start.from + (at - start.at) * rate;
  if (frozen && time >= end) animation.playbackRate = rate; // it ends, and says so
  animation.currentTime = time;
  return 1;
}

return (async () => {
  let running = 0;
  frozen?.take();
  for (const page of documents(window))
    for (const animation of page.getAnimations()) running += put(animation);
  await Promise.race([(async () => { await frame(); await frame(); })(), pause(500)]);
  return running;
})();

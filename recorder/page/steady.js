// Waits for the next frame; movements that run are shown at their end, endless ones at their
// beginning, until steady_end.js lets them go on from where they were. Returns how many there are.
const HELD = Symbol.for("storycast.steady");

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function hold(page, held) {
  for (const animation of page.getAnimations()) {
    if (animation.playState !== "running" || !animation.effect) continue;
    const end = animation.effect.getComputedTiming().endTime;
    held.push([animation, animation.currentTime]);
    animation.pause();
    animation.currentTime = Number.isFinite(end) ? end : 0;
  }
}

return (async () => {
  await Promise.race([frame(), pause(200)]);
  const held = (document[HELD] ??= []);
  for (const page of documents(window)) hold(page, held);
  return held.length;
})();

// Waits until the page has settled: loaded, fonts there, images decoded, movements that end ended,
// and no change for quietMs. Movements that never end are held at their beginning.
// Gives up waiting after limitMs. Returns what a moment tells besides its picture: whether it
// settled, what watch.js (here as a function) saw last, what was scrolled since the last time, how
// many movements are held (resume.js lets them go on), address, title, scroll, and the boxes of what
// the selectors in masks match.
const [quietMs, limitMs, masks] = arguments;
const HELD = Symbol.for("storycast.held");
const began = performance.now();

function inView(element) {
  const box = element.getBoundingClientRect();
  const view = element.ownerDocument.defaultView;
  return box.bottom > 0 && box.right > 0 && box.top < view.innerHeight && box.left < view.innerWidth;
}

// A page that a script is still to fill has nothing to show and does not change meanwhile.
function isBlank(page) {
  if (!page.body || page.contentType !== "text/html" || location.protocol === "about:") return false;
  if (page.body.innerText.trim()) return false;
  const shows = "img, svg, canvas, video, iframe, frame, object, embed, input, button";
  return ![...page.querySelectorAll("*")].some(
    (element) => element.shadowRoot || (element.matches(shows) && element.getClientRects().length)
  );
}

function endOf(animation) {
  const timing = animation.effect && animation.effect.getComputedTiming();
  return timing ? timing.endTime : 0;
}

function busy(page) {
  if (page.readyState !== "complete" || page.fonts.status !== "loaded") return true;
  if (page === document && isBlank(page)) return true;
  for (const image of page.images)
    if (!image.complete && (image.loading !== "lazy" || inView(image))) return true;
  return page.getAnimations().some(
    (animation) => animation.playState === "running" && Number.isFinite(endOf(animation))
  );
}

function holdEndless(page, held) {
  for (const animation of page.getAnimations()) {
    if (animation.playState !== "running") continue;
    animation.pause();
    animation.currentTime = 0;
    held.push(animation);
  }
}

function masked() {
  const boxes = [];
  for (const mask of masks)
    for (const element of document.querySelectorAll(mask)) {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (width && height) boxes.push({ x, y, width, height });
    }
  return boxes;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function rest() {
  for (;;) {
    const seen = watch(masks);
    if (seen.quietMs >= quietMs && !documents(window).some(busy)) return true;
    if (performance.now() - began >= limitMs) return false;
    await pause(Math.max(10, Math.min(40, quietMs - seen.quietMs)));
  }
}

async function drawn(pages) {
  const images = pages.flatMap((page) => [...page.images].filter((i) => i.complete && inView(i)));
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  await frame();
  await frame();
}

return (async () => {
  const held = (document[HELD] ??= []);
  let settled, rested;
  do {
    settled = await rest();
    rested = watch(masks).token;
    const pages = documents(window);
    for (const page of pages) holdEndless(page, held);
    await Promise.race([drawn(pages), pause(1000)]);
    // A movement's end, which a frame tells, may have begun the next one.
  } while (settled && watch(masks).token !== rested && performance.now() - began < limitMs);
  const { token, still, scrolled } = watch(masks, true);
  return {
    token,
    still,
    scrolled,
    settled: settled && token === rested,
    held: held.length,
    address: location.href,
    title: document.title,
    scroll: { x: scrollX, y: scrollY },
    masks: masked(),
    guarded: guarded(),
  };
})();

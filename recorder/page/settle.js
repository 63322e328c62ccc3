// Waits until the page has settled: loaded, fonts there, images decoded, movements that end ended,
// and no change for quietMs. Movements that never end are held at their beginning.
// Gives up waiting after limitMs. Calls back with what a moment tells besides its picture: whether
// it settled, how many movements are held (resume.js lets them go on), address, title, scroll, the
// boxes of what the selectors in masks match, and what watch() (watch.js as a function) saw last.
const [quietMs, limitMs, masks, done] = arguments;
const HELD = Symbol.for("storycast.held");
const began = performance.now();
let top = window;
try { if (window.top.document) top = window.top; } catch { /* another origin */ }

function* documents(view) {
  yield view.document;
  for (let i = 0; i < view.frames.length; i++) {
    let inner = null;
    try { inner = view.frames[i].document; } catch { /* another origin */ }
    if (inner && inner.defaultView) yield* documents(inner.defaultView);
  }
}

function inView(element) {
  const box = element.getBoundingClientRect();
  const view = element.ownerDocument.defaultView;
  return box.bottom > 0 && box.right > 0 && box.top < view.innerHeight && box.left < view.innerWidth;
}

// A page that a script is still to fill has nothing to show and does not change meanwhile.
function isBlank(page) {
  if (!page.body || page.contentType !== "text/html") return false;
  if (page.body.innerText.trim()) return false;
  const shows = "img, svg, canvas, video, iframe, frame, object, embed, input, button";
  return ![...page.querySelectorAll(shows)].some((e) => e.getClientRects().length);
}

function endOf(animation) {
  const timing = animation.effect && animation.effect.getComputedTiming();
  return timing ? timing.endTime : 0;
}

function busy(page) {
  if (page.readyState !== "complete" || page.fonts.status !== "loaded") return true;
  if (page === top.document && isBlank(page)) return true;
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
    for (const element of top.document.querySelectorAll(mask)) {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (width && height) boxes.push({ x, y, width, height });
    }
  return boxes;
}

async function finish(settled) {
  const pages = [...documents(top)];
  const images = pages.flatMap((page) => [...page.images].filter((i) => i.complete && inView(i)));
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
  const held = (top[HELD] ??= []);
  for (const page of pages) holdEndless(page, held);
  const drawn = () => done({
    settled,
    held: held.length,
    address: top.location.href,
    title: top.document.title,
    scroll: { x: top.scrollX, y: top.scrollY },
    masks: masked(),
    ...watch(),
  });
  top.requestAnimationFrame(() => top.requestAnimationFrame(drawn));
}

function look() {
  const spent = performance.now() - began;
  const seen = watch();
  if (seen.quietMs >= quietMs && ![...documents(top)].some(busy)) return void finish(true);
  if (spent >= limitMs) return void finish(false);
  setTimeout(look, Math.max(10, Math.min(40, quietMs - seen.quietMs)));
}
look();

// The page's clock while it is filmed: runs in the page's own world, for no longer than that.
// command: "stop" it, "step" it to so many milliseconds since, or let it "go" on in real time.
// Timers and frames that are asked for meanwhile come when the clock is stepped there, frames 60
// times in a second; those asked for before come in real time.
const [command, to] = arguments;
const KEY = Symbol.for("storycast.clock");
const FRAME_MS = 1000 / 60;

function stop() {
  const native = {
    Date, setTimeout, clearTimeout, setInterval, clearInterval,
    requestAnimationFrame, cancelAnimationFrame, now: performance.now,
  };
  const clock = { native, now: 0, frame: 0, timers: new Map(), frames: new Map(), number: 2 ** 30 };
  const start = { date: Date.now(), performance: performance.now() };
  const add = (callback, delay, every, given) => {
    const due = clock.now + Math.max(1, Number(delay) || 0);
    clock.timers.set(++clock.number, { callback, due, every, given });
    return clock.number;
  };
  clock.stamp = () => start.performance + clock.now;
  const own = {
    setTimeout: (callback, delay, ...given) => add(callback, delay, 0, given),
    setInterval: (callback, delay, ...given) => add(callback, delay, Math.max(1, Number(delay) || 0), given),
    clearTimeout: (id) => { clock.timers.delete(id) || native.clearTimeout.call(window, id); },
    clearInterval: (id) => { clock.timers.delete(id) || native.clearInterval.call(window, id); },
    requestAnimationFrame: (callback) => { clock.frames.set(++clock.number, callback); return clock.number; },
    cancelAnimationFrame: (id) => { clock.frames.delete(id) || native.cancelAnimationFrame.call(window, id); },
    Date: new Proxy(Date, {
      construct: (target, given, made) =>
        Reflect.construct(target, given.length ? given : [start.date + Math.round(clock.now)], made),
      apply: (target) => new target(start.date + Math.round(clock.now)).toString(),
      get: (target, name) =>
        name === "now" ? () => start.date + Math.round(clock.now) : Reflect.get(target, name),
    }),
  };
  Object.assign(window, own);
  performance.now = () => clock.stamp();
  clock.own = own;
  window[KEY] = clock;
}

function call(callback, given) {
  try {
    if (typeof callback === "function") callback.apply(window, given);
    else window.eval(String(callback));
  } catch (error) { reportError(error); }
}

function runTimers(clock, until) {
  for (let count = 0; count < 10000; count++) {
    let next = null;
    for (const [id, timer] of clock.timers)
      if (timer.due <= until && (!next || timer.due < next.timer.due)) next = { id, timer };
    if (!next) return;
    clock.now = Math.max(clock.now, next.timer.due);
    if (next.timer.every) next.timer.due += next.timer.every;
    else clock.timers.delete(next.id);
    call(next.timer.callback, next.timer.given);
  }
}

async function step(clock) {
  while (clock.frame * FRAME_MS <= to) {
    runTimers(clock, clock.frame * FRAME_MS);
    clock.now = clock.frame * FRAME_MS;
    clock.frame += 1;
    const callbacks = [...clock.frames.values()];
    clock.frames.clear();
    for (const callback of callbacks) call(callback, [clock.stamp()]);
    await null; // what was promised meanwhile
  }
  runTimers(clock, to);
  clock.now = to;
  return clock.frames.size;
}

function go(clock) {
  for (const name of Object.keys(clock.own))
    if (window[name] === clock.own[name]) window[name] = clock.native[name];
  delete performance.now;
  for (const { callback, due, every, given } of clock.timers.values()) {
    const late = Math.max(0, due - clock.now);
    if (every) setTimeout(() => { call(callback, given); setInterval(callback, every, ...given); }, late);
    else setTimeout(callback, late, ...given);
  }
  for (const callback of clock.frames.values()) requestAnimationFrame(callback);
  delete window[KEY];
}

const clock = window[KEY];
if (command === "stop") return clock ? null : stop();
if (!clock) return null;
return command === "step" ? step(clock) : go(clock);

// Pins a document's clock and random numbers; runs in the page's own world before its scripts.
// offsetMs: what is added to the time, or null; seed: what random numbers are made of, or null.
const [offsetMs, seed] = arguments;
const KEY = Symbol.for("storycast.pins");

function replace(holder, name, change) {
  const found = holder && Object.getOwnPropertyDescriptor(holder, name);
  if (found) Object.defineProperty(holder, name, change(found));
}

function pinClock() {
  const native = Date.now;
  const now = () => native.call(Date) + offsetMs;
  const Pinned = new Proxy(Date, {
    construct: (target, given, made) => Reflect.construct(target, given.length ? given : [now()], made),
    apply: (target) => new target(now()).toString(),
  });
  replace(Date, "now", (found) => ({ ...found, value: { now() { return now(); } }.now }));
  replace(Date.prototype, "constructor", (found) => ({ ...found, value: Pinned }));
  replace(window, "Date", (found) => ({ ...found, value: Pinned }));
  replace(Performance.prototype, "timeOrigin", (found) => ({
    ...found,
    get() { return found.get.call(this) + offsetMs; },
  }));
  // What is not told a date formats the present.
  const format = Intl.DateTimeFormat.prototype;
  replace(format, "format", (found) => ({
    ...found,
    get() {
      const write = found.get.call(this);
      return (date) => write(date === undefined ? now() : date);
    },
  }));
  replace(format, "formatToParts", (found) => ({
    ...found,
    value(date) { return found.value.call(this, date === undefined ? now() : date); },
  }));
  if (typeof Temporal === "object") pinTemporal(now);
}

function pinTemporal(now) {
  const clock = Temporal.Now;
  const zoned = (zone = clock.timeZoneId()) => clock.instant().toZonedDateTimeISO(zone);
  const own = {
    instant: () => Temporal.Instant.fromEpochMilliseconds(now()),
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone) => zoned(zone).toPlainTime(),
  };
  for (const [name, value] of Object.entries(own)) replace(clock, name, (found) => ({ ...found, value }));
}

// Documents that follow one another draw different numbers, the same ones in each take.
function origin() {
  const path = /^(https?|file):$/.test(location.protocol) ? location.pathname : location.protocol;
  return `${seed} ${path} ${history.length}`;
}

// The generator sfc32, by Chris Doty-Humphrey (PractRand).
function generator() {
  const state = [0, 0, 0, 1];
  let hash = 2166136261; // FNV-1a
  for (const letter of origin()) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619);
  for (let i = 0; i < 3; i++) state[i] = hash = Math.imul(hash ^ (hash >>> 15), 2246822507) | 0;
  let [a, b, c, counter] = state;
  const next = () => {
    const found = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + found | 0;
    return found >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

function pinRandom() {
  const next = generator();
  const random = { random() { return (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53; } }.random;
  replace(Math, "random", (found) => ({ ...found, value: random }));
  const fill = (bytes) => { for (let i = 0; i < bytes.length; i++) bytes[i] = next() & 255; };
  replace(Crypto.prototype, "getRandomValues", (found) => ({
    ...found,
    value(array) {
      found.value.call(this, array); // refuses what it must
      fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      return array;
    },
  }));
  replace(Crypto.prototype, "randomUUID", (found) => ({
    ...found,
    value() {
      const bytes = new Uint8Array(16);
      fill(bytes);
      bytes[6] = (bytes[6] & 15) | 64; // version 4, RFC 9562
      bytes[8] = (bytes[8] & 63) | 128;
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    },
  }));
}

if (window[KEY]) return;
Object.defineProperty(window, KEY, { value: true });
if (offsetMs !== null) pinClock();
if (seed !== null) pinRandom();

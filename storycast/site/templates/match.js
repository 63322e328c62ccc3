"use strict";

/* What matches what was typed, and how well. Pure: it knows nothing of the page.

   Texts are folded: without accents, case and width, words apart by one space. A word that was typed
   is found where a word begins with it; scripts that set no space between words (and Arabic, which
   sets its article and prepositions to the word) are looked through anywhere. */

const matching = (() => {
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]/g;
  const ALIKE = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", ى: "ي", ة: "ه" };
  const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmr}\p{sc=Laoo}\p{sc=Mymr}ー]+/gu;
  const ARABIC = /\p{sc=Arab}/u;
  const BETWEEN = /[^\p{L}\p{N}\p{M}]+/gu;
  const NO_WORD = /[^\p{L}\p{N}\p{M}]/gu;
  const WORTH = { title: 8, step: 5, tag: 4, goal: 4, text: 3, said: 1 };
  const WHOLE = 1.25;
  const SCATTERED = 0.8;
  const ENOUGH = 0.6; // of the pairs of letters: between words stand particles, which differ

  const plainLetters = new Map();

  function foldLetters(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
    const bare = text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase();
    return bare.replace(/[ßøłđæœıىة]/g, (letter) => ALIKE[letter]);
  }

  function fold(text) {
    return ` ${foldLetters(text).replace(BETWEEN, " ")} `;
  }

  /* The words that were typed: {text, anywhere, pairs}. */
  function readQuery(query) {
    const words = [];
    for (const piece of fold(query).trim().split(" ")) {
      const runs = piece.match(UNSPACED) ?? [];
      const rest = piece.replace(UNSPACED, " ").split(" ");
      for (const run of runs) words.push({ text: run, anywhere: true, pairs: pairsOf(run) });
      for (const word of rest.filter(Boolean)) {
        if (!ARABIC.test(word)) words.push({ text: word, anywhere: false, pairs: [] });
        else words.push({ text: word.replace(/^ال(?=..)/, ""), anywhere: true, pairs: [] });
      }
    }
    return words;
  }

  function pairsOf(run) {
    const letters = [...run];
    if (letters.length < 3) return [];
    return letters.slice(1).map((letter, index) => letters[index] + letter);
  }

  /* 0 where a folded text does not have the word, else how well it does, up to WHOLE. */
  function weigh(folded, word) {
    const at = folded.indexOf(word.anywhere ? word.text : ` ${word.text}`);
    if (at >= 0) {
      if (word.anywhere) return 1;
      return folded.includes(` ${word.text} `) ? WHOLE : 1;
    }
    if (!word.pairs.length) return 0;
    const share = word.pairs.filter((pair) => folded.includes(pair)).length / word.pairs.length;
    return share >= ENOUGH ? SCATTERED * share : 0;
  }

  /* A guide as it stands in a shard, made ready to be looked through. */
  function prepare(guide, language) {
    return {
      ...guide,
      language,
      fields: [
        [fold(guide.title), WORTH.title],
        [fold(guide.goal), WORTH.goal],
        [fold(guide.tags.join(" ")), WORTH.tag],
      ],
      places: [
        ...guide.steps.map(([anchor, title, text]) => ({ anchor, title, text, at: null, parts: [[fold(title), WORTH.step], [fold(text), WORTH.text]] })),
        ...guide.said.map(([at, text]) => ({ anchor: "", title: "", text, at, parts: [[fold(text), WORTH.said]] })),
      ],
    };
  }

  /* null, or how well a guide matches and at which of its places: {guide, score, places}. */
  function rate(guide, words) {
    const best = words.map((word) => Math.max(0, ...guide.fields.map(([text, worth]) => weigh(text, word) * worth)));
    const places = [];
    for (const place of guide.places) {
      let score = 0;
      words.forEach((word, index) => {
        let worth = 0;
        for (const [text, value] of place.parts) worth = Math.max(worth, weigh(text, word) * value);
        best[index] = Math.max(best[index], worth);
        score += worth ? worth + words.length : 0; // places that have more of the words come first
      });
      if (score) places.push({ place, score });
    }
    if (best.some((value) => value === 0)) return null;
    places.sort((one, other) => other.score - one.score);
    return { guide, score: best.reduce((sum, value) => sum + value, 0), places: places.map(({ place }) => place) };
  }

  /* The guides that have all the words, the best first; in the order of the shelf where equal. */
  function find(guides, query) {
    const words = readQuery(query);
    if (!words.length) return [];
    const found = guides.map((guide) => rate(guide, words)).filter(Boolean);
    return found.sort((one, other) => other.score - one.score);
  }

  /* A text in pieces, [[text, is it a match], ...], cut to what stands around the first match. */
  function cut(text, query, length = 160) {
    const marks = locate(text, readQuery(query));
    const first = marks.length ? marks[0][0] : 0;
    const from = text.length <= length ? 0 : wordStart(text, Math.max(0, first - length / 4));
    const to = Math.min(text.length, from + length);
    const pieces = [];
    let at = from;
    for (const [start, end] of marks) {
      if (start < at || start >= to) continue;
      pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
      at = end;
    }
    if (at < to) pieces.push([text.slice(at, to), false]);
    if (from > 0) pieces.unshift(["… ", false]);
    if (to < text.length) pieces.push([" …", false]);
    return pieces.filter(([piece]) => piece);
  }

  function wordStart(text, at) {
    const space = text.lastIndexOf(" ", at);
    return space >= at - 20 && space >= 0 ? space + 1 : Math.round(at);
  }

  /* Where a text has words, as [start, end] in the text as it is. */
  function locate(text, words) {
    let folded = "";
    const origin = [];
    let at = 0;
    for (const letter of text) {
      if (!plainLetters.has(letter)) plainLetters.set(letter, foldLetters(letter).replace(NO_WORD, " "));
      const plain = plainLetters.get(letter);
      folded += plain;
      for (let unit = 0; unit < plain.length; unit += 1) origin.push(at);
      at += letter.length;
    }
    origin.push(at);
    const found = [];
    for (const { text: word, anywhere, pairs } of words) {
      const looked = folded.includes(word) ? [word] : pairs;
      for (const piece of looked) {
        for (let start = folded.indexOf(piece); start >= 0; start = folded.indexOf(piece, start + 1)) {
          if (anywhere || start === 0 || folded[start - 1] === " ") found.push([origin[start], origin[start + piece.length]]);
        }
      }
    }
    return merge(found.sort((one, other) => one[0] - other[0]));
  }

  function merge(ranges) {
    const merged = [];
    for (const [start, end] of ranges) {
      const last = merged.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }

  return { prepare, find, cut, locate: (text, query) => locate(text, readQuery(query)) };
})();

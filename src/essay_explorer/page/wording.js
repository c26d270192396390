// @ts-check
/** The words of a text: the twin of sealed/wording.py, which says what counts. Part of open_copy.js. */
/** @import { Wording } from "./types.d.ts" */

export const RUN = 20; // words
const APOSTROPHES = "'`´‘’‛′＇ʹʻʼʽ";
const HYPHENS = "\\-‐‑－";
const DASHES = "‒–−";
const UNSEEN = "\\u034f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}";
const SPACELESS =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const LETTER = `(?![${APOSTROPHES}${SPACELESS}])[\\p{L}\\p{N}]`;
const IN_WORD = `(?:(?![${APOSTROPHES}${SPACELESS}])[\\p{L}\\p{N}]|[\\p{M}\\p{Cf}])`;
const WORD = new RegExp(
  `(?=[${SPACELESS}])[\\p{L}\\p{N}][\\p{M}\\p{Cf}]*|${LETTER}${IN_WORD}*` +
    `(?:(?:[${APOSTROPHES}${DASHES}]|(?:[${HYPHENS}]|(?<=\\u00ad))(?:[ \\t\\r]*\\n)?[ \\t\\r]*)[\\p{Cf}${UNSEEN}]*${LETTER}${IN_WORD}*)*`,
  "gu",
);
const NO_PART = new RegExp(`[^\\p{L}\\p{N}\\p{M}]|[${APOSTROPHES}${UNSEEN}]`, "gu");

/** A word as it counts. @param {string} word */
export function fold(word) {
  const capital = word.replace(NO_PART, "").normalize("NFKC").toUpperCase().replaceAll("Σ", "σ");
  return capital.toLowerCase().normalize("NFKC");
}

/** @param {string} text  @returns {Wording} */
export function wordingOf(text) {
  /** @type {string[]} */
  const words = [];
  /** @type {Map<string, string>} */
  const folded = new Map();
  /** @type {[number, number][]} */
  const spans = [];
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const counted = folded.get(word) ?? fold(word);
    folded.set(word, counted);
    words.push(counted);
    spans.push([match.index, match.index + word.length]);
  }
  const line = bytes(words.join(" "));
  const starts = [0];
  const sizes = new Map();
  for (const word of words) {
    if (!sizes.has(word)) sizes.set(word, bytes(word).length);
    starts.push(starts[starts.length - 1] + sizes.get(word) + 1);
  }
  const run = (/** @type {number} */ first, /** @type {number} */ count) =>
    line.subarray(starts[first], starts[first + count] - 1);
  const start = bytes("essay-explorer run\0");
  function* digests() {
    for (let at = 0; at + RUN <= words.length; at++) yield sha256(joined(start, run(at, RUN)));
  }
  return { words, spans, run, digests };
}

// @ts-check
/** Stretches of the text that a reader means: sentences, words at their edges, whole letters. Part of marks.js. */
/** @import { Paragraph } from "./types.d.ts" */
/** @import { Stretch, WholeText } from "./anchoring.js" */

/** @typedef {Stretch & {number: number}} Sentence */

const AROUND = 200; // units around an edge in which words and letters are told apart
const PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const OPENING = /^[\p{Ps}\p{Pi}]/u;
const CLOSING = /^[\p{Terminal_Punctuation}\p{Pe}\p{Pf}]/u;

/** @param {string} language @param {"grapheme" | "word" | "sentence"} granularity */
function segmenter(language, granularity) {
  try {
    return new Intl.Segmenter(language || "en", { granularity });
  } catch {
    return new Intl.Segmenter("en", { granularity }); // a language that nobody knows
  }
}

/**
 * Where the sentences of a paragraph start, by Python or by the browser.
 * @param {Paragraph} paragraph @param {string} language
 */
function startsIn({ text, sentences }, language) {
  if (sentences) return sentences.starts;
  return [...segmenter(language, "sentence").segment(text)]
    .filter(({ segment }) => segment.trim())
    .map(({ index }) => index);
}

/**
 * The sentences of the essay, in text order, each without white space around it.
 * @param {WholeText} whole @param {string} language @returns {Sentence[]}
 */
export function sentencesOf({ paragraphs, starts }, language) {
  let number = 0;
  return paragraphs.flatMap((paragraph, at) => {
    const { text } = paragraph;
    const begun = startsIn(/** @type {Paragraph} */ (paragraph), language);
    return begun.map((start, one) => {
      number += 1;
      const said = text.slice(start, begun[one + 1] ?? text.length).trimEnd();
      return { number, start: starts[at] + start, end: starts[at] + start + said.length };
    });
  });
}

/**
 * The place among the sentences of the one at an offset, or of the last before it.
 * @param {Sentence[]} sentences @param {number} offset
 */
export function sentenceAt(sentences, offset) {
  let [low, high] = [0, sentences.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sentences[middle].start <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** Without white space at its ends; null where nothing is left. @param {string} text @param {Stretch} stretch */
export function trimmed(text, { start, end }) {
  const said = text.slice(start, end);
  const from = start + said.length - said.trimStart().length;
  return said.trim() ? { start: from, end: from + said.trim().length } : null;
}

/**
 * With all of the letters at its ends: an accent belongs to its letter, and a sign of two hands is one sign.
 * @param {string} text @param {Stretch} stretch
 */
export function wholeLetters(text, { start, end }) {
  const letters = segmenter("en", "grapheme");
  /** @param {number} at */
  const around = (at) => {
    const from = Math.max(0, at - AROUND);
    const one = letters.segment(text.slice(from, at + AROUND)).containing(at - from);
    return one ? { first: from + one.index, last: from + one.index + one.segment.length } : { first: at, last: at };
  };
  const last = around(end);
  return { start: around(start).first, end: last.first === end ? end : last.last };
}

/**
 * Where words start, or end, around a place: with the signs that belong to them and without, so that who has trimmed a
 * quotation mark or a full stop away can have it back. An emoji is a word.
 * @param {string} text @param {number} at @param {"start" | "end"} edge @param {string} language
 */
function edgesAround(text, at, edge, language) {
  const from = Math.max(0, at - AROUND);
  const parts = [...segmenter(language, "word").segment(text.slice(from, at + AROUND))];
  const isInk = (/** @type {number} */ one) => Boolean(parts[one]?.segment.trim());
  return parts.flatMap(({ index, segment, isWordLike }, one) => {
    const [before, after] = [isInk(one - 1), isInk(one + 1)];
    const opens = after && (!before || OPENING.test(segment));
    const closes = before && (!after || (CLOSING.test(segment) && !CLOSING.test(parts[one + 1].segment)));
    const isWord = isWordLike || PICTURE.test(segment);
    if (!isInk(one) || !(isWord || (edge === "start" ? opens : closes))) return [];
    return [from + index + (edge === "start" ? 0 : segment.length)];
  });
}

/**
 * A stretch with one edge a word further on (1) or back (-1); as it is where that leaves nothing, or the text.
 * @param {string} text @param {Stretch} stretch @param {"start" | "end"} edge @param {number} by
 * @param {string} language
 */
export function moved(text, stretch, edge, by, language) {
  const here = stretch[edge];
  const edges = edgesAround(text, here, edge, language);
  const next = by > 0 ? edges.find((one) => one > here) : edges.findLast((one) => one < here);
  const made = { ...stretch, [edge]: next ?? here };
  return made.start < made.end && trimmed(text, made) ? made : stretch;
}

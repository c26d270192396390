// @ts-check
/**
 * A quote, and where it stands in the essay: the twin of anchoring/quotes.py and anchoring/surroundings.py, held to
 * them by the same cases. Offsets are half-open, in UTF-16 units of the whole text. Part of marks.js.
 */
/** @import { Annotation, Paragraph } from "./types.d.ts" */

/** @typedef {{start: number, end: number}} Stretch */
/** @typedef {{quote: string, prefix: string, suffix: string}} Quote */
/** @typedef {ReturnType<typeof wholeText>} WholeText */

const PARTING = "\n\n"; // between two paragraphs
const LEAST = 12; // letters of a prefix or suffix that is made; doubled until it names the place
// What Python calls white space, which is not quite what \s means here.
const BLANKS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACE = new RegExp(`[${BLANKS}]`);
const SPACES = new RegExp(`^${SPACE.source}+|${SPACE.source}+$`, "g");

/** A text without white space around it, as Python strips it. @param {string} text */
const stripped = (text) => text.replace(SPACES, "");

/** A text, as long as it is, with a space for each line break within a paragraph and each tab. @param {string} text */
export const unbroken = (text) => text.replaceAll("\t", " ").replace(/(?<!\n)\n(?!\n)/g, " ");

/** The text of an essay in one piece, and where each paragraph starts. @param {Pick<Paragraph, "text">[]} paragraphs */
export function wholeText(paragraphs) {
  const text = paragraphs.map((one) => one.text).join(PARTING);
  let at = 0;
  const starts = paragraphs.map((one) => {
    const start = at;
    at += one.text.length + PARTING.length;
    return start;
  });
  return { text, plain: unbroken(text), starts, paragraphs };
}

/** The number of the paragraph, from 0, in which an offset lies. @param {WholeText} whole @param {number} offset */
export function paragraphAt({ starts }, offset) {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * A stretch of the text as pieces of paragraphs.
 * @param {WholeText} whole @param {Stretch} stretch @returns {Annotation["spans"]}
 */
export function spansOf(whole, { start, end }) {
  const first = paragraphAt(whole, start);
  const last = paragraphAt(whole, Math.max(start, end - 1));
  /** @type {Annotation["spans"]} */
  const spans = [];
  for (let at = first; at <= last; at += 1) {
    const from = Math.max(start - whole.starts[at], 0);
    const until = Math.min(end - whole.starts[at], whole.paragraphs[at].text.length);
    if (from < until) spans.push([at + 1, from, until]);
  }
  return spans;
}

/** From the first to the last of these spans. @param {WholeText} whole @param {Annotation["spans"]} spans */
export const stretchOf = ({ starts }, spans) => ({
  start: Math.min(...spans.map(([number, start]) => starts[number - 1] + start)),
  end: Math.max(...spans.map(([number, , end]) => starts[number - 1] + end)),
});

// --- Where a quote stands

/** @param {string} text @param {number} at where white space ends: where does it start? */
function blanksBefore(text, at) {
  let start = at;
  while (start && SPACE.test(text[start - 1])) start -= 1;
  return start;
}

/** @param {string} text @param {number} at where white space starts: where does it end? */
function blanksAfter(text, at) {
  let end = at;
  while (end < text.length && SPACE.test(text[end])) end += 1;
  return end;
}

/** @param {string} text @param {Stretch} stretch @param {string} prefix @param {string} suffix both stripped */
const isBetween = (text, { start, end }, prefix, suffix) =>
  (!prefix || text.endsWith(prefix, blanksBefore(text, start))) &&
  (!suffix || text.startsWith(suffix, blanksAfter(text, end)));

/**
 * Every place where a quote stands between its prefix and its suffix, in text order.
 * @param {WholeText} whole @param {Partial<Quote>} quote @param {number} [most] no more than so many
 */
export function occurrences({ plain }, { quote = "", prefix = "", suffix = "" }, most = Number.POSITIVE_INFINITY) {
  const [sought, before, after] = [unbroken(quote), stripped(unbroken(prefix)), stripped(unbroken(suffix))];
  /** @type {Stretch[]} */
  const found = [];
  let start = sought ? plain.indexOf(sought) : -1;
  while (start >= 0 && found.length < most) {
    const stretch = { start, end: start + sought.length };
    if (isBetween(plain, stretch, before, after)) found.push(stretch);
    start = plain.indexOf(sought, start + 1);
  }
  return found;
}

/**
 * Where a mark stands: its one place; null where it has none, or more.
 * @param {WholeText} whole @param {Quote} quote
 */
export function anchored(whole, quote) {
  const found = occurrences(whole, quote, 2);
  return found.length === 1 ? found[0] : null;
}

/**
 * Where a mark of another edition stands: between its surroundings, or where its quote stands alone by now.
 * @param {WholeText} whole @param {Quote} quote
 */
export const reanchored = (whole, quote) =>
  anchored(whole, quote) ?? anchored(whole, { ...quote, prefix: "", suffix: "" });

// --- What tells a place

/**
 * So many letters before an offset: where do they start?
 * @param {string} text @param {number} end @param {number} by
 */
function lettersBack(text, end, by) {
  let start = end;
  for (let left = by; left && start; left -= 1) start -= isPairBefore(text, start) ? 2 : 1;
  return start;
}

/** @param {string} text @param {number} start @param {number} by */
function lettersOn(text, start, by) {
  let end = start;
  for (let left = by; left && end < text.length; left -= 1) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return end;
}

/** @param {string} text @param {number} at */
const isPairBefore = (text, at) => at > 1 && (text.codePointAt(at - 2) ?? 0) > 0xffff;

/** At least so many letters before `end`, from the start of a word. @param {string} text @param {number} end */
function before(text, end, letters = LEAST) {
  let start = lettersBack(text, end, letters);
  for (let left = letters; left && start && !SPACE.test(text[start - 1]); left -= 1)
    start = lettersBack(text, start, 1);
  return stripped(text.slice(start, end));
}

/** @param {string} text @param {number} start */
function after(text, start, letters = LEAST) {
  let end = lettersOn(text, start, letters);
  for (let left = letters; left && end < text.length && !SPACE.test(text[end]); left -= 1)
    end = lettersOn(text, end, 1);
  return stripped(text.slice(start, end));
}

/**
 * The shortest prefix and suffix by which a place is none of the others; two empty ones where nothing tells.
 * @param {string} text @param {Stretch} place @param {Stretch[]} others
 */
function surroundings(text, place, others) {
  let left = others.filter(({ start }) => start !== place.start);
  let right = left;
  for (let letters = LEAST; left.length; letters *= 2) {
    const [prefix, suffix] = [before(text, place.start, letters), after(text, place.end, letters)];
    left = left.filter((other) => isBetween(text, other, prefix, ""));
    if (!left.length) return { prefix, suffix: "" };
    right = right.filter((other) => isBetween(text, other, "", suffix));
    if (!right.length) return { prefix: "", suffix };
    const both = new Set(right.map(({ start }) => start));
    if (!left.some(({ start }) => both.has(start))) return { prefix, suffix };
    if (letters > text.length) break;
  }
  return { prefix: "", suffix: "" };
}

/**
 * What stands at a place, with the shortest surroundings by which it is found only there.
 * @param {WholeText} whole @param {Stretch} place @returns {Quote}
 */
export function quoteAt(whole, { start, end }) {
  const quote = whole.text.slice(start, end);
  return { quote, ...surroundings(whole.text, { start, end }, occurrences(whole, { quote })) };
}

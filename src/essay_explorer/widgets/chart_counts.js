// @ts-check
/**
 * What charts count, of the layers that are on: the twin of measures/ in Python, which counts the reading's own. Data
 * in, data out. Part of chart_panel.js.
 */
/** @import { Content, Datum, TagInFacet } from "./types.d.ts" */

/**
 * How Python tells words, and tags inside a sentence. `word`: the source of a regular expression; `phrases`: by key and
 * form what findings say in the reader's language, as measures/findings.py has them.
 * @typedef {{word?: string, names?: Record<string, string>, phrases: Record<string, Record<string, string>>}} Counting
 * One of the phrases, in the form that goes with a number.
 * @typedef {(key: string, values?: Record<string, string | number>, count?: number) => string} Said
 * A passage and the words that it touches, from `start` to before `end`.
 * @typedef {{id: string, paragraph: number, tags: string[], layer: string}} Marked
 * @typedef {Marked & {start: number, end: number, text: string}} Reach
 * `paragraphs`: the first word of each, and the one after its last.
 * @typedef {{paragraphs: [number, number][], reaches: Reach[], tags: TagInFacet[]}} Found
 * @typedef {Found & {names: Record<string, string>, said: Said}} Counted
 */

const QUOTED = 60; // letters of a passage in a row
const VERDICT = "verdict";
const ABOUT_CHANCE = 1.2; // up to here, and down to its inverse, "about what chance predicts"
const HALF = [0.45, 0.55];

/** As Python rounds: of two that are as near, the even one. @param {number} value @param {number} digits */
export function rounded(value, digits) {
  const scaled = value * 10 ** digits;
  const low = Math.floor(scaled);
  if (scaled - low !== 0.5) return Number(value.toFixed(digits));
  return (low % 2 ? low + 1 : low) / 10 ** digits;
}

/** What says its phrases. @param {Counting} counting @returns {Said} */
export function saidIn({ phrases }) {
  return (key, values = {}, count = 1) => sayN(phrases[key], phrases[key].other, count, values);
}

const SAID = /** @type {const} */ ({ useGrouping: false, numberingSystem: "latn" });
/** A number as it is written in the reader's language. @param {number} value @param {number} digits at most */
export const decimal = (value, digits) =>
  new Intl.NumberFormat(LANGUAGE, { ...SAID, maximumFractionDigits: digits }).format(rounded(value, digits));

/** @param {number} part @param {number} whole */
const percent = (part, whole) => (whole ? rounded((100 * part) / whole, 1) : 0);

/** A text on one line, or its first words and an ellipsis. @param {string} text */
export function clipped(text) {
  const letters = [...text.trim().replace(/\s+/gu, " ")];
  if (letters.length <= QUOTED) return letters.join("");
  const first = letters.slice(0, QUOTED).join("");
  const space = first.lastIndexOf(" ");
  return `${(space < 0 ? first : first.slice(0, space)).replace(/[ ,;:.]+$/, "")} …`;
}

/**
 * How many of the numbers, in order, are below a limit, or not above it.
 * @param {number[]} numbers @param {number} limit
 */
const upTo = (numbers, limit, inclusive = false) => {
  const at = numbers.findIndex((one) => (inclusive ? one > limit : one >= limit));
  return at < 0 ? numbers.length : at;
};

/**
 * The words of the paragraphs as Python counts them; null where this browser counts others.
 * @param {Content} content @param {[number, number][]} paragraphs as Python has them @param {Counting} counting
 */
export function wordsIn({ paragraphs: texts }, paragraphs, { word }) {
  const pattern = new RegExp(word ?? "", "gu");
  const words = texts.map(({ text }) => {
    const found = [...text.matchAll(pattern)];
    return { starts: found.map(({ index }) => index), ends: found.map((one) => one.index + one[0].length) };
  });
  const alike = words.every(({ starts }, at) => starts.length === paragraphs[at][1] - paragraphs[at][0]);
  return words.length === paragraphs.length && alike ? words : null;
}

/**
 * The passages of a content with the words that they touch; half a word is a word.
 * @param {Content} content @param {[number, number][]} paragraphs
 * @param {NonNullable<ReturnType<typeof wordsIn>>} words @param {Counting} counting @returns {Counted}
 */
export function countedIn(content, paragraphs, words, counting) {
  const places = /** @type {Map<string, {start: number, end: number}>} */ (new Map());
  content.paragraphs.forEach(({ passages = [] }, at) => {
    for (const [id, from, to] of passages) {
      const start = paragraphs[at][0] + upTo(words[at].ends, from, true);
      const end = paragraphs[at][0] + upTo(words[at].starts, to);
      const before = places.get(id);
      places.set(id, { start: Math.min(before?.start ?? start, start), end: Math.max(before?.end ?? end, end) });
    }
  });
  const texts = textsIn(content);
  const reaches = content.passages.map(({ id, paragraph, tags, layer = "reading" }) => {
    const { start, end } = places.get(id) ?? { start: 0, end: 0 };
    return { id, paragraph, tags, layer, start, end: Math.max(start, end), text: texts.get(id) ?? "" };
  });
  const tags = content.facets.flatMap((facet) => facet.tags.map((tag) => ({ ...tag, facet })));
  return { paragraphs, reaches, tags, names: counting.names ?? {}, said: saidIn(counting) };
}

/** The text of each passage, by its id. @param {Content} content */
function textsIn({ paragraphs }) {
  const texts = /** @type {Map<string, string>} */ (new Map());
  for (const { text, passages = [] } of paragraphs)
    for (const [id, start, end] of passages) texts.set(id, `${texts.get(id) ?? ""} ${text.slice(start, end)}`);
  return texts;
}

/** @param {Counted} counted @param {string} role */
export const tagsOfRole = ({ tags }, role) => tags.filter(({ facet }) => facet.role === role);

/** The words under a tag, each once. @param {Counted} counted @param {string} id */
export function wordsUnder({ reaches }, id) {
  const under = /** @type {Set<number>} */ (new Set());
  for (const { tags, start, end } of reaches)
    if (tags.includes(id)) for (let word = start; word < end; word += 1) under.add(word);
  return under;
}

/** How many words there are. @param {Counted} counted */
const total = ({ paragraphs }) => paragraphs.at(-1)?.[1] ?? 0;

/** @param {Counted} counted @returns {Datum[]} */
function dispersion({ tags, reaches }) {
  return tags.flatMap(({ id: tag, label }) =>
    reaches
      .filter((one) => one.tags.includes(tag))
      .map(({ id, paragraph, start, end, text, layer }) => {
        const place = { paragraph, start, end, words: end - start };
        return { tag, label, passage: id, ...place, quote: clipped(text), layer };
      }),
  );
}

/** @param {Counted} counted @returns {Datum[]} */
function flow(counted) {
  const { paragraphs } = counted;
  const themes = tagsOfRole(counted, "theme").map(({ id, label }) => ({ id, label, under: wordsUnder(counted, id) }));
  return paragraphs.flatMap(([start, end], at) =>
    themes.map(({ id: tag, label, under }) => {
      let words = 0;
      for (let word = start; word < end; word += 1) words += under.has(word) ? 1 : 0;
      return { tag, label, paragraph: at + 1, start, end, words, percent: percent(words, end - start) };
    }),
  );
}

/** @param {Counted} counted @returns {Datum[]} */
function weight(counted) {
  return counted.tags.map(({ id: tag, label, facet }) => {
    const passages = counted.reaches.filter(({ tags }) => tags.includes(tag)).length;
    const words = wordsUnder(counted, tag).size;
    return { tag, label, facet: facet.label, passages, words, percent: percent(words, total(counted)) };
  });
}

/**
 * A ratio in words: "3 times what chance predicts".
 * @param {Said} said @param {number} both @param {number | null} lift
 */
function often(said, both, lift) {
  if (lift === null) return said("not used");
  if (!both) return said("never");
  if (1 / ABOUT_CHANCE <= lift && lift <= ABOUT_CHANCE) return said("about chance");
  if (HALF[0] <= lift && lift <= HALF[1]) return said("half of chance");
  return said("times chance", { times: decimal(lift, 1) });
}

/** @param {Counted} counted @returns {Datum[]} */
function together(counted) {
  const [themes, moves] = ["theme", "move"].map((role) => tagsOfRole(counted, role));
  const pairs = [
    ...themes.flatMap((one, at) => themes.slice(at + 1).map((other) => ({ grid: "themes", one, other }))),
    ...themes.flatMap((one) => moves.map((other) => ({ grid: "moves", one, other }))),
  ];
  const { reaches } = counted;
  const carrying = (/** @type {string[]} */ ...ids) =>
    reaches.filter(({ tags }) => ids.every((id) => tags.includes(id))).length;
  return pairs.map(({ grid, one, other }) => {
    const [count, product] = [carrying(one.id, other.id), carrying(one.id) * carrying(other.id)];
    const lift = product ? rounded((reaches.length * count) / product, 2) : null;
    const chance = reaches.length ? rounded(product / reaches.length, 1) : 0;
    const labels = { one: one.label, other: other.label, pair: `${one.label} + ${other.label}` };
    return { grid, tags: [one.id, other.id], ...labels, count, chance, lift, often: often(counted.said, count, lift) };
  });
}

/** The sentences as Python has them, each with what lies on it now. @param {Counted} counted @param {Datum[]} rows */
function rhythm({ reaches }, rows) {
  return rows.map((row) => {
    const over = reaches.filter(({ start, end }) => start < Number(row.end) && Number(row.start) < end);
    const judges = over.some(({ tags }) => tags.includes(VERDICT));
    const kind = row.kind === "question" ? "question" : judges ? VERDICT : "other";
    return { ...row, kind, passages: over.map(({ id }) => id) };
  });
}

/** The rows of each chart that can be counted. @type {Record<string, (counted: Counted, rows: Datum[]) => Datum[]>} */
export const ROWS = { dispersion, flow, weight, together, rhythm };

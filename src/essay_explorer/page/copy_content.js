// @ts-check
/** @import { Content, Paragraph, Span } from "../widgets/types.d.ts" */
/** @import { Attached, Attachment, Sealed } from "./types.d.ts" */
/** The content that a copy and a sealed set make, as widgets/content.py makes it. Part of own_copy.js. */

const SPACELESS =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";

const escaped = (/** @type {string} */ text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const smallOnly = (/** @type {string} */ name) => name === name.toLowerCase();
const anyCase = (/** @type {string} */ name) =>
  [...name]
    .map((letter) =>
      letter === letter.toUpperCase() ? escaped(letter) : `(?:${escaped(letter)}|${escaped(letter.toUpperCase())})`,
    )
    .join("");

/**
 * Where names stand in a text: `Codebook.named`.
 * @param {string} text @param {[string, string][]} names (alias, tag), the longest first
 */
export function named(text, names) {
  if (!names.length) return [];
  const letter = `(?![${SPACELESS}])[\\p{L}\\p{N}_]`;
  const any = names.map(([name]) => (smallOnly(name) ? anyCase(name) : escaped(name))).join("|");
  const found = [];
  for (const { 0: name, index } of text.matchAll(new RegExp(`(?<!${letter})(?:${any})(?!${letter})`, "gu"))) {
    const end = index + name.length;
    // inside a word
    if (/\p{M}$/u.test(text.slice(Math.max(index - 2, 0), index)) || /^\p{M}/u.test(text.slice(end, end + 2))) continue;
    const [, tag] = names.find(([one]) => one === name || (smallOnly(one) && one === name.toLowerCase())) ?? [];
    if (tag) found.push({ tag, start: index, end });
  }
  return found;
}

/**
 * A paragraph with the passages that lie on it.
 * @param {string} text @param {number} from where it starts @param {Attached[]} passages in text order
 * @returns {Paragraph}
 */
function paragraphOf(text, from, passages) {
  const here = passages.filter(({ start, end }) => start < from + text.length && end > from);
  const inside = (/** @type {number} */ at) => Math.min(Math.max(at - from, 0), text.length);
  const spans = here.map(({ id, start, end }) => /** @type {Span} */ ([id, inside(start), inside(end)]));
  return spans.length ? { text, passages: spans } : { text };
}

/**
 * @param {Content} bare the content without a text @param {Sealed} sealed @param {Attachment} attached
 * @returns {Content}
 */
export function contentOf(bare, sealed, { paragraphs, passages: placed }) {
  const text = paragraphs.join("\n\n");
  const found = placed.filter(({ state }) => state !== "lost").sort((a, b) => a.start - b.start || a.end - b.end);
  const starts = [0];
  for (const { length } of paragraphs.slice(0, -1)) starts.push((starts.at(-1) ?? 0) + length + 2);
  const names = named(text, sealed.names);
  const entries = new Map(sealed.annotations.map((entry) => [entry.id, entry]));
  const passages = found.map(({ id, start, end }) => {
    const { tags = [], note = "", creator = "" } = entries.get(id) ?? {};
    const persons = names.filter((name) => start <= name.start && name.end <= end).map(({ tag }) => tag);
    return {
      id,
      paragraph: starts.findLastIndex((from) => from <= start) + 1,
      tags: [...new Set([...tags, ...persons])],
      note,
      creator,
    };
  });
  const count = (/** @type {string} */ tag) => passages.filter(({ tags }) => tags.includes(tag)).length;
  const has = (/** @type {string} */ id) => found.some((one) => one.id === id);
  return {
    ...bare,
    essay: blake2b(text),
    minutes: minutesOf(text, sealed.pace),
    facets: bare.facets.map((facet) => ({
      ...facet,
      tags: facet.tags.map((tag) => ({ ...tag, count: count(tag.id) })),
    })),
    paragraphs: paragraphs.map((paragraph, at) => paragraphOf(paragraph, starts[at], found)),
    passages,
    relations: sealed.relations.filter(({ from, to }) => has(from) && has(to)),
    faults: placed.flatMap(({ id, state, text: words, reason }) =>
      state === "exact"
        ? []
        : [
            state === "lost"
              ? say("{id}, lost: {reason}", { id, reason })
              : say("{id}, changed: “{quote}”", { id, quote: words }),
          ],
    ),
  };
}

/**
 * How many minutes a silent reading takes, by the words and the letters of a minute.
 * @param {string} text @param {Sealed["pace"]} pace
 */
export function minutesOf(text, { word, spaceless, words, letters }) {
  const alone = new RegExp(spaceless, "u");
  const found = Array.from(text.matchAll(new RegExp(word, "gu")), ([one]) => one);
  const minutes = found.map((one) => (alone.test(one) ? [...one].length / letters : 1 / words));
  return Math.max(1, Math.round(minutes.reduce((sum, one) => sum + one, 0)));
}

// @ts-check
/** Where the themes of an essay run, and which passages lean on which: data in, data out. Part of lens.js. */
/** @import { Content, Facet, Passage, Relation, Tag } from "./types.d.ts" */

/** @typedef {[start: number, end: number]} Stretch in shares of the essay, counted by its letters */
/** @typedef {{from: string, to: string, kind: string, start: number, end: number}} Arc from place to place */

const LEAST = 1 / 500; // of the essay: what lies nearer to each other is one bar
const MOST_LANES = 12;

/** Stretches in order, those that touch or nearly do made one. @param {Stretch[]} stretches */
export function merged(stretches) {
  /** @type {Stretch[]} */
  const made = [];
  for (const [start, end] of [...stretches].sort(([a], [b]) => a - b)) {
    const last = made.at(-1);
    if (last && start - last[1] < LEAST) last[1] = Math.max(last[1], end);
    else made.push([start, end]);
  }
  return made;
}

/**
 * Where each paragraph and each passage lies in the essay, and how many letters that has.
 * @param {Content} content
 */
export function stretchesOf(content) {
  const total = content.paragraphs.reduce((sum, { text }) => sum + text.length, 0) || 1;
  const stretches = /** @type {Map<string, Stretch>} */ (new Map());
  /** @type {Stretch[]} */
  const paragraphs = [];
  let before = 0;
  for (const { text, passages = [] } of content.paragraphs) {
    for (const [id, start, end] of passages) {
      const [first = (before + start) / total] = stretches.get(id) ?? [];
      stretches.set(id, [first, (before + end) / total]);
    }
    paragraphs.push([before / total, (before + text.length) / total]);
    before += text.length;
  }
  return { stretches, paragraphs, total };
}

/**
 * The tags that have lanes: the themes that passages carry, in the codebook's order, and others with a colour that are
 * chosen. Of very many those with most passages.
 * @param {Facet[]} facets @param {string[]} chosen @returns {Tag[]}
 */
export function lanesOf(facets, chosen) {
  const has = (/** @type {Facet["role"]} */ role, /** @type {Tag} */ { id, count, colour }) =>
    Boolean(colour) && (chosen.includes(id) || (role === "theme" && count > 0));
  const used = facets.flatMap(({ role, tags }) => tags.filter((tag) => has(role, tag)));
  const rank = (/** @type {Tag} */ { id, count }) => (chosen.includes(id) ? Number.MAX_SAFE_INTEGER : count);
  const most = new Set([...used].sort((a, b) => rank(b) - rank(a)).slice(0, MOST_LANES));
  return used.filter((tag) => most.has(tag));
}

/**
 * The bars of a tag.
 * @param {string} tag @param {Iterable<Passage>} passages @param {Map<string, Stretch>} stretches
 */
export const barsOf = (tag, passages, stretches) =>
  merged([...passages].flatMap(({ id, tags }) => (tags.includes(tag) ? [stretches.get(id) ?? [0, 0]] : [])));

/**
 * Relations as arcs between the middles of passages.
 * @param {Relation[]} relations @param {Map<string, Stretch>} stretches
 */
export function arcsOf(relations, stretches) {
  const middle = (/** @type {string} */ id) => {
    const place = stretches.get(id);
    return place && (place[0] + place[1]) / 2;
  };
  return relations.flatMap(({ from, to, kind }) => {
    const [start, end] = [middle(from), middle(to)];
    return start === undefined || end === undefined ? [] : [/** @type {Arc} */ ({ from, to, kind, start, end })];
  });
}

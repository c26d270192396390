// @ts-check
/** What a page is told of a reading: its paragraphs cut at their passages, its tags and its places. */
/** @import { Content, Paragraph, Segment, Span, State, TagInFacet } from "./types.d.ts" */

/** @type {State} */
export const AT_REST = {
  chosen: [],
  excluded: [],
  match: "any",
  show: "mark",
  query: "",
  within: [],
  at: "",
  chart: "",
  tour: 0,
  hidden: [],
  differ: "",
};
const PIECES = new Map([
  ["verse", /\n/g],
  ["code", /\n/g],
  ["row", /\t/g],
]);
/**
 * Cut a text where any span starts or ends: the twin of `cut` in anchoring/segments.py, held to it by the same cases.
 * Joined again, the segments are the text; the labels of each are those of the spans over it, in order of start.
 * Spans may overlap and come in any order; empty ones cut nothing. Throws a RangeError for one that leaves the text.
 * @template Label
 * @param {string} text @param {Span<Label>[]} spans
 * @returns {{text: string, start: number, labels: Label[]}[]}
 */
export function cut(text, spans) {
  for (const [label, start, end] of spans) {
    if (0 <= start && start <= end && end <= text.length) continue;
    throw new RangeError(`${label}: [${start}, ${end}) leaves the text, which has ${text.length} units`);
  }
  const ordered = spans.filter(([, start, end]) => start < end).sort(([, a], [, b]) => a - b);
  const edges = [...new Set([0, text.length, ...ordered.flatMap(([, start, end]) => [start, end])])].sort(
    (a, b) => a - b,
  );
  /** @type {Span<Label>[]} */
  let over = [];
  let next = 0;
  return edges.slice(1).map((end, at) => {
    const start = edges[at];
    over = over.filter(([, , last]) => last > start);
    while (next < ordered.length && ordered[next][1] === start) over.push(ordered[next++]);
    return { text: text.slice(start, end), start, labels: over.map(([label]) => label) };
  });
}

/**
 * A paragraph cut at every edge of a passage or an emphasis, and where a sentence, a line or a cell starts.
 * @param {Paragraph} paragraph
 */
export function segmentsOf({ text, emphasis = [], passages = [], sentences = { first: 1, starts: [] }, shape }) {
  const pieces = piecesOf(text, shape?.kind);
  const numbers = new Map(sentences.starts.map((start, at) => [start, sentences.first + at]));
  /** @type {Span<{mark?: string, em?: string, piece?: number}>[]} */
  const spans = [
    ...passages.map(([mark, start, end]) => /** @type {Span<{mark: string}>} */ ([{ mark }, start, end])),
    ...emphasis.map(([em, start, end]) => /** @type {Span<{em: string}>} */ ([{ em }, start, end])),
    ...sentences.starts.map(
      (start, at) => /** @type {Span<{}>} */ ([{}, start, sentences.starts[at + 1] ?? text.length]),
    ),
    ...pieces.map(([start, end], piece) => /** @type {Span<{piece: number}>} */ ([{ piece }, start, end])),
  ];
  return cut(text, spans).map(({ text, start, labels }) => {
    const marks = labels.flatMap(({ mark }) => mark ?? []);
    const em = labels.flatMap(({ em }) => em ?? []);
    const piece = pieces.length ? labels.find((label) => label.piece !== undefined)?.piece : undefined;
    return /** @type {Segment} */ ({ text, start, em, marks, sentence: numbers.get(start), piece });
  });
}

/**
 * Where each line of verse or of code, or each cell of a row, starts and where the next one does.
 * @param {string} text @param {string} [kind] of the block
 */
export function piecesOf(text, kind = "") {
  const end = PIECES.get(kind);
  const ends = end ? [...text.matchAll(end)].map(({ index }) => index + 1) : [];
  const starts = end ? [0, ...ends] : [];
  return starts.map((start, at) => [start, ends[at] ?? text.length]);
}

/**
 * Things by the key of each, in their order; as Map.groupBy, which some browsers and tests do without.
 * @template Key, Thing @param {Iterable<Thing>} things @param {(thing: Thing) => Key} keyOf
 */
export function grouped(things, keyOf) {
  const groups = /** @type {Map<Key, Thing[]>} */ (new Map());
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** The tags by id, each with its facet. @param {Content} content @returns {Map<string, TagInFacet>} */
export function tagsOf(content) {
  return new Map(content.facets.flatMap((facet) => facet.tags.map((tag) => [tag.id, { ...tag, facet }])));
}

/** The text of each passage, by its id. @param {Content} content */
export function textsOf(content) {
  const texts = /** @type {Map<string, string>} */ (new Map());
  for (const { text, passages = [] } of content.paragraphs) {
    for (const [id, start, end] of passages) {
      const before = texts.get(id);
      texts.set(id, `${before === undefined ? "" : `${before}\n\n`}${text.slice(start, end)}`);
    }
  }
  return texts;
}

/** @param {Span} one @param {Span} other */
export const inTextOrder = ([, start, end], [, other, otherEnd]) => start - other || end - otherEnd;

/**
 * The number that a paragraph has in the whole text.
 * @param {Pick<Content, "before">} content @param {number} number its own here, from 1
 */
export const numberOf = ({ before = 0 }, number) => before + number;

/** Everything that can be in focus: passages, then paragraphs as "p4". @param {Content} content */
export const focusPlaces = (content) => [
  ...content.passages.map(({ id }) => id),
  ...content.paragraphs.map((_, at) => `p${numberOf(content, at + 1)}`),
];

/** Whether a place is one of this content. @param {Content} content @param {string} at */
export const hasPlace = (content, at) => focusPlaces(content).includes(at);

/**
 * What of a lens falls away since this content does not have it: the changes.
 * @param {Content} content @param {State} state
 */
export function dropped(content, state) {
  const tags = tagsOf(content);
  const known = (/** @type {string[]} */ ids) =>
    ids.every((id) => tags.has(id)) ? ids : ids.filter((id) => tags.has(id));
  /** @type {Partial<State>} */
  const changes = {};
  if (known(state.chosen) !== state.chosen) changes.chosen = known(state.chosen);
  if (known(state.excluded) !== state.excluded) changes.excluded = known(state.excluded);
  if (state.within.some((end) => end > content.paragraphs.length)) changes.within = [];
  if (state.at && !hasPlace(content, state.at)) changes.at = "";
  if (state.tour > (content.tour?.length ?? 0)) changes.tour = 0;
  return changes;
}

// @ts-check
/** The reading with other layers of annotations on it, as if they were its own: data in, data out. Part of lens.js. */
/** @import { Annotation, Content, Facet, Layer, Paragraph, Passage, Span } from "./types.d.ts" */

export const READING = "reading"; // the layer of the reading's own annotations
export const MINE = "mine";

/** @typedef {{below: Paragraph, key: string, made: Paragraph}} Kept a paragraph, what lay on it, and both together */
/** @typedef {Passage & {layer: string, spans: Annotation["spans"]}} Placed */

/**
 * The span of an annotation that leaves its paragraph, if one does.
 * @param {Content} content @param {Annotation} annotation
 */
const leaving = ({ paragraphs }, { spans }) =>
  spans.find(([number, start, end]) => {
    const length = paragraphs[number - 1]?.text.length ?? -1;
    return !(0 <= start && start < end && end <= length);
  });

/** Throw a RangeError for a span that leaves its paragraph. @param {Content} content @param {Layer[]} layers */
export function checkLayers(content, layers) {
  for (const annotation of layers.flatMap(({ annotations }) => annotations)) {
    const [number, start, end] = leaving(content, annotation) ?? [];
    if (number !== undefined) throw new RangeError(`${annotation.id}: [${start}, ${end}) leaves paragraph ${number}`);
  }
}

/**
 * The annotations of these layers as passages, as far as they fit; what the codebook does not have is not among their
 * tags. An id that something before it has already gets its layer's before it.
 * @param {Content} content @param {Layer[]} layers @param {Set<string>} own the ids of the content's own
 * @returns {Placed[]}
 */
function placed(content, layers, own) {
  const known = tagsOf(content);
  const added = /** @type {Set<string>} */ (new Set());
  const place = (/** @type {string} */ layer, /** @type {Annotation} */ annotation) => {
    const { tags, note = "", creator = "", spans } = annotation;
    let { id } = annotation;
    while (own.has(id) || added.has(id)) id = `${layer}:${id}`;
    added.add(id);
    const paragraph = Math.min(...spans.map(([number]) => number));
    return { id, paragraph, tags: tags.filter((tag) => known.has(tag)), note, creator, layer, spans };
  };
  return layers.flatMap(({ id, annotations }) =>
    annotations.filter((one) => one.spans.length && !leaving(content, one)).map((annotation) => place(id, annotation)),
  );
}

/** The reading without what anybody annotated, asked or counted in it. @param {Content} content @returns {Content} */
function unannotated(content) {
  const paragraphs = content.paragraphs.map(({ passages, ...paragraph }) => paragraph);
  const facets = counted(content.facets, [], () => 0);
  return { ...content, facets, paragraphs, passages: [], relations: [], tour: [], finding: "" };
}

/** @param {Span} one @param {Span} other */
const byPlace = ([, start, end], [, other, otherEnd]) => start - other || end - otherEnd;

/** What lies where, by the numbers of paragraphs. @param {Placed[]} all */
const byParagraph = (all) =>
  grouped(
    all.flatMap((one) => one.spans.map(([number, start, end]) => ({ one, number, start, end }))),
    ({ number }) => number,
  );

/** @param {Paragraph} paragraph @param {{one: Placed, start: number, end: number}[]} pieces @returns {Paragraph} */
function withPieces(paragraph, pieces) {
  const spans = pieces.map(({ one, start, end }) => /** @type {Span} */ ([one.id, start, end]));
  return { ...paragraph, passages: [...(paragraph.passages ?? []), ...spans].sort(byPlace) };
}

/**
 * Passages in text order, and others among them, in the order in which they first stand in their paragraphs.
 * @param {Passage[]} passages @param {Passage[]} added @param {Paragraph[]} paragraphs in which both stand
 */
function ordered(passages, added, paragraphs) {
  const numbers = new Set(added.map(({ paragraph }) => paragraph));
  const inOrder = [...numbers].sort((one, other) => one - other);
  const ids = inOrder.flatMap((number) => (paragraphs[number - 1].passages ?? []).map(([id]) => id));
  const order = new Map([...new Set(ids)].map((id, at) => [id, at]));
  /** Of two in one paragraph; where nothing was added they stand in order already. */
  const compared = (/** @type {Passage} */ one, /** @type {Passage} */ other) =>
    numbers.has(one.paragraph) ? (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0) : 0;
  return [...passages, ...added].sort((one, other) => one.paragraph - other.paragraph || compared(one, other));
}

/**
 * The facets with how many passages carry each tag, `before` and of those that were added.
 * @param {Facet[]} facets @param {Passage[]} added @param {(tag: Facet["tags"][0]) => number} before
 */
function counted(facets, added, before) {
  const counts = /** @type {Map<string, number>} */ (new Map());
  for (const { tags } of added) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const withCounts = (/** @type {Facet["tags"]} */ tags) =>
    tags.map((tag) => ({ ...tag, count: before(tag) + (counts.get(tag.id) ?? 0) }));
  return facets.map((facet) => ({ ...facet, tags: withCounts(facet.tags) }));
}

/**
 * What puts layers on a content, again and again: a paragraph on which nothing has changed since the last time is the
 * same object as then. The layers that are `hidden` are left out; "reading" is what the content has itself.
 */
export function createLayering() {
  /** @type {Map<number, Kept>} */
  let kept = new Map();
  /** @type {{content: Content | null, made: Content | null}} */
  let bare = { content: null, made: null };
  /** @type {{content: Content | null, ids: Set<string>}} */
  let own = { content: null, ids: new Set() };
  const ownOf = (/** @type {Content} */ content) => {
    if (own.content !== content) own = { content, ids: new Set(content.passages.map(({ id }) => id)) };
    return own.ids;
  };
  const below = (/** @type {Content} */ content, /** @type {boolean} */ without) => {
    if (!without) return content;
    if (bare.content !== content) bare = { content, made: unannotated(content) };
    return /** @type {Content} */ (bare.made);
  };
  /** @param {Content} content @param {Layer[]} layers @param {string[]} [hidden] @returns {Content} */
  return function layered(content, layers, hidden = []) {
    const base = below(content, hidden.includes(READING));
    const added = placed(content, layers, ownOf(content)).filter(({ layer }) => !hidden.includes(layer));
    if (!added.length) return base;
    const [before, paragraphs] = [kept, [...base.paragraphs]];
    kept = new Map();
    for (const [number, pieces] of byParagraph(added)) {
      const paragraph = paragraphs[number - 1];
      const key = JSON.stringify(pieces.map(({ one, start, end }) => [one.id, one.tags, one.layer, start, end]));
      const known = before.get(number);
      const made = known?.below === paragraph && known.key === key ? known.made : withPieces(paragraph, pieces);
      kept.set(number, { below: paragraph, key, made });
      paragraphs[number - 1] = made;
    }
    const passages = ordered(
      base.passages,
      added.map(({ spans, ...passage }) => passage),
      paragraphs,
    );
    return { ...base, paragraphs, passages, facets: counted(base.facets, added, ({ count }) => count) };
  };
}

/**
 * The content with layers on it, made once. Throws a RangeError for a span that leaves its paragraph.
 * @param {Content} content @param {Layer[]} layers @param {string[]} [hidden]
 */
export function layered(content, layers, hidden) {
  checkLayers(content, layers);
  return createLayering()(content, layers, hidden);
}

/** @typedef {{id: string, label: string, count: number, on: boolean}} Switch a layer that can be turned on or off */
/**
 * How a sentence speaks of what is shown. `none`, `some`, `all`: its beginning, of none, of some and of all of it.
 * `rest`: what is said where nothing is chosen. `origins`: whose it is, as a sentence of its own; "" where it goes
 * without saying.
 * @typedef {{none: string, some: (count: number) => string, all: string, rest: string, origins: string}} Whose
 */

/** @param {number} count @param {string} all */
const ofAll = (count, all) => say("{count} of {all}", { count, all });

/** @param {Pick<Switch, "id" | "label" | "count">} layer @returns {Omit<Whose, "origins" | "rest">} */
function ofOne({ id, label, count }) {
  if (id === READING) {
    const all = sayN("the reading’s {count} passage", "the reading’s {count} passages", count);
    return {
      none: say("None of the reading’s passages"),
      some: (some) => ofAll(some, all),
      all: say("All of {all}", { all }),
    };
  }
  if (id === MINE) {
    const all = sayN("your {count} mark", "your {count} marks", count);
    return {
      none: say("None of your marks"),
      some: (some) => ofAll(some, all),
      all: count === 1 ? say("Your mark") : say("All {all}", { all }),
    };
  }
  const all = sayN("{count} mark by {label}", "{count} marks by {label}", count, { label });
  return {
    none: say("No mark by {label}", { label }),
    some: (some) => ofAll(some, all),
    all: say("All {all}", { all }),
  };
}

/** @param {Pick<Switch, "id" | "label">} layer */
const owned = ({ id, label }) =>
  id === READING ? say("the reading’s own") : id === MINE ? say("yours") : say("by {label}", { label });

/**
 * Whose the passages shown are: "Of these, 8 are the reading’s own and 3 yours."
 * @param {Switch[]} layers @param {Passage[]} shown
 */
function originsOf(layers, shown) {
  const counts = grouped(shown, ({ layer = READING }) => layer);
  const count = (/** @type {Switch} */ { id }) => counts.get(id)?.length ?? 0;
  const named = layers.filter((layer) => count(layer) || layer.id === MINE);
  if (!shown.length) return "";
  const parts = named.map((layer, at) => {
    const values = { number: count(layer) || say("none"), whose: owned(layer) };
    if (at) return say("{number} {whose}", values);
    return sayN("{number} is {whose}", "{number} are {whose}", count(layer), values);
  });
  const [first, last] = [parts.slice(0, -1).join(", "), parts.at(-1) ?? ""];
  return say("Of these, {parts}.", { parts: first ? say("{first} and {last}", { first, last }) : last });
}

/**
 * How to speak of what is shown; null where there is nothing but the reading's own.
 * @param {Switch[]} layers @param {Passage[]} shown @returns {Whose | null}
 */
export function whoseOf(layers, shown) {
  const on = layers.filter((layer) => layer.on);
  if (!layers.some(({ id }) => id !== READING)) return null;
  const mine = on.find(({ id, count }) => id === MINE && count);
  const rest = mine ? sayN("Your mark is in the text.", "Your {count} marks are in the text.", mine.count) : "";
  if (on.length === 1) return { ...ofOne(on[0]), rest, origins: "" };
  const total = on.reduce((sum, { count }) => sum + count, 0);
  const all = sayN("{count} passage", "{count} passages", total);
  const origins = originsOf(on, shown);
  return { none: say("No passage"), some: (count) => ofAll(count, all), all: say("All {all}", { all }), rest, origins };
}

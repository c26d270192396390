// @ts-check
/**
 * The lines under a part of a paragraph and their codes in the margin: which there are, and where. Whose a line is
 * shows at its ends: plain for the reading's own, upright for the reader's marks, round for others. Part of
 * essay_text.js.
 */
/** @import { Lens, Passage, Segment, Span, TagInFacet } from "./types.d.ts" */
/** @import { Look, Part } from "./paragraph.js" */

/**
 * A line under a segment. `tag`: its id, "" for a plain line. `layer`: the id of its layer, "" for the reading's own.
 * @typedef {{tag: string, layer: string}} Line
 * @typedef {{on: boolean, kept: boolean, lines: Map<string, Line>}} Marking
 *   `on`: whether the segment is among what is shown; `kept`: whether it is the reader's own, which stays
 */

const COLUMNS = 3; // codes for which there is room beside a line of text
const SAME_LINE = 8; // px; codes on one line are no further apart
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FROM_LEFT = new RegExp(`(?!${FROM_RIGHT.source})\\p{L}`, "u");
const NUMBER_NEXT = /^[^\p{L}]*\p{N}/u;

/** A line by its name. @param {string} layer @param {string} tag */
export const nameOf = (layer, tag) => (layer ? `${layer} ${tag}` : tag);

/**
 * The tags of a passage that have lines now. Of the reader's own all that have a colour, while nothing is chosen.
 * @param {Passage} passage @param {Pick<Look, "shown" | "state" | "lanes" | "coloured">} look
 */
export function linedTags({ id, tags, layer }, { shown, state, lanes, coloured }) {
  if (layer === "mine" && !state.chosen.length && (shown.has(id) || !shown.size))
    return tags.filter((tag) => coloured.has(tag));
  return shown.has(id) ? tags.filter((tag) => lanes.includes(tag)) : [];
}

/**
 * Whether a segment is shown at all, and the lines under it: one for each tag of each layer, and a plain one for a
 * layer that has none.
 * @param {Segment} segment @param {Pick<Look, "shown" | "kept" | "state" | "lanes" | "coloured">} look
 * @param {Map<string, Passage>} passages
 * @returns {Marking}
 */
export function marking({ marks }, look, passages) {
  const over = marks.filter((id) => look.shown.has(id) || look.kept.has(id)).flatMap((id) => passages.get(id) ?? []);
  const lines = /** @type {Map<string, Line>} */ (new Map());
  for (const passage of over) {
    const { layer = "" } = passage;
    for (const tag of linedTags(passage, look)) lines.set(nameOf(layer, tag), { tag, layer });
  }
  const lined = new Set([...lines.values()].map(({ layer }) => layer));
  for (const { layer = "" } of over) if (!lined.has(layer)) lines.set(nameOf(layer, ""), { tag: "", layer });
  return { on: over.some(({ id }) => look.shown.has(id)), kept: over.some(({ id }) => look.kept.has(id)), lines };
}

/**
 * A lane for each line under each segment of a paragraph: a line keeps its lane all through the paragraph, the highest
 * that is free wherever it is.
 * `named`: the lines under each segment; of two, the one first in `order` is higher.
 * @param {Set<string>[]} named @param {string[]} order
 */
export function laned(named, order) {
  const lanes = named.map(() => /** @type {Map<string, number>} */ (new Map()));
  const there = new Set(named.flatMap((names) => [...names]));
  for (const name of order.filter((one) => there.has(one))) {
    const under = lanes.filter((_, at) => named[at].has(name));
    const taken = new Set(under.flatMap((one) => [...one.values()]));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    for (const one of under) one.set(name, lane);
  }
  return lanes;
}

/**
 * Where the codes on one line of text stand, by their number: each its column, and what it says in place of its letter
 * where there are too many. Null for one that goes without saying.
 * @param {number} count
 */
export function columned(count) {
  const shown = count > COLUMNS ? COLUMNS - 1 : count;
  return Array.from({ length: count }, (_, column) => {
    if (column < shown) return { column, more: "" };
    return column === shown ? { column, more: `+${count - shown}` } : null;
  });
}

/**
 * Give the codes of paragraphs their columns beside the lines on which they lie now, each letter once a line. Reads all
 * before it writes.
 * @param {{parts: Part[]}[]} paragraphs
 */
export function placeCodes(paragraphs) {
  const lines = paragraphs.flatMap(({ parts }) => {
    const codes = parts.flatMap((part) => [...part.codes].filter(([, code]) => code.classList.contains("on")));
    return [...Map.groupBy(codes, ([, code]) => Math.round(code.getBoundingClientRect().top / SAME_LINE)).values()];
  });
  for (const codes of lines) {
    const names = codes.map(([name]) => name);
    const letters = [...new Set(names)];
    const places = columned(letters.length);
    for (const [at, [name, code]] of codes.entries()) {
      const place = names.indexOf(name) === at ? places[letters.indexOf(name)] : null;
      code.classList.toggle("over", !place);
      if (place) setProperty(code, "--column", place.column);
      if (place?.more) code.dataset.more = place.more;
      else delete code.dataset.more;
    }
  }
}

/**
 * Set a custom property if it changes: a set one restyles all that lies below.
 * @param {HTMLElement} element @param {string} name @param {number} value
 */
export function setProperty(element, name, value) {
  if (element.style.getPropertyValue(name) !== String(value)) element.style.setProperty(name, String(value));
}

/**
 * "rtl" or "ltr" for a segment that is written against its paragraph all through, "" for any other: there the ends of a
 * line, which have no direction of their own, would stand at those of the whole run of such words. One beside a number
 * stays as it is, since that takes its place from the letters before it.
 * @param {Pick<Segment, "text" | "start">} segment @param {string} paragraph the text of that
 */
export function against({ text, start }, paragraph) {
  if (!FROM_RIGHT.test(paragraph) || !/^\p{L}/u.test(text) || !/[\p{L}\p{M}]$/u.test(text)) return "";
  if (NUMBER_NEXT.test(paragraph.slice(start + text.length))) return "";
  const [isFromRight, isFromLeft] = [FROM_RIGHT, FROM_LEFT].map((letter) => letter.test(text));
  const within = FROM_RIGHT.test(/\p{L}/u.exec(paragraph)?.[0] ?? "");
  return isFromRight === isFromLeft || isFromRight === within ? "" : isFromRight ? "rtl" : "ltr";
}

/** What a line's ends look like. @param {string} layer */
const endsOf = (layer) => (layer === "mine" ? " mine" : layer ? " other" : "");

/**
 * Which lines of a part begin or end with it. `spans`: where passages lie in its paragraph.
 * @param {Segment} segment @param {Marking} marked @param {Map<string, Span>} spans @param {Look} look
 * @param {Lens} lens
 */
function endsIn({ text, start, marks }, { lines }, spans, look, { passages }) {
  const [starts, ends] = [new Set(), new Set()];
  for (const id of marks) {
    const [passage, span] = [passages.get(id), spans.get(id)];
    if (!passage?.layer || !span || !(look.shown.has(id) || look.kept.has(id))) continue;
    const tags = linedTags(passage, look);
    for (const name of (tags.length ? tags : [""]).map((tag) => nameOf(passage.layer ?? "", tag))) {
      if (!lines.has(name)) continue;
      if (span[1] === start) starts.add(name);
      if (span[2] === start + text.length) ends.add(name);
    }
  }
  return { starts, ends };
}

/**
 * The lines under a part, each in its lane.
 * @param {Part} part @param {Marking} marked @param {Map<string, number>} lanes @param {Map<string, Span>} spans
 * @param {Look} look @param {Lens} lens
 */
export function drawLines(part, marked, lanes, spans, look, lens) {
  for (const [name, { tag, layer }] of marked.lines) addLine(part, name, layer, lens.tags.get(tag), lens);
  const { starts, ends } = endsIn(part.segment, marked, spans, look, lens);
  for (const [name, line] of part.lines) {
    const lane = lanes.get(name);
    line.classList.toggle("on", lane !== undefined);
    line.classList.toggle("starts", starts.has(name));
    line.classList.toggle("ends", ends.has(name));
    if (lane !== undefined) setProperty(line, "--lane", lane);
  }
}

/**
 * A line is made when it is first wanted.
 * @param {Part} part @param {string} name @param {string} layer
 * @param {TagInFacet | undefined} tag the plain one without @param {Lens} lens
 */
function addLine({ element, direction, lines, codes }, name, layer, tag, { dom: { h, paint } }) {
  if (lines.has(name)) return;
  const className = `line${tag ? "" : " plain"}${endsOf(layer)}${layer && ` ${direction}`}`.trimEnd();
  const line = h("span", { className }, ...[...element.childNodes].slice(codes.size));
  if (tag) paint(line, tag);
  element.append(line);
  lines.set(name, line);
}

/**
 * The codes of its lines in the margin of a part where one of their passages starts. On paper each has a column.
 * @param {Part} part @param {Marking} marked @param {string[]} starting @param {string[]} order @param {Lens} lens
 */
export function drawCodes({ element, codes }, { lines }, starting, order, { tags, passages, dom: { h, paint } }) {
  const columns = order.filter((name) => name && !name.endsWith(" "));
  for (const [name, line] of lines) {
    const tag = tags.get(line.tag);
    const isOf = (/** @type {string} */ id) =>
      (passages.get(id)?.layer ?? "") === line.layer && passages.get(id)?.tags.includes(line.tag);
    if (!tag || codes.has(name) || !starting.some(isOf)) continue;
    const code = paint(h("span", { className: `code${endsOf(line.layer)}`, "aria-hidden": "true" }), tag);
    code.dataset.code = tag.code; // shown by the style sheet, so that it is no part of the text
    codes.set(name, code);
    element.prepend(code);
  }
  for (const [name, code] of codes) {
    code.classList.toggle("on", lines.has(name));
    if (lines.has(name)) setProperty(code, "--paper-column", columns.indexOf(name));
  }
}

// @ts-check
/** A paragraph of the essay, the lines under its passages and their codes in the margin. Part of essay_text.js. */
/** @import { Hit, Lens, Paragraph, Passage, Segment, State, TagInFacet } from "./types.d.ts" */

/**
 * What the lens shows now. `shown`: the passages, by their ids. `related`: those related to the one in focus.
 * `lanes`: the tags that have lines, the highest first.
 * @typedef {{state: State, shown: Set<string>, related: Set<string>, lanes: string[]}} Look
 * @typedef {Map<string, HTMLElement>} Drawn by the ids of tags
 * @typedef {{segment: Segment, element: HTMLElement, lines: Drawn, codes: Drawn}} Part
 * @typedef {ReturnType<typeof createParagraph>} ParagraphView
 */

const FEWEST_LANES = 2; // lines for which there is room below a line of text
const COLUMNS = 3; // codes for which there is room beside a line of text
const SAME_LINE = 8; // px; codes on one line are no further apart

/**
 * Whether a segment is shown at all, and which of the chosen tags have a line under it.
 * @param {Segment} segment @param {Set<string>} shown @param {string[]} chosen @param {Map<string, Passage>} passages
 */
export function marking({ marks }, shown, chosen, passages) {
  const ids = marks.filter((id) => shown.has(id));
  const tags = ids.flatMap((id) => passages.get(id)?.tags ?? []).filter((tag) => chosen.includes(tag));
  return { on: ids.length > 0, tags: new Set(tags) };
}

/**
 * A lane for the line of each tag under each segment of a paragraph: a tag keeps its lane all through the paragraph,
 * the highest that is free wherever it has a line.
 * `tagged`: the tags under each segment; of two lines, that of the tag first in `order` is higher.
 * @param {Set<string>[]} tagged @param {string[]} order
 */
export function laned(tagged, order) {
  const lanes = tagged.map(() => /** @type {Map<string, number>} */ (new Map()));
  for (const tag of order) {
    const under = lanes.filter((_, at) => tagged[at].has(tag));
    const taken = new Set(under.flatMap((one) => [...one.values()]));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    for (const one of under) one.set(tag, lane);
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
 * Give the codes of paragraphs their columns beside the lines on which they lie now. Reads all before it writes.
 * @param {ParagraphView[]} paragraphs
 */
export function placeCodes(paragraphs) {
  const lines = paragraphs.flatMap(({ parts }) => {
    const codes = parts.flatMap((part) => [...part.codes.values()].filter((code) => code.classList.contains("on")));
    return [...Map.groupBy(codes, (code) => Math.round(code.getBoundingClientRect().top / SAME_LINE)).values()];
  });
  for (const codes of lines) {
    columned(codes.length).forEach((place, at) => {
      const code = codes[at];
      code.classList.toggle("over", !place);
      if (place) setProperty(code, "--column", place.column);
      if (place?.more) code.dataset.more = place.more;
      else delete code.dataset.more;
    });
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
 * All that a paragraph is drawn from, but for the codebook, the lens and its numbers: equal keys look alike.
 * @param {Paragraph} data @param {Lens} lens
 */
export function keyOf({ text, emphasis, passages = [], sentences, shape: { frames, ...shape } = {} }, lens) {
  const tags = passages.map(([id]) => lens.passages.get(id)?.tags);
  return JSON.stringify([text, emphasis, passages, tags, sentences?.starts, shape]);
}

/**
 * A paragraph: cut into its parts, or as plain text whose parts come when it is near the screen or asked for.
 * @param {Paragraph} data @param {boolean} plain @param {Lens} lens
 */
export function createParagraph(data, plain, lens) {
  const { shape = {} } = data;
  const { h } = lens.dom;
  const paragraph = {
    ...{ element: createBlock(shape, lens), number: h("a", { className: "number" }), data, key: keyOf(data, lens) },
    ids: new Set((data.passages ?? []).map(([id]) => id)),
    ...{ parts: /** @type {Part[]} */ ([]), built: false, stale: true },
    ...{ frames: shape.frames ?? [], outers: /** @type {HTMLElement[]} */ ([]) },
    above: (shape.above ?? []).map((bare) => createBare(bare, lens)),
    below: (shape.below ?? []).map((bare) => createBare(bare, lens)),
  };
  if (plain) fillPlain(paragraph, lens);
  else build(paragraph, lens);
  return paragraph;
}

/** Fill a paragraph with its text. @param {ParagraphView} paragraph @param {Lens} lens */
function fillPlain({ element, number, data: { text, emphasis, shape = {} } }, lens) {
  const segments = lens.segmentsOf({ text, emphasis, shape });
  const parts = segments.map((segment) => ({ segment, nodes: lens.dom.prose([segment]) }));
  fillBlock(element, number, shape, parts, lens);
}

/**
 * Say which paragraph it is, and which are its sentences: an edit before it moves both.
 * @param {ParagraphView} paragraph @param {Paragraph} data equal to its own but for these @param {number} number
 */
export function renumber(paragraph, data, number) {
  const { element, number: anchor } = paragraph;
  paragraph.data = data;
  paragraph.frames = data.shape?.frames ?? [];
  let sentence = data.sentences?.first ?? 1;
  for (const part of paragraph.parts.filter(({ segment }) => segment.sentence)) {
    part.element.dataset.sentence = String(sentence);
    sentence += 1;
  }
  if (element.dataset.paragraph === String(number)) return;
  element.dataset.paragraph = String(number);
  anchor.textContent = String(number);
  anchor.href = `#at=p${number}`;
  anchor.setAttribute("aria-label", `Paragraph ${number}`);
}

/** Cut a paragraph into its segments, each an element. @param {ParagraphView} paragraph @param {Lens} lens */
function build(paragraph, lens) {
  const { h, prose } = lens.dom;
  if (paragraph.built) return;
  paragraph.built = true;
  paragraph.parts = lens.segmentsOf(paragraph.data).map((segment) => {
    const className = segment.text.trim() ? "segment" : "segment gap";
    const element = h(segment.marks.length ? "mark" : "span", { className }, ...prose([segment]));
    if (segment.marks.length) element.dataset.ids = segment.marks.join(" ");
    if (segment.sentence) element.dataset.sentence = String(segment.sentence); // for print
    return { segment, element, lines: new Map(), codes: new Map() };
  });
  const parts = paragraph.parts.map(({ segment, element }) => ({ segment, nodes: [element] }));
  fillBlock(paragraph.element, paragraph.number, paragraph.data.shape ?? {}, parts, lens);
}

/**
 * Bring a paragraph up to date with what the lens shows.
 * @param {ParagraphView} paragraph @param {Look} look @param {Lens} lens
 */
export function drawParagraph(paragraph, look, lens) {
  build(paragraph, lens);
  paragraph.stale = false;
  const marked = paragraph.parts.map(({ segment }) => marking(segment, look.shown, look.state.chosen, lens.passages));
  const lanes = laned(
    marked.map(({ tags }) => tags),
    look.lanes,
  );
  /** @type {Set<string>} */
  const begun = new Set();
  paragraph.parts.forEach((part, at) => {
    const starting = part.segment.marks.filter((id) => !begun.has(id));
    for (const id of starting) begun.add(id);
    if (!part.segment.marks.length) return;
    drawLines(part, marked[at].on, lanes[at], lens);
    drawCodes(part, starting, lanes[at], look.lanes, lens);
    describe(part, marked[at].on, [...marked[at].tags], look, lens);
  });
  setProperty(paragraph.element, "--deep", Math.max(FEWEST_LANES, ...lanes.map(({ size }) => size)));
}

/**
 * The line of each tag under a segment, or the plain one.
 * @param {Part} part @param {boolean} on @param {Map<string, number>} lanes @param {Lens} lens
 */
function drawLines(part, on, lanes, lens) {
  for (const tag of lanes.keys()) addLine(part, lens.tags.get(tag), lens);
  const plain = on && !lanes.size;
  if (plain) addLine(part, undefined, lens);
  for (const [name, line] of part.lines) {
    const lane = lanes.get(name);
    line.classList.toggle("on", name ? lane !== undefined : plain);
    if (lane !== undefined) setProperty(line, "--lane", lane);
  }
}

/**
 * A line is made when it is first wanted.
 * @param {Part} part @param {TagInFacet | undefined} tag the plain one without @param {Lens} lens
 */
function addLine({ element, lines, codes }, tag, { dom: { h, paint } }) {
  const name = tag?.id ?? "";
  if (lines.has(name)) return;
  const line = h("span", { className: tag ? "line" : "line plain" }, ...[...element.childNodes].slice(codes.size));
  if (tag) paint(line, tag);
  element.append(line);
  lines.set(name, line);
}

/**
 * The codes of its tags in the margin of a segment where one of their passages starts. `columns`: those on paper.
 * @param {Part} part @param {string[]} starting @param {Map<string, number>} lanes @param {string[]} columns
 * @param {Lens} lens
 */
function drawCodes({ element, codes }, starting, lanes, columns, { tags, passages, dom: { h, paint } }) {
  for (const id of lanes.keys()) {
    const tag = tags.get(id);
    if (!tag || codes.has(id) || !starting.some((passage) => passages.get(passage)?.tags.includes(id))) continue;
    const code = paint(h("span", { className: "code", "aria-hidden": "true" }), tag);
    code.dataset.code = tag.code; // shown by the style sheet, so that it is no part of the text
    codes.set(id, code);
    element.prepend(code);
  }
  for (const [id, code] of codes) {
    code.classList.toggle("on", lanes.has(id));
    if (lanes.has(id)) setProperty(code, "--paper-column", columns.indexOf(id));
  }
}

/**
 * What a segment is to people and to screen readers.
 * @param {Part} part @param {boolean} on @param {string[]} tags @param {Look} look @param {Lens} lens
 */
function describe({ element, segment }, on, tags, { state, related }, lens) {
  element.classList.toggle("on", on);
  element.classList.toggle("here", segment.marks.includes(state.at));
  element.classList.toggle(
    "related",
    segment.marks.some((id) => related.has(id)),
  );
  const labels = tags.map((id) => lens.tags.get(id)?.label).join(", ");
  if (labels) element.setAttribute("aria-description", labels);
  else element.removeAttribute("aria-description");
  if (on) element.removeAttribute("role");
  else element.setAttribute("role", "none");
}

/**
 * The range of a hit over the text nodes of a paragraph's parts.
 * @param {Part[]} parts @param {Pick<Hit, "start" | "end">} hit
 */
export function rangeOf(parts, { start, end }) {
  const range = document.createRange();
  for (const { segment, element } of parts) {
    const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
    const [from, to] = [start - segment.start, end - segment.start];
    const { length } = segment.text;
    if (node && from >= 0 && from < length) range.setStart(node, from);
    if (node && to > 0 && to <= length) range.setEnd(node, to);
  }
  return range;
}

// @ts-check
/** A paragraph of the essay, the lines under its passages and their codes in the margin. Part of essay_text.js. */
/** @import { Hit, Lens, Paragraph, Segment, Span, State } from "./types.d.ts" */
/** @import { Marking } from "./lines.js" */

/**
 * What the lens shows now. `shown`: the passages, by their ids. `kept`: the reader's own, which are drawn all the same.
 * `related`: those related to the one in focus. `lanes`: the tags that are chosen and have lines; `coloured`: all that
 * can have some. `order`: the names of all lines that there can be, the highest first.
 * @typedef {{state: State, shown: Set<string>, kept: Set<string>, related: Set<string>, lanes: string[],
 *   coloured: Set<string>, order: string[]}} Look
 * @typedef {Map<string, HTMLElement>} Drawn by the names of lines
 * @typedef {{segment: Segment, element: HTMLElement, direction: string, lines: Drawn, codes: Drawn}} Part
 *   `direction`: its own, where it is written against its paragraph
 * @typedef {ReturnType<typeof createParagraph>} ParagraphView
 */

const FEWEST_LANES = 2; // lines for which there is room below a line of text

/**
 * All that a paragraph is drawn from, but for the codebook, the lens and its numbers: equal keys look alike.
 * @param {Paragraph} data @param {Lens} lens
 */
export function keyOf({ text, emphasis, passages = [], sentences, shape: { frames, ...shape } = {} }, lens) {
  const over = passages.map(([id]) => [lens.passages.get(id)?.tags, lens.passages.get(id)?.layer]);
  return JSON.stringify([text, emphasis, passages, over, sentences?.starts, shape]);
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
    empty: false, // nothing in it is shown
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
 * @param {ParagraphView} paragraph @param {Paragraph} data equal to its own but for these
 * @param {number} at its number here @param {number} number that in the whole text
 */
export function renumber(paragraph, data, at, number) {
  const { element, number: anchor } = paragraph;
  paragraph.data = data;
  paragraph.frames = data.shape?.frames ?? [];
  let sentence = data.sentences?.first ?? 1;
  for (const part of paragraph.parts.filter(({ segment }) => segment.sentence)) {
    part.element.dataset.sentence = String(sentence);
    sentence += 1;
  }
  element.dataset.paragraph = String(at);
  if (anchor.textContent === String(number)) return;
  anchor.textContent = String(number);
  anchor.href = `#at=p${number}`;
  anchor.setAttribute("aria-label", say("Paragraph {number}", { number }));
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
    const direction = segment.marks.length ? against(segment, paragraph.data.text) : "";
    return { segment, element, direction, lines: new Map(), codes: new Map() };
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
  const marked = paragraph.parts.map(({ segment }) => marking(segment, look, lens.passages));
  const lanes = laned(
    marked.map(({ lines }) => new Set(lines.keys())),
    look.order,
  );
  const spans = new Map((paragraph.data.passages ?? []).map((span) => /** @type {[string, Span]} */ ([span[0], span])));
  /** @type {Set<string>} */
  const begun = new Set();
  paragraph.parts.forEach((part, at) => {
    const starting = part.segment.marks.filter((id) => !begun.has(id));
    for (const id of starting) begun.add(id);
    if (!part.segment.marks.length) return;
    drawLines(part, marked[at], lanes[at], spans, look, lens);
    drawCodes(part, marked[at], starting, look.order, lens);
    describe(part, marked[at], look, lens);
  });
  setProperty(paragraph.element, "--deep", Math.max(FEWEST_LANES, ...lanes.map(({ size }) => size)));
}

/**
 * The lines under a segment in words: "Trust; my marks: Trust, Ending".
 * @param {Marking} marked @param {Lens} lens
 */
function wordsFor({ lines }, lens) {
  const layers = Map.groupBy(lines.values(), ({ layer }) => layer);
  const words = [...layers].map(([layer, among]) => {
    const labels = among.flatMap(({ tag }) => lens.tags.get(tag)?.label ?? []).join(", ");
    return [layer && lens.layerOf(layer), labels].filter(Boolean).join(": ");
  });
  return words.filter(Boolean).join("; ");
}

/**
 * What a segment is to people and to screen readers.
 * @param {Part} part @param {Marking} marked @param {Look} look @param {Lens} lens
 */
function describe({ element, segment }, marked, { state, related }, lens) {
  element.classList.toggle("on", marked.on);
  element.classList.toggle("kept", marked.kept);
  element.classList.toggle("here", segment.marks.includes(state.at));
  element.classList.toggle(
    "related",
    segment.marks.some((id) => related.has(id)),
  );
  const words = wordsFor(marked, lens);
  if (words) element.setAttribute("aria-description", words);
  else element.removeAttribute("aria-description");
  if (marked.on || marked.kept) element.removeAttribute("role");
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

// @ts-check
/** A picture of a passage in its sentence, with the lines of its tags under it. Part of lens.js. */
/** @import { Content, Segment, TagInFacet } from "./types.d.ts" */
/** @import { Words } from "./paper.js" */
/** @import { Line } from "./typesetting.js" */

const MARGIN = 72; // for the letters beside the text
const AROUND = 420; // of the sentences around a passage; of longer ones it stands alone

/**
 * A passage with the sentences that it lies in, and where it does; by itself where these are too long.
 * @param {Content} content @param {string} id @param {(paragraph: Content["paragraphs"][number]) => Segment[]} cutAt
 */
export function sentencesAround(content, id, cutAt) {
  const parts = content.paragraphs.flatMap((paragraph) => {
    const here = cutAt(paragraph);
    const at = here.flatMap(({ marks }, index) => (marks.includes(id) ? [index] : []));
    if (!at.length) return [];
    const first = here.findLastIndex(({ sentence }, index) => index <= at[0] && sentence !== undefined);
    const next = here.findIndex(({ sentence }, index) => index > (at.at(-1) ?? 0) && sentence !== undefined);
    const text = (/** @type {number} */ from, /** @type {number | undefined} */ to) =>
      here
        .slice(from, to)
        .map((one) => one.text)
        .join("");
    const [from, to] = [at[0], (at.at(-1) ?? 0) + 1];
    const before = text(Math.max(first, 0), from);
    return [{ before, text: text(from, to), after: text(to, next < 0 ? undefined : next) }];
  });
  const text = parts.map((part) => part.text).join("\n");
  const [before, after] = [(parts[0]?.before ?? "").trimStart(), (parts.at(-1)?.after ?? "").trimEnd()];
  const whole = `${before}${text}${after}`;
  return whole.length > AROUND
    ? { text, start: 0, end: text.length }
    : { text: whole, start: before.length, end: before.length + text.length };
}

/**
 * A passage in its sentence: a line under it for each of its tags, and their letters beside its first line.
 * @param {Words} words @param {{text: string, start: number, end: number}} passage
 * @param {TagInFacet[]} tags those with a colour
 */
export function drawPassage({ title, credit, address, language }, passage, tags) {
  const { canvas, context } = createPaper(language);
  drawColours(context, tags);
  const fromRight = isFromRight(passage.text);
  const foot = tags.length ? 178 : 118;
  const room = TALL - foot - 50;
  const measure = (/** @type {string} */ one) => context.measureText(one).width;
  const set = (/** @type {number} */ size) => {
    setFace(context, { size, fromRight });
    const step = size * 1.34 + tags.length * lane(size);
    return { size, step, lines: evenLines(passage.text, ROOM - MARGIN, measure, language) };
  };
  const sizes = [60, 54, 48, 43, 38, 34, 30, 27, 24, 21, 18];
  const made = sizes.map(set).find(({ step, lines }) => step * lines.length <= room) ?? set(18);
  setFace(context, { size: made.size, fromRight });
  const lines = made.lines.slice(0, Math.floor(room / made.step));
  const wide = Math.max(...lines.map((line) => measure(line.text)));
  let y = 50 + (room - made.step * lines.length) / 2 + made.size;
  for (const line of lines) {
    drawMarkedLine(context, line, y, { ...passage, tags, size: made.size, fromRight, wide });
    y += made.step;
  }
  drawKey(context, tags, TALL - 128, fromRight);
  drawFoot(context, title, TALL - 66, { size: 24, colour: INK, end: fromRight, most: ROOM });
  drawFoot(context, credit, TALL - 36, { size: 18, end: fromRight, most: ROOM / 2 - 20 });
  drawFoot(context, address, TALL - 36, { size: 15, end: !fromRight, most: ROOM / 2 - 20 });
  return canvas;
}

/** How far the lines under a text of this size lie from each other. @param {number} size */
const lane = (size) => 0.15 * size + 2;

/**
 * @param {CanvasRenderingContext2D} context @param {Line} line @param {number} y
 * @param {{start: number, end: number, tags: TagInFacet[], size: number, fromRight: boolean, wide: number}} mark
 *   `wide`: the longest line
 */
function drawMarkedLine(context, line, y, { start, end, tags, size, fromRight, wide }) {
  const edge = fromRight ? WIDE - EDGE : EDGE;
  setFace(context, { size, fromRight });
  context.fillText(line.text, edge, y);
  const reach = (/** @type {number} */ to) =>
    context.measureText(line.text.slice(0, Math.max(0, to - line.start))).width;
  const [from, to] = [Math.max(start, line.start), Math.min(end, line.start + line.text.length)];
  if (from >= to) return;
  const along = [reach(from), reach(to)].map((by) => (fromRight ? edge - by : edge + by)).sort((a, b) => a - b);
  tags.forEach((tag, at) => {
    context.strokeStyle = tag.colour?.[0] ?? INK;
    const below = y + 0.24 * size + at * lane(size);
    drawLine(context, tag.line, /** @type {[number, number]} */ (along), below, Math.max(1.6, size / 20));
  });
  if (from !== start) return;
  tags.slice(0, 3).forEach((tag, at) => {
    setFace(context, { size: 17, style: "bold", colour: tag.colour?.[0], fromRight: false });
    context.textAlign = "center";
    const by = edge + (fromRight ? -1 : 1) * (wide + 26 + at * 19);
    context.fillText(tag.code, by, y - 0.3 * size);
  });
}

/**
 * What the lines mean.
 * @param {CanvasRenderingContext2D} context @param {TagInFacet[]} tags @param {number} y @param {boolean} fromRight
 */
function drawKey(context, tags, y, fromRight) {
  let by = 0; // from the edge at which a line of text starts
  for (const { code, label, colour, line } of tags) {
    setFace(context, { size: 19, style: "bold", fromRight: false });
    const letter = context.measureText(code).width + 10;
    setFace(context, { size: 19, fromRight: false });
    const name = context.measureText(label).width;
    const wide = letter + name;
    if (by + wide > ROOM) return;
    const left = fromRight ? WIDE - EDGE - by - wide : EDGE + by;
    const at = fromRight ? left : left + letter; // of the name
    context.fillText(label, at, y);
    context.strokeStyle = colour?.[0] ?? INK;
    drawLine(context, line, [at, at + name], y + 8, 2);
    setFace(context, { size: 19, style: "bold", colour: colour?.[0], fromRight: false });
    context.fillText(code, fromRight ? left + name + 10 : left, y);
    by += wide + 32;
  }
}

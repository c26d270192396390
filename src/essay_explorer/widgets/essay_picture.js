// @ts-check
/** A picture of an essay as its reader looks at it; paper/picture.typ draws the same in Python. Part of lens.js. */
/** @import { Content, Passage, State, Tag } from "./types.d.ts" */
/** @import { Arc, Stretch } from "./fingerprint.js" */
/** @import { Face, Words } from "./paper.js" */

const NAMES = 262; // px for the names of the lanes
const FAINT = 0.16; // what is not shown
const DIM = 0.5; // its name
const MOST_ARCS = 120; // that can still be told apart
const MOST_BANDS = 80; // paragraphs
/** @type {Record<string, number[]>} */
const DASHES = { supports: [], opposes: [8, 5], qualifies: [1.6, 4.4] };

/**
 * What a picture shows of an essay; `faint`: also what is not shown now.
 * @typedef {{tag: Tag, bars: Stretch[], faint: Stretch[]}} Lane
 * @typedef {{lanes: Lane[], arcs: (Arc & {on: boolean})[], paragraphs: Stretch[], fromRight: boolean}} Fingerprint
 * @typedef {Face & {gap?: number, language: string}} Look
 */

/**
 * @param {Content} content @param {State} state @param {Passage[] | null} shown null for all
 * @returns {Fingerprint}
 */
export function fingerprintOf(content, state, shown) {
  const { stretches, paragraphs } = stretchesOf(content);
  const on = shown && new Set(shown.map(({ id }) => id));
  const arcs = arcsOf(content.relations, stretches);
  const lanes = lanesOf(content.facets, state.chosen).map((tag) => {
    const lit = !on || !state.chosen.length || state.chosen.includes(tag.id);
    return {
      tag,
      bars: lit ? barsOf(tag.id, shown ?? content.passages, stretches) : [],
      faint: on ? barsOf(tag.id, content.passages, stretches) : [],
    };
  });
  return {
    lanes,
    arcs: arcs.length > MOST_ARCS ? [] : arcs.map((arc) => ({ ...arc, on: !on || on.has(arc.from) || on.has(arc.to) })),
    paragraphs: paragraphs.length > MOST_BANDS ? [] : paragraphs,
    fromRight: isFromRight(content.paragraphs.map(({ text }) => text).join(" ")),
  };
}

/**
 * Blocks of text one below the other, as large as there is room for all of them; each is drawn by what it returns.
 * @param {CanvasRenderingContext2D} context @param {{text: string, look: Look}[]} blocks @param {number} room
 */
function setBlocks(context, blocks, room) {
  const at = (/** @type {number} */ scale) => {
    let y = 0;
    const lines = blocks.flatMap(({ text, look }) => {
      const size = Math.max(look.size * scale, 18);
      const face = { ...look, size };
      setFace(context, face);
      y += (look.gap ?? 0) * scale;
      const measure = (/** @type {string} */ one) => context.measureText(one).width;
      return evenLines(text, ROOM, measure, look.language).map((line) => {
        y += 1.16 * size;
        return { ...line, y: y - 0.24 * size, face };
      });
    });
    return { lines, height: y };
  };
  const scales = [1.4, 1.2, 1.06, 1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45];
  return scales.map(at).find(({ height }) => height <= room) ?? at(0.4);
}

/**
 * The fingerprint at the foot of the picture. Gives how much room is above it.
 * @param {CanvasRenderingContext2D} context @param {Fingerprint} fingerprint
 */
function drawFingerprint(context, { lanes, arcs, paragraphs, fromRight }) {
  if (!lanes.length) return TALL - 88;
  const lane = Math.min(46, 190 / lanes.length);
  const foot = TALL - 46;
  const top = foot - 8 - lane * lanes.length; // of the lanes
  const long = ROOM - NAMES;
  const x = (/** @type {number} */ share) => (fromRight ? EDGE + long * (1 - share) : EDGE + NAMES + long * share);
  const left = (/** @type {Stretch} */ [start, end]) => Math.min(x(start), x(end));
  context.fillStyle = `${INK}0c`;
  paragraphs.forEach((span, at) => {
    if (at % 2) context.fillRect(left(span), top - 4, long * (span[1] - span[0]), foot - top);
  });
  drawArcs(context, arcs, x, top - 9);
  lanes.forEach(({ tag, bars, faint }, at) => {
    const y = top + at * lane;
    const [colour] = tag.colour ?? [INK];
    const bar = (/** @type {Stretch} */ span) => {
      const width = Math.max(3, long * (span[1] - span[0]));
      context.beginPath();
      context.roundRect(left(span), y + 0.22 * lane, width, 0.56 * lane, Math.min(0.28 * lane, 8, width / 2));
      context.fill();
    };
    context.fillStyle = colour;
    context.globalAlpha = FAINT;
    faint.forEach(bar);
    context.globalAlpha = 1;
    bars.forEach(bar);
    context.globalAlpha = bars.length ? 1 : DIM;
    drawName(context, tag, y + 0.5 * lane, Math.min(0.76 * lane, 13.6 + 0.12 * lane), fromRight);
  });
  context.globalAlpha = 1;
  return top - (arcs.length ? 140 : 20);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Tag} tag
 * @param {number} y @param {number} size @param {boolean} fromRight
 */
function drawName(context, { code, label, colour }, y, size, fromRight) {
  const from = (/** @type {number} */ by) => (fromRight ? WIDE - EDGE - by : EDGE + by);
  setFace(context, { size, style: "bold", colour: colour?.[0], fromRight });
  context.textBaseline = "middle";
  context.fillText(code, from(0), y, 1.6 * size);
  setFace(context, { size, fromRight });
  context.textBaseline = "middle";
  context.fillText(fitting(context, label, NAMES - 22 - 1.75 * size), from(1.75 * size), y);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Fingerprint["arcs"]} arcs
 * @param {(share: number) => number} x @param {number} y
 */
function drawArcs(context, arcs, x, y) {
  context.save();
  context.lineCap = "round";
  context.lineWidth = 1.7;
  for (const { start, end, kind, on } of arcs) {
    const crest = (126 * (0.12 + 0.84 * Math.abs(end - start) ** 0.6) * 4) / 3;
    context.setLineDash(DASHES[kind] ?? []);
    context.globalAlpha = on ? 0.58 : FAINT;
    context.strokeStyle = context.fillStyle = INK;
    context.beginPath();
    context.moveTo(x(start), y);
    context.bezierCurveTo(x(start), y - crest, x(end), y - crest, x(end), y);
    context.stroke();
    context.globalAlpha = on ? 1 : FAINT;
    for (const place of [start, end]) {
      context.beginPath();
      context.arc(x(place), y, 3, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.restore();
}

/** @param {Words & {finding: string}} words @param {Fingerprint} fingerprint */
export function drawEssay({ title, credit, finding, address, language }, fingerprint) {
  const { canvas, context } = createPaper(language);
  const { fromRight } = fingerprint;
  const lit = fingerprint.lanes.filter(({ bars }) => bars.length);
  drawColours(
    context,
    lit.map(({ tag }) => tag),
  );
  const room = drawFingerprint(context, fingerprint) - 44;
  const blocks = [
    { text: title, look: { size: 62, fromRight, language } },
    { text: credit, look: { size: 22, colour: SOFT, gap: 10, fromRight, language } },
    { text: finding, look: { size: 30, style: "italic", gap: 20, fromRight, ltr: true, language: "en" } },
  ].filter(({ text }) => text);
  const { lines, height } = setBlocks(context, blocks, room);
  const down = fingerprint.lanes.length ? 44 : Math.max(44, (TALL - height) / 2 - 20);
  for (const { text, y, face } of lines) {
    setFace(context, face);
    context.fillText(text, fromRight ? WIDE - EDGE : EDGE, down + y);
  }
  if (address) drawFoot(context, address, TALL - 18, { size: 15, end: !fromRight, most: ROOM });
  return canvas;
}

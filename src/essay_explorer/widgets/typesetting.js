// @ts-check
/** Text on a canvas: lines that break where a script lets them, and the lines under them. Part of lens.js. */

/** @typedef {{text: string, start: number, end: number}} Line where it lies in its text, in UTF-16 units */
/** @typedef {(text: string) => number} Measure how wide a text is */

const OPENS = /[\p{Ps}\p{Pi}]$/u;
const SAYS = /[\p{L}\p{N}]/u;
const FROM_RIGHT = /^[^\p{L}]*[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u;

/** Is a text written from right to left? @param {string} text */
export const isFromRight = (text) => FROM_RIGHT.test(text);

/** @param {string} text @param {string} language */
function segments(text, language) {
  try {
    return [...new Intl.Segmenter(language || "en", { granularity: "word" }).segment(text)].map(
      ({ segment }) => segment,
    );
  } catch {
    return text.split(/(?<=\s)/); // an older browser, or a language that it does not know
  }
}

/**
 * The pieces of a text between which a line may break: words with the signs and the spaces behind them, and opening
 * brackets with what they open.
 * @param {string} text @param {string} language
 */
export function piecesOfText(text, language) {
  /** @type {string[]} */
  const pieces = [];
  for (const segment of segments(text, language)) {
    const before = pieces.at(-1) ?? "";
    const sticks = !SAYS.test(segment) && !OPENS.test(segment) && !/\s$/.test(before);
    const opened = !SAYS.test(before) && !/\s$/.test(before);
    if (pieces.length && (/^\s+$/.test(segment) || sticks || opened)) pieces[pieces.length - 1] += segment;
    else pieces.push(segment);
  }
  return pieces;
}

/**
 * A text in lines no wider than `width`; a line break in it is kept, and a piece that is too wide is broken anywhere.
 * @param {string} text @param {number} width @param {Measure} measure @param {string} language
 */
export function linesOf(text, width, measure, language) {
  /** @type {Line[]} */
  const lines = [];
  let start = 0;
  let end = 0;
  const close = () => {
    if (end > start) lines.push({ text: text.slice(start, end).trimEnd(), start, end });
    start = end;
  };
  const fits = (/** @type {string} */ piece) => measure((text.slice(start, end) + piece).trimEnd()) <= width;
  for (const piece of piecesOfText(text, language)) {
    if (!fits(piece)) close();
    for (const part of fits(piece) ? [piece] : piece) {
      if (!fits(part)) close();
      end += part.length;
    }
    if (piece.includes("\n")) close();
  }
  close();
  return lines;
}

/**
 * The same number of lines, more alike in length: no word stands alone on the last one.
 * @param {string} text @param {number} width @param {Measure} measure @param {string} language
 */
export function evenLines(text, width, measure, language) {
  const wide = linesOf(text, width, measure, language);
  for (const share of [0.55, 0.65, 0.75, 0.85, 0.95]) {
    const lines = linesOf(text, share * width, measure, language);
    if (lines.length <= wide.length) return lines;
  }
  return wide;
}

/** @type {Record<string, number>} */
const THICKNESS = { thick: 1.8, thin: 0.5 };

/**
 * A tag's own line, as CSS draws it under a text.
 * @param {CanvasRenderingContext2D} context @param {string} line its style, and perhaps its weight
 * @param {[from: number, to: number]} along @param {number} y @param {number} unit the thickness of a line of no weight
 */
export function drawLine(context, line, [from, to], y, unit) {
  const [style, weight = ""] = line.split("-");
  const thick = unit * (THICKNESS[weight] ?? 1);
  context.save();
  context.lineWidth = style === "double" ? 0.65 * thick : thick;
  context.lineCap = style === "dotted" ? "round" : "butt";
  context.setLineDash({ dashed: [4 * unit, 2.2 * unit], dotted: [0, 2 * thick] }[style] ?? []);
  context.beginPath();
  if (style === "wavy") {
    const step = 3 * unit;
    context.moveTo(from, y);
    for (let x = from, up = -1; x < to; x += step, up = -up)
      context.quadraticCurveTo(x + step / 2, y + up * 2.2 * unit, Math.min(x + step, to), y);
  } else {
    for (const by of style === "double" ? [-0.8 * unit, 0.8 * unit] : [0]) {
      context.moveTo(from, y + by);
      context.lineTo(to, y + by);
    }
  }
  context.stroke();
  context.restore();
}

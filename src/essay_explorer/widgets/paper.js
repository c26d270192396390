// @ts-check
/** The paper that pictures are drawn on, 1200 x 630, its face, and what all of them have. Part of lens.js. */
/** @import { Tag } from "./types.d.ts" */

export const [WIDE, TALL] = [1200, 630];
export const EDGE = 64;
export const ROOM = WIDE - 2 * EDGE;
export const [INK, SOFT] = ["#1d1b18", "#645e57"];
const PAPER = "#fdfbf7";
const FACES = '"Iowan Old Style", "Palatino Linotype", "Liberation Serif", serif';

/**
 * @typedef {{title: string, credit: string, address: string, language: string}} Words that stand on every picture
 * @typedef {{size: number, style?: string, colour?: string, fromRight: boolean, ltr?: boolean}} Face
 *   `fromRight`: at the right edge; `ltr`: though its words run from left to right
 */

/** Paper, and what draws on it. @param {string} language */
export function createPaper(language) {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDE, height: TALL, lang: language });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = PAPER;
  context.fillRect(0, 0, WIDE, TALL);
  return { canvas, context };
}

/** @param {CanvasRenderingContext2D} context @param {Face} face */
export function setFace(context, { size, style = "", colour = INK, fromRight, ltr = !fromRight }) {
  context.font = `${style} ${size}px ${FACES}`;
  context.fillStyle = colour;
  context.textBaseline = "alphabetic";
  context.direction = ltr ? "ltr" : "rtl";
  context.textAlign = fromRight ? "right" : "left";
}

/** @param {CanvasRenderingContext2D} context @param {Tag[]} tags */
export function drawColours(context, tags) {
  tags.forEach(({ colour }, at) => {
    context.fillStyle = colour?.[0] ?? INK;
    context.fillRect((WIDE * at) / tags.length, 0, WIDE / tags.length + 1, 9);
  });
}

/**
 * A text, shorter where it would be too wide.
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} most
 */
export function fitting(context, text, most) {
  let words = text;
  while (words && context.measureText(words).width > most) words = `${[...words].slice(0, -2).join("")}…`;
  return words;
}

/**
 * A line at the foot of the picture, shorter where it would be too long.
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} y
 * @param {{size: number, colour?: string, end: boolean, most: number}} how `end`: at the right edge
 */
export function drawFoot(context, text, y, { size, colour = SOFT, end, most }) {
  setFace(context, { size, colour, fromRight: end, ltr: !isFromRight(text) });
  context.fillText(fitting(context, text, most), end ? WIDE - EDGE : EDGE, y);
}

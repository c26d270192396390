// @ts-check
/** A chart as a file: a picture with title, reading aid and source around it, or a table. Part of chart_panel.js. */
/** @import { Chart, Lens, VegaView } from "./types.d.ts" */
/** @import { Picture } from "./chart_drawing.js" */

const PADDING = 26;
const NARROWEST = 420; // px of a title, however narrow the chart is
const SHARP = 2; // pixels of a PNG for each of the page
const SVG = "http://www.w3.org/2000/svg";
const LIGHT = { paper: "#fdfbf7", ink: "#1d1b18", soft: "#645e57" };
const DUSK = { paper: "#16161a", ink: "#e8e4dc", soft: "#a8a298" };

/**
 * @typedef {{text: string, y: number, size: number, weight: number, soft: boolean}} FrameLine
 * @typedef {{lines: FrameLine[], above: number, width: number, height: number}} Frame `above`: how high the chart hangs
 */

/**
 * What stands around a chart of a size, and how large that makes the picture.
 * @param {Pick<Chart, "title" | "how" | "source">} chart @param {{width: number, height: number}} size
 * @param {(text: string, width: number, size: number, weight: number) => string[]} wrap
 * @returns {Frame}
 */
export function frameAround({ title, how, source }, { width, height }, wrap) {
  const room = Math.max(width, NARROWEST);
  /** @type {FrameLine[]} */
  const lines = [];
  let y = PADDING;
  const add = (/** @type {string} */ text, size = 12, weight = 400, soft = true) => {
    for (const line of wrap(text, room, size, weight)) {
      y += 1.36 * size;
      lines.push({ text: line, y: y - 0.36 * size, size, weight, soft });
    }
  };
  add(title, 17, 600, false);
  y += 4;
  add(how, 13);
  y += 14;
  const above = y;
  y += height + 10;
  add(source, 11.5);
  return { lines, above, width: room + 2 * PADDING, height: y + PADDING };
}

/** @param {Lens} lens @param {string} face */
function createWrap({ content, linesOf }, face) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const measure = (/** @type {string} */ text) => context.measureText(text).width;
  return (/** @type {string} */ text, /** @type {number} */ width, /** @type {number} */ size, weight = 400) => {
    context.font = `${weight} ${size}px ${face}`;
    return linesOf(text, width, measure, content.language).map((line) => line.text);
  };
}

/**
 * The picture as PNG.
 * @param {VegaView} view @param {(size: {width: number, height: number}) => Frame} frameOf
 * @param {typeof LIGHT} inks @param {string} face @returns {Promise<Blob>}
 */
async function pngOf(view, frameOf, inks, face) {
  const chart = await view.toCanvas(SHARP);
  const size = { width: chart.width / SHARP, height: chart.height / SHARP };
  const { lines, above, width, height } = frameOf(size);
  const canvas = document.createElement("canvas");
  canvas.width = SHARP * width;
  canvas.height = SHARP * height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(SHARP, SHARP);
  context.fillStyle = inks.paper;
  context.fillRect(0, 0, width, height);
  context.drawImage(chart, PADDING, above, size.width, size.height);
  for (const { text, y, size, weight, soft } of lines) {
    context.font = `${weight} ${size}px ${face}`;
    context.fillStyle = soft ? inks.soft : inks.ink;
    context.fillText(text, PADDING, y);
  }
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? new Blob()), "image/png"));
}

/**
 * The picture as SVG.
 * @param {VegaView} view @param {(size: {width: number, height: number}) => Frame} frameOf
 * @param {typeof LIGHT} inks @param {string} face
 */
async function svgOf(view, frameOf, inks, face) {
  const chart = new DOMParser().parseFromString(await view.toSVG(), "image/svg+xml").documentElement;
  const size = { width: Number(chart.getAttribute("width")), height: Number(chart.getAttribute("height")) };
  const { lines, above, width, height } = frameOf(size);
  const made = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ attributes, text = "") => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    return element;
  };
  const root = made("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const texts = lines.map(({ text, y, size, weight, soft }) => {
    const look = { "font-family": face, "font-size": size, "font-weight": weight, fill: soft ? inks.soft : inks.ink };
    return made("text", { x: PADDING, y, ...look }, text);
  });
  chart.setAttribute("x", String(PADDING));
  chart.setAttribute("y", String(above));
  root.append(made("rect", { width, height, fill: inks.paper }), ...texts, chart);
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

/**
 * The buttons that save a chart.
 * @param {Lens} lens @param {Picture} picture @param {() => Chart | undefined} current
 */
export function createSaves(lens, picture, current) {
  const { h, saveFile } = lens.dom;
  const makers = { PNG: pngOf, SVG: svgOf };
  const drawn = (/** @type {"PNG" | "SVG"} */ kind, /** @type {VegaView} */ view, /** @type {Chart} */ chart) => {
    const face = getComputedStyle(picture.element).fontFamily;
    const wrap = createWrap(lens, face);
    const inks = isDark(picture.element) ? DUSK : LIGHT;
    return makers[kind](view, (size) => frameAround(chart, size, wrap), inks, face);
  };
  const save = async (/** @type {string} */ kind) => {
    const chart = current();
    const view = picture.view();
    if (!chart || (kind !== "CSV" && !view)) return;
    const table = () => new Blob(["\ufeff", csv(chart.columns, chart.rows)], { type: "text/csv" });
    const file = view && (kind === "PNG" || kind === "SVG") ? await drawn(kind, view, chart) : table();
    saveFile(file, `${chart.name}.${kind.toLowerCase()}`);
  };
  const buttons = ["PNG", "SVG", "CSV"].map((kind) =>
    createButton(lens, kind, () => save(kind), { "aria-label": say("Save as {kind}", { kind }) }),
  );
  /** @param {Chart} chart @param {boolean} own */
  const draw = (chart, own) => {
    buttons.forEach((button, at) => {
      button.hidden = !chart.rows.length && (at === 2 || !own);
    });
  };
  return { element: h("span", { className: "save" }, say("Save as"), " ", ...buttons), draw };
}

// @ts-check
/** What moved between the two passes: how many kept a tag, dropped it, came to it; nobody by name. */
/** @import { Move, Shown } from "./types.d.ts" */

const SVG = "http://www.w3.org/2000/svg";
const [WIDE, TALL, COLUMN] = [400, 100, 14];

/** @param {string} name @param {Record<string, string | number>} attributes */
function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * The three flows of a move as bands, from the first pass on the left to the second on the right: edges as parts of all
 * readers who are in one of them. Who drops a tag runs out at the foot, and who comes to it comes in from there.
 * @param {Move} move
 */
export function bandsOf({ kept, dropped, came }) {
  const all = Math.max(1, kept + dropped + came);
  const part = (/** @type {number} */ count) => count / all;
  return [
    { kind: "kept", count: kept, from: [0, part(kept)], to: [0, part(kept)] },
    { kind: "dropped", count: dropped, from: [part(kept), part(kept + dropped)], to: [1, 1] },
    { kind: "came", count: came, from: [1, 1], to: [part(kept), part(kept + came)] },
  ].filter(({ count }) => count);
}

/** The bands of a move, drawn. @param {Move} move */
function picture(move) {
  const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const [end, middle] = [WIDE - COLUMN, WIDE / 2];
  for (const { kind, from, to } of bandsOf(move)) {
    const [[left, leftFoot], [right, rightFoot]] = [from, to].map((edges) => edges.map((edge) => edge * TALL));
    const path =
      `M${COLUMN} ${left} C${middle} ${left} ${middle} ${right} ${end} ${right} V${rightFoot} ` +
      `C${middle} ${rightFoot} ${middle} ${leftFoot} ${COLUMN} ${leftFoot} z`;
    svg.append(drawn("path", { d: path, class: kind }));
  }
  return svg;
}

/** "12 kept it, 2 dropped it, 3 came to it". @param {Move} move */
export const moveInWords = ({ kept, dropped, came }) =>
  [
    kept && sayN("{count} kept it", "{count} kept it", kept),
    dropped && sayN("{count} dropped it", "{count} dropped it", dropped),
    came && sayN("{count} came to it", "{count} came to it", came),
  ]
    .filter(Boolean)
    .join(", ");

/** Moves, each with its numbers, its flows and its words. @param {Shown} shown @param {Move[]} moves */
export function flowsView(shown, moves) {
  const items = moves.map((move) => {
    const tag = shown.tags.find(({ id }) => id === move.tag);
    const name = h("p", { className: "what" }, h("b", {}, `${move.sentence}`), ` ${tag?.label ?? move.tag}`);
    const before = h("span", { className: "count" }, say("{count} before", { count: move.before }));
    const after = h("span", { className: "count" }, say("{count} after", { count: move.after }));
    const flow = h("div", { className: "flow" }, before, picture(move), after);
    return h("li", {}, name, flow, h("p", { className: "words" }, `${moveInWords(move)}.`));
  });
  return h("ol", { className: "flows" }, ...items);
}

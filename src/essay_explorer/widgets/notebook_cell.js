// @ts-check
/** The cell of a notebook that shows what the reader sees. Part of lens.js. */
/** @import { State } from "./types.d.ts" */

const MARK = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/; // the end of a mark's id, which no other notebook knows

/**
 * A text, a number or a list of these: JSON writes each as Python does.
 * @param {State[keyof State]} value @returns {string}
 */
const literal = (value) =>
  Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]` : JSON.stringify(value);

/**
 * The Python that shows this view of a reading.
 * @param {string} name of the reading in the library @param {State} state
 */
export function notebookCell(name, state) {
  const changed = /** @type {(keyof State)[]} */ (Object.keys(AT_REST)).filter(
    (key) => JSON.stringify(state[key]) !== JSON.stringify(AT_REST[key]) && !(key === "at" && MARK.test(state.at)),
  );
  const traits = changed.map((key) => `, ${key}=${literal(state[key])}`).join("");
  return [
    "from essay_explorer import Explorer, Lens, open_reading",
    "",
    `reading = open_reading(${literal(name)})`,
    `Explorer(reading, lens=Lens(reading${traits}))`,
  ].join("\n");
}

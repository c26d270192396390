// @ts-check
/** How far a reader has come with a task: what was asked for, what is there. Part of homework.js and of seat.js. */
/** @import { Lens, Mark, Task } from "./types.d.ts" */

/**
 * How far the reader has come. @param {Task} task @param {Mark[]} marks
 * @returns {{number: number, wanted: number, of: "marks" | "reasons"}[]}
 */
export function progress({ marks: wanted = 0, reasons = 0, tags = [] }, marks) {
  const counts = marks.filter((mark) => !tags.length || mark.tags.some((tag) => tags.includes(tag)));
  const why = counts.filter(({ reason }) => reason.trim());
  return [
    { number: counts.length, wanted, of: "marks" },
    { number: why.length, wanted: reasons, of: "reasons" },
  ];
}

/** A number with its noun. @param {"marks" | "reasons"} of @param {number} count */
const someOf = (of, count) =>
  of === "marks" ? sayN("{count} mark", "{count} marks", count) : sayN("{count} reason", "{count} reasons", count);

/**
 * How far it has come; where there is more than was asked for, what there is.
 * @param {ReturnType<typeof progress>[number]} part
 */
export function partInWords({ number, wanted, of }) {
  if (number > wanted) return someOf(of, number);
  if (of === "marks") return sayN("{number} of {count} mark", "{number} of {count} marks", wanted, { number });
  return sayN("{number} of {count} reason", "{number} of {count} reasons", wanted, { number });
}

/** What is still missing, in words; "" for nothing. @param {ReturnType<typeof progress>} parts */
export function missingInWords(parts) {
  const missing = parts.filter(({ number, wanted }) => number < wanted);
  const [first = "", last] = missing.map(({ number, wanted, of }) => someOf(of, wanted - number));
  return last ? say("{first} and {last}", { first, last }) : first;
}

/**
 * Draw what is there already and what is not, line by line.
 * @param {Lens["dom"]} dom @param {HTMLElement} list @param {{done: boolean, says: string}[]} lines
 */
export function drawChecks({ h }, list, lines) {
  const items = lines.map(({ done, says }) =>
    h("li", { className: done ? "done" : "" }, `${done ? "✓" : "○"} ${says}`),
  );
  if (list.textContent !== items.map((item) => item.textContent).join("")) list.replaceChildren(...items);
}

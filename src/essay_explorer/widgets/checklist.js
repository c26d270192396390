// @ts-check
/** How far a reader has come with a task: what was asked for, what is there. Part of homework.js and of seat.js. */
/** @import { Lens, Mark, Task } from "./types.d.ts" */

/** A number with its noun. @param {number} number @param {string} noun */
export const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/**
 * How far the reader has come. @param {Task} task @param {Mark[]} marks
 * @returns {{number: number, wanted: number, noun: string}[]}
 */
export function progress({ marks: wanted = 0, reasons = 0, tags = [] }, marks) {
  const counts = marks.filter((mark) => !tags.length || mark.tags.some((tag) => tags.includes(tag)));
  const why = counts.filter(({ reason }) => reason.trim());
  return [
    { number: counts.length, wanted, noun: "mark" },
    { number: why.length, wanted: reasons, noun: "reason" },
  ];
}

/** @param {ReturnType<typeof progress>[number]} part */
export const partInWords = ({ number, wanted, noun }) =>
  wanted ? `${number} of ${counted(wanted, noun)}` : counted(number, noun);

/** What is still missing, in words; "" for nothing. @param {ReturnType<typeof progress>} parts */
export function missingInWords(parts) {
  const missing = parts.filter(({ number, wanted }) => number < wanted);
  return missing.map(({ number, wanted, noun }) => counted(wanted - number, noun)).join(" and ");
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

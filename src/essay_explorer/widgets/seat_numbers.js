// @ts-check
/** How many of the class, over the text: each number at its sentence, and inside the column. Part of seat.js. */
/** @import { Lens, TheClass } from "./types.d.ts" */

/** What stands at each sentence, by its number. @param {Lens} lens @param {TheClass} seen */
function numbersOf(lens, { shares, readers }) {
  const found = /** @type {Map<number, {parts: string[], counts: boolean}>} */ (new Map());
  for (const { sentence, tag, count, few } of shares) {
    const said = `${lens.tags.get(tag)?.code ?? ""} ${few ? say("few") : count}`;
    const here = found.get(sentence) ?? { parts: [], counts: false };
    found.set(sentence, { parts: [...here.parts, said], counts: here.counts || !few });
  }
  return new Map(
    Array.from(found, ([sentence, { parts, counts }]) => {
      const count = parts.join(", ");
      return [sentence, counts ? say("{count} of {readers}", { count, readers }) : count];
    }),
  );
}

/**
 * How far a number would leave the column of its text, where it began with its sentence.
 * @param {HTMLElement} element
 */
function beyond(element) {
  const column = element.closest("[data-paragraph]")?.getBoundingClientRect();
  const [line] = element.getClientRects();
  const width = Number.parseFloat(getComputedStyle(element, "::before").width); // NaN where none is shown
  if (!column || !line || !width) return 0;
  const isRightToLeft = getComputedStyle(element).direction === "rtl";
  const over = isRightToLeft ? column.left - (line.right - width) : line.left + width - column.right;
  return Math.max(0, Math.ceil(over));
}

/** @param {Lens} lens @param {HTMLElement} within @param {TheClass} seen */
export function drawNumbers(lens, within, seen) {
  const numbers = numbersOf(lens, seen);
  const there = /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("[data-sentence]"));
  for (const element of there) {
    const now = numbers.get(Number(element.dataset.sentence));
    if (now === element.dataset.share) continue;
    if (now) element.dataset.share = now;
    else delete element.dataset.share;
  }
  const shown = [...there].filter(({ dataset }) => dataset.share);
  const back = shown.map((element) => `${-beyond(element)}px`); // all are measured before any is moved
  for (const [at, { style }] of shown.entries())
    if (style.getPropertyValue("--back") !== back[at]) style.setProperty("--back", back[at]);
}

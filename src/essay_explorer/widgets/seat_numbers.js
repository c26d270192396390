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

/** Move what would leave the column back into it. @param {HTMLElement[]} shown */
function keepInside(shown) {
  const back = shown.map((element) => `${-beyond(element)}px`); // all are measured before any is moved
  for (const [at, { style }] of shown.entries())
    if (style.getPropertyValue("--back") !== back[at]) style.setProperty("--back", back[at]);
}

/**
 * What draws the numbers, as often as it likes: they are measured anew where one of them or the text has changed.
 * @param {Lens} lens
 */
export function createNumbers(lens) {
  let measured = "";
  return (/** @type {HTMLElement} */ within, /** @type {TheClass} */ seen) => {
    const numbers = numbersOf(lens, seen);
    const there = /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("[data-sentence]"));
    let isNew = false;
    for (const element of there) {
      const now = numbers.get(Number(element.dataset.sentence));
      if (now === element.dataset.share) continue;
      isNew = true;
      if (now) element.dataset.share = now;
      else delete element.dataset.share;
    }
    const { width, height } = within.querySelector("article")?.getBoundingClientRect() ?? { width: 0, height: 0 };
    const size = `${width} ${height} ${within.className}`;
    if (!isNew && size === measured) return;
    measured = size;
    keepInside([...there].filter(({ dataset }) => dataset.share));
  };
}

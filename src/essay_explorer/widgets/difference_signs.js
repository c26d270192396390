// @ts-check
/**
 * While mine is compared with another layer: a sign at each sentence that one of the two marks, and a light ground
 * under the one that is looked at. Part of essay_text.js.
 */
/** @import { Lens } from "./types.d.ts" */
/** @import { Article } from "./article.js" */
/** @import { ParagraphView, Part } from "./paragraph.js" */

/** The parts of each sentence of a paragraph, by its number. @param {Part[]} parts */
function bySentence(parts) {
  const made = /** @type {Map<number, Part[]>} */ (new Map());
  let number = 0;
  for (const part of parts) {
    number = Number(part.element.dataset.sentence ?? number); // it moves with an edit before it
    if (number) made.set(number, [...(made.get(number) ?? []), part]);
  }
  return made;
}

/**
 * @param {Lens} lens @param {Article} article @param {HTMLElement} root
 * @param {(element: Element | null | undefined, block: "free") => void} scrollTo
 */
export function createDifferenceSigns(lens, article, root, scrollTo) {
  let [looked, differing] = [0, false];
  /** @param {ParagraphView} paragraph @param {Map<number, string>} signs */
  const sign = ({ parts }, signs) => {
    for (const [number, among] of bySentence(parts)) {
      const [{ element }] = among;
      if (signs.has(number)) element.dataset.differ = signs.get(number);
      else delete element.dataset.differ;
      for (const part of among) part.element.classList.toggle("looked-at", differing && number === looked);
    }
  };
  const draw = () => {
    const now = lens.compared();
    if (!now && !differing) return;
    const before = looked;
    differing = now !== null;
    looked = now ? lens.sentenceAt() : 0;
    root.classList.toggle("differing", differing);
    const row = now?.rows.find(({ number }) => number === looked);
    if (row) article.readyAt(row.paragraph - 1);
    const signs = new Map(now?.rows.map(({ number, kind }) => [number, lens.signs[kind]]));
    for (const paragraph of article.paragraphs()) if (paragraph.built) sign(paragraph, signs);
    if (row && looked !== before) scrollTo(root.querySelector(".looked-at"), "free");
  };
  return { draw };
}

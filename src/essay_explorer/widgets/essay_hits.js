// @ts-check
/** The words that a reader has sought, where they stand in the essay. Part of essay_text.js. */
/** @import { Hit, Lens } from "./types.d.ts" */
/** @import { Article } from "./article.js" */

const MARK = "essay-explorer-hit";

/**
 * The words sought, highlighted over the text nodes as they lie.
 * @param {Lens} lens @param {Article} article @param {ReturnType<typeof createScroll>} scrollTo
 */
export function createHits(lens, article, scrollTo) {
  /** @type {Map<string, Range[]>} */
  const shown = new Map();
  let hit = -1;
  /** @param {string} name @param {Range[]} ranges */
  const highlight = (name, ranges) => {
    if (!CSS.highlights || !(ranges.length || shown.get(name)?.length)) return;
    const all = CSS.highlights.get(name) ?? new Highlight();
    for (const old of shown.get(name) ?? []) all.delete(old); // other views of this page keep theirs
    for (const range of ranges) all.add(range);
    shown.set(name, ranges);
    CSS.highlights.set(name, all);
  };
  const over = (/** @type {Hit} */ one) => rangeOf(article.readyAt(one.paragraph)?.parts ?? [], one);
  const draw = () => {
    const here = lens.hits()[lens.hit()];
    highlight(
      MARK,
      lens
        .hits()
        .filter(({ paragraph }) => article.isNear(paragraph))
        .map(over),
    );
    highlight(`${MARK}-here`, here ? [over(here)] : []);
    if (lens.hit() === hit) return;
    hit = lens.hit();
    if (here) scrollTo(over(here).startContainer.parentElement);
  };
  const clear = () => {
    for (const name of shown.keys()) highlight(name, []);
  };
  return { draw, clear };
}

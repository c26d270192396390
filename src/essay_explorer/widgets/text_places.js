// @ts-check
/** Which offset of the essay a place on the page is, and which place an offset is. Part of essay_text.js. */
/** @import { WholeText } from "./anchoring.js" */
/** @import { Article } from "./article.js" */
/** @import { ParagraphView, Part } from "./paragraph.js" */

/** The text of a part. @param {Part} part */
const textNode = ({ element }) => document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();

/**
 * The unit of a paragraph's text at a boundary of the page: that of the first text behind it.
 * @param {ParagraphView} paragraph @param {Node} container @param {number} offset
 */
function unitAt({ parts, data }, container, offset) {
  const part = parts.find((one) => textNode(one) === container);
  if (part) return part.segment.start + offset;
  const here = document.createRange();
  here.setStart(container, offset);
  const next = parts.find((one) => {
    const node = textNode(one);
    return node && here.comparePoint(node, 0) >= 0;
  });
  return next ? next.segment.start : data.text.length;
}

/**
 * The offset in the whole text of a boundary of the page; null where it is outside the essay.
 * @param {Article} article @param {WholeText} whole @param {Node} container @param {number} offset
 */
export function offsetAt(article, whole, container, offset) {
  if (!article.element.contains(container)) return null;
  const all = article.paragraphs();
  const element = container instanceof Element ? container : container.parentElement;
  const own = element?.closest(".paragraph");
  const inside = all.findIndex((one) => one.element === own);
  if (inside >= 0) {
    const ready = article.readyAt(inside);
    return ready ? whole.starts[inside] + unitAt(ready, container, offset) : null;
  }
  const here = document.createRange();
  here.setStart(container, offset);
  const next = all.findIndex((one) => here.comparePoint(one.element, 0) >= 0);
  if (next >= 0) return whole.starts[next];
  return whole.text.length;
}

/**
 * The stretch of the text that is selected on the page; null where nothing of it is.
 * @param {Article} article @param {WholeText} whole
 */
export function selectedIn(article, whole) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(article.element)) return null;
  const start = offsetAt(article, whole, range.startContainer, range.startOffset) ?? 0; // it began above the essay
  const end = offsetAt(article, whole, range.endContainer, range.endOffset) ?? whole.text.length;
  return start >= end ? null : { start, end };
}

/**
 * Ranges of the page over a stretch of the text, one in each paragraph that is near the screen.
 * @param {Article} article @param {[paragraph: number, start: number, end: number][]} spans
 */
export const rangesOver = (article, spans) =>
  spans
    .filter(([number]) => article.isNear(number - 1))
    .map(([number, start, end]) => rangeOf(article.readyAt(number - 1)?.parts ?? [], { start, end }));

/** The box around ranges, of those that are there; null where none is. @param {Range[]} ranges */
export function boxAround(ranges) {
  const boxes = ranges.flatMap((range) => [...range.getClientRects()]).filter(({ width }) => width);
  if (!boxes.length) return null;
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
  return new DOMRect(left, top, right - left, bottom - top);
}

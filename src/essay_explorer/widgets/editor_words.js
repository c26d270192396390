// @ts-check
/** Words that are chosen in the text, with what stands around them. Part of editor.js. */
/** @import { Lens } from "./types.d.ts" */

/** @typedef {{quote: string, prefix: string, suffix: string}} Words */

const AROUND = 60; // letters before and after the words; the files get as few of them as tell the place
const PARTING = "\n\n"; // between two paragraphs

/** @param {Lens} lens */
const wholeText = ({ content }) => content.paragraphs.map(({ text }) => text).join(PARTING);

/**
 * How many letters of a paragraph's text stand before a place on the page.
 * @param {Element} paragraph @param {Node} node @param {number} offset
 */
function lettersBefore(paragraph, node, offset) {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  const before = range.cloneContents();
  const pieces = before.querySelectorAll(".verse-line, td, th").length; // a line break or a tab stands between two
  const segments = [...before.querySelectorAll(".segment")];
  const letters = segments.reduce((sum, { textContent }) => sum + (textContent ?? "").length, 0);
  return letters + Math.max(0, pieces - 1);
}

/**
 * Words of a text by their place, without white space at their ends.
 * @param {string} text @param {number} start @param {number} end
 */
export function wordsAt(text, start, end) {
  const raw = text.slice(start, end);
  const quote = raw.trim();
  if (!quote) return null;
  const from = start + raw.indexOf(quote);
  const to = from + quote.length;
  return { quote, prefix: text.slice(Math.max(0, from - AROUND), from), suffix: text.slice(to, to + AROUND) };
}

/** These words where they stand first; null where they do not. @param {Lens} lens @param {string} sought */
export function wordsNamed(lens, sought) {
  const [text, quote] = [wholeText(lens), sought.trim()];
  const at = quote ? text.indexOf(quote) : -1;
  return at < 0 ? null : wordsAt(text, at, at + quote.length);
}

/**
 * The words that are chosen in the article; null where there are none.
 * @param {Lens} lens @param {Element | null} article @returns {Words | null}
 */
export function chosenWords(lens, article) {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (!article || !range || range.collapsed || !article.contains(range.commonAncestorContainer)) return null;
  const { paragraphs } = lens.content;
  const placed = (/** @type {Node} */ node, /** @type {number} */ offset) => {
    const element = node instanceof Element ? node : node.parentElement;
    const paragraph = /** @type {HTMLElement | null} */ (element?.closest(".paragraph"));
    if (!paragraph) return -1;
    const above = paragraphs.slice(0, Number(paragraph.dataset.paragraph) - 1);
    const start = above.reduce((sum, { text }) => sum + text.length + PARTING.length, 0);
    return start + lettersBefore(paragraph, node, offset);
  };
  const start = placed(range.startContainer, range.startOffset);
  const end = placed(range.endContainer, range.endOffset);
  return start < 0 || end < 0 ? null : wordsAt(wholeText(lens), start, end);
}

// @ts-check
/** Where the reader is in the text, going elsewhere, and staying there while it changes. Part of essay_text.js. */
/** @import { Article } from "./article.js" */

const AGAIN = 3; // times that a long essay is scrolled to a place: what comes near takes its real height only then
const EYE = 0.3; // of the height of the screen: about there people read
const STILL = 2; // px; who has scrolled less looks at the top

/**
 * What scrolls what stands in an element: the nearest of it and those around it that does, or the page.
 * @param {Element} el @returns {Element}
 */
function scrollerOf(el) {
  for (let one = /** @type {Element | null} */ (el); one && one !== document.body; one = one.parentElement)
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  return document.documentElement;
}

/**
 * What scrolls the text: the explorer's frame in a notebook, or what is around a text alone.
 * @param {HTMLElement} el
 */
export function frameOf(el) {
  const framed = el.closest(".framed");
  /** @type {Element | null} */
  let known = null; // for as long as nothing else runs: to ask which it is lays the page out
  const scroller = () => {
    if (framed) return framed;
    if (!known) {
      known = scrollerOf(el);
      queueMicrotask(() => {
        known = null;
      });
    }
    return known;
  };
  return {
    element: framed,
    target: framed ?? document,
    scroller,
    view() {
      const around = scroller();
      if (around === document.documentElement) return { top: 0, bottom: innerHeight };
      const { top, bottom } = around.getBoundingClientRect();
      return { top, bottom };
    },
  };
}

/** @typedef {ReturnType<typeof frameOf>} Frame */
/** @typedef {"start" | "center" | "nearest" | "free"} Block */

/**
 * How far to scroll so that an element stands at the start of a view, in its middle, just inside it, or in the
 * middle of what nothing lies over, its start first.
 * @param {Record<"top" | "bottom", number>} box with the room that it wants around it
 * @param {Record<"top" | "bottom", number>} view @param {Block} block
 */
export function distance(box, view, block) {
  const [start, end] = [box.top - view.top, box.bottom - view.bottom];
  if (block === "center") return (start + end) / 2;
  if (block === "free") return Math.min((start + end) / 2, start);
  if (block === "start" || start < 0) return start;
  return Math.max(0, Math.min(start, end));
}

/**
 * What scrolls the text to an element, again where a long essay needs it. It moves what scrolls the text and nothing
 * around that, as `scrollIntoView` would: a notebook stays where it is.
 * @param {Article} article @param {Frame} frame
 */
export function createScroll(article, frame) {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  /**
   * @param {Element | null | undefined} element @param {Block} block
   * @param {ScrollBehavior} behavior
   */
  return function scrollTo(element, block = "center", behavior = "smooth", again = article.isLong() ? AGAIN : 0) {
    if (!element) return;
    const { top, bottom } = element.getBoundingClientRect();
    const { scrollMarginTop, scrollMarginBottom } = getComputedStyle(element);
    const [above, below] = block === "center" ? [0, 0] : [scrollMarginTop, scrollMarginBottom].map(Number.parseFloat);
    const by = distance({ top: top - above, bottom: bottom + below }, frame.view(), block);
    const still = reduced.matches || article.isLong() || behavior !== "smooth";
    frame.scroller().scrollBy({ top: by, behavior: still ? "instant" : "smooth" });
    if (again) requestAnimationFrame(() => scrollTo(element, block, behavior, again - 1));
  };
}

/** @param {Element} element */
const topOf = (element) => element.getBoundingClientRect().top;

/**
 * What is read: the paragraph at the eye, and of it the part that is there; how high they stand on the screen, and how
 * high its other parts do, the nearest first.
 * @param {Article} article @param {{top: number, bottom: number}} view
 */
function readAt(article, { top, bottom }) {
  const eye = top + EYE * (bottom - top);
  const paragraph = article.below(eye, true);
  if (!paragraph) return null;
  const there = paragraph.parts.filter(({ element, segment: { text } }) => text.trim() && isThere(element));
  const heights = new Map(there.map(({ element, segment: { start } }) => [start, topOf(element)]));
  const from = (/** @type {number} */ height) => Math.abs(height - eye);
  const part = there.find(({ element }) => element.getBoundingClientRect().bottom > eye);
  const near = [...heights].filter(([, height]) => height >= top && height < bottom);
  near.sort(([, one], [, other]) => from(one) - from(other));
  return {
    paragraph,
    part,
    near,
    number: Number(paragraph.element.dataset.paragraph),
    text: paragraph.data.text,
    height: topOf(paragraph.element),
    partHeight: (part && heights.get(part.segment.start)) ?? 0,
  };
}

/**
 * Where that is now, and where it stood: the same words, else those of its paragraph that stood nearest, else the
 * paragraph that was the same or has its number, else the next passage that is shown.
 * @param {Article} article @param {NonNullable<ReturnType<typeof readAt>>} read
 */
function stillAt(article, { paragraph, part, near, number, text, height, partHeight }) {
  const now = article.paragraphs();
  const same = now.includes(paragraph) ? paragraph : now.find(({ data }) => data.text === text);
  const still = same ?? now[Math.min(number, now.length) - 1];
  const wordsAt = (/** @type {number} */ start) => {
    const words = same?.parts.find(({ segment }) => segment.start === start);
    return words && isThere(words.element) ? words.element : null;
  };
  const read = part && wordsAt(part.segment.start);
  if (read) return { element: read, height: partHeight };
  for (const [start, stood] of part ? near : []) {
    const element = wordsAt(start);
    if (element) return { element, height: stood };
  }
  if (!still || isThere(still.element)) return still && { element: still.element, height };
  const shown = [...article.element.querySelectorAll("mark.on")].filter(isThere);
  const follows = (/** @type {Element} */ one) =>
    still.element.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = shown.find(follows) ?? shown.at(-1);
  return next && { element: next, height: part ? partHeight : height };
}

/**
 * Do what shows, hides or spreads lines of the text, or makes paragraphs anew, and keep what is read where it is on
 * the screen. The focus stays on its passage.
 * @param {Article} article @param {Frame} frame @param {() => void} change
 * @param {boolean} renews whether paragraphs come and go: who looks at the top stays there otherwise
 */
export function inPlace(article, frame, change, renews) {
  if (!article.element.isConnected) return change(); // nobody reads it, and to measure takes the browser a while
  const { top, bottom } = frame.view();
  if (!renews && frame.scroller().scrollTop < STILL) return change();
  const read = readAt(article, { top, bottom });
  const focused = article.element.contains(document.activeElement) ? document.activeElement : null;
  const ids = focused instanceof HTMLElement ? (focused.dataset.ids ?? "").split(" ") : [];
  change();
  const still = read && stillAt(article, read);
  const by = still && still.height < bottom ? topOf(still.element) - still.height : 0;
  if (by) frame.scroller().scrollBy({ top: by, behavior: "instant" });
  if (focused && !focused.isConnected) ids.map(article.first).find(Boolean)?.focus({ preventScroll: true });
}

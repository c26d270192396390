// @ts-check
/** Where in the essay a reader is led: to the passage in focus, to the paragraphs looked at. Part of essay_text.js. */
/** @import { Lens } from "./types.d.ts" */
/** @import { Article } from "./article.js" */
/** @import { Frame } from "./reading_place.js" */

/**
 * The passage in focus: in the tab order, on the screen, and where the focus returns to.
 * @param {Lens} lens @param {HTMLElement} root @param {Article} article
 * @param {ReturnType<typeof createScroll>} scrollTo
 */
export function createFocus(lens, root, article, scrollTo) {
  /** @type {HTMLElement | undefined} */
  let tabbed;
  let at = "";
  /** One passage is in the tab order: the one in focus, else the first that is shown. @param {string} id */
  const tabbable = (id) => {
    const shown = lens.active() ? (lens.shown()[0]?.id ?? "") : "";
    const one = article.first(id) ?? article.first(shown) ?? article.first(lens.content.passages[0]?.id ?? "");
    if (tabbed && tabbed !== one && tabbed !== lens.dom.focused(root)) tabbed.removeAttribute("tabindex");
    if (one) one.tabIndex = 0;
    tabbed = one;
  };
  /** The card has closed: the focus returns to the passage, or to the number, that it was about. @param {string} id */
  const giveBack = (id) => {
    const opener = lens.opener();
    if (!opener || !root.contains(opener)) return;
    const first = article.first(id);
    if (first) tabbable(id);
    const note = opener.dataset.id === id && isThere(opener) ? opener : null;
    (note ?? first ?? opener).focus({ preventScroll: true });
    lens.forget();
  };
  /** @param {string} place @param {ScrollBehavior} behavior */
  const reach = (place, behavior) => {
    const first = article.first(place);
    const paragraph = article.paragraph(place)?.element;
    for (const { element } of article.paragraphs()) element.classList.toggle("here", !first && element === paragraph);
    if (first) scrollTo(first, "nearest", behavior);
    else scrollTo(paragraph, "start", behavior);
  };
  const draw = () => {
    const { at: now } = lens.state();
    tabbable(now);
    if (now === at) return;
    if (!now) giveBack(at);
    at = now;
    const behavior = root.isConnected ? "smooth" : "auto"; // a permalink is there at once
    requestAnimationFrame(() => reach(at, behavior)); // when the card that it opens has its place
  };
  /** Take the focus from one passage to another. @param {HTMLElement} from @param {HTMLElement} to */
  const move = (from, to) => {
    to.tabIndex = 0;
    to.focus({ preventScroll: true });
    scrollTo(to, "nearest");
    from.removeAttribute("tabindex");
    tabbed = to;
  };
  /** Take the focus to the first passage that is shown. */
  const enter = () => {
    const first = article.first(lens.shown()[0]?.id ?? "");
    first?.focus({ preventScroll: true });
    scrollTo(first, "nearest");
  };
  return { draw, move, enter };
}

/**
 * What goes to the paragraphs that are looked at, once others are and none of them is on the screen.
 * @param {Article} article @param {Frame} frame @param {ReturnType<typeof createScroll>} scrollTo
 */
export function createReach(article, frame, scrollTo) {
  /** @type {string | undefined} */
  let before;
  return (/** @type {number[]} */ within) => {
    const first = before === undefined;
    const same = before === String(within);
    before = String(within);
    if (first || same || !within.length) return;
    const { top, bottom } = frame.view();
    const looked = article.paragraphs().slice(within[0] - 1, within[1]);
    const seen = looked.some(({ element }) => {
      const box = element.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
    if (!seen) scrollTo(looked[0]?.element, "start");
  };
}

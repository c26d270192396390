// @ts-check
/** Which paragraph is read, and the way to one: for presenting, and for who comes back. Part of explorer.js. */

const READ_AT = 0.3; // of the height of the screen: about there people read
const REACHES = 4; // times that one goes there: what comes near in a long essay takes its real height only then

/** @typedef {{top: number, bottom: number}} Box */

/**
 * The first of these boxes that ends below the place where one reads, by its number from 0; the last where none does.
 * @param {Box[]} boxes in the order of the text @param {Box} view
 */
export function readIn(boxes, { top, bottom }) {
  const eye = top + READ_AT * (bottom - top);
  const at = boxes.findIndex((box) => box.bottom > eye);
  return at < 0 ? boxes.length - 1 : at;
}

/** @param {HTMLElement} root that of the explorer */
export function createWhereabouts(root) {
  const framed = () => root.classList.contains("framed");
  const scroller = () => (framed() ? root : document.documentElement);
  /** @returns {HTMLElement[]} */
  const paragraphs = () =>
    [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".essay-text .paragraph"))].filter(
      (one) => one.getClientRects().length,
    );
  const view = () => {
    if (!framed()) return { top: 0, bottom: innerHeight };
    const { top, bottom } = root.getBoundingClientRect();
    return { top, bottom };
  };
  /** Bring an element so high on the screen. @param {HTMLElement} element @param {number} share of its height */
  const reach = (element, share, again = REACHES) => {
    const { top, bottom } = view();
    const by = element.getBoundingClientRect().top - top - share * (bottom - top);
    scroller().scrollBy({ top: by, behavior: "instant" });
    if (again && Math.abs(by) > 1) requestAnimationFrame(() => reach(element, share, again - 1));
  };
  return {
    paragraphs,
    view,
    reach,
    /** What hears of scrolling. */
    target: () => (framed() ? root : document),
    /** Whether one is still where the text begins. */
    isAtTop: () => scroller().scrollTop < 2,
    /** Go on or back by so many px. @param {number} by */
    scroll: (by) => scroller().scrollBy({ top: by, behavior: "instant" }),
    /** The paragraph that is read. */
    read() {
      const all = paragraphs();
      return all[
        readIn(
          all.map((one) => one.getBoundingClientRect()),
          view(),
        )
      ];
    },
  };
}

/** @typedef {ReturnType<typeof createWhereabouts>} Whereabouts */

// @ts-check
/** The stops of the tour in the text: the one that is lit, and scrolling to the next. Part of essay_text.js. */
/** @import { Lens } from "./types.d.ts" */
/** @import { Article } from "./article.js" */

const MIDDLE = 0.4; // of the height of what one sees: there the stop is read
const SETTLED = 150; // ms without scrolling: a long way to a stop has ended

/**
 * The stop that somebody looks at who scrolls: of those on the screen the one nearest to its middle; 0 for none.
 * @param {{top: number, bottom: number}[]} boxes of the stops @param {{top: number, bottom: number}} view
 */
export function stopInView(boxes, { top, bottom }) {
  const eye = top + MIDDLE * (bottom - top);
  const away = boxes.map((box) => {
    if (box.bottom < top || box.top > bottom) return Number.POSITIVE_INFINITY;
    return Math.max(0, box.top - eye, eye - box.bottom);
  });
  const least = Math.min(...away);
  return Number.isFinite(least) ? away.indexOf(least) + 1 : 0;
}

/** The remarks, for paper. @param {Lens} lens */
function createNotes(lens) {
  const { h } = lens.dom;
  const notes = h("section", { className: "tour-notes" });
  const fill = () => {
    const items = (lens.content.tour ?? []).map(({ title, text }) =>
      h("li", { dir: "auto" }, h("b", {}, title), text ? ` ${text}` : ""),
    );
    notes.replaceChildren(h("h2", {}, say("The argument, stop by stop")), h("ol", {}, ...items));
  };
  return { element: notes, fill };
}

/** The parts of a passage, in text order. @param {Article} article @param {string} id */
const partsOf = (article, id) =>
  article.paragraphs().flatMap((one, at) => {
    if (!one.ids.has(id)) return [];
    return (article.readyAt(at)?.parts ?? []).filter(({ segment }) => segment.marks.includes(id));
  });

/** What lays a text out anew when it changes. @param {HTMLElement} element */
function looksOf(element) {
  const { width, fontFamily, fontSize, lineHeight } = getComputedStyle(element);
  return [width, fontFamily, fontSize, lineHeight].join();
}

/**
 * @param {Lens} lens @param {Article} article @param {HTMLElement} root
 * @param {{target: EventTarget, view: () => {top: number, bottom: number}}} frame
 * @param {(element: Element | undefined, block: "free", behavior: "auto" | "smooth") => void} scrollTo
 * @param {AbortSignal} signal
 */
export function createStops(lens, article, root, frame, scrollTo, signal) {
  const notes = createNotes(lens);
  root.append(notes.element);
  let reached = 0; // the stop that is on the screen
  let moving = false; // the page scrolls by itself
  let looks = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settled;
  const draw = () => {
    const { tour } = lens.state();
    root.classList.toggle("touring", tour > 0);
    for (const old of root.querySelectorAll("mark.stop")) old.classList.remove("stop");
    for (const old of root.querySelectorAll("[data-stop]")) old.removeAttribute("data-stop");
    if (!tour) {
      reached = 0;
      return;
    }
    lens.content.tour.forEach(({ at }, number) => {
      const parts = partsOf(article, at);
      if (number + 1 === tour) for (const { element } of parts) element.classList.add("stop");
      parts.at(-1)?.element.setAttribute("data-stop", String(number + 1)); // for print
    });
    if (tour === reached) return;
    const behavior = root.isConnected ? "smooth" : "auto"; // a permalink is there at once
    reached = tour;
    moving = true;
    requestAnimationFrame(() => {
      scrollTo(article.first(lens.content.tour[tour - 1].at), "free", behavior);
      settle();
    });
  };
  const settle = () => {
    clearTimeout(settled);
    settled = setTimeout(() => {
      moving = false;
    }, SETTLED);
  };
  const byHand = () => {
    moving = false;
  };
  /** The text is laid out anew: its stop is where it was, and what scrolls meanwhile is not the reader's doing. */
  const onLayout = () => {
    const { tour, at } = lens.state();
    const before = looks;
    looks = looksOf(article.element);
    if (before === looks || !tour || at || tour !== reached) return; // a long text grows where it comes near
    moving = true;
    scrollTo(article.first(lens.content.tour[tour - 1].at), "free", "auto");
    settle();
  };
  const onScroll = () => {
    const { tour, at } = lens.state();
    if (!tour || at) return;
    if (looks !== looksOf(article.element)) return onLayout();
    if (moving) return settle();
    const first = lens.content.tour.map((stop) => article.first(stop.at)?.getBoundingClientRect() ?? new DOMRect());
    const seen = stopInView(first, frame.view());
    if (!seen || seen === tour) return;
    reached = seen;
    lens.visit(seen);
  };
  frame.target.addEventListener("scroll", onScroll, { signal, passive: true, capture: true });
  for (const name of ["wheel", "touchmove"]) frame.target.addEventListener(name, byHand, { signal, passive: true });
  const sizes = new ResizeObserver(onLayout);
  sizes.observe(article.element);
  signal.addEventListener("abort", () => {
    clearTimeout(settled);
    sizes.disconnect();
  });
  return { fill: notes.fill, draw };
}

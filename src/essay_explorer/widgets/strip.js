// @ts-check
/**
 * The strip beside the essay: where the passages of the chosen tags run, and where the reader is. Part of
 * essay_text.js.
 */
/** @import { Content, Lens, TagInFacet } from "./types.d.ts" */
/** @import { Look } from "./paragraph.js" */

/** @typedef {[start: number, end: number]} Stretch in hundredths of the essay */

const ROWS = 500; // the strip of an essay has so many places

/** Stretches of the essay, those that touch on the strip made one. @param {Stretch[]} stretches */
export function merged(stretches) {
  /** @type {Stretch[]} */
  const made = [];
  for (const [start, end] of [...stretches].sort(([a], [b]) => a - b)) {
    const last = made.at(-1);
    if (last && start - last[1] < 100 / ROWS) last[1] = Math.max(last[1], end);
    else made.push([start, end]);
  }
  return made;
}

/** Where each passage lies in the essay by its letters, and how many those are. @param {Content} content */
export function stretchesOf(content) {
  const total = content.paragraphs.reduce((sum, { text }) => sum + text.length, 0);
  const stretches = /** @type {Map<string, Stretch>} */ (new Map());
  let before = 0;
  for (const { text, passages = [] } of content.paragraphs) {
    for (const [id, start, end] of passages) {
      const [first = (100 * (before + start)) / total] = stretches.get(id) ?? [];
      stretches.set(id, [first, (100 * (before + end)) / total]);
    }
    before += text.length;
  }
  return { stretches, total };
}

/** @param {Lens} lens */
export function createStrip(lens) {
  const { h, paint } = lens.dom;
  const here = h("b");
  const element = h("div", { className: "strip", "aria-hidden": "true" }, here);
  let content = lens.content;
  let { stretches, total } = stretchesOf(content);
  /** @param {TagInFacet} tag @param {number} column @param {Stretch} stretch */
  const bar = (tag, column, [start, end]) => {
    const made = paint(h("i"), tag);
    made.style.setProperty("--column", String(column));
    made.style.top = `${start}%`;
    made.style.height = `${end - start}%`;
    return made;
  };
  /** @param {Look} look */
  const draw = ({ lanes, shown }) => {
    if (content !== lens.content) {
      content = lens.content;
      ({ stretches, total } = stretchesOf(content));
    }
    const bars = lanes.flatMap((id, column) => {
      const tag = lens.tags.get(id);
      const carrying = [...shown].filter((one) => lens.passages.get(one)?.tags.includes(id));
      return tag
        ? merged(carrying.flatMap((one) => [stretches.get(one) ?? [0, 0]])).map((one) => bar(tag, column, one))
        : [];
    });
    element.replaceChildren(here, ...bars);
  };
  return {
    element,
    draw,
    /**
     * Show which part of the essay is on the screen.
     * @param {HTMLElement} article @param {{top: number, bottom: number}} view
     */
    place(article, view) {
      const box = article.getBoundingClientRect();
      const share = (/** @type {number} */ y) => Math.min(1, Math.max(0, (y - box.top) / (box.height || 1)));
      here.style.top = `${100 * share(view.top)}%`;
      here.style.height = `${100 * (share(view.bottom) - share(view.top))}%`;
    },
    /** How many letters of the essay lie before this height on the screen. @param {number} y */
    lettersBefore(y) {
      const box = element.getBoundingClientRect();
      return (total * (y - box.top)) / box.height;
    },
  };
}

// @ts-check
/** Where marks stand in the essay as it is now, found out a little at a time. Part of marks.js. */
/** @import { Annotation, Content, Mark, OthersLayer } from "./types.d.ts" */
/** @import { Sentence } from "./stretches.js" */
/** @import { Stretch, WholeText } from "./anchoring.js" */

const SLICE = 8; // ms that finding places may take at a time

/** By what a quote is known. @param {Mark} mark */
const keyOfQuote = ({ quote, prefix, suffix }) => `${prefix}\0${quote}\0${suffix}`;

/** @param {() => Content} contentNow */
export function createPlaces(contentNow) {
  /** @type {Content["paragraphs"] | null} */
  let paragraphs = null;
  /** @type {WholeText | null} */
  let whole = null;
  /** @type {Sentence[] | null} */
  let sentences = null;
  /** @type {Map<string, Stretch | null>} */
  let known = new Map();

  const text = () => {
    const content = contentNow();
    if (!whole || paragraphs !== content.paragraphs) {
      const same = paragraphs && content.paragraphs.every(({ text }, at) => text === paragraphs?.[at]?.text);
      if (!whole || !same || paragraphs?.length !== content.paragraphs.length) {
        whole = wholeText(content.paragraphs);
        sentences = null;
        known = new Map();
      }
      paragraphs = content.paragraphs;
    }
    return whole;
  };
  const find = (/** @type {Mark} */ mark) => {
    const key = keyOfQuote(mark);
    if (!known.has(key)) known.set(key, reanchored(text(), mark));
    return known.get(key) ?? null;
  };
  return {
    text,
    sentences() {
      const now = text();
      sentences ??= sentencesOf(now, contentNow().language);
      return sentences;
    },
    /** Where a mark stands; null where it has no place, or is not looked up yet. @param {Mark} mark */
    of(mark) {
      text(); // another essay has other places
      return known.get(keyOfQuote(mark)) ?? null;
    },
    /** Whether a mark was looked up, and has no place. @param {Mark} mark */
    isLost: (mark) => known.has(keyOfQuote(mark)) && !known.get(keyOfQuote(mark)),
    /** A mark stands here: it was made here. @param {Mark} mark @param {Stretch} stretch */
    note: (mark, { start, end }) => known.set(keyOfQuote(mark), { start, end }),
    /** Look up where these stand, and let the page breathe meanwhile; whether any was news. @param {Mark[]} marks */
    async settle(marks) {
      let news = false;
      const unknown = () => marks.filter((mark) => !known.has(keyOfQuote(mark)));
      text();
      for (let left = unknown(); left.length; left = unknown()) {
        const until = performance.now() + SLICE;
        news = true;
        for (const mark of left) {
          find(mark);
          if (performance.now() > until) break;
        }
        await new Promise((done) => setTimeout(done));
        text(); // the essay may be another one by now
      }
      return news;
    },
  };
}

/** @typedef {ReturnType<typeof createPlaces>} Places */

/** Marks as annotations of the page, those that have a place. @param {Mark[]} marks @param {Places} places */
export const annotationsOf = (marks, places) =>
  marks.flatMap((mark) => {
    const place = places.of(mark);
    if (!place) return [];
    const { id, tags, reason, creator } = mark;
    return [/** @type {Annotation} */ ({ id, tags, note: reason, creator, spans: spansOf(places.text(), place) })];
  });

/**
 * The layers that marks make: one's own, and those that were opened.
 * @param {Mark[]} mine @param {OthersLayer[]} others @param {Places} places
 */
export const layersOf = (mine, others, places) => [
  { id: "mine", label: say("My marks"), annotations: annotationsOf(mine, places) },
  ...others.map(({ id, label, marks }) => ({ id, label, annotations: annotationsOf(marks, places) })),
];

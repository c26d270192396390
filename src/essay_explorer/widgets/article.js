// @ts-check
/** The paragraphs of the essay, built and kept up to date as they come near the screen. Part of essay_text.js. */
/** @import { Content, Lens } from "./types.d.ts" */
/** @import { Look, ParagraphView } from "./paragraph.js" */

/**
 * @typedef {{element: HTMLElement, near: boolean}} Chunk paragraphs of a long essay that the browser lays out together
 */

const FEW = 60; // paragraphs; of a longer essay only those near the screen are built
const CHUNK = 20; // paragraphs

/** Has an element a box? @param {Element} element */
export const isThere = (element) => element.getClientRects().length > 0;

/**
 * What gives the views of paragraphs that are as they were, each once, by their keys.
 * @param {ParagraphView[]} paragraphs
 */
function reusing(paragraphs) {
  const known = Map.groupBy(paragraphs, ({ key }) => key);
  return (/** @type {string} */ key) => known.get(key)?.shift();
}

/**
 * The places, from 0, of the paragraphs that do not stay as they are: all but the same objects as before, each where
 * it was.
 * @param {ParagraphView[]} paragraphs @param {Content} content
 */
function changedIn(paragraphs, content) {
  const places = [];
  const moved = paragraphs.length !== content.paragraphs.length;
  for (let at = 0; at < content.paragraphs.length; at += 1)
    if (moved || paragraphs[at].data !== content.paragraphs[at]) places.push(at);
  return places;
}

/**
 * A view for each paragraph, of those that are there as far as they look alike.
 * @param {ParagraphView[]} paragraphs @param {number[]} places those that do not stay as they are @param {Lens} lens
 */
function renewed(paragraphs, places, lens) {
  const { content } = lens;
  const moved = paragraphs.length !== content.paragraphs.length;
  const known = reusing(moved ? paragraphs : places.map((at) => paragraphs[at]));
  const plain = content.paragraphs.length > FEW;
  const all = paragraphs.slice(0, content.paragraphs.length);
  for (const at of places) {
    const data = content.paragraphs[at];
    all[at] = known(keyOf(data, lens)) ?? createParagraph(data, plain, lens);
    renumber(all[at], data, at + 1, lens.numberOf(at + 1));
  }
  return all;
}

/**
 * Chunks for so many paragraphs, the ones that are there first.
 * @param {Chunk[]} chunks @param {ParagraphView[]} paragraphs @param {number[]} places of those that do not stay as
 * they are @param {Lens} lens
 */
function chunked(chunks, paragraphs, places, lens) {
  const { h } = lens.dom;
  if (paragraphs.length <= FEW) return [];
  const touched = new Set(places.flatMap((at) => [Math.floor(at / CHUNK), Math.floor((at + 1) / CHUNK)]));
  return Array.from({ length: Math.ceil(paragraphs.length / CHUNK) }, (_, at) => {
    if (chunks[at] && !touched.has(at)) return chunks[at];
    const among = paragraphs.slice(at * CHUNK, (at + 1) * CHUNK);
    const chunk = chunks[at] ?? { element: h("div", { className: "chunk" }), near: at === 0 };
    const letters = among.reduce((sum, { element }) => sum + (element.textContent ?? "").length, 0);
    const before = leavesOf(paragraphs.slice(Math.max(0, at * CHUNK - 1), at * CHUNK)).at(-1);
    const open = new Set(before?.frames.map(({ id }) => id));
    arrange(chunk.element, framed(leavesOf(among), open, lens));
    chunk.element.style.setProperty("--letters", String(letters));
    return chunk;
  });
}

/** The blocks of paragraphs, with those that have no text. @param {ParagraphView[]} paragraphs */
const leavesOf = (paragraphs) => paragraphs.flatMap((one) => [...one.above, one, ...one.below]);

/**
 * The paragraph behind so many letters, from 0, and how many of them are in it.
 * @param {ParagraphView[]} paragraphs @param {number} letters
 */
function placeAfter(paragraphs, letters) {
  let left = letters;
  const at = paragraphs.findIndex(({ data }) => {
    left -= data.text.length;
    return left <= 0;
  });
  const last = at < 0 ? paragraphs.length - 1 : at;
  return { at: last, left: left + (paragraphs[last]?.data.text.length ?? 0) };
}

/** Whether any of these is among those. @param {Set<string>} these @param {Set<string>} those */
function hasSome(these, those) {
  for (const one of these) if (those.has(one)) return true;
  return false;
}

/**
 * Say of each paragraph, and of each chunk, whether nothing in it is shown.
 * @param {ParagraphView[]} paragraphs @param {Chunk[]} chunks @param {Set<string>} shown
 */
function sayEmpty(paragraphs, chunks, shown) {
  for (const one of paragraphs) {
    const empty = !shown.size || !hasSome(one.ids, shown);
    if (empty !== one.empty) one.element.classList.toggle("empty", empty);
    one.empty = empty;
  }
  chunks.forEach(({ element }, at) => {
    element.classList.toggle(
      "empty",
      paragraphs.slice(at * CHUNK, (at + 1) * CHUNK).every(({ empty }) => empty),
    );
  });
}

/**
 * The first paragraph that ends below a height of the screen, and is there if it must be. A long essay is not searched
 * paragraph by paragraph: each whose place is asked for has to be laid out.
 * @param {Chunk[]} chunks @param {ParagraphView[]} paragraphs @param {number} height @param {boolean} mustBeThere
 */
function firstBelow(chunks, paragraphs, height, mustBeThere) {
  const isBelow = (/** @type {Element} */ one) => one.getBoundingClientRect().bottom > height;
  const chunk = chunks.findIndex((one) => isBelow(one.element));
  const among = chunks.length ? paragraphs.slice(chunk < 0 ? paragraphs.length : chunk * CHUNK) : paragraphs;
  return among.find((one) => isBelow(one.element) && (!mustBeThere || isThere(one.element)));
}

/** @param {Lens} lens */
export function createArticle(lens) {
  const element = lens.dom.h("article", {});
  /** @type {ParagraphView[]} */
  let paragraphs = [];
  /** @type {Chunk[]} */
  let chunks = []; // none where the essay is short: all of it is near
  /** @type {Look} */
  let look = {
    ...{ state: lens.state(), shown: new Set(), kept: new Set(), related: new Set() },
    ...{ lanes: [], coloured: new Set(), order: [] },
  };
  let codebook = "";

  const isNear = (/** @type {number} */ at) => !chunks.length || chunks[Math.floor(at / CHUNK)].near;
  const dress = (/** @type {ParagraphView} */ one) => drawParagraph(one, look, lens);
  const ready = (/** @type {ParagraphView | undefined} */ one) => {
    if (one?.stale) dress(one);
    return one;
  };
  /** Take up the content as it is now. */
  const fill = () => {
    const { content } = lens;
    const before = codebook;
    codebook = JSON.stringify(content.facets, (key, value) => (key === "count" ? undefined : value));
    const reusable = before === codebook ? paragraphs : []; // lines and codes look as the codebook says
    const places = changedIn(reusable, content);
    if (reusable.length === content.paragraphs.length && !places.length) return;
    paragraphs = renewed(reusable, places, lens);
    chunks = chunked(chunks, paragraphs, places, lens);
    const whole = () => framed(leavesOf(paragraphs), new Set(), lens);
    arrange(element, chunks.length ? chunks.map((chunk) => chunk.element) : whole());
    element.lang = content.language;
  };
  return {
    element,
    fill,
    dress,
    paragraphs: () => paragraphs,
    chunks: () => chunks,
    isLong: () => chunks.length > 0,
    isNear,
    /** As `firstBelow` finds it. @param {number} height @param {boolean} [mustBeThere] */
    below: (height, mustBeThere = false) => firstBelow(chunks, paragraphs, height, mustBeThere),
    /** The paragraph of a place such as "p4". */
    paragraph: (/** @type {string} */ place) => paragraphs[Number(/^p(\d+)$/.exec(place)?.[1] ?? 0) - lens.numberOf(1)],
    /** Its paragraph at this place, from 0, up to date. */
    readyAt: (/** @type {number} */ at) => ready(paragraphs[at]),
    /** The first segment of a passage. @param {string} id */
    first(id) {
      const one = ready(paragraphs[(lens.passages.get(id)?.paragraph ?? 0) - 1]);
      return one?.parts.find(({ segment }) => segment.marks.includes(id))?.element;
    },
    /** The segment behind so many letters of the essay. @param {number} letters */
    segmentAfter(letters) {
      const { at, left } = placeAfter(paragraphs, letters);
      const parts = ready(paragraphs[at])?.parts ?? [];
      return (parts.find(({ segment }) => segment.start + segment.text.length >= left) ?? parts.at(-1))?.element;
    },
    /** @param {Look} now */
    draw(now) {
      look = now;
      sayEmpty(paragraphs, chunks, now.shown);
      paragraphs.forEach((one, at) => {
        if (isNear(at)) dress(one);
        else one.stale = true;
      });
    },
  };
}

/** @typedef {ReturnType<typeof createArticle>} Article */

/**
 * Keep of a long essay only what is near the screen up to date; paper gets it all.
 * @param {Article} article @param {Element | null} scroller null for the page
 * @param {() => void} drawn called when paragraphs came near @param {AbortSignal} signal
 */
export function watchNearness(article, scroller, drawn, signal) {
  const onNear = (/** @type {IntersectionObserverEntry[]} */ entries) => {
    const near = new Map(entries.map(({ target, isIntersecting }) => [target, isIntersecting]));
    for (const chunk of article.chunks()) chunk.near = near.get(chunk.element) ?? chunk.near;
    article.paragraphs().forEach((one, at) => {
      if (one.stale && article.isNear(at)) article.dress(one);
    });
    drawn();
  };
  const observer = new IntersectionObserver(onNear, { root: scroller, rootMargin: "100% 0px" });
  const onPrint = () => {
    for (const one of article.paragraphs()) if (one.stale) article.dress(one);
  };
  addEventListener("beforeprint", onPrint, { signal });
  return {
    /** Watch the chunks that there are now. */
    watch() {
      for (const { element } of article.chunks()) observer.observe(element);
    },
    stop: () => observer.disconnect(),
  };
}

// @ts-check
/** What a lens shows of a reading: passages by their tags, places and words, and where the words sought stand. */
/** @import { Content, Hit, Passage, State } from "./types.d.ts" */

const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u;
const ALL_UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
const LIGATURE = /^[\u0132\u0133\ufb00-\ufb06\ufb13-\ufb17\ufb4f\ufbea-\ufbfb\ufc00-\ufdc7\ufdf0-\ufdfb\ufef5-\ufefc]$/;
const LIGATURES = new RegExp(LIGATURE.source.slice(1, -1), "g");
const TYPED = new Map([..."‘’‚‛“”„‟«»\u2010\u2011"].map((mark, at) => [mark, `''''""""""--`[at]]));

/**
 * The text for finding words: lower case, one kind of quotation mark and of hyphen, single spaces, ligatures opened,
 * without what nobody sees. Letter by letter, as core/folding.py does it in Python: the folded letter `i` came from
 * `[from[i], until[i])`.
 * @param {string} text composed (NFC), as that of an essay is
 */
export function fold(text) {
  let folded = "";
  let space = true;
  let offset = 0;
  /** @type {number[]} */
  const from = [];
  /** @type {number[]} */
  const until = [];
  for (const letter of text) {
    const end = offset + letter.length;
    const seen = plainLetter(letter);
    if (seen && !(seen === " " && space)) {
      folded += seen;
      for (let unit = 0; unit < seen.length; unit += 1) until[from.push(offset) - 1] = end;
    }
    space = seen ? seen === " " : space;
    offset = end;
  }
  return { folded: folded.trimEnd(), from, until };
}

/** @param {string} letter */
function plainLetter(letter) {
  if (UNSEEN.test(letter)) return "";
  if (/\s/.test(letter)) return " ";
  return TYPED.get(letter) ?? letter.replace(LIGATURE, opened).toLowerCase().replace("ς", "σ");
}

/** The letters of a ligature. @param {string} letter */
const opened = (letter) => letter.normalize("NFKC");

/** The folded text alone, which is quicker to have; composed or not. @param {string} text */
export const folded = (text) =>
  text
    .normalize("NFC")
    .replace(ALL_UNSEEN, "")
    .replace(LIGATURES, opened)
    .toLowerCase()
    .replaceAll("ς", "σ")
    .replace(/[‘’‚‛“”„‟«»\u2010\u2011]/g, (mark) => TYPED.get(mark) ?? mark)
    .replace(/\s+/g, " ")
    .replace(/^ | $/g, "");

/** What gives the folded text behind a key; each is folded once. @template Key @param {(key: Key) => string} textOf */
export function foldedBy(textOf) {
  const known = /** @type {Map<Key, string>} */ (new Map());
  return (/** @type {Key} */ key) => {
    const text = known.get(key) ?? folded(textOf(key));
    known.set(key, text);
    return text;
  };
}

/**
 * Whether the lens shows a passage: of each facet a tag that is chosen (with "all": every tag), none that is excluded,
 * within the paragraphs looked at, and with the words sought.
 * @param {Content} content @param {State} state
 * @param {(id: string) => string} foldedOf the folded text of a passage by its id
 */
export function showing(content, state, foldedOf) {
  const wanted = content.facets
    .map((facet) => facet.tags.map((tag) => tag.id).filter((id) => state.chosen.includes(id)))
    .filter((ids) => ids.length);
  const sought = folded(state.query);
  const [first, last] = state.within.length ? state.within : [1, content.paragraphs.length];
  return (/** @type {Passage} */ { id, paragraph, tags }) => {
    const has = (/** @type {string} */ tag) => tags.includes(tag);
    return (
      wanted.every((ids) => (state.match === "all" ? ids.every(has) : ids.some(has))) &&
      !state.excluded.some(has) &&
      first <= paragraph &&
      paragraph <= last &&
      (!sought || foldedOf(id).includes(sought))
    );
  };
}

/**
 * The passages that the lens shows, in text order.
 * @param {Content} content @param {State} state @param {(id: string) => string} [foldedOf]
 */
export const passagesOf = (content, state, foldedOf = foldedInside(content)) =>
  content.passages.filter(showing(content, state, foldedOf));

/** @param {Content} content */
function foldedInside(content) {
  const texts = textsOf(content);
  return foldedBy((/** @type {string} */ id) => texts.get(id) ?? "");
}

/**
 * Where the words sought stand.
 * @param {Content} content @param {string} query
 * @param {(at: number) => string} [foldedAt] the folded text of a paragraph by its place
 * @returns {Hit[]} paragraphs counted from 0
 */
export function hitsOf(content, query, foldedAt = (at) => folded(content.paragraphs[at].text)) {
  const sought = folded(query);
  if (!sought) return [];
  return content.paragraphs.flatMap(({ text }, paragraph) => {
    if (!foldedAt(paragraph).includes(sought)) return [];
    const { folded: here, from, until } = fold(text);
    const hits = [];
    for (let at = here.indexOf(sought); at >= 0; at = here.indexOf(sought, at + sought.length)) {
      hits.push({ paragraph, start: from[at], end: until[at + sought.length - 1] });
    }
    return hits;
  });
}

/**
 * Of the hits, those that lie from end to end in these passages.
 * @param {Content} content @param {Hit[]} hits @param {Passage[]} passages
 */
export function hitsIn(content, hits, passages) {
  const ids = new Set(passages.map(({ id }) => id));
  return hits.filter(({ paragraph, start, end }) => {
    const spans = (content.paragraphs[paragraph].passages ?? []).filter(([id]) => ids.has(id)).sort(inTextOrder);
    let covered = start;
    for (const [, first, last] of spans) if (first <= covered) covered = Math.max(covered, last);
    return covered >= end;
  });
}

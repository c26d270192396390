// @ts-check
/** What the class marked beside what one marked oneself: in words, and as a layer of the text. Part of seat.js. */
/** @import { Content, Mark, Marks, OthersLayer, Share, TheClass } from "./types.d.ts" */

const AROUND = 40; // letters before and after a quote, by which it is found
const NEVER = "1970-01-01T00:00:00.000Z";

/** @typedef {{number: number, start: number, end: number}} Place of a sentence in the whole text */

/**
 * The sentences of the text by their numbers, as the room counts them.
 * @param {Content} content @param {Marks} marks
 */
export function placesOf({ paragraphs }, marks) {
  const { starts } = marks.text();
  const places = paragraphs.flatMap(({ text, sentences = { first: 1, starts: [] } }, at) =>
    sentences.starts.map((start, number) => {
      const words = text.slice(start, sentences.starts[number + 1]).trimEnd();
      return { number: sentences.first + number, start: starts[at] + start, end: starts[at] + start + words.length };
    }),
  );
  return new Map(places.map((place) => [place.number, place]));
}

/** "19 of 27", or that they are few. @param {Share | undefined} share @param {number} readers */
export const shareInWords = (share, readers) =>
  share
    ? share.few
      ? say("few")
      : say("{count} of {readers}", { count: share.count ?? 0, readers })
    : say("none of {readers}", { readers });

/**
 * The sentences that a mark covers by half, with its tags.
 * @param {Mark} mark @param {Marks} marks @param {Map<number, Place>} places
 */
export function markedBy(mark, marks, places) {
  const place = marks.placeOf(mark);
  if (!place) return [];
  const least = (/** @type {Place} */ { start, end }) => Math.min(end - start, place.end - place.start) / 2;
  const covered = [...places.values()].filter(
    (one) => Math.min(one.end, place.end) - Math.max(one.start, place.start) >= least(one),
  );
  return covered.flatMap(({ number }) => mark.tags.map((tag) => ({ sentence: number, tag })));
}

/**
 * A mark beside the class: "Of the class: Trust, 3 of 27", with the numbers of its sentences where it has several.
 * @param {{sentence: number, tag: string}[]} own @param {TheClass} seen @param {(tag: string) => string} label
 */
export function besideInWords(own, { shares, readers }, label) {
  const isOne = new Set(own.map(({ sentence }) => sentence)).size === 1;
  const words = own.map(({ sentence, tag }) => {
    const share = shares.find((one) => one.sentence === sentence && one.tag === tag);
    return `${isOne ? "" : `${sentence} `}${label(tag)}, ${shareInWords(share, readers)}`;
  });
  return words.length ? say("Of the class: {shares}", { shares: words.join("; ") }) : "";
}

/**
 * The sentences that one has marked oneself, with their tags.
 * @param {Marks} marks @param {Map<number, Place>} places
 */
export function ownShares(marks, places) {
  const found = marks.list().flatMap((mark) => markedBy(mark, marks, places));
  const once = new Map(found.map((one) => [`${one.sentence} ${one.tag}`, one]));
  return [...once.values()].sort((one, other) => one.sentence - other.sentence);
}

/**
 * Where one and the class part: what one marked and less than half did, what more than half marked and one did not.
 * @param {TheClass} seen @param {{sentence: number, tag: string}[]} own
 */
export function differingShares({ shares, readers }, own) {
  const most = (/** @type {Share | undefined} */ share) => 2 * (share?.count ?? 0) > readers;
  const of = (/** @type {{sentence: number, tag: string}} */ one) =>
    shares.find(({ sentence, tag }) => sentence === one.sentence && tag === one.tag);
  const alone = own.filter((one) => !most(of(one))).map((one) => ({ ...one, share: of(one), mine: true }));
  const missed = shares
    .filter(
      (share) => most(share) && !own.some(({ sentence, tag }) => sentence === share.sentence && tag === share.tag),
    )
    .map((share) => ({ sentence: share.sentence, tag: share.tag, share, mine: false }));
  return [...alone, ...missed].sort((one, other) => one.sentence - other.sentence);
}

/**
 * The class as a layer of the text: a mark for each sentence that anybody marked.
 * @param {TheClass} seen @param {Map<number, Place>} places @param {string} text
 * @param {(tag: string) => string} label @returns {OthersLayer}
 */
export function classLayer({ shares, readers }, places, text, label) {
  const numbers = [...new Set(shares.map(({ sentence }) => sentence))];
  const marks = numbers.flatMap((number) => {
    const place = places.get(number);
    if (!place) return [];
    const here = shares.filter(({ sentence }) => sentence === number);
    const reason = here.map((share) => `${label(share.tag)}: ${shareInWords(share, readers)}`).join(". ");
    const { start, end } = place;
    return [
      /** @type {Mark} */ ({
        id: `class-${number}`,
        quote: text.slice(start, end),
        prefix: text.slice(Math.max(0, start - AROUND), start),
        suffix: text.slice(end, end + AROUND),
        tags: here.map(({ tag }) => tag),
        reason: `${reason}.`,
        ...{ creator: say("The class"), created: NEVER, changed: NEVER },
      }),
    ];
  });
  return { id: "class", label: say("The class"), marks };
}

// @ts-check
/** How many readers gave a tag to a sentence: a number, a length, and the pattern of the tag's line. */
/** @import { Share, Tag, TheClass } from "./types.d.ts" */

const FEW = 3; // fewer readers than these are not told apart: all of them may be few

/** "19 of 27"; "few of 27" where a number would speak of single readers. @param {Share | undefined} share */
export function tallyInWords(share, readers = 0) {
  if (!share) return say("none of {readers}", { readers });
  if (share.count === null && readers < FEW) return say("few");
  return say("{count} of {readers}", { count: share.count ?? say("few"), readers });
}

/** Yes and no of those who handed in. @param {Share | undefined} share @param {number} readers */
export function votesInWords(share, readers) {
  if (!readers) return say("Nobody has handed in yet.");
  if (share?.count !== null)
    return say("{yes} yes, {no} no", { yes: share?.count ?? 0, no: readers - (share?.count ?? 0) });
  return readers < FEW ? say("Too few have handed in to tell.") : say("Few of {readers} marked it.", { readers });
}

/** The share of a tag at a sentence. @param {Share[]} shares @param {number} sentence @param {string} tag */
export const shareOf = (shares, sentence, tag) => shares.find((one) => one.sentence === sentence && one.tag === tag);

/**
 * Whether the reading's own marks, once they are shown, give a tag to a sentence; null while they are not.
 * @param {Pick<TheClass, "teacher">} found @param {number} sentence @param {string} tag
 */
export const teachersMark = ({ teacher }, sentence, tag) =>
  teacher ? teacher.some(({ sentences, tags }) => sentences.includes(sentence) && tags.includes(tag)) : null;

/** A tag's letter and its line, as the page of readers draws them. @param {Tag} tag */
export function tagSign(tag) {
  return paint(h("b", { className: "sign", "aria-hidden": "true" }, tag.code), tag);
}

/** A bar beside its number. @param {Tag} tag @param {Share | undefined} share @param {number} readers */
export function shareBar(tag, share, readers) {
  const fill = h("span", { className: "fill" });
  fill.style.width = `${(100 * (share?.count ?? 0)) / Math.max(1, readers)}%`;
  const bar = paint(h("span", { className: "bar", "aria-hidden": "true" }, fill), tag);
  bar.dataset.line = tag.line.split("-")[0] || "solid";
  bar.classList.toggle("few", share?.count === null);
  const number = h("span", { className: "number" }, tallyInWords(share, readers));
  return h("span", { className: "share" }, bar, number);
}

// @ts-check
/**
 * A sealed set on the reader's own copy of a text, in the browser alone: the twin of sealed/copies.py. A test holds
 * the two together. own_copy.py joins this file to those that it builds on, since a module imports nothing.
 */
/** @import { Attachment, Place, Sealed, Wording } from "./types.d.ts" */

/** The copy's paragraphs that belong to the text, and each passage on them.
 *
 * `paragraphs`: the copy's, one line each. `passages`: in the order of the set, `[start, end)` in UTF-16 units of the
 * kept paragraphs joined by a blank line. `leftOut`: what stands before and after the text where that is certain, or
 * asked.
 * @param {string[]} paragraphs @param {Sealed} sealed @param {{trim?: boolean}} [options] @returns {Attachment}
 */
export function attach(paragraphs, sealed, { trim = false } = {}) {
  const text = paragraphs.join("\n\n");
  const wording = wordingOf(text);
  const where = findPlaces(wording, sealed);
  const spans = wording.spans.slice(
    trim || where.certain[0] ? where.first : 0,
    trim || where.certain[1] ? where.end : undefined,
  );
  /** @type {number[]} */
  const ends = [];
  for (const paragraph of paragraphs) ends.push((ends[ends.length - 1] ?? 0) + paragraph.length + 2);
  const first = spans.length ? bisect(ends, spans[0][0], true) : 0;
  const last = spans.length ? bisect(ends, spans[spans.length - 1][0], true) : paragraphs.length - 1;
  const shift = first ? ends[first - 1] : 0;
  const passages = where.places.map((one) => {
    const [start, end] = one.end ? spanOf(text, wording, one) : [shift, shift];
    return {
      id: one.entry.id,
      state: one.state,
      reason: one.reason,
      start: start - shift,
      end: end - shift,
      text: text.slice(start, end),
    };
  });
  return {
    paragraphs: paragraphs.slice(first, last + 1),
    passages,
    leftOut: [...paragraphs.slice(0, first), ...paragraphs.slice(last + 1)],
  };
}

/** @param {string} text  @param {Wording} wording  @param {Place} place  @returns {[number, number]} */
function spanOf(text, { spans }, { entry, first, end }) {
  const from = spans[first][0];
  const to = spans[end - 1][1];
  const lead =
    text
      .slice(first ? spans[first - 1][1] : 0, from)
      .split("\n")
      .at(-1) ?? "";
  const [trail] = text.slice(to, end < spans.length ? spans[end][0] : undefined).split("\n");
  const start = from - Math.min(entry.head, lead.length);
  const stop = to + Math.min(entry.tail, trail.length);
  const quote = text.slice(start, Math.max(stop, start));
  if (!quote.trim()) return [from, to];
  const begin = start + quote.length - quote.trimStart().length;
  return [begin, begin + quote.trim().length];
}

export default { attach };

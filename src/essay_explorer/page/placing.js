// @ts-check
/** @import { Part, Place, Sealed, SealedPassage, Wording } from "./types.d.ts" */
/**
 * Where the passages of a sealed set stand in a copy of their text: the twin of sealed/placing.py. Part of
 * open_copy.js.
 *
 * @typedef {{there: number, here: number, away: number}} End
 * @typedef {{among: [number, number], expected: [number, number], sure: boolean}} Near
 */

const LIKE_ENOUGH = 0.6;
const COMPARED = 400;
const SOUND = 5;
const MISSING = say("the part of the text that it belongs to is not in the copy");
const TWICE = say("this part of the text occurs more than once in the copy; delete one of them");
const OTHERS = say("other words are in its place");
const UNCLEAR = say("its words occur more than once near its place");

const fingerprintOf = (/** @type {Uint8Array} */ key, /** @type {string} */ entry, /** @type {Uint8Array} */ words) =>
  hex(hmac(key, joined(bytes(`passage\0${entry}\0`), words)).slice(0, 8));
const wordFingerprint = (/** @type {Uint8Array} */ key, /** @type {string} */ entry, /** @type {string} */ word) =>
  hex(hmac(key, bytes(`word\0${entry}\0${word}`)).slice(0, 1));

/** @param {Wording} wording  @param {Sealed} sealed
 * @returns {{places: Place[], first: number, end: number, certain: [boolean, boolean]}} */
export function findPlaces(wording, sealed) {
  const copy = copyOf(wording, sealed);
  const places = sealed.annotations.map((entry) => place(copy, entry));
  const known = places.filter((one) => one.end);
  const { there, here } = copy;
  const last = sealed.parts[sealed.parts.length - 1];
  let first = Infinity;
  let end = 0;
  let low = Infinity;
  let high = 0;
  for (const at of here) {
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  for (const one of known) {
    first = Math.min(first, one.first);
    end = Math.max(end, one.end);
  }
  first = Math.min(first, low);
  end = here.length ? Math.max(end, high + RUN) : end;
  return {
    places,
    first: first === Infinity ? 0 : first,
    end: end || wording.words.length,
    certain: [
      there[0] === 0 && here[0] === low,
      there.length > 0 && there[there.length - 1] === last.at + last.words - RUN && here[here.length - 1] === high,
    ],
  };
}

/** @param {Wording} wording  @param {Sealed} sealed */
function copyOf(wording, sealed) {
  /** @type {Map<number, Uint8Array>} */ const keys = new Map();
  const { chosen, doubtful } = sharedRuns(wording, sealed, keys);
  const there = [...chosen.keys()].sort((one, other) => one - other);
  return {
    wording,
    keys,
    doubtful,
    there,
    here: there.map((at) => /** @type {number} */ (chosen.get(at))),
    parts: sealed.parts,
    starts: sealed.parts.map((part) => part.at),
    /** @type {number[] | null} */ free: null,
  };
}
/** @typedef {ReturnType<typeof copyOf>} Copy */

/** @param {Copy} copy  @param {SealedPassage} entry  @returns {Place} */
function place(copy, entry) {
  const part = copy.parts[bisect(copy.starts, entry.at, true) - 1];
  const key = copy.keys.get(part.at);
  if (!key) return lost(copy, entry, MISSING);
  const [left, right] = endsOf(copy, entry, part);
  const near = nearOf(copy, entry, left, right);
  const exact = near && findExact(copy, entry, key, near);
  const other = near && !exact ? findChanged(copy, entry, key, near) : null;
  if (other && left && right) return other;
  return exact ?? findAnywhere(copy, entry, key) ?? other ?? lost(copy, entry, OTHERS);
}

/** @param {Copy} copy  @param {SealedPassage} entry  @param {string} reason  @returns {Place} */
function lost(copy, entry, reason) {
  const twice = [...copy.doubtful].some((at) => entry.at - RUN < at && at < entry.at + entry.words);
  return { entry, state: "lost", first: 0, end: 0, reason: twice ? TWICE : reason };
}

/**
 * @param {SealedPassage} entry @param {"exact"|"changed"} state @param {number} first @param {number} end
 * @returns {Place}
 */
const placed = (entry, state, first, end) => ({ entry, state, first, end, reason: "" });

/** @param {Copy} copy  @param {SealedPassage} entry  @param {Part} part  @returns {[End | null, End | null]} */
function endsOf({ there, here }, entry, part) {
  const last = entry.at + entry.words - 1;
  const before = bisect(there, entry.at, true) - 1;
  const after = bisect(there, last - RUN + 1, false);
  /** @type {End | null} */ let left = null;
  /** @type {End | null} */ let right = null;
  if (before >= 0) {
    const word = Math.min(entry.at, there[before] + RUN - 1);
    left = { there: word, here: here[before] + word - there[before], away: entry.at - word };
  }
  if (after < there.length) {
    const word = Math.max(last, there[after]);
    right = { there: word, here: here[after] + word - there[after], away: word - last };
  }
  if (left && left.away > NEAR) left = null;
  if (right && right.away > NEAR) right = null;
  if (left && right) {
    const drift = Math.abs(right.here - left.here - (right.there - left.there));
    if (right.here < left.here || drift > DRIFT + entry.words) {
      const outside = (/** @type {End} */ end) => (part.at <= end.there && end.there < part.at + part.words ? 0 : 1);
      const [one, other] = [outside(left), outside(right)];
      return one < other || (one === other && left.away <= right.away) ? [left, null] : [null, right];
    }
  }
  return [left, right];
}

/**
 * @param {Copy} copy @param {SealedPassage} entry @param {End | null} left @param {End | null} right
 * @returns {Near | null}
 */
function nearOf(copy, entry, left, right) {
  const ends = [left, right].flatMap((end) => (end ? [end] : []));
  if (!ends.length) return null;
  const said = ends.map((end) => end.here + entry.at - end.there);
  const latest = said[said.length - 1];
  const first = left ? left.here + (left.away ? 1 : 0) : Math.max(said[0] - DRIFT, 0);
  const end = Math.min(
    right ? right.here + (right.away ? 0 : 1) : latest + entry.words + DRIFT,
    copy.wording.words.length,
  );
  const sure = ends.some((one) => !one.away) || (said.length > 1 && said[0] === said[1]);
  return { among: [first, end], expected: [Math.max(said[0], first), Math.min(latest + entry.words, end)], sure };
}

/**
 * @param {Copy} copy @param {SealedPassage} entry @param {Uint8Array} key @param {Near} near @returns {Place | null}
 */
function findExact(copy, entry, key, { among: [first, end], expected, sure }) {
  const likely = [...new Set([expected[0], expected[1] - entry.words])].sort((one, other) => one - other);
  const starts = likely.filter((at) => matchesAt(copy, entry, key, at));
  if (!starts.length && !entry.repeated) {
    for (let at = first; at <= end - entry.words; at++) if (matchesAt(copy, entry, key, at)) starts.push(at);
  }
  if (!starts.length) return null;
  if (starts.length > 1 || (entry.repeated && !sure)) return lost(copy, entry, UNCLEAR);
  return placed(entry, "exact", starts[0], starts[0] + entry.words);
}

/** @param {Copy} copy  @param {SealedPassage} entry  @param {Uint8Array} key  @param {number} first */
function matchesAt({ wording }, entry, key, first) {
  if (first < 0 || first > wording.words.length - entry.words) return false;
  return entry.fingerprint === fingerprintOf(key, entry.id, wording.run(first, entry.words));
}

/**
 * @param {Copy} copy @param {SealedPassage} entry @param {Uint8Array} key @param {Near} near @returns {Place | null}
 */
function findChanged(copy, entry, key, { among: [first, end], expected }) {
  const size = expected[1] - expected[0];
  if (size <= 0) return null;
  let like = Math.min(entry.words, size) / Math.max(entry.words, size);
  let stretch = expected;
  if (entry.words <= COMPARED) {
    const fingerprints = copy.wording.words.slice(first, end).map((word) => wordFingerprint(key, entry.id, word));
    const best = fitted(each(entry.word_fingerprints), fingerprints, [expected[0] - first, expected[1] - first]);
    like = 1 - best.edits / entry.words;
    stretch = [first + best.start, first + best.end];
    if (!best.edits && !isAnotherByChance(copy, entry, key, stretch, expected)) return lost(copy, entry, UNCLEAR);
  }
  return like >= LIKE_ENOUGH ? placed(entry, "changed", stretch[0], stretch[1]) : null;
}

/**
 * Whether words with all the fingerprints of the passage are others, some of which have equal ones by chance.
 *
 * @param {Copy} copy @param {SealedPassage} entry @param {Uint8Array} key
 * @param {[number, number]} stretch @param {[number, number]} expected
 */
function isAnotherByChance(copy, entry, key, stretch, expected) {
  const there = stretch[0] === expected[0] && stretch[1] === expected[1];
  return (there || entry.words >= SOUND) && !matchesAt(copy, entry, key, stretch[0]);
}

/** @param {Copy} copy  @param {SealedPassage} entry  @param {Uint8Array} key  @returns {Place | null} */
function findAnywhere(copy, entry, key) {
  if (entry.repeated || entry.words < SOUND) return null;
  const { words } = copy.wording;
  const fingerprints = each(entry.word_fingerprints);
  const known = new Map();
  const like = (/** @type {string} */ word, /** @type {string} */ wanted) => {
    if (!known.has(word)) known.set(word, wordFingerprint(key, entry.id, word));
    return known.get(word) === wanted;
  };
  copy.free ??= freeOf(copy);
  const starts = copy.free.filter(
    (at) =>
      at + entry.words <= words.length &&
      fingerprints.every((wanted, number) => like(words[at + number], wanted)) &&
      matchesAt(copy, entry, key, at),
  );
  if (starts.length > 1) return lost(copy, entry, UNCLEAR);
  return starts.length ? placed(entry, "exact", starts[0], starts[0] + entry.words) : null;
}

/** The words of the copy that no run has a use for. @param {Copy} copy */
function freeOf({ wording, here }) {
  const taken = new Uint8Array(wording.words.length);
  for (const at of here) taken.fill(1, at, at + RUN);
  return wording.words.flatMap((_, at) => (taken[at] ? [] : [at]));
}

const each = (/** @type {string} */ digits) => digits.match(/../g) ?? [];

/** Where `wanted` belongs in the rising `list`; after its equals, or before them.
 * @param {number[]} list  @param {number} wanted  @param {boolean} after */
export function bisect(list, wanted, after) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < wanted || (after && list[middle] === wanted)) low = middle + 1;
    else high = middle;
  }
  return low;
}

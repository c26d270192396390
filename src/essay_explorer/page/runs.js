// @ts-check
/** @import { Sealed, Wording } from "./types.d.ts" */
/**
 * The runs of words that a copy has in common with a sealed text, as Python finds them. Part of open_copy.js.
 *
 * @typedef {{there: number, here: number}} Pair
 */

const STEP = 8;
export const DRIFT = 16;
export const NEAR = 300;
const MOST_PLACES = 8;

// The first 13 hex digits of a tag as a number: 52 bits, which a number holds exactly and a Map finds fast.
const tagOf = (/** @type {Uint8Array} */ digest) =>
  digest[0] * 2 ** 44 +
  ((digest[1] << 16) | (digest[2] << 8) | digest[3]) * 2 ** 20 +
  ((digest[4] << 12) | (digest[5] << 4) | (digest[6] >> 4));
const tagIn = (/** @type {string} */ key) => parseInt(key.slice(0, 13), 16);

/**
 * The copy's run for each run of the text, and those runs of the text that two blocks claim alike.
 * @param {Wording} wording @param {Sealed} sealed
 * @param {Map<number, Uint8Array>} keys takes those of the parts that are opened
 */
export const sharedRuns = (wording, sealed, keys) => choose(blocksOf(pairsOf(wording, sealed, keys)));

/** @param {Wording} wording  @param {Sealed} sealed  @param {Map<number, Uint8Array>} keys  @returns {Pair[]} */
function pairsOf(wording, sealed, keys) {
  /** @type {Map<number, [number, number, string][]>} */ const table = new Map();
  for (const part of sealed.parts) {
    part.keys.forEach((key, number) => {
      const at = Math.min(part.at + number * STEP, part.at + part.words - RUN);
      const tag = tagIn(key);
      if (!table.has(tag)) table.set(tag, []);
      table.get(tag)?.push([at, part.at, key]);
    });
  }
  const pairs = [];
  const times = new Map();
  let here = 0;
  for (const digest of wording.digests()) {
    const tag = tagOf(digest);
    const same = table.get(tag);
    const before = times.get(tag) ?? 0;
    if (same && before < MOST_PLACES) {
      times.set(tag, before + 1);
      for (const [there, start, key] of same.slice(0, MOST_PLACES)) {
        keys.set(
          start,
          unhex(key.slice(16)).map((byte, at) => byte ^ digest[8 + at]),
        );
        pairs.push({ there, here });
      }
    }
    here++;
  }
  return pairs;
}

/** @param {Pair[]} pairs  @returns {Pair[][]} */
function blocksOf(pairs) {
  /** @type {Pair[][]} */ const blocks = [];
  /** @type {Map<number, Pair[]>} */ const latest = new Map();
  for (const pair of pairs) {
    const step = Math.floor((pair.here - pair.there) / DRIFT);
    /** @type {Pair[]} */ let block = [];
    for (const side of [-1, 0, 1]) {
      const open = latest.get(step + side);
      const last = open?.[open.length - 1];
      if (
        open &&
        last &&
        within(pair.there - last.there) &&
        within(pair.here - last.here) &&
        open.length > block.length
      )
        block = open;
    }
    if (!block.length) blocks.push(block);
    block.push(pair);
    latest.set(step, block);
  }
  return blocks;
}
const within = (/** @type {number} */ gap) => 0 < gap && gap <= NEAR;

/** @param {Pair[][]} blocks */
function choose(blocks) {
  /** @type {Map<number, [number, number]>} */ const theirs = new Map();
  /** @type {Map<number, [number, number]>} */ const ours = new Map();
  /** @type {Set<number>} */ const doubtful = new Set();
  for (const block of [...blocks].sort((one, other) => other.length - one.length)) {
    for (const { there, here } of block) {
      if (!theirs.has(there) && !ours.has(here)) {
        theirs.set(there, [here, block.length]);
        ours.set(here, [there, block.length]);
      } else if (theirs.get(there)?.[1] === block.length || ours.get(here)?.[1] === block.length) {
        doubtful.add(there).add(ours.get(here)?.[0] ?? there);
      }
    }
  }
  const sure = [...theirs].filter(([there]) => !doubtful.has(there));
  return { chosen: new Map(sure.map(([there, [here]]) => [there, here])), doubtful };
}

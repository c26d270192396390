// @ts-check
/**
 * Marks that are kept elsewhere too, behind the device: by the server of a room. The host of a page says by what.
 * Part of marks.js.
 */
/** @import { Entry, FarKeeper, FarNews, FarState } from "./types.d.ts" */

const MOST_SENT = 50; // marks at once
const LATER = 10_000; // ms until a keeper that could not be reached is asked again

/** What a keeper has, and what still waits for it. @param {FarKeeper} keeper */
function createPost(keeper) {
  /** When what it has was changed, by its id. @type {Map<string, string>} */
  const there = new Map();
  /** @type {Map<string, Entry>} */
  const waiting = new Map();
  const has = (/** @type {Entry} */ { id, changed }) => there.get(id) === changed;
  return {
    has,
    size: () => waiting.size,
    /** @param {Entry[]} entries that the keeper has */
    note(entries) {
      for (const { id, changed } of entries) there.set(id, changed);
      for (const [id, entry] of waiting) if (has(entry)) waiting.delete(id);
    },
    /** @param {Entry[]} entries */
    wait(entries) {
      for (const entry of entries) if (!has(entry)) waiting.set(entry.id, entry);
    },
    /** Bring it some of what waits; what it refuses, in a sentence. */
    async send() {
      const some = [...waiting.values()].slice(0, MOST_SENT);
      const answer = await keeper.put(some);
      this.note(some);
      return answer?.refused ?? "";
    },
  };
}

/**
 * What brings marks to one keeper elsewhere, and what it has to the marks here; what does not arrive waits, and is
 * tried again.
 * @param {FarKeeper} keeper
 * @param {{here: () => Entry[], take: (entries: Entry[]) => void, changed: () => void}} calls `here`: all that there
 * is; `take`: what the keeper has @param {AbortSignal} signal
 */
export function createSending(keeper, { here, take, changed }, signal) {
  const post = createPost(keeper);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let [met, connected, busy, refusal] = [false, true, false, ""];
  const receive = (/** @type {Entry[]} */ entries) => {
    post.note(entries);
    if (entries.length && !signal.aborted) take(entries);
  };
  /** Learn what the keeper has; what it lacks waits from now on. */
  const meet = async () => {
    receive(await keeper.load());
    post.wait(here());
    met = true;
  };
  const run = async () => {
    if (busy || signal.aborted) return;
    busy = true;
    clearTimeout(timer);
    try {
      if (!met) await meet();
      while (post.size() && !signal.aborted) refusal = await post.send();
      connected = true;
    } catch {
      connected = false;
      if (!signal.aborted) timer = setTimeout(run, LATER);
    }
    busy = false;
    if (!signal.aborted) changed();
  };
  /** @param {FarNews} news */
  const hear = ({ entries = [], connected: now = connected }) => {
    receive(entries);
    if (now === connected || signal.aborted) return;
    connected = now;
    changed();
    if (now) run();
  };
  keeper.watch(hear);
  addEventListener("online", run, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  run();
  return {
    /** What the device has now, or has refused. @param {Entry[]} entries */
    put(entries) {
      post.wait(entries);
      if (post.size()) run();
    },
    /** Whether all of these are kept there. @param {Entry[]} entries */
    has: (entries) => met && !refusal && entries.every(post.has),
    /** @returns {FarState} */
    state: () => ({ sent: met && !post.size() && !refusal, connected, refusal }),
  };
}

// @ts-check
/** Keeping marks: on the device first, and what the page says of it. Part of marks.js. */
/** @import { Entry, Keeper, Kept } from "./types.d.ts" */

const REFUSED = say("This browser lets the page keep nothing. Keep a copy before you leave.");
const FULL = say("This device has no room left. Keep a copy, then make some room.");
const AGAIN = 10_000; // ms until a device that refused is asked again

/** @param {number} count */
export const marksInWords = (count) =>
  count ? sayN("{count} mark", "{count} marks", count, { count: count.toLocaleString(LANGUAGE) }) : say("No marks");

/**
 * What puts news into a keeper, one after the other; what it refuses waits, and is tried again.
 * @param {() => Keeper} keeper the device
 * @param {{tried: (entries: Entry[]) => void, isSafe: (entries: Entry[]) => boolean, changed: () => void}} calls
 * `tried`: what the device has now, or has refused; `isSafe`: whether all of it is kept elsewhere
 * @param {AbortSignal} signal
 */
export function createKeeping(keeper, { tried, isSafe, changed }, signal) {
  /** @type {Kept[]} */
  let waiting = [];
  let fault = "";
  let refused = false;
  let busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const flush = async () => {
    if (busy || !waiting.length || signal.aborted) return;
    busy = true;
    const now = [...waiting];
    const news = joined(now);
    try {
      await keeper().put(news);
      waiting = waiting.slice(now.length);
      fault = "";
      refused = false;
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      fault = full ? FULL : REFUSED;
      refused = !full;
      clearTimeout(timer);
      timer = setTimeout(flush, AGAIN);
    }
    busy = false;
    tried(news.entries);
    changed();
    if (!fault && waiting.length) await flush();
  };
  /** What is refused here and kept elsewhere is no fault. */
  const faultNow = () => (fault && !isSafe(joined(waiting).entries) ? fault : "");
  signal.addEventListener("abort", () => clearTimeout(timer));
  // Who leaves with marks that are kept nowhere is asked first.
  addEventListener("beforeunload", (event) => faultNow() && waiting.length && event.preventDefault(), { signal });
  return {
    /** @param {Kept} news */
    put(news) {
      waiting.push(news);
      flush();
    },
    /** The device has refused already when it was asked for what it has. */
    refuse() {
      refused = true;
      fault = REFUSED;
    },
    /** Nothing waits any more. */
    drop() {
      waiting = [];
      fault = "";
    },
    /** What the device has not, or not yet. */
    waiting: () => joined(waiting).entries,
    state: () => ({ refused, fault: faultNow(), waiting: joined(waiting).entries.length }),
  };
}

/** Several pieces of news as one, the last word of each. @param {Kept[]} several @returns {Kept} */
export function joined(several) {
  const entries = new Map(several.flatMap((one) => one.entries).map((entry) => [entry.id, entry]));
  const steps = new Map(several.flatMap((one) => one.steps ?? []).map((step) => [step.id, step]));
  const dropped = [...new Set(several.flatMap((one) => one.dropped ?? []))];
  for (const id of dropped) steps.delete(id);
  return { entries: [...entries.values()], steps: [...steps.values()], dropped };
}

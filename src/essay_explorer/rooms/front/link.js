// @ts-check
/** The way from a page to its room: the key that it shows, what it asks and sends, and how it keeps up. */
/** @import { Link } from "./types.d.ts" */

const PATIENCE = 30_000; // ms for an answer
const RETRY = 3_000; // ms after which a page that got no answer looks again
const SILENT = say("The room does not answer just now. Nothing is lost; try again in a moment.");

/**
 * The key behind "#", kept for this tab alone and taken out of the address, which a projector shows too.
 * @param {string} name under which the tab keeps it
 */
export function takeKey(name) {
  const given = new URLSearchParams(location.hash.slice(1)).get("key") ?? "";
  try {
    if (!given) return sessionStorage.getItem(name) ?? "";
    sessionStorage.setItem(name, given);
    history.replaceState(null, "", location.pathname);
  } catch {} // the browser keeps nothing: the key stays in the address
  return given;
}

/** Requests that show a key. What is refused is thrown, in the room's own words. @param {string} key @returns {Link} */
export function createLink(key) {
  const headers = { Authorization: `Bearer ${key}` };
  let ahead = 0; // ms by which the room's clock is before this one
  let away = false;
  /** Note whether the room is there; the stream of its news may have died while it was not (news.js). */
  const note = (/** @type {boolean} */ isThere) => {
    if (isThere && away) dispatchEvent(new Event("essay-explorer-back"));
    away = !isThere;
  };
  const reach = async (/** @type {string} */ address, /** @type {RequestInit} */ options) => {
    try {
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
      note(answer.status < 500);
      return answer;
    } catch {
      note(false);
      throw new Error(SILENT);
    }
  };
  const ask = async (/** @type {string} */ address, /** @type {RequestInit} */ options = {}) => {
    const all = { ...headers, ...(options.body ? { "Content-Type": "application/json" } : {}) };
    const answer = await reach(address, { ...options, headers: all });
    const date = Date.parse(answer.headers.get("Date") ?? "");
    if (date) ahead = Math.abs(date - Date.now()) > 1_500 ? date - Date.now() : 0;
    if (answer.ok) return answer;
    const { words = say("This did not work. Try again in a moment.") } = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(words), { status: answer.status });
  };
  return {
    headers,
    now: () => Date.now() + ahead,
    get: async (address) => (await ask(address)).json(),
    send: async (address, value = {}) => (await ask(address, { method: "POST", body: JSON.stringify(value) })).json(),
    file: async (address) => (await ask(address)).blob(),
  };
}

/** Whether no news comes through, so that somebody has to look: news.js says so. */
export const isCutOff = () => document.documentElement.dataset.news === "away";

/**
 * A function that looks anew: one look at a time, and one more where it was asked for meanwhile. It gives a promise of
 * the end of that look, whatever else is asked for later.
 * @param {() => Promise<void>} look @param {(error: (Error & {status?: number}) | null) => void} ended
 */
export function createLooking(look, ended) {
  let last = /** @type {Promise<void>} */ (Promise.resolve());
  let next = /** @type {Promise<void> | null} */ (null);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const run = async () => {
    next = null;
    clearTimeout(timer);
    try {
      await look();
      ended(null);
    } catch (error) {
      ended(/** @type {Error} */ (error));
      timer = setTimeout(lookAgain, RETRY);
    }
  };
  function lookAgain() {
    if (next) return next;
    next = last.then(run);
    last = next;
    return next;
  }
  return lookAgain;
}

// @ts-check
/** Asking a room's server: what it answers, what it refuses, and that it does not answer. Part of seat.js. */

const PATIENCE = 10_000; // ms for an answer
const BUSY = [408, 429, 500, 502, 503, 504]; // the server is there again soon

/** What a room does not do for somebody: a word for programs, and a sentence for people. */
export class Refusal extends Error {
  /** @param {string} word @param {string} words */
  constructor(word, words) {
    super(words);
    this.word = word;
  }
}

/**
 * What asks the room at an address beside the page's, or tells it something. Throws a Refusal, or whatever else where
 * there is no answer.
 * @param {() => string} token the seat's
 */
export const createAsking =
  (token) =>
  async (/** @type {string} */ path, /** @type {object | undefined} */ sent = undefined) => {
    /** @type {Record<string, string>} */
    const headers = token() ? { Authorization: `Bearer ${token()}` } : {};
    if (sent) headers["Content-Type"] = "application/json";
    const answer = await fetch(path, {
      ...(sent ? { method: "POST", body: JSON.stringify(sent) } : {}),
      headers,
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (BUSY.includes(answer.status)) throw new Error(`the room is busy: ${answer.status}`);
    const value = await answer.json();
    if (!answer.ok) throw new Refusal(value.error, value.words);
    return value;
  };

/**
 * A function that asks, and gives what was answered; null where one who asked later has an answer already, since this
 * one may tell how things were before that.
 * @template {any[]} A @template T
 * @param {(...args: A) => Promise<T>} ask
 */
export function createNewest(ask) {
  let [asked, answered] = [0, 0];
  return async (/** @type {A} */ ...args) => {
    asked += 1;
    const number = asked;
    const answer = await ask(...args);
    if (number < answered) return null;
    answered = number;
    return answer;
  };
}

/** A secret that nobody guesses, made on the phone; it is the seat. */
export const makeToken = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))));

/**
 * Call `act` again and again, less and less often, until it is stopped.
 * @param {() => void} act @param {AbortSignal} signal
 */
export function createAgain(act, signal) {
  const pauses = [1000, 2000, 4000, 8000]; // ms
  let tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  signal.addEventListener("abort", stop);
  return {
    soon() {
      if (timer || signal.aborted) return;
      const pause = pauses[Math.min(tries, pauses.length - 1)] * (0.75 + Math.random() / 2); // not all at once
      tries += 1;
      timer = setTimeout(() => {
        timer = undefined;
        act();
      }, pause);
    },
    rest() {
      stop();
      tries = 0;
    },
  };
}

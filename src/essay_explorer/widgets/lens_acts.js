// @ts-check
/** What a reader does with the lens: each act writes it and saves it once. Part of lens.js. */
/** @import { LensTraits, Model, State } from "./types.d.ts" */
/** @import { Sight } from "./lens.js" */

/** @type {(keyof State)[]} */
const FILTER = ["chosen", "excluded", "match", "query", "within"];

/** @param {string[]} ids @param {string} id */
export const without = (ids, id) => ids.filter((other) => other !== id);

/**
 * The reader's acts: each writes the lens and saves it once.
 * @param {Model<LensTraits>} model @param {Sight} sight
 */
export function createActs(model, { now, set, index, waitFor }) {
  /** @type {Partial<State> | null} */
  let before = null; // what was cleared
  let acted = false;
  /** @param {Partial<State>} changes */
  const act = (changes) => {
    if (FILTER.some((key) => key in changes)) before = null;
    acted = true;
    waitFor("");
    set(changes);
    model.save_changes();
  };
  /** @param {Partial<State>} changes */
  const clear = (changes) => {
    const { state } = now();
    const then = before ?? Object.fromEntries(FILTER.map((key) => [key, state[key]]));
    act(changes);
    before = then;
  };
  return {
    act,
    /** Has the reader done anything yet? */
    acted: () => acted,
    /** @param {string} id */
    choose(id) {
      const { chosen, excluded } = now().state;
      act({ chosen: chosen.includes(id) ? without(chosen, id) : [...chosen, id], excluded: without(excluded, id) });
    },
    /** @param {string} id */
    exclude(id) {
      const { chosen, excluded } = now().state;
      act({ excluded: excluded.includes(id) ? without(excluded, id) : [...excluded, id], chosen: without(chosen, id) });
    },
    clear: () => clear(Object.fromEntries(FILTER.map((key) => [key, AT_REST[key]]))),
    /** Clear one thing: the words, else the paragraphs looked at, else the tags. */
    clearOne() {
      const { query, within } = now().state;
      if (query) clear({ query: "" });
      else if (within.length) clear({ within: [] });
      else clear({ chosen: [], excluded: [], match: AT_REST.match });
    },
    /** Was something cleared, and nothing changed since? */
    cleared: () => before !== null,
    /** Turn a layer on or off, by its id. @param {string} id @param {boolean} on */
    turnLayer(id, on) {
      const { hidden } = now().state;
      act({ hidden: on ? without(hidden, id) : [...without(hidden, id), id] });
    },
    /** Take back what was cleared, as far as the content still has it. */
    undo() {
      const then = { ...now().state, ...before };
      act({ ...before, ...dropped(index().content, then) });
    },
  };
}

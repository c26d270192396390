// @ts-check
/** What a reader opens and closes. Part of lens.js. */
/** @import { Sight } from "./lens.js" */
/** @import { Opened, State } from "./types.d.ts" */

/** @typedef {(changes: Partial<State>) => void} Act writes the lens and saves it once */

/**
 * What no trait knows: the sheet of a narrow screen, a menu, the text for the wall, marking.
 * @param {Act} act @param {Sight} sight @param {() => void} step counts one
 */
function createModes(act, { now, turn }, step) {
  return {
    /** Open or close the sheet of controls that a narrow screen has. @param {boolean} open */
    unfold(open) {
      if (open && !now().unfolded) step();
      turn({ unfolded: open, ...(open ? {} : { menu: "" }) }); // its menus close with it
    },
    /** A menu opens or closes, by its name; its view closes it when another one is open. @param {string} name */
    menu(name, open = true) {
      const { menu } = now();
      if (open && !menu) step();
      if (open || menu === name) turn({ menu: open ? name : "" });
    },
    /** Show the text alone, for the wall, or all of it again. @param {boolean} on */
    present(on) {
      if (on && !now().presenting) step();
      turn({ presenting: on });
    },
    /** Let the reader mark, or read again. @param {boolean} on */
    mark(on) {
      if (on && !now().marking) step();
      turn({ marking: on, ...(on ? { unfolded: false } : {}) });
      if (on && now().state.at) act({ at: "" });
    },
    marking: () => now().marking,
  };
}

/**
 * All that a reader opens and closes: a passage, a chart, a stop of the tour, a comparison, and the modes.
 * @param {Act} act @param {Sight} sight
 */
export function createOpenings(act, sight) {
  const { now, turn } = sight;
  /** @type {HTMLElement | null} */
  let opener = null; // where the focus was when the card opened
  let steps = 0;
  const step = () => {
    steps += 1;
  };
  return {
    ...createModes(act, sight, step),
    /**
     * Put a passage or a paragraph in focus; the focus comes back to `from` when it is closed.
     * @param {string} id @param {HTMLElement | null} [from]
     */
    open(id, from = null) {
      opener = from ?? opener;
      if (id !== now().state.at) step();
      act({ at: id });
    },
    /** Go on to another passage, as one leafs. @param {string} id */
    leaf: (id) => act({ at: id }),
    close: () => act({ at: "" }),
    /** Show a chart; "" for none. @param {string} chart */
    chart(chart) {
      if (chart && !now().state.chart) step();
      act({ chart });
    },
    /** Go to a stop of the tour, by its number; 0 ends it. @param {number} tour */
    visit(tour) {
      if (tour && !now().state.tour) step();
      act({ tour, at: "" });
    },
    /** Compare mine with another layer, by its id, and turn both on; "" for none. @param {string} differ */
    compare(differ) {
      const { state } = now();
      if (differ && !state.differ) step();
      turn({ sentence: 0 });
      act({ differ, hidden: differ ? state.hidden.filter((id) => ![MINE, differ].includes(id)) : state.hidden });
    },
    /** How often the reader has opened something: each is a step in the history of a page. */
    steps: () => steps,
    /** What is open now. */
    opened() {
      const { state, unfolded, menu, presenting, marking } = now();
      const { at, chart, tour, differ } = state;
      return { at, chart, tour, differ, unfolded, menu, presenting, marking };
    },
    /** Open again what was open then, but for its menu, and nothing else. @param {Opened} then */
    reopen({ at, chart, tour, differ = "", unfolded, presenting, marking = false }) {
      const { state } = now();
      turn({ unfolded, menu: "", presenting, marking });
      const then = { at, chart, tour, differ };
      if (Object.entries(then).some(([key, value]) => state[/** @type {keyof State} */ (key)] !== value)) act(then);
    },
    opener: () => opener,
    /** Forget who opened the card. */
    forget() {
      opener = null;
    },
  };
}

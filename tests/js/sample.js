// @ts-check
/** A reading that is small enough to be seen as the page gets it. */
/** @import { Content, Facet, LensTraits, State, Tag } from "../../src/essay_explorer/widgets/types.d.ts" */

/** @param {string} id @param {number} count @returns {Tag} */
const tag = (id, count) => ({
  ...{ id, label: id.toUpperCase(), phrase: id, definition: "", code: id[0].toUpperCase(), line: "solid" },
  ...{ colour: ["#000", "#fff"], questions: [], count },
});

/** @type {Facet[]} */
const facets = [
  { id: "theme", label: "Themes", definition: "", role: "theme", tags: [tag("trust", 3), tag("ending", 1)] },
  { id: "move", label: "Moves", definition: "", role: "move", tags: [tag("claim", 1)] },
];

/** @returns {Content} */
export const sample = () => ({
  ...{
    fingerprint: "one",
    essay: "0123456789abcdef",
    language: "en",
    title: [{ text: "On trust" }],
    subtitle: [],
    after: [],
    about: [],
  },
  ...{
    author: "A. Writer",
    subject: "",
    license: "",
    url: "",
    name: "sample",
    finding: "Trust is all",
    minutes: 1,
    faults: [],
    tour: [],
    facets,
  },
  paragraphs: [
    {
      text: "I trust her voice. It ends well.",
      emphasis: [["em", 2, 7]],
      passages: [
        ["a1", 0, 18],
        ["a2", 2, 32],
      ],
      sentences: { first: 1, starts: [0, 19] },
    },
    { text: "👋 Trust again, and “no more”.", passages: [["a2", 0, 2]], sentences: { first: 3, starts: [0] } },
    { text: "The last word is trust.", passages: [["a3", 17, 22]], sentences: { first: 4, starts: [0] } },
  ],
  passages: [
    { id: "a1", paragraph: 1, tags: ["trust", "claim"], note: "", creator: "" },
    { id: "a2", paragraph: 1, tags: ["trust", "ending"], note: "", creator: "" },
    { id: "a3", paragraph: 3, tags: ["trust"], note: "", creator: "" },
  ],
  relations: [{ from: "a1", kind: "supports", to: "a3", note: "why" }],
});

/** @type {State} */
const REST = {
  chosen: [],
  excluded: [],
  match: "any",
  show: "mark",
  query: "",
  within: [],
  at: "",
  chart: "",
  tour: 0,
  hidden: [],
  differ: "",
};

/** A lens, at rest but for these changes. @param {Partial<State>} [changes] @returns {State} */
export const state = (changes = {}) => ({ ...REST, ...changes });

/** A model as a host makes it; `saved` counts. @param {Partial<LensTraits>} [traits] */
export function createModel(traits = {}) {
  /** @type {Record<string, unknown>} */
  const values = { ...state(), content: sample(), address: "http://127.0.0.1/", file: "", ...traits };
  const events = new EventTarget();
  /** @type {Map<Function, EventListener>} */
  const listeners = new Map();
  const model = {
    saved: 0,
    get: (/** @type {string} */ name) => values[name],
    set(/** @type {string} */ name, /** @type {unknown} */ value) {
      if (JSON.stringify(values[name]) === JSON.stringify(value)) return;
      values[name] = value;
      events.dispatchEvent(new Event(`change:${name}`));
    },
    save_changes() {
      model.saved += 1;
    },
    send() {},
    on(/** @type {string} */ name, /** @type {() => void} */ listener) {
      listeners.set(listener, listeners.get(listener) ?? (() => listener()));
      events.addEventListener(name, /** @type {EventListener} */ (listeners.get(listener)));
    },
    off(/** @type {string} */ name, /** @type {() => void} */ listener) {
      events.removeEventListener(name, /** @type {EventListener} */ (listeners.get(listener)));
    },
  };
  return model;
}

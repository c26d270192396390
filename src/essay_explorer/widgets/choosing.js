// @ts-check
/**
 * What an author chooses in the text: what marks are to a reader, passages are here. It draws nothing; the text shows
 * what is chosen, and the editor says what becomes of it. Its functions come from the files before it in choosing.py.
 */
/** @import { Chooser, Content, Lens } from "./types.d.ts" */
/** @import { Quote, Stretch, WholeText } from "./anchoring.js" */

/** @typedef {(id: string, words: Quote, was: string) => void} Move gives a passage other words */
/** @typedef {Pick<Chooser, "go" | "removeChosen" | "toggle"> & {move: Move}} Orders what taps and keys ask for */

/**
 * Where each passage stands, by its id.
 * @param {Content} content @param {WholeText} whole
 */
export function placesOf({ paragraphs }, whole) {
  const spans = /** @type {Map<string, [number, number, number][]>} */ (new Map());
  for (const [at, { passages = [] }] of paragraphs.entries())
    for (const [id, start, end] of passages) spans.set(id, [...(spans.get(id) ?? []), [at + 1, start, end]]);
  return new Map([...spans].map(([id, pieces]) => [id, stretchOf(whole, pieces)]));
}

/** Passages and sentences of the essay as it is now. @param {() => Lens} lensNow */
function createPassages(lensNow) {
  const places = createPlaces(() => lensNow().content);
  /** @type {Content | null} */
  let content = null;
  /** @type {Map<string, Stretch>} */
  let known = new Map();
  return {
    text: places.text,
    sentences: places.sentences,
    /** @param {string} id */
    of(id) {
      const now = lensNow().content;
      if (content !== now) [content, known] = [now, placesOf(now, places.text())];
      return known.get(id) ?? null;
    },
  };
}

/**
 * What is chosen stays on its passage when the text or the passage changes, and goes where that is gone.
 * @param {ReturnType<typeof import("./choice.js").createChosen>} chosen
 * @param {ReturnType<typeof createPassages>} passages
 */
const createKeeper = (chosen, passages) => {
  let said = passages.text().text;
  return () => {
    const choice = chosen.choice();
    const { text } = passages.text();
    const same = text === said;
    said = text;
    if (!choice) return;
    const place = choice.id ? passages.of(choice.id) : same && choice;
    if (!place) chosen.choose(null);
    else if (place.start !== choice.start || place.end !== choice.end) chosen.choose({ ...choice, ...place });
  };
};

/** What keys and taps ask for, and the views that do it. */
function createOrders() {
  /** @type {Orders[]} */
  const editors = []; // the last one is asked
  return {
    /** @type {Move} */
    move: (...what) => editors.at(-1)?.move(...what),
    /** @param {string} tag */
    toggle: (tag) => editors.at(-1)?.toggle(tag),
    removeChosen: () => editors.at(-1)?.removeChosen(),
    /** @param {"undo" | "redo"} way */
    go: (way) => editors.at(-1)?.go(way),
    /** Let these do what is asked for, until `until` aborts. @param {Orders} orders @param {AbortSignal} until */
    obey(orders, until) {
      editors.push(orders);
      until.addEventListener("abort", () => editors.splice(editors.indexOf(orders), 1));
    },
  };
}

/** @param {AbortSignal} signal */
export function createChoosing(signal) {
  const { ring, observe } = createBell();
  /** @type {Lens | null} */
  let lens = null;
  let on = false;
  const orders = createOrders();
  const lensNow = () => /** @type {Lens} */ (lens);
  const passages = createPassages(lensNow);
  const chosen = createChosen(ring);
  const acts = createChoosingActs({
    ...{ marked: () => lensNow().content.passages, placeOf: ({ id }) => passages.of(id) },
    ...{ places: passages, chosen, lensNow },
    mark: () => {}, // each choice waits for its theme
    move(id, stretch, { start, end }) {
      const whole = passages.text();
      orders.move(id, quoteAt(whole, stretch), whole.text.slice(start, end));
    },
  });
  return {
    /** Begin, once the text is there. @param {Lens} of */
    start(of) {
      if (lens) return;
      lens = of;
      lens.observe(createKeeper(chosen, passages), signal);
      ring();
    },
    observe,
    isChoosing: () => on && lens !== null,
    /** Whether taps and keys choose now. @param {boolean} wanted */
    turn(wanted) {
      if (on === wanted) return;
      on = wanted;
      ring();
    },
    text: passages.text,
    sentences: passages.sentences,
    /** @param {Stretch} stretch */
    spansOf: (stretch) => spansOf(passages.text(), stretch),
    ...chosen,
    ...acts,
    /** Choose a passage, by its id; what is none lets go of the one that was chosen. @param {string} id */
    pick(id) {
      const place = passages.of(id);
      if (!place) return chosen.choice()?.id ? chosen.choose(null) : undefined;
      const at = sentenceAt(passages.sentences(), place.start);
      return chosen.choose({ ...place, anchor: at, head: at, id });
    },
    /** What is chosen, as the files name it. */
    words() {
      const choice = chosen.choice();
      return choice && quoteAt(passages.text(), choice);
    },
    /** Words as they stand in the text, chosen where they stand first; whether they do. @param {string} sought */
    find(sought) {
      const [quote, { text }] = [sought.trim(), passages.text()];
      const start = quote ? text.indexOf(quote) : -1;
      if (start >= 0) acts.take({ start, end: start + quote.length });
      return start >= 0;
    },
    ...orders,
  };
}

/** @param {{signal: AbortSignal}} widget */
const initialize = ({ signal }) => createChoosing(signal);

export default { initialize };

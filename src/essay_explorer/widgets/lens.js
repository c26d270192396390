// @ts-check
/**
 * What the reader looks through now. The lens draws nothing; every view holds it as a child, reads it through what
 * `initialize` gives out, and writes it on a reader's act. Its functions come from the files before it in lens.py.
 */
/** @import { Content, Hit, Layer, LensTraits, Model, Passage, State } from "./types.d.ts" */
/** @typedef {ReturnType<typeof createSight>} Sight */

const KEYS = /** @type {(keyof State)[]} */ (Object.keys(AT_REST));
const HEARD = /** @type {(keyof LensTraits)[]} */ ([...KEYS.filter((key) => key !== "hidden"), "next"]);
const RENEWING = /** @type {const} */ (["content", "hidden"]);
const HINTS = "hints"; // what the device remembers

/** How many of these passages carry each tag, by its id. @param {Passage[]} passages */
function countsOf(passages) {
  const counts = /** @type {Map<string, number>} */ (new Map());
  for (const { tags } of passages) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return counts;
}

/**
 * Whether faint lines show where passages are while nothing is chosen, which the device remembers.
 * @param {() => void} changed
 */
function createHint(changed) {
  let hinted = memory.get(HINTS) !== "off";
  return {
    hinted: () => hinted,
    /** @param {boolean} on */
    hint(on) {
      hinted = on;
      memory.set(HINTS, on ? "" : "off");
      changed();
    },
  };
}

/** The place that an address asks for and that is not there yet: marks come after the text. */
function createAwaited() {
  let awaited = "";
  return {
    /** Put this place in focus once it is there; "" to wait for none. @param {string} at */
    waitFor(at) {
      awaited = at;
    },
    /** @param {Content} content @param {State} state @returns {Partial<State>} */
    found(content, state) {
      if (!awaited || state.at || !hasPlace(content, awaited)) return {};
      const found = { at: awaited };
      awaited = "";
      return found;
    },
  };
}

/**
 * What the lens shows, in step with its model: worked out when it is first asked for after a change.
 * @param {Model<LensTraits>} model @param {AbortSignal} signal
 */
function createSight(model, signal) {
  const { ring, observe } = createBell();
  const [contents, awaited] = [createContents(model), createAwaited()];
  const { index } = contents;
  let hit = -1; // which hit the reader has stepped to; every view of this lens shows the same one
  // No traits: the sheet of a narrow screen, a menu, the text for the wall, marking, the sentence of a comparison.
  let apart = { unfolded: false, menu: "", presenting: false, marking: false, sentence: 0 };
  /** @type {{state: State, shown: Passage[], counts: Map<string, number>, hits: Hit[]} & typeof apart | null} */
  let sight = null;

  const changed = () => {
    sight = null;
    ring();
  };
  const now = () => {
    if (!sight) {
      const state = /** @type {State} */ (Object.fromEntries(KEYS.map((key) => [key, model.get(key)])));
      const shown = passagesOf(index().content, state, index().foldedOf);
      const counts = countsOf(shown);
      const all = hitsOf(index().content, state.query, index().foldedAt);
      const hits = state.show === "only" ? hitsIn(index().content, all, shown) : all;
      sight = { state, shown, counts, ...apart, hits };
      hit = Math.min(hit, sight.hits.length - 1);
    }
    return sight;
  };
  /** @param {Partial<State>} changes */
  const set = (changes) => {
    for (const [key, value] of Object.entries(changes)) model.set(/** @type {keyof State} */ (key), value);
    if ("query" in changes) hit = -1;
    changed();
  };
  /**
   * Another content, or other layers: what the reader had chosen stays as far as it exists there. Nothing is saved:
   * Python does the same.
   */
  const renew = () => {
    const { hits, state } = now();
    contents.renew();
    set({ ...dropped(index().content, state), ...awaited.found(index().content, state) });
    if (JSON.stringify(now().hits) !== JSON.stringify(hits)) hit = -1; // it would be another one
  };
  for (const key of HEARD) model.on(`change:${key}`, changed);
  for (const key of RENEWING) model.on(`change:${key}`, renew);
  signal.addEventListener("abort", () => {
    for (const key of HEARD) model.off(`change:${key}`, changed);
    for (const key of RENEWING) model.off(`change:${key}`, renew);
  });
  return {
    observe,
    now,
    set,
    ...contents,
    hit: () => hit,
    waitFor: awaited.waitFor,
    /** @param {Partial<typeof apart>} changes */
    turn(changes) {
      const before = apart;
      apart = { ...before, ...changes };
      if (JSON.stringify(apart) !== JSON.stringify(before)) changed();
    },
    ...createHint(changed),
    /** Go to the next hit (1) or the one before (-1), round and round. @param {number} by */
    step(by) {
      const { length } = now().hits;
      if (length) hit = hit < 0 && by < 0 ? length - 1 : (hit + by + length) % length;
      changed();
    },
    /**
     * Show these layers too, in place of those shown so before. Throws a RangeError for a span that leaves the text.
     * @param {Layer[]} shown
     */
    setLayers(shown) {
      contents.lay(shown);
      renew();
    },
  };
}

/**
 * Mine compared with another layer, sentence by sentence.
 * @param {Sight} sight
 */
function createComparing({ now, whole, layers, turn }) {
  /** @type {{content: Content | null, differ: string, made: ReturnType<typeof make>}} */
  let known = { content: null, differ: "", made: null };
  const make = (/** @type {string} */ differ) => {
    const other = layers().find(({ id }) => id === differ);
    if (!other) return null;
    const names = /** @type {[string, string]} */ ([say("you"), differ === READING ? say("the reading") : other.label]);
    const comparison = compared(whole(), MINE, differ);
    return { ...comparison, names, finding: findingOf(comparison, names) };
  };
  return {
    /** Where mine and the other layer mark the same and where they differ; null where nothing is compared. */
    compared() {
      const { differ } = now().state;
      if (known.content !== whole() || known.differ !== differ)
        known = { content: whole(), differ, made: differ ? make(differ) : null };
      return known.made;
    },
    /** The number of the sentence that is looked at; 0 for none. */
    sentenceAt: () => now().sentence,
    /** Look at a sentence, by its number. @param {number} sentence */
    lookAt: (sentence) => turn({ sentence }),
  };
}

/**
 * Ask whoever made a blind page for the reading's own layer; whether it came.
 * @param {Model<LensTraits>} model @returns {Promise<boolean>}
 */
function reveal(model) {
  return new Promise((done) => {
    const onAnswer = (/** @type {{revealed?: boolean} | undefined} */ message) => {
      if (message?.revealed === undefined) return;
      model.off("msg:custom", onAnswer);
      done(message.revealed);
    };
    model.on("msg:custom", onAnswer);
    model.send({ asked: "reading" });
  });
}

/** Does a lens leave anything out or mark anything? @param {State} state */
const isActive = ({ chosen, excluded, query, within }) =>
  Boolean(chosen.length || excluded.length || query.trim() || within.length);

/** What the views ask about what is shown. @param {Sight} sight */
function createAnswers({ now, index, layers }) {
  return {
    state: () => now().state,
    /** The passages shown now, in text order. */
    shown: () => now().shown,
    /** The number that a paragraph has in the whole text. @param {number} number its own here, from 1 */
    numberOf: (number) => numberOf(index().content, number),
    /** How many of the passages shown carry a tag. @param {string} id */
    count: (id) => now().counts.get(id) ?? 0,
    hits: () => now().hits,
    sentence: () => sentence(index().content, now().state, now().shown.length, whoseOf(layers(), now().shown)),
    active: () => isActive(now().state),
    /** Whether any passage would be shown if this tag were chosen too. @param {string} id */
    would(id) {
      const { state } = now();
      const tried = { ...state, chosen: [...state.chosen, id], excluded: without(state.excluded, id) };
      return index().content.passages.some(showing(index().content, tried, index().foldedOf));
    },
    /**
     * The passage `by` places on among those shown, or among all when none is.
     * @param {string} id @param {number} by
     */
    beside(id, by) {
      const { passages } = index().content;
      const among = now().shown.length ? now().shown : passages;
      const order = new Map(passages.map((passage, at) => [passage.id, at]));
      const place = (/** @type {string} */ one) => order.get(one) ?? -1;
      const next =
        by > 0 ? among.find((one) => place(one.id) > place(id)) : among.findLast((one) => place(one.id) < place(id));
      return (next ?? among.at(by > 0 ? 0 : -1))?.id ?? "";
    },
  };
}

/**
 * What the views call.
 * @param {Model<LensTraits>} model @param {AbortSignal} signal
 */
export function createLens(model, signal) {
  const sight = createSight(model, signal);
  const { now, index } = sight;
  const { observe, hit, step, setLayers, layers, layerOf, hinted, hint } = sight;
  const acts = createActs(model, sight);
  const address = createAddress(model, sight);
  const answers = createAnswers(sight);
  let headline = "";
  return {
    /** The reading, and what is looked up in it. They change when it does: ask anew for each drawing. */
    get content() {
      return index().content;
    },
    get tags() {
      return index().tags();
    },
    get texts() {
      return index().texts();
    },
    get passages() {
      return index().passages();
    },
    /** Where everything lies in the essay. */
    get extent() {
      return index().extent();
    },
    ...{ lanesOf, barsOf, arcsOf, linesOf },
    /** What the views build with: modules import nothing. */
    dom: { h, signButton, prose, paint, setText, short, facetName, press, copyButton, saveFile, memory, focused },
    /** What a view in a shadow root wears. */
    dress: createDressing(model, () => now().state, observe),
    segmentsOf,
    ...acts,
    ...createOpenings(acts.act, sight),
    ...address,
    observe,
    setLayers,
    layers,
    layerOf,
    hit,
    step,
    hinted,
    hint,
    ...answers,
    ...createComparing(sight),
    signs: SIGNS,
    reveal: () => reveal(model),
    /** What the chart says that is open now. @param {string} text */
    say(text) {
      headline = text;
    },
    /** Give the reader a picture of what is shown, or of a passage. @param {string} [at] */
    picture(at = "") {
      const { state, shown } = now();
      const where = isPublic(model.get("address")) ? address.link(at) : "";
      const chosen = isActive(state);
      const finding = chosen ? answers.sentence() : state.chart && headline;
      const view = { shown: chosen ? shown : null, finding };
      return sendPicture(index().content, state, { ...view, address: where, at });
    },
  };
}

/** @param {{model: Model<LensTraits>, signal: AbortSignal}} widget */
const initialize = ({ model, signal }) => createLens(model, signal);

export default { initialize };

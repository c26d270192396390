// @ts-check
/**
 * The marks of a reader. They draw nothing; views hold them as a child, read them through what `initialize` gives out,
 * and write them on a reader's act. Kept on the device first. Its functions come from the files before it in marks.py.
 */
/** @import { Annotation, Lens, Mark, MarksTraits, Model, OthersLayer } from "./types.d.ts" */
/** @import { Places } from "./mark_places.js" */
/** @import { Store } from "./mark_store.js" */
/** @import { Stretch } from "./anchoring.js" */

const MINE = "mine"; // the layer of one's own marks

/**
 * The reader's acts on marks: each one step that can be taken back.
 * @param {Store} store @param {Places} places @param {() => string} creator
 */
export function createMarkActs({ set, acted }, places, creator) {
  /** @param {Stretch & {tags: string[], reason?: string}} given @returns {Mark} */
  const made = ({ start, end, tags, reason = "" }) => {
    const now = new Date().toISOString();
    const quote = quoteAt(places.text(), { start, end });
    const mark = { id: makeId(), ...quote, tags, reason, creator: creator(), created: now, changed: now };
    places.note(mark, { start, end });
    return mark;
  };
  return {
    /**
     * Mark stretches of the text, all in one step; their ids.
     * @param {(Stretch & {tags: string[], reason?: string})[]} given
     */
    addAll(given) {
      const marks = given.map(made);
      acted(set.act(Object.fromEntries(marks.map((mark) => [mark.id, mark]))));
      return marks.map(({ id }) => id);
    },
    /**
     * Change a mark. `typing`: one goes on with what one did last, and takes it back as one.
     * @param {string} id @param {Partial<Pick<Mark, "tags" | "reason">> & Partial<Stretch>} changes
     */
    change(id, { start, end, ...changes }, typing = false) {
      const mark = set.get(id);
      if (!mark) return;
      const stretch = start === undefined || end === undefined ? null : { start, end };
      const after = { ...mark, ...changes, ...(stretch ? quoteAt(places.text(), stretch) : {}) };
      if (stretch) places.note(after, stretch);
      acted(set.act({ [id]: after }, typing));
    },
    /** @param {string} id */
    remove: (id) => acted(set.get(id) && set.act({ [id]: null })),
    undo: () => acted(set.undo()),
    redo: () => acted(set.redo()),
    /**
     * Take marks of a file, or of another edition, for one's own: in one step; how many are news.
     * @param {Mark[]} marks
     */
    adopt(marks) {
      const news = marks.filter((mark) => {
        const known = set.get(mark.id);
        return !known || (known.changed < mark.changed && JSON.stringify(known) !== JSON.stringify(mark));
      });
      if (news.length) acted(set.act(Object.fromEntries(news.map((mark) => [mark.id, mark]))));
      return news.length;
    },
  };
}

/**
 * The reader's file: a copy to keep, and one that is opened.
 * @param {Store} store @param {() => Lens} lensNow @param {Model<MarksTraits>} model
 */
function createCopies({ set }, lensNow, model) {
  /** @param {string} ending */
  const nameOf = (ending) => {
    const name = plainTitle(lensNow().content.title)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-");
    return `${name.replace(/^-|-$/g, "").slice(0, 60) || "essay"}.${ending}`;
  };
  return {
    /**
     * Give the reader a file of the marks: "json", which any page opens again, or "csv", a table.
     * @param {string} form
     */
    copy(form) {
      const { content, dom } = lensNow();
      const [text, type, name] =
        form === "csv"
          ? [tableOf(content, set.marks()), "text/csv", nameOf("marks.csv")]
          : [fileOf(content, set.marks(), { id: makeId() }), "application/json", nameOf("marks.json")];
      dom.saveFile(new Blob([text], { type }), name);
    },
    /** Hand in: a file of the marks with the task. @param {string} person @param {string} name of the file */
    handIn(person, name) {
      const { content, dom } = lensNow();
      const task = model.get("task");
      const facts = { id: makeId(), person, pass: task.pass, handedIn: new Date().toISOString(), task };
      dom.saveFile(new Blob([fileOf(content, set.marks(), facts)], { type: "application/json" }), name);
    },
    /** What is in a file; throws an Error whose message can be shown. @param {string} text @param {string} name */
    read: (text, name) =>
      /\.csv$/i.test(name) ? readTable(text, name, lensNow().content, entryIn) : readFile(text, name, entryIn),
  };
}

/** Marks of others beside one's own. @param {Model<MarksTraits>} model @param {() => void} show */
function createBeside(model, show) {
  /** @param {OthersLayer[]} layers */
  const set = (layers) => {
    model.set("others", layers);
    model.save_changes();
    show();
  };
  const others = () => model.get("others");
  return {
    others,
    /** @param {OthersLayer} layer in place of one with its id */
    openBeside: (layer) => set([...others().filter(({ id }) => id !== layer.id), layer]),
    /** @param {string} id */
    closeBeside: (id) => set(others().filter((one) => one.id !== id)),
  };
}

/**
 * Draw the marks on the text, those whose places are known at once.
 * @param {Lens} lens @param {Mark[]} mine @param {OthersLayer[]} others @param {Places} places @param {() => void} ring
 */
async function drawLayers(lens, mine, others, places, ring) {
  const draw = () => lens.setLayers(layersOf(mine, others, places).filter(({ annotations }) => annotations.length));
  draw();
  if (!(await places.settle([...mine, ...others.flatMap(({ marks }) => marks)]))) return;
  draw();
  ring();
}

/**
 * What the views call.
 * @param {Model<MarksTraits>} model @param {AbortSignal} signal
 */
export function createMarks(model, signal) {
  const { ring, observe } = createBell();
  /** @type {Lens | null} */
  let lens = null;
  const lensNow = () => /** @type {Lens} */ (lens);
  const places = createPlaces(() => lensNow().content);
  const others = () => model.get("others");
  const show = () => {
    if (lens?.marking() && lens.state().hidden.includes(MINE)) lens.turnLayer(MINE, true); // who marks sees it
    if (lens) drawLayers(lens, store.set.marks(), others(), places, ring);
    ring(); // after the lens: the text asks where it lies before others write
  };
  const store = createStore(model, { shown: show, told: ring }, signal);
  const { set } = store;
  const file = () => model.get("file");
  const acts = createMarkActs(store, places, () => model.get("creator"));
  const chosen = createChosen(ring);
  const textNow = (/** @type {string} */ scope) => keptText(lensNow().content, file(), scope);
  const editions = createEditions(store, textNow, acts, show);
  return {
    /** Load the marks and draw them: once the text is there. @param {Lens} of */
    start(of) {
      if (lens) return;
      lens = of;
      lens.observe(editions.use, signal);
      model.on("change:others", show);
      model.on("change:file", editions.use);
      signal.addEventListener("abort", () => {
        model.off("change:others", show);
        model.off("change:file", editions.use);
      });
      editions.use();
    },
    observe,
    /** The marks that there are, in the order in which they were made. */
    list: set.marks,
    get: set.get,
    /** Where a mark stands; null where it has no place in this text. @param {Mark} mark */
    placeOf: places.of,
    /** Those that have no place in this text. */
    lost: () => set.marks().filter(places.isLost),
    text: places.text,
    sentences: places.sentences,
    /** A stretch of the text as pieces of its paragraphs. @param {Stretch} stretch */
    spansOf: (stretch) => spansOf(places.text(), stretch),
    /**
     * Mark pieces of paragraphs; the id of the mark.
     * @param {Pick<Annotation, "spans"> & {tags: string[], reason?: string}} given
     */
    add: ({ spans, tags, reason }) => acts.addAll([{ ...stretchOf(places.text(), spans), tags, reason }])[0],
    ...acts,
    canUndo: set.steps.canUndo,
    canRedo: set.steps.canRedo,
    ...chosen,
    ...createMarkingActs({ set, places, chosen, acts, lensNow }),
    ...createCopies(store, lensNow, model),
    ...createBeside(model, show),
    task: () => model.get("task"),
    earlier: editions.earlier,
    settleEarlier: editions.settle,
    /** Where marks are kept. */
    kept: () => store.kept(file()),
    keepAt: editions.keepAt,
    /** Remove all marks, everywhere where this page keeps them. */
    forget: store.forget,
  };
}

/** @param {{model: Model<MarksTraits>, signal: AbortSignal}} widget */
const initialize = ({ model, signal }) => createMarks(model, signal);

export default { initialize };

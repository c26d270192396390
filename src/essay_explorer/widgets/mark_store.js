// @ts-check
/** The marks of a text in step with their model, the device and other tabs. Part of marks.js. */
/** @import { Content, DeviceNews, Entry, Keeper, Kept, KeptText, MarksTraits, Model } from "./types.d.ts" */
/** @import { MarkSet } from "./mark_set.js" */

/** The text whose marks these are. @param {Content} content @param {string} file in which Python keeps them */
export const keptText = (content, file) => ({
  key: file ? `${content.essay} ${file}` : content.essay,
  name: `${content.author}: ${plainTitle(content.title)}`,
  scope: file,
});

/** All that a model says. @param {Model<MarksTraits>} model @returns {Entry[]} */
const entriesIn = (model) => [
  ...model.get("marks").flatMap((mark) => entryIn(mark) ?? []),
  ...Object.entries(model.get("removed")).flatMap(([id, changed]) => entryIn({ id, changed, removed: true }) ?? []),
];

/**
 * The model of the marks: what it says is heard, and it is told what it lacks, after the frame that shows a change.
 * @param {Model<MarksTraits>} model @param {MarkSet} set @param {(entries: Entry[]) => void} take @param {AbortSignal}
 * signal
 */
function createLink(model, set, take, signal) {
  let [heard, due, writing] = [false, false, false];
  const write = () => {
    due = false;
    if (signal.aborted) return;
    writing = true;
    model.set("marks", set.marks());
    model.set("removed", set.removed());
    writing = false;
    model.save_changes();
  };
  const hear = () => {
    if (writing || heard) return;
    heard = true;
    queueMicrotask(() => {
      heard = false;
      take(entriesIn(model));
    });
  };
  for (const name of /** @type {const} */ (["marks", "removed"])) {
    model.on(`change:${name}`, hear);
    signal.addEventListener("abort", () => model.off(`change:${name}`, hear));
  }
  return {
    tell() {
      if (due) return;
      due = true;
      setTimeout(write);
    },
    /** Whether it knows all that there is. */
    isTold() {
      const told = new Map(entriesIn(model).map(({ id, changed }) => [id, changed]));
      return set.entries().every(({ id, changed }) => told.get(id) === changed);
    },
  };
}

/**
 * The set of marks, in step with its model and with the device. `shown` is called when marks have changed.
 * @param {Model<MarksTraits>} model @param {() => void} shown @param {AbortSignal} signal
 */
export function createStore(model, shown, signal) {
  const set = createMarkSet({ now: Date.now, id: makeId });
  /** @type {Keeper} */
  let device;
  let life = new AbortController(); // of the device
  const keeping = createKeeping(() => device, shown, signal);
  /** Take in what somebody else has; the device keeps it too. @param {Entry[]} entries @param {boolean} [kept] */
  const take = (entries, kept = false) => {
    const news = set.merge(entries);
    if (news.length && !kept && device) keeping.put({ entries: news });
    if (news.length) shown();
    if (!link.isTold()) link.tell();
  };
  const link = createLink(model, set, take, signal);
  signal.addEventListener("abort", () => life.abort());
  set.merge(entriesIn(model));
  /** What another tab did. @param {DeviceNews} news */
  const follow = ({ entries, steps = [], dropped, forgotten }) => {
    if (forgotten) set.clear();
    set.steps.take(steps, dropped);
    take(entries, true);
    if (forgotten) link.tell();
    shown();
  };
  /** What the device has, and what it lacks. @param {Keeper} keeper */
  const load = async (keeper) => {
    const { entries, steps } = await keeper.load();
    if (keeper !== device) return;
    const known = new Map(entries.map((entry) => [entry.id, entry.changed]));
    set.steps.take(steps);
    take(entries, true);
    const news = set.entries().filter(({ id, changed }) => known.get(id) !== changed);
    if (news.length) keeping.put({ entries: news });
  };
  return {
    ...{ set, keeping, device: () => device },
    /** What an act has changed. @param {Kept | null} news */
    acted(news) {
      if (!news) return;
      keeping.put(news);
      shown();
      link.tell();
    },
    /** Keep the marks of this text from now on. @param {KeptText} text @param {boolean} carry those that there are */
    async use(text, carry) {
      life.abort();
      life = new AbortController();
      if (!carry) set.clear();
      const keeper = createDevice(text, life.signal);
      device = keeper;
      keeper.watch(follow);
      await load(keeper).catch(keeping.refuse);
      shown();
    },
    async forget() {
      set.clear();
      keeping.drop();
      shown();
      link.tell();
      await device?.forget().catch(() => {});
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */

// @ts-check
/** The marks of a text in step with their model, the device and other tabs. Part of marks.js. */
/** @import { DeviceNews, Entry, FarPlace, Keeper, Kept, KeptText, MarksTraits, Model } from "./types.d.ts" */
/** @import { MarkSet } from "./mark_set.js" */

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
 * The set of marks, in step with its model and with what keeps it.
 * @param {Model<MarksTraits>} model
 * @param {{shown: () => void, told: () => void}} calls `shown`: marks have changed; `told`: only where they are kept
 * @param {AbortSignal} signal
 */
export function createStore(model, { shown, told }, signal) {
  const set = createMarkSet({ now: Date.now, id: makeId });
  /** Take in what somebody else has; the device keeps it too. @param {Entry[]} entries @param {boolean} [kept] */
  const take = (entries, kept = false) => {
    const news = set.merge(entries);
    if (news.length && !kept) keepers.put({ entries: news });
    if (news.length && kept) keepers.send(news);
    if (news.length) shown();
    if (!link.isTold()) link.tell();
  };
  const link = createLink(model, set, take, signal);
  /** What another tab did. @param {DeviceNews} news */
  const follow = ({ entries, steps = [], dropped, forgotten }) => {
    if (forgotten) set.clear();
    set.steps.take(steps, dropped);
    take(entries, true);
    if (forgotten) link.tell();
    shown();
  };
  const keepers = createKeepers({ here: set.entries, take, follow, changed: told }, signal);
  set.merge(entriesIn(model));
  /** What the device has, and what it lacks. @param {Keeper} device */
  const load = async (device) => {
    const { entries, steps } = await device.load();
    if (device !== keepers.device()) return;
    const known = new Map(entries.map((entry) => [entry.id, entry.changed]));
    set.steps.take(steps);
    take(entries, true);
    const news = set.entries().filter(({ id, changed }) => known.get(id) !== changed);
    if (news.length) keepers.put({ entries: news });
  };
  return {
    ...{ set, device: keepers.device, kept: keepers.kept },
    /** What an act has changed. @param {Kept | null} news */
    acted(news) {
      if (!news) return;
      keepers.put(news);
      shown();
      link.tell();
    },
    /**
     * Keep the marks of this text from now on.
     * @param {KeptText} text @param {boolean} carry those that there are @param {FarPlace | null} far
     */
    async use(text, carry, far) {
      if (!carry) set.clear();
      await keepers.use(text, far, load, carry);
      shown();
    },
    /** Remove all; elsewhere too, which hears of it as soon as it can be reached. */
    async forget() {
      const { entries } = set.act(Object.fromEntries(set.marks().map(({ id }) => [id, null])));
      set.clear();
      shown();
      if (await keepers.forget()) take(entries);
      link.tell();
    },
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */

// @ts-check
/**
 * The marks of a reader as they are kept: what was made, what was removed, and the steps that can be taken back. Data
 * in, data out; whoever keeps it is told what to keep. Part of marks.js.
 */
/** @import { Entry, Kept, Mark, Step } from "./types.d.ts" */

/** @import { Clock } from "./mark_steps.js" */

const TEXTS = /** @type {const} */ (["quote", "prefix", "suffix", "reason", "creator"]);
const LONGEST = 100_000; // letters of a quote or a reason
const LONGEST_NAME = 200; // letters of an id, a tag, a person
const MOST_TAGS = 50;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const NEVER = "1970-01-01T00:00:00.000Z";

/** An id made here; `crypto.randomUUID` is missing on a page that came over plain http. */
export function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {unknown} value @param {number} longest @returns {value is string} */
const isText = (value, longest) => typeof value === "string" && value.length <= longest;

/** @param {unknown} value */
const momentIn = (value) => (typeof value === "string" && MOMENT.test(value) ? value : NEVER);

/**
 * What somebody gave as a mark, or as a sign that one was removed, with all that belongs to it and nothing else; null
 * where it is none.
 * @param {any} given @returns {Entry | null}
 */
export function entryIn(given) {
  if (!given || typeof given !== "object" || !isText(given.id, LONGEST_NAME) || !given.id) return null;
  const changed = momentIn(given.changed ?? given.created);
  if (given.removed === true) return { id: given.id, removed: true, changed };
  if (TEXTS.some((name) => !isText(given[name] ?? "", LONGEST)) || !given.quote) return null;
  const tags = Array.isArray(given.tags) ? given.tags : [];
  if (tags.length > MOST_TAGS || !tags.every((/** @type {unknown} */ tag) => isText(tag, LONGEST_NAME))) return null;
  const [quote, prefix, suffix] = TEXTS.map((name) => (given[name] ?? "").normalize("NFC"));
  const texts = { quote, prefix, suffix, tags: [...new Set(tags)], reason: given.reason ?? "" };
  return { id: given.id, ...texts, creator: given.creator ?? "", created: momentIn(given.created), changed };
}

/** @param {Entry | undefined} entry @returns {entry is Mark} */
export const isMark = (entry) => entry !== undefined && !("removed" in entry);

/** Whether the one goes before the other: the later does, and what was removed where both are of one moment. */
const wins = (/** @type {Entry} */ one, /** @type {Entry} */ other) =>
  one.changed > other.changed || (one.changed === other.changed && !isMark(one) && isMark(other));

/** The order in which marks were made. @param {Mark} one @param {Mark} other */
const byMaking = (one, other) =>
  one.created < other.created || (one.created === other.created && one.id < other.id) ? -1 : 1;

/** @param {Clock} clock */
export function createMarkSet(clock) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Mark[] | null} */
  let live = null;
  const steps = createSteps(clock);

  /** A moment behind that of an entry, however wrong the clock is. @param {string} id */
  const momentAfter = (id) => {
    const before = Date.parse(entries.get(id)?.changed ?? NEVER);
    return new Date(Math.max(clock.now(), before + 1)).toISOString();
  };
  /** @param {string} id @param {Mark | null} mark null to remove it @returns {Entry} */
  const put = (id, mark) => {
    const changed = momentAfter(id);
    const entry = mark ? { ...mark, changed } : { id, removed: /** @type {const} */ (true), changed };
    entries.set(id, entry);
    live = null;
    return entry;
  };
  /** @param {string} id @returns {Mark | null} */
  const get = (id) => {
    const entry = entries.get(id);
    return isMark(entry) ? entry : null;
  };
  /** @param {Step | null} step @param {"before" | "after"} side @returns {Kept | null} */
  const go = (step, side) =>
    step && { entries: step.changes.map((change) => put(change.id, change[side])), steps: [step] };
  return {
    /** The marks that there are, in the order in which they were made. */
    marks() {
      live ??= [...entries.values()].filter(isMark).sort(byMaking);
      return live;
    },
    get,
    steps,
    entries: () => [...entries.values()],
    /** When what was removed was removed, by its id. */
    removed: () =>
      Object.fromEntries([...entries.values()].filter((one) => !isMark(one)).map(({ id, changed }) => [id, changed])),
    /** Take in what others have; gives back what was news. @param {Entry[]} given */
    merge(given) {
      const news = given.filter((one) => {
        const known = entries.get(one.id);
        return !known || wins(one, known);
      });
      for (const one of news) entries.set(one.id, one);
      if (news.length) live = null;
      return news;
    },
    /**
     * Make, change or remove marks in one step; `typing`: one goes on with what one did last.
     * @param {Record<string, Mark | null>} changes by id; null removes @returns {Kept}
     */
    act(changes, typing = false) {
      const made = Object.entries(changes).map(([id, after]) => ({ id, before: get(id), after }));
      return { entries: made.map(({ id, after }) => put(id, after)), ...steps.add(made, typing) };
    },
    undo: () => go(steps.back(), "before"),
    redo: () => go(steps.again(), "after"),
    clear() {
      entries.clear();
      steps.clear();
      live = null;
    },
  };
}

/** @typedef {ReturnType<typeof createMarkSet>} MarkSet */

// @ts-check
/**
 * The marks of one text on this device: in the browser's own storage, which tabs share. The first of the keepers.
 * Part of marks.js.
 */
/** @import { DeviceNews, Entry, Kept, KeptText, Keeper, Step } from "./types.d.ts" */

const NAME = "essay-explorer-marks"; // of the database, and of the channel between tabs
const STORAGE = 1; // its version
const PATIENCE = 4000; // ms until a storage that says nothing counts as refused
const STORES = /** @type {const} */ (["marks", "steps", "texts"]);

/** @template Value @param {IDBRequest<Value>} request @returns {Promise<Value>} */
const answer = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const ended = (transaction) =>
  new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => fail(transaction.error ?? new Error("aborted"));
    transaction.onerror = () => fail(transaction.error);
  });

/** All that belongs to one text. @param {string} key */
const ofText = (key) => IDBKeyRange.bound([key], [key, []]);

/** @returns {Promise<IDBDatabase>} */
function openStorage() {
  const opening = indexedDB.open(NAME, STORAGE);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("marks", { keyPath: ["key", "entry.id"] });
    opening.result.createObjectStore("steps", { keyPath: ["key", "step.id"] });
    opening.result.createObjectStore("texts", { keyPath: "key" });
  };
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("the storage does not answer")), PATIENCE));
  return Promise.race([answer(opening), /** @type {Promise<never>} */ (late)]);
}

/** The channel between tabs; null where the browser has none, or refuses it with its storage. */
function openChannel() {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return null;
  }
}

/**
 * What other tabs of the device say, and what they are told; nothing where the browser has no such channel.
 * @param {string} key @param {AbortSignal} signal
 */
function createChannel(key, signal) {
  const channel = openChannel();
  signal.addEventListener("abort", () => channel?.close());
  return {
    tell: (/** @type {DeviceNews} */ news) => channel?.postMessage({ key, ...news }),
    /** @param {(news: DeviceNews) => void} listener */
    watch(listener) {
      channel?.addEventListener("message", ({ data }) => data?.key === key && listener(data));
    },
  };
}

/**
 * The marks of one text on this device.
 * @param {KeptText} text of which the marks are @param {AbortSignal} signal
 * @returns {Keeper}
 */
export function createDevice(text, signal) {
  const { key } = text;
  const channel = createChannel(key, signal);
  /** @type {Promise<IDBDatabase> | null} */
  let opened = null;
  const storage = () => {
    opened ??= openStorage().catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  /** @param {IDBTransactionMode} mode */
  const open = async (mode) => {
    const transaction = (await storage()).transaction(STORES, mode, { durability: "strict" });
    const [marks, steps, texts] = STORES.map((name) => transaction.objectStore(name));
    return { marks, steps, texts, done: mode === "readonly" ? Promise.resolve() : ended(transaction) };
  };
  signal.addEventListener("abort", () => opened?.then((database) => database.close()).catch(() => {}));
  return {
    /** Everything that is kept here. */
    async load() {
      const { marks, steps } = await open("readonly");
      const [entries, taken] = await Promise.all([
        answer(marks.getAll(ofText(key))),
        answer(steps.getAll(ofText(key))),
      ]);
      return {
        entries: entries.map(({ entry }) => /** @type {Entry} */ (entry)),
        steps: taken.map(({ step }) => /** @type {Step} */ (step)),
      };
    },
    /** Keep what is news; fails where the device does not. @param {Kept} news */
    async put(news) {
      const { marks, steps, texts, done } = await open("readwrite");
      for (const entry of news.entries) marks.put({ key, entry });
      for (const step of news.steps ?? []) steps.put({ key, step });
      for (const id of news.dropped ?? []) steps.delete([key, id]);
      if (news.entries.length) texts.put(text);
      await done;
      channel.tell(news);
    },
    /** Hear of what other tabs did. @param {(news: DeviceNews) => void} listener */
    watch: channel.watch,
    /** Remove all that belongs to this text. */
    async forget() {
      const { marks, steps, texts, done } = await open("readwrite");
      marks.delete(ofText(key));
      steps.delete(ofText(key));
      texts.delete(key);
      await done;
      channel.tell({ entries: [], forgotten: true });
    },
    /** What was marked in other editions of the text, the last one first. */
    async earlier() {
      const { marks, texts } = await open("readonly");
      const known = /** @type {KeptText[]} */ (await answer(texts.getAll()));
      const alike = known.filter((one) => one.name === text.name && one.key !== key && one.scope === text.scope);
      const kept = await Promise.all(alike.map((one) => entriesOf(marks, one.key)));
      return kept.flat();
    },
  };
}

/** @param {IDBObjectStore} marks @param {string} key @returns {Promise<Entry[]>} */
const entriesOf = async (marks, key) => (await answer(marks.getAll(ofText(key)))).map(({ entry }) => entry);

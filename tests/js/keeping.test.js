// @ts-check
/** How marks are kept: by the device first, then elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { widget } from "./files.js";

/** @typedef {import("../../src/essay_explorer/widgets/types.d.ts").Entry} Entry */
/** @typedef {import("../../src/essay_explorer/widgets/types.d.ts").FarNews} FarNews */
/** @typedef {import("../../src/essay_explorer/widgets/types.d.ts").Kept} Kept */

/** What the window says. */
const page = new EventTarget();
Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page) });
/**
 * @type {typeof import("../../src/essay_explorer/widgets/keeping.js") & typeof
 * import("../../src/essay_explorer/widgets/sending.js") & typeof
 * import("../../src/essay_explorer/widgets/keepers.js")}
 */
const { createKeepers, createKeeping, createSending } = await widget("marks");

/** @param {number} second @returns {Entry} */
const gone = (id = "m1", second = 1) => ({ id, removed: true, changed: `2026-01-01T00:00:0${second}.000Z` });

/** A keeper elsewhere whose network can be cut. */
function openRoom(/** @type {Entry[]} */ ...has) {
  /** @type {Entry[][]} */
  const sent = [];
  const state = { up: true, refused: "" };
  /** @type {(news: FarNews) => void} */
  let tell = () => {};
  const reached = () => {
    if (!state.up) throw new TypeError("Failed to fetch");
  };
  const keeper = {
    async load() {
      reached();
      return has;
    },
    async put(/** @type {Entry[]} */ entries) {
      reached();
      sent.push(entries);
      return state.refused ? { refused: state.refused } : undefined;
    },
    /** @param {(news: FarNews) => void} listener */
    watch(listener) {
      tell = listener;
    },
  };
  return { keeper, sent, state, tell: (/** @type {FarNews} */ news) => tell(news) };
}

/** @param {ReturnType<typeof openRoom>} room @param {Entry[]} here @param {AbortSignal} signal */
function openSending({ keeper }, here = [], signal = new AbortController().signal) {
  /** @type {Entry[]} */
  const taken = [];
  const calls = { here: () => here, take: (/** @type {Entry[]} */ some) => taken.push(...some), changed: () => {} };
  return { ...createSending(keeper, calls, signal), taken };
}

test("what the device has goes elsewhere, and what is there comes here", async () => {
  const room = openRoom(gone("theirs"), gone("both"));
  const sending = openSending(room, [gone("mine"), gone("both"), gone("theirs", 2)]);
  assert.deepEqual(sending.state(), { sent: false, connected: true, refusal: "" });
  await setImmediate();
  assert.deepEqual(sending.taken, [gone("theirs"), gone("both")]);
  assert.deepEqual(room.sent, [[gone("mine"), gone("theirs", 2)]]);
  assert.deepEqual(sending.state(), { sent: true, connected: true, refusal: "" });
  sending.put([gone("both")]); // as another tab tells it
  sending.put([gone("new")]);
  await setImmediate();
  assert.deepEqual(room.sent.slice(1), [[gone("new")]]);
});

test("what does not arrive waits, and goes when the network is back", async () => {
  const room = openRoom();
  const end = new AbortController();
  const sending = openSending(room, [], end.signal);
  await setImmediate();
  room.state.up = false;
  sending.put([gone("m1", 1)]);
  sending.put([gone("m1", 2), gone("m2")]);
  await setImmediate();
  assert.deepEqual(sending.state(), { sent: false, connected: false, refusal: "" });
  assert.equal(sending.has([gone("m1", 2)]), false);
  room.state.up = true;
  page.dispatchEvent(new Event("online"));
  await setImmediate();
  assert.deepEqual(room.sent, [[gone("m1", 2), gone("m2")]]);
  assert.deepEqual([sending.state().sent, sending.state().connected], [true, true]);
  assert.equal(sending.has([gone("m1", 2)]), true);
  end.abort();
});

test("a keeper tells what another device did, and that it is away", async () => {
  const room = openRoom();
  const sending = openSending(room);
  await setImmediate();
  room.tell({ entries: [gone()] });
  room.tell({ connected: false });
  assert.deepEqual([sending.taken, sending.state().connected], [[gone()], false]);
  sending.put([gone()]);
  room.tell({ connected: true });
  await setImmediate();
  assert.deepEqual([room.sent, sending.state().connected], [[], true]);
});

test("what is refused is told, and not sent again and again", async () => {
  const room = openRoom();
  room.state.refused = "The room is closed.";
  const sending = openSending(room, [gone()]);
  await setImmediate();
  assert.deepEqual(sending.state(), { sent: false, connected: true, refusal: "The room is closed." });
  page.dispatchEvent(new Event("online"));
  await setImmediate();
  assert.equal(room.sent.length, 1);
});

test("many go by fifty at a time", async () => {
  const room = openRoom();
  openSending(
    room,
    Array.from({ length: 120 }, (_, at) => gone(`m${at}`)),
  );
  await setImmediate();
  assert.deepEqual(
    room.sent.map(({ length }) => length),
    [50, 50, 20],
  );
});

test("nothing is sent for a text that is left", async () => {
  const room = openRoom(gone("theirs"));
  const end = new AbortController();
  const sending = openSending(room, [gone()], end.signal);
  end.abort();
  await setImmediate();
  assert.deepEqual([room.sent, sending.taken], [[], []]);
});

/** A device that keeps when it is told to. */
function openDevice() {
  /** @type {Kept[]} */
  const kept = [];
  /** @type {{keep: () => void, fail: (error: Error) => void}[]} */
  const asked = [];
  const device = {
    /** @param {Kept} news @returns {Promise<void>} */
    put: (news) =>
      new Promise((done, fail) => {
        const keep = () => {
          kept.push(news);
          done();
        };
        asked.push({ keep, fail });
      }),
    load: async () => ({ entries: [], steps: [] }),
    watch: () => {},
    forget: async () => {},
    earlier: async () => [],
  };
  return { device, kept, asked };
}

test("what is done while the device still keeps is kept after it", async () => {
  const { device, kept, asked } = openDevice();
  /** @type {Entry[]} */
  const tried = [];
  const calls = { tried: (/** @type {Entry[]} */ some) => tried.push(...some), isSafe: () => false, changed: () => {} };
  const keeping = createKeeping(() => device, calls, new AbortController().signal);
  keeping.put({ entries: [gone("m1")] });
  keeping.put({ entries: [gone("m2")] });
  assert.deepEqual([asked.length, tried, keeping.state().waiting], [1, [], 2]);
  asked[0].keep();
  await setImmediate();
  assert.deepEqual([asked.length, tried], [2, [gone("m1")]]);
  asked[1].keep();
  await setImmediate();
  assert.deepEqual(
    kept.flatMap(({ entries }) => entries),
    [gone("m1"), gone("m2")],
  );
  assert.deepEqual(keeping.state(), { refused: false, fault: "", waiting: 0 });
});

test("what the device refuses is a fault as long as it is not kept elsewhere", async () => {
  const { device, asked } = openDevice();
  let safe = false;
  const end = new AbortController();
  const calls = { tried: () => {}, isSafe: () => safe, changed: () => {} };
  const keeping = createKeeping(() => device, calls, end.signal);
  keeping.put({ entries: [gone()] });
  asked[0].fail(new DOMException("full", "QuotaExceededError"));
  await setImmediate();
  assert.match(keeping.state().fault, /no room left/);
  const leaving = new Event("beforeunload", { cancelable: true });
  page.dispatchEvent(leaving);
  assert.equal(leaving.defaultPrevented, true);
  safe = true;
  assert.equal(keeping.state().fault, "");
  const again = new Event("beforeunload", { cancelable: true });
  page.dispatchEvent(again);
  assert.equal(again.defaultPrevented, false);
  end.abort();
});

test("what the device still keeps counts as sent nowhere", async () => {
  const end = new AbortController();
  Object.assign(globalThis, { indexedDB: { open: () => ({}) } }); // it never answers
  const { keeper } = openRoom();
  const calls = { here: () => [], take: () => {}, follow: () => {}, changed: () => {} };
  const keepers = createKeepers(calls, end.signal);
  const text = { key: "her", name: "her", scope: "room LAMP" };
  await keepers.use(text, { scope: "room LAMP", keeper: () => keeper }, async () => {}, false);
  await setImmediate();
  assert.equal(keepers.kept("").far?.sent, true);
  keepers.put({ entries: [gone()] });
  assert.deepEqual([keepers.kept("").far?.sent, keepers.kept("").waiting], [false, 1]);
  end.abort();
});

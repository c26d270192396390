// @ts-check
/** What a pupil in a room is told: how far marks have come, when the pass closes, where the class differs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { widget } from "./files.js";

const {
  closingInWords,
  createHandIn,
  createRoom,
  differingShares,
  noneInWords,
  partOf,
  unexplained,
  nowInWords,
  sentInWords,
  shareInWords,
} = await widget("seat");

const far = { sent: false, connected: true, refusal: "" };
const kept = { where: "device", name: "", waiting: 0, fault: "", far };
const since = "2026-11-26T08:30:00.000Z";
const own = (room = {}, you = {}) => ({
  room: { phase: "mark", since, words: "Mark 3.", task: { minutes: 10, revise_minutes: 5 }, wall: null, ...room },
  you: { pass: 1, handed_in: {}, sees_class: false, ...you },
});

test("a mark is saved here, then sent, and never said to be sent before it is", () => {
  assert.equal(sentInWords(4, kept), "4 marks. Saved here");
  assert.equal(sentInWords(4, { ...kept, far: { ...far, sent: true } }), "4 marks, sent");
  const away = { ...kept, far: { ...far, connected: false } };
  assert.equal(sentInWords(4, away), "Not connected. Go on: 4 marks are saved here");
  assert.equal(sentInWords(1, away), "Not connected. Go on: 1 mark is saved here");
  assert.equal(sentInWords(1, { ...kept, fault: "No room left." }), "1 mark. No room left.");
});

test("the last minute of a pass is counted, by the room's clock", () => {
  const at = (/** @type {number} */ seconds) => Date.parse(since) + seconds * 1000;
  assert.equal(closingInWords(own(), at(500)), "");
  assert.equal(closingInWords(own(), at(560)), "Closing in 0:40");
  assert.equal(closingInWords(own(), at(601)), "Time is up. Hand in when you are ready.");
  assert.equal(closingInWords(own({}, { handed_in: { 1: since } }), at(560)), "");
  const second = own({ phase: "revise" }, { pass: 2, handed_in: { 1: since } });
  assert.equal(closingInWords(second, at(230)), "");
  assert.equal(closingInWords(second, at(260)), "Closing in 0:40");
});

test("who comes late marks first, whatever the room does", () => {
  assert.equal(nowInWords(own({ phase: "discuss" })), "Mark 3.");
  assert.match(nowInWords(own({ phase: "reveal" }, { handed_in: { 1: since } })), /Talk with each other/);
});

test("few are told without a number, and one differs from what more than half marked", () => {
  const share = (/** @type {number} */ sentence, /** @type {number | null} */ count) => ({
    ...{ sentence, tag: "trust", count, few: count === null },
  });
  assert.equal(shareInWords(share(6, null), 27), "few");
  assert.equal(shareInWords(share(27, 19), 27), "19 of 27");
  const seen = { readers: 27, shares: [share(6, null), share(24, 3), share(27, 19), share(30, 20)] };
  const mine = [24, 30].map((sentence) => ({ sentence, tag: "trust" }));
  const found = differingShares(seen, mine).map((/** @type {any} */ one) => [one.sentence, one.mine]);
  assert.deepEqual(found, [
    [24, true],
    [27, false],
  ]);
});

/** A phone that has a seat, and remembers more. @param {Record<string, string>} more */
function phone(more = {}) {
  const remembered = new Map(
    Object.entries({ "room-LAMP-seat": "secret", "room-LAMP": JSON.stringify(own()), ...more }),
  );
  return {
    remembered,
    get: (/** @type {string} */ name) => remembered.get(name) ?? "",
    set: (/** @type {string} */ name, /** @type {string} */ value) => remembered.set(name, value),
  };
}

test("what is handed in without a connection is handed in after a reload", async (context) => {
  const asked = /** @type {unknown[]} */ ([]);
  let answers = async () => new Response("", { status: 503 });
  context.mock.method(globalThis, "fetch", async (/** @type {string} */ path, /** @type {RequestInit} */ { body }) => {
    asked.push([path, body && JSON.parse(String(body))]);
    return answers();
  });
  globalThis.addEventListener ??= () => {};
  const device = phone();
  const leave = new AbortController();
  const sent = { kept: () => ({ ...kept, far: { ...far, sent: true } }) };
  const before = createHandIn(createRoom("LAMP", device, leave.signal), sent);
  before.want();
  await new Promise(setImmediate);
  assert.equal(before.says(), "It is handed in as soon as this phone is connected again.");
  leave.abort(); // the page is left, and opened again

  const stay = new AbortController();
  answers = async () => Response.json(own({ now: since }, { handed_in: { 1: since } }));
  const after = createHandIn(createRoom("LAMP", device, stay.signal), sent);
  assert.equal(after.says(), "Handing in…");
  await after.settle();
  assert.equal(after.says(), "");
  assert.deepEqual(asked.slice(0, 2), Array(2).fill(["hand-in", { pass: 1 }]));
  assert.equal(device.get("room-LAMP-handing-in"), "");
  stay.abort();
});

test("what the room refuses to take is said, and not tried again", async (context) => {
  const closed = "This pass is closed.";
  context.mock.method(globalThis, "fetch", async () =>
    Response.json({ error: "closed", words: closed }, { status: 409 }),
  );
  globalThis.addEventListener ??= () => {};
  const leave = new AbortController();
  const sent = { kept: () => ({ ...kept, far: { ...far, sent: true } }) };
  const device = phone({ "room-LAMP-handing-in": "1" });
  const handIn = createHandIn(createRoom("LAMP", device, leave.signal), sent);
  await handIn.settle();
  assert.equal(handIn.says(), closed);
  assert.equal(device.get("room-LAMP-handing-in"), "");
  leave.abort();
});

test("a question that was asked before the seat was taken, and answered after, takes no seat away", async (context) => {
  const answers = /** @type {Record<string, (answer: Response) => void>} */ ({});
  context.mock.method(
    globalThis,
    "fetch",
    (/** @type {string} */ path) => new Promise((answer) => (answers[path] = answer)),
  );
  globalThis.addEventListener ??= () => {};
  const stranger = () => Response.json({ error: "stranger", words: "Join first." }, { status: 401 });
  const leave = new AbortController();
  const device = phone({ "room-LAMP": "" });
  const room = createRoom("LAMP", device, leave.signal);
  const joined = room.join("Mia");
  const asked = room.renew();
  answers.join(Response.json(own({ now: since }, { return_code: "LAMP-12" })));
  await joined;
  answers.mine(stranger());
  await asked;
  assert.equal(room.own()?.you.return_code, "LAMP-12");
  assert.equal(room.lost(), "");

  const again = room.renew(); // and who is a stranger by now, is told so
  answers.mine(stranger());
  await again;
  assert.equal(room.own(), null);
  assert.match(room.lost(), /does not know this phone/);
  leave.abort();
});

test("a change asks why, and so does a new mark; a mark that is kept does not", () => {
  const mark = (/** @type {string} */ id, more = {}) => ({
    id,
    quote: "He sulks.",
    tags: ["trust"],
    reason: "So it says.",
    ...more,
  });
  const first = [mark("kept"), mark("moved"), mark("told"), { id: "back", removed: true, changed: since }];
  const now = [
    mark("kept"),
    mark("moved", { tags: ["ending"] }),
    mark("told", { tags: ["ending"], reason: "Now I see." }),
    mark("back", { reason: "" }),
    mark("new", { reason: " " }),
  ];
  const asked = unexplained(now, first).map((/** @type {{id: string}} */ { id }) => id);
  assert.deepEqual(asked, ["moved", "back", "new"]);
});

test("one's own group is told by its own numbers", () => {
  const group = { group: 2, readers: 5, shares: [{ sentence: 3, tag: "trust", count: 4, few: false }] };
  const seen = { readers: 27, shares: [], moved: "", group };
  assert.deepEqual([partOf("Group", seen).readers, partOf("Group", seen).shares], [5, group.shares]);
  assert.equal(partOf("Class", seen).readers, 27);
  assert.equal(partOf("Group", { readers: 27, shares: [] }).readers, 27);
});

test("who marked nothing is not told that they marked what the class did", () => {
  assert.equal(noneInWords("Differ", true), "You and most of the class marked the same.");
  assert.match(noneInWords("Differ", false), /^You marked nothing/);
  assert.equal(noneInWords("Class", false), "Nothing is marked.");
});

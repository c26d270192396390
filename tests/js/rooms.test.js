// @ts-check
/** The pure parts of the pages that lead a lesson. */
import assert from "node:assert/strict";
import { test } from "node:test";

const FRONT = "../../src/essay_explorer/rooms/front/";
const load = (/** @type {string} */ name) => import(`${FRONT}${name}.js`); // its parts are no globals here
const ROOM = { phase: "join", class_shown: false, task: { blind: true, talk_first: true } };

test("one press a step, and talking comes before the picture", async () => {
  const { stepFrom } = await load("steps");
  const seen = [];
  let room = ROOM;
  for (let step = stepFrom(room, 1); step; step = stepFrom(room, 1)) {
    seen.push(step.label);
    room = { ...room, phase: step.phase, class_shown: step.shows ?? room.class_shown };
  }
  assert.deepEqual(seen, ["Read", "Mark", "Talk first", "Reveal the class", "Discuss", "Revise", "End"]);
  const back = [];
  for (let step = stepFrom(room, -1); step; step = stepFrom(room, -1)) {
    back.push(step.label);
    room = { ...room, phase: step.phase, class_shown: step.shows ?? room.class_shown };
  }
  assert.deepEqual(back, [...seen.slice(0, -1).reverse(), "Join"]);
});

test("a press while a step is under way is none", async () => {
  const { createGoing } = await load("steps");
  const acts = /** @type {string[]} */ ([]);
  let room = ROOM;
  let look = async () => {};
  const act = async (/** @type {string} */ _, /** @type {{phase: string}} */ { phase }) => {
    acts.push(phase);
    await null;
    room = { ...room, phase };
    await look();
  };
  const goTo = createGoing({ desk: () => ({ room }), act });
  const step = (/** @type {string} */ phase) => goTo({ phase, shows: null });
  const first = step("read");
  step("read"); // the page does not show it yet
  await first;
  assert.deepEqual(acts, ["read"]);
  look = () => new Promise(setImmediate); // the page shows the phase, and looks for more
  const second = step("mark");
  await Promise.resolve().then(() => {});
  await step("reveal");
  await second;
  assert.deepEqual(acts, ["read", "mark", "reveal"]);
});

test("where nobody talks first the reveal is one step", async () => {
  const { stepFrom } = await load("steps");
  const room = { ...ROOM, phase: "mark", task: { blind: true, talk_first: false } };
  assert.equal(stepFrom(room, 1).shows, null);
  assert.equal(stepFrom({ ...room, phase: "reveal" }, 1).phase, "discuss");
});

test("a phase's time is told by the length that its task gives it", async () => {
  const { secondsLeft, timeInWords } = await load("clock");
  const room = { phase: "mark", since: "2026-11-26T08:00:00Z", task: { minutes: 10, read_minutes: 5 } };
  const now = Date.parse("2026-11-26T08:06:55Z");
  assert.equal(timeInWords(secondsLeft(room, now)), "3:05 left");
  assert.equal(timeInWords(secondsLeft({ ...room, phase: "read" }, now)), "1:55 over time");
  assert.equal(secondsLeft({ ...room, phase: "reveal" }, now), null);
});

test("a wall without a sentence says why", async () => {
  const { whyNoSentence } = await load("wall");
  assert.equal(whyNoSentence({ readers: 0, shares: [] }), "Nobody has handed in yet.");
  assert.equal(whyNoSentence({ readers: 5, shares: [] }), "Nobody has marked a sentence.");
  const few = { sentence: 2, tag: "trust", count: null, few: true };
  assert.equal(whyNoSentence({ readers: 5, shares: [few] }), "No sentence was marked by more than a few of you.");
});

test("a class agreed most where two thirds did, and least where it is split, whatever comes first of the others", async () => {
  const { agreedInWords } = await load("wall");
  const tags = [{ id: "trust", label: "Trust" }];
  const told = (/** @type {(number | null)[]} */ counts, readers = 53) => {
    const shares = counts.map((count, at) => ({ sentence: at + 1, tag: "trust", count, few: count === null }));
    return agreedInWords({ shares, readers }, tags).replaceAll("\u00a0", " ");
  };
  assert.equal(told([43, 27, 9]), "You agreed most on sentence 1 (43 of 53), least on sentence 2 (27 of 53).");
  assert.equal(told([43, 9]), "You agreed most on sentence 1 (43 of 53)."); // and least on none: 43 are no split
  assert.equal(told([28, 9]), "You agreed least on sentence 1 (28 of 53)."); // a bare majority is no agreement
  assert.equal(told([53, 53, 43]), "You agreed most on sentences 1 (53 of 53), 2 (53 of 53).");
  assert.equal(told(Array(12).fill(53)), "You agreed most on 12 sentences.");
  assert.equal(told([10, 9, null]), "");
  assert.equal(told([]), "");
  assert.equal(told([null, null], 2), ""); // both marked both
  assert.equal(told([3], 3), "You agreed most on sentence 1 (3 of 3).");
  assert.equal(
    told([100, 150, 200], 300),
    "You agreed most on sentence 3 (200 of 300), least on sentence 2 (150 of 300).",
  );
});

test("where a task has several tags, what was agreed on has its tag", async () => {
  const { agreedInWords } = await load("wall");
  const tags = ["Trust", "Ending"].map((label) => ({ id: label.toLowerCase(), label }));
  const at = (/** @type {string} */ tag, /** @type {number} */ count) => ({ sentence: 5, tag, count, few: false });
  assert.equal(
    agreedInWords({ shares: [at("trust", 20), at("ending", 13)], readers: 27 }, tags).replaceAll("\u00a0", " "),
    "You agreed most on sentence 5 (Trust, 20 of 27), least on sentence 5 (Ending, 13 of 27).",
  );
});

test("few are never a number, and of two nobody is said to be few", async () => {
  const { tallyInWords, votesInWords } = await load("shares");
  assert.equal(tallyInWords({ sentence: 1, tag: "trust", count: null, few: true }, 27), "few of 27");
  assert.equal(tallyInWords({ sentence: 1, tag: "trust", count: null, few: true }, 2), "few");
  assert.equal(tallyInWords({ sentence: 1, tag: "trust", count: 19, few: false }, 27), "19 of 27");
  assert.equal(tallyInWords(undefined, 27), "none of 27");
  assert.equal(votesInWords({ count: 14 }, 27), "14 yes, 13 no");
  assert.equal(votesInWords(undefined, 27), "0 yes, 27 no");
  assert.equal(votesInWords(undefined, 0), "Nobody has handed in yet.");
  assert.equal(votesInWords({ count: null }, 27), "Few of 27 marked it.");
  assert.equal(votesInWords({ count: null }, 2), "Too few have handed in to tell.");
});

test("the bands of a move run out at the foot and come in from there", async () => {
  const { bandsOf, moveInWords } = await load("flows");
  const bands = bandsOf({ kept: 4, dropped: 1, came: 3 });
  assert.deepEqual(
    bands.map((/** @type {any} */ { kind, from, to }) => [kind, from[1] - from[0], to[1] - to[0]]),
    [
      ["kept", 0.5, 0.5],
      ["dropped", 0.125, 0],
      ["came", 0, 0.375],
    ],
  );
  assert.equal(moveInWords({ kept: 4, dropped: 0, came: 3 }), "4 kept it, 3 came to it");
});

test("a step along the wall goes round, and starts at either end", async () => {
  const { nextOnWall } = await load("found");
  const split = [
    { sentence: 27, tag: "trust", count: 4 },
    { sentence: 24, tag: "ending", count: 3 },
  ];
  const desk = (/** @type {object | null} */ wall) => ({ room: { wall }, findings: { split } });
  const shown = { sentences: [] };
  assert.equal(nextOnWall(desk(null), "split", 1, shown).sentence, 27);
  assert.equal(nextOnWall(desk(null), "split", -1, shown).sentence, 24);
  assert.equal(nextOnWall(desk({ sentence: 24, tag: "ending" }), "split", 1, shown).sentence, 27);
  assert.equal(nextOnWall({ room: { wall: null }, findings: { split: [] } }, "split", 1, shown), undefined);
});

test("the order of the text names every sentence, also those that nobody marked", async () => {
  const { rowsOf } = await load("found");
  const shown = { sentences: [{ number: 1 }, { number: 2 }] };
  const found = { shares: [{ sentence: 2, tag: "trust", count: 3, few: false }], untouched: [1] };
  assert.deepEqual(
    rowsOf(found, "text", shown).map((/** @type {any} */ { sentence, tag }) => [sentence, tag]),
    [
      [1, ""],
      [2, "trust"],
    ],
  );
});

test("reported words come first, then those at the sentence on the wall", async () => {
  const { inOrder } = await load("words");
  const word = (/** @type {number} */ at, reports = 0) => ({ sentences: [at, at], reports });
  const sorted = inOrder([word(3), word(9), word(5, 1), word(7)], 7);
  assert.deepEqual(
    sorted.map((/** @type {any} */ { sentences }) => sentences[0]),
    [5, 7, 3, 9],
  );
});

test("before the reveal nothing is said of what somebody marked", async () => {
  const { stateInWords } = await load("people");
  const person = { state: "handed in", marks: 4, moved: false };
  assert.equal(stateInWords(person, "mark"), "handed in");
  assert.equal(stateInWords(person, "reveal"), "4 marks");
  assert.deepEqual(
    ["join", "read", "mark"].map((phase) => stateInWords({ state: "idle", marks: 0, moved: false }, phase)),
    ["", "", "idle"],
  );
  assert.equal(stateInWords({ ...person, moved: true }, "revise"), "4 marks, changed since");
});

test("a sheet is told back as it was understood", async () => {
  const { entryInWords } = await load("paper_entry");
  const entry = {
    reader: 1,
    marks: [
      [23, ["trust"]],
      [24, ["trust", "ending"]],
    ],
    faults: [],
  };
  assert.equal(
    entryInWords(entry, (/** @type {string} */ tag) => tag),
    "P1: 23 trust, 24 trust + ending",
  );
});

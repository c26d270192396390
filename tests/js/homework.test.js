// @ts-check
/** Homework in words: what is asked for, how far one has come, what the file is called. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { widget } from "./files.js";

const { dueInWords, handInName, missingInWords, partInWords, progress, taskInWords } = await widget("homework");

const mark = (/** @type {string[]} */ tags, reason = "") => ({
  ...{ id: "m", quote: "x", prefix: "", suffix: "", creator: "", created: "", changed: "" },
  ...{ tags, reason },
});

test("a task is asked for in a sentence", () => {
  const labels = ["trust", "the ending", "doubt"];
  assert.equal(
    taskInWords({ marks: 6, reasons: 3, due: "2026-12-09" }, labels),
    "Mark 6 passages about trust, the ending or doubt, and say why for 3 of them. Due Wednesday 9 December 2026.",
  );
  assert.equal(taskInWords({ marks: 1, reasons: 1 }, ["trust"]), "Mark 1 passage about trust, and say why.");
  assert.equal(taskInWords({}, []), "Mark passages.");
  const again = taskInWords({ marks: 2, pass: 2 }, []);
  assert.equal(again, "Pass 2: keep, change or drop what you marked. Mark 2 passages.");
});

test("a day is that day wherever one reads, and what is none is not told", () => {
  assert.match(dueInWords("2026-12-09"), /^Wednesday,? 9 December 2026$/);
  assert.match(dueInWords("2026-12-09T18:00:00.000Z"), /December 2026/);
  assert.deepEqual(["", "soon", "2026-99-99"].map(dueInWords), ["", "", ""]);
});

test("marks count that carry a tag of the task, and reasons that say something", () => {
  const task = { marks: 3, reasons: 2, tags: ["trust"] };
  const parts = progress(task, [mark(["trust"], "Because."), mark(["ending"], "No."), mark(["trust", "ending"], "  ")]);
  assert.deepEqual(
    parts.map((/** @type {{number: number, wanted: number}} */ { number, wanted }) => [number, wanted]),
    [
      [2, 3],
      [1, 2],
    ],
  );
  assert.equal(missingInWords(parts), "1 mark and 1 reason");
  assert.equal(missingInWords(progress({}, [])), "");
  assert.equal(progress({}, [mark([])])[0].number, 1);
});

test("how far one has come is told beside what was asked for, until there is more", () => {
  const told = (/** @type {object} */ task, /** @type {string[]} */ reasons) =>
    progress(
      task,
      reasons.map((reason) => mark(["trust"], reason)),
    ).map(partInWords);
  assert.deepEqual(told({ marks: 2, reasons: 1 }, ["Because."]), ["1 of 2 marks", "1 of 1 reason"]);
  assert.deepEqual(told({ marks: 1, reasons: 1 }, ["Because.", "So."]), ["2 marks", "2 reasons"]);
  assert.deepEqual(told({}, ["Because."]), ["1 mark", "1 reason"]);
});

test("the file is called after the essay and the person, whatever they are called", () => {
  assert.equal(handInName("her", "Ann Lee"), "her-Ann-Lee.json");
  assert.equal(handInName("her", "  Zoë O’Neil "), "her-Zoë-O-Neil.json");
  assert.equal(handInName("", "../../<b>"), "marks-b.json");
  assert.equal(handInName("her", "—"), "her-me.json");
  assert.equal(handInName("her", "Ann", 2), "her-Ann-pass-2.json");
});

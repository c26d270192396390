// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { differenceBeside, wordsOf } from "../../src/essay_explorer/widgets/differ_sentence.js";
import { widget } from "./files.js";
import { createModel, sample } from "./sample.js";

/** @typedef {typeof import("../../src/essay_explorer/widgets/differences.js")} Differences */
/** @type {typeof import("../../src/essay_explorer/widgets/differ.js")} */
const { placeAmong } = await widget("differ");
/** @type {typeof import("../../src/essay_explorer/widgets/lens.js") & Differences} */
const { compared, createLens, findingOf } = await widget("lens");

const CASES = JSON.parse(readFileSync(new URL("../cases/differ.json", import.meta.url), "utf-8"));
const facets = [
  { id: "theme", role: "theme", tags: ["trust", "ending", "doubt"] },
  { id: "move", role: "move", tags: ["claim"] },
].map(({ tags, ...facet }) => ({ ...facet, tags: tags.map((id) => ({ id })) }));

for (const { name, paragraphs, passages, rows, said } of CASES) {
  test(`two layers are compared as Python compares two readings: ${name}`, () => {
    const found = compared(/** @type {any} */ ({ facets, paragraphs, passages }), "a", "b");
    assert.deepEqual(
      found.rows.map(({ number, paragraph, a, b, kind }) => [number, paragraph, a, b, kind]),
      rows,
    );
    assert.equal(findingOf(found, ["Ann", "Kim"]), said);
  });
}

test("the reader is spoken to", () => {
  const none = { rows: [], sentences: 1 };
  const row = {
    number: 1,
    paragraph: 1,
    start: 0,
    end: 1,
    text: "x",
    a: [],
    b: ["trust"],
    kind: /** @type {const} */ ("only b"),
  };
  assert.equal(findingOf(none, ["you", "Kim"]), "Neither has marked a theme in the 1 sentence yet.");
  assert.equal(
    findingOf({ rows: [row], sentences: 4 }, ["you", "Kim"]),
    "Kim marked 1 of 4 sentences; you have marked none yet.",
  );
  assert.equal(wordsOf("only b", "Kim"), "only Kim");
});

test("one steps through the differences, and past what is alike", () => {
  const rows = /** @type {any} */ ([
    { number: 2, kind: "only a" },
    { number: 3, kind: "alike" },
    { number: 7, kind: "other tags" },
  ]);
  const beside = (/** @type {number} */ from, /** @type {number} */ by) => differenceBeside(rows, from, by)?.number;
  assert.deepEqual([beside(0, 1), beside(2, 1), beside(7, 1)], [2, 7, undefined]);
  assert.deepEqual([beside(0, -1), beside(7, -1), beside(3, -1), beside(2, -1)], [7, 2, 2, undefined]);
  const places = [0, 2, 3, 7].map((number) => placeAmong(rows, number));
  assert.deepEqual(places, ["2 differences", "1 of 2", "2 differences", "2 of 2"]);
  assert.deepEqual([placeAmong([], 0), placeAmong(rows.slice(0, 1), 0)], ["No differences", "1 difference"]);
});

test("the lens compares mine with another layer, also with one that is off", () => {
  const lens = createLens(/** @type {any} */ (createModel()), new AbortController().signal);
  const annotations = [{ id: "m1", tags: ["ending"], spans: /** @type {[number, number, number][]} */ ([[1, 0, 18]]) }];
  lens.setLayers([{ id: "mine", label: "My marks", annotations }]);
  assert.equal(lens.compared(), null);
  lens.turnLayer("reading", false);
  lens.compare("reading");
  assert.deepEqual(lens.state().hidden, []);
  const kinds = () => lens.compared()?.rows.map(({ number, kind }) => [number, kind]);
  const before = [
    [1, "partly alike"],
    [2, "only b"],
    [4, "only b"],
  ];
  assert.deepEqual(kinds(), before);
  assert.equal(lens.compared(), lens.compared());
  lens.turnLayer("reading", false);
  assert.deepEqual(kinds(), before);
  assert.deepEqual(sample().paragraphs.length, lens.content.paragraphs.length);
  lens.compare("nobody");
  assert.equal(lens.compared(), null);
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import * as content from "../../src/essay_explorer/widgets/content.js";
import { widget } from "./files.js";
import { createModel, sample } from "./sample.js";

/** @typedef {typeof import("../../src/essay_explorer/widgets/layers.js")} Layers */
/** @type {typeof import("../../src/essay_explorer/widgets/lens.js") & Layers} */
const { createLayering, createLens, layered } = await widget("lens");

/** @import { Annotation, Layer } from "../../src/essay_explorer/widgets/types.d.ts" */

/** @param {Annotation[]} annotations @returns {Layer} */
const mine = (...annotations) => ({ id: "mine", label: "My marks", annotations });
/** @param {string} id @param {[number, number, number]} span @param {...string} tags @returns {Annotation} */
const mark = (id, span, ...tags) => ({ id, tags, spans: [span] });
const kim = { id: "kim", label: "Kim", annotations: [mark("k1", [3, 0, 8], "ending")] };

function open(traits = {}) {
  const model = createModel(traits);
  return { model, lens: createLens(/** @type {any} */ (model), new AbortController().signal) };
}

test("an annotation of a layer is cut, counted and ordered like the reading's own", () => {
  const made = layered(sample(), [
    mine(
      {
        id: "late",
        tags: ["ending", "unknown"],
        note: "because",
        spans: [
          [2, 3, 8],
          [3, 0, 3],
        ],
      },
      mark("early", [1, 0, 1], "trust"),
    ),
  ]);
  assert.deepEqual(
    made.passages.map(({ id, paragraph, tags, layer }) => [id, paragraph, tags, layer]),
    [
      ["early", 1, ["trust"], "mine"],
      ["a1", 1, ["trust", "claim"], undefined],
      ["a2", 1, ["trust", "ending"], undefined],
      ["late", 2, ["ending"], "mine"],
      ["a3", 3, ["trust"], undefined],
    ],
  );
  assert.equal(content.textsOf(made).get("late"), "Trust\n\nThe");
  const counts = made.facets.flatMap(({ tags }) => tags.map(({ id, count }) => [id, count]));
  assert.deepEqual(Object.fromEntries(counts), { trust: 4, ending: 2, claim: 1 });
  assert.deepEqual(
    content.segmentsOf(made.paragraphs[1]).map(({ text, marks }) => [text, marks]),
    [
      ["👋", ["a2"]],
      [" ", []],
      ["Trust", ["late"]],
      [" again, and “no more”.", []],
    ],
  );
  assert.deepEqual(layered(sample(), []), sample());
});

test("an annotation that leaves its paragraph is refused", () => {
  for (const span of /** @type {[number, number, number][]} */ ([
    [1, 0, 33],
    [1, -1, 3],
    [1, 4, 4],
    [4, 0, 1],
    [0, 0, 1],
  ]))
    assert.throws(() => layered(sample(), [mine(mark("m1", span))]), /^RangeError: m1: .* leaves paragraph/);
});

test("paragraphs on which nothing has changed stay the same objects", () => {
  const [base, layering] = [sample(), createLayering()];
  const one = layering(base, [mine(mark("m1", [1, 0, 1], "trust"), mark("m2", [3, 0, 3], "trust"))]);
  assert.notEqual(one.paragraphs[0], base.paragraphs[0]);
  assert.equal(one.paragraphs[1], base.paragraphs[1]);
  const two = layering(base, [mine(mark("m1", [1, 0, 1], "trust"), mark("m2", [3, 0, 3], "ending"))]);
  assert.equal(two.paragraphs[0], one.paragraphs[0]);
  assert.notEqual(two.paragraphs[2], one.paragraphs[2]); // another tag, which has another line
  assert.equal(layering(base, []), base);
  const bare = layering(base, [], ["reading"]);
  assert.equal(layering(base, [], ["reading"]), bare);
});

test("the reading's own layer can be off: nothing of it is left, nor of what builds on it", () => {
  const base = { ...sample(), tour: [{ at: "a1", title: "Here", text: "" }] };
  const made = layered(base, [mine(mark("m1", [1, 0, 1], "trust"))], ["reading"]);
  assert.deepEqual(
    made.passages.map(({ id }) => id),
    ["m1"],
  );
  assert.deepEqual([made.relations, made.tour, made.finding], [[], [], ""]);
  assert.deepEqual(
    made.facets[0].tags.map(({ count }) => count),
    [1, 0],
  );
  const none = layered(base, [mine(mark("m1", [1, 0, 1], "trust"))], ["reading", "mine"]);
  assert.deepEqual([none.passages, none.facets[0].tags[0].count], [[], 0]);
});

test("ids that two layers have are told apart", () => {
  const same = mark("a1", [3, 0, 3], "trust");
  const made = layered(sample(), [mine(same), { id: "kim", label: "Kim", annotations: [same] }]);
  assert.deepEqual(made.passages.map(({ id }) => id).sort(), ["a1", "a2", "a3", "kim:a1", "mine:a1"]);
  assert.equal(content.textsOf(made).get("kim:a1"), "The");
});

test("the lens shows the layers that are on, and says which there are", async () => {
  const { model, lens } = open({ chosen: ["ending"] });
  assert.deepEqual(lens.layers(), [{ id: "reading", label: "The reading’s own", count: 3, on: true }]);
  lens.setLayers([mine(mark("m1", [1, 0, 1], "ending")), kim]);
  assert.deepEqual(
    lens.shown().map(({ id }) => id),
    ["m1", "a2", "k1"],
  );
  lens.turnLayer("reading", false);
  assert.deepEqual(
    lens.shown().map(({ id }) => id),
    ["m1", "k1"],
  );
  lens.turnLayer("kim", false);
  assert.deepEqual(model.get("hidden"), ["reading", "kim"]);
  assert.deepEqual(
    lens.layers().map(({ id, count, on }) => [id, count, on]),
    [
      ["reading", 3, false],
      ["mine", 1, true],
      ["kim", 1, false],
    ],
  );
  lens.turnLayer("reading", true);
  assert.deepEqual(
    lens.shown().map(({ id }) => id),
    ["m1", "a2"],
  );
  assert.equal(model.saved, 3);
});

test("what is in focus falls away with its layer, and a filter that is cleared leaves the layers", () => {
  const { model, lens } = open({ chosen: ["trust"], at: "a3" });
  lens.setLayers([kim]);
  lens.turnLayer("reading", false);
  assert.deepEqual([lens.state().at, model.get("at")], ["", ""]);
  lens.clear();
  assert.deepEqual([lens.state().chosen, lens.state().hidden], [[], ["reading"]]);
});

test("an annotation that leaves the text leaves the layers as they were", () => {
  const { lens } = open();
  lens.setLayers([kim]);
  assert.throws(() => lens.setLayers([mine(mark("m1", [9, 0, 1]))]), RangeError);
  assert.deepEqual(
    lens.layers().map(({ id }) => id),
    ["reading", "kim"],
  );
});

test("layers and a comparison are in the address, and a comparison is opened and closed", () => {
  const { lens } = open();
  lens.turnLayer("reading", false);
  lens.compare("kim");
  assert.equal(lens.hash(), "off=reading&differ=kim");
  assert.deepEqual([lens.opened().differ, lens.steps()], ["kim", 1]);
  const read = lens.read("off=reading,reading,%3Cb%3E&differ=mine");
  assert.deepEqual([read.hidden, read.differ], [["reading"], ""]);
  assert.equal(lens.read("differ=kim").differ, "kim");
  lens.reopen({ at: "", chart: "", tour: 0, unfolded: false, presenting: false });
  assert.equal(lens.state().differ, "");
});

test("folded text of a reading is kept while only its layers change", () => {
  const { lens } = open({ query: "trust" });
  assert.equal(lens.hits().length, 3);
  lens.setLayers([mine(mark("m1", [3, 0, 22], "trust"))]);
  assert.deepEqual(
    lens.shown().map(({ id }) => id),
    ["a1", "a2", "m1", "a3"],
  );
  lens.setLayers([mine(mark("m1", [3, 0, 8], "trust"))]);
  assert.deepEqual(
    lens.shown().map(({ id }) => id),
    ["a1", "a2", "a3"],
  );
});

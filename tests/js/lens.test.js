// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { widget } from "./files.js";
import { createModel, sample } from "./sample.js";

/** @import { Annotation, Layer } from "../../src/essay_explorer/widgets/types.d.ts" */
/** @type {typeof import("../../src/essay_explorer/widgets/lens.js")} */
const { createLens } = await widget("lens");

/** @param {Parameters<typeof createModel>[0]} [traits] */
function open(traits) {
  const model = createModel(traits);
  const life = new AbortController();
  const lens = createLens(/** @type {any} */ (model), life.signal);
  return { model, lens, life };
}

/** @param {Annotation} annotation @returns {Layer} */
const mine = (annotation) => ({ id: "mine", label: "My marks", annotations: [annotation] });

const shorter = () => {
  const { facets, paragraphs, passages, ...rest } = sample();
  const [themes] = facets;
  return {
    ...{ ...rest, fingerprint: "two", facets: [{ ...themes, tags: themes.tags.slice(0, 1) }] },
    ...{
      paragraphs: paragraphs.slice(0, 2),
      passages: passages.slice(0, 2).map((one) => ({ ...one, tags: ["trust"] })),
    },
  };
};

test("an act is told once to each listener and saved once", async () => {
  const { model, lens, life } = open();
  let calls = 0;
  lens.observe(() => {
    calls += 1;
  }, life.signal);
  lens.choose("trust");
  assert.deepEqual(lens.shown().length, 3);
  await Promise.resolve();
  assert.deepEqual([calls, model.saved], [1, 1]);
});

test("another content takes the place of the first, and what is gone is dropped without a save", async () => {
  const { model, lens, life } = open({ chosen: ["trust", "ending"], at: "a3", within: [1, 3] });
  let calls = 0;
  lens.observe(() => {
    calls += 1;
  }, life.signal);
  assert.equal(lens.shown().length, 3);
  model.set("content", shorter());
  assert.deepEqual([lens.state().chosen, lens.state().at, lens.state().within], [["trust"], "", []]);
  assert.deepEqual([model.get("chosen"), model.get("at")], [["trust"], ""]);
  assert.equal(lens.content.fingerprint, "two");
  assert.deepEqual([...lens.passages.keys()], ["a1", "a2"]);
  assert.equal(lens.sentence(), "2 of 2 passages about trust.");
  assert.equal(lens.tags.has("ending"), false);
  await Promise.resolve();
  assert.deepEqual([calls, model.saved], [1, 0]);
});

test("Esc clears one thing at a time, and all of it comes back", () => {
  const { lens } = open({ chosen: ["trust"], excluded: ["ending"], query: "mind", within: [1, 2] });
  const filter = () => {
    const { chosen, excluded, query, within } = lens.state();
    return [chosen, excluded, query, within];
  };
  const before = filter();
  lens.clearOne();
  assert.deepEqual(filter(), [["trust"], ["ending"], "", [1, 2]]);
  lens.clearOne();
  assert.deepEqual(filter(), [["trust"], ["ending"], "", []]);
  lens.open("a1");
  lens.clearOne();
  assert.deepEqual([lens.active(), lens.cleared()], [false, true]);
  lens.undo();
  assert.deepEqual([filter(), lens.state().at, lens.cleared()], [before, "a1", false]);
});

test("what comes back after the content has changed is what it still has", () => {
  const { model, lens } = open({ chosen: ["trust", "ending"] });
  lens.clear();
  model.set("content", shorter());
  lens.undo();
  assert.deepEqual(lens.state().chosen, ["trust"]);
});

test("opening is a step, leafing and closing are none", () => {
  const { lens } = open();
  lens.open("a1");
  lens.open("a1");
  lens.leaf("a2");
  lens.chart("weight");
  lens.chart("flow");
  lens.unfold(true);
  assert.equal(lens.steps(), 3);
  const still = { unfolded: false, menu: "", presenting: false, marking: false };
  const rest = { at: "", chart: "", tour: 0, differ: "", ...still };
  assert.deepEqual(lens.opened(), { ...rest, at: "a2", chart: "flow", unfolded: true });
  lens.menu("share");
  lens.menu("looks");
  lens.menu("share", false); // another one is open
  assert.deepEqual([lens.steps(), lens.opened().menu], [4, "looks"]);
  lens.reopen(lens.opened());
  assert.equal(lens.opened().menu, ""); // a menu does not come back
  lens.reopen(rest);
  assert.equal(lens.steps(), 4);
  assert.deepEqual(lens.opened(), rest);
});

test("annotations of the browser stay when the content changes, and can be taken away", () => {
  const { model, lens } = open({ chosen: ["trust"] });
  lens.setLayers([mine({ id: "m1", tags: ["trust"], spans: [[2, 3, 8]] })]);
  assert.equal(lens.sentence(), "All 4 passages, about trust. Of these, 3 are the reading’s own and 1 yours.");
  model.set("content", shorter());
  assert.equal(lens.texts.get("m1"), "Trust");
  assert.equal(lens.sentence(), "All 3 passages, about trust. Of these, 2 are the reading’s own and 1 yours.");
  model.set("content", { ...shorter(), paragraphs: shorter().paragraphs.slice(0, 1) }); // where the mark does not fit
  assert.equal(lens.passages.has("m1"), false);
  model.set("content", shorter());
  lens.open("m1");
  lens.setLayers([]);
  assert.deepEqual([lens.shown().length, lens.state().at], [2, ""]);
});

test("an annotation that does not fit is refused and changes nothing", () => {
  const { lens } = open();
  lens.setLayers([mine({ id: "m1", tags: [], spans: [[1, 0, 1]] })]);
  assert.throws(() => lens.setLayers([mine({ id: "other", tags: [], spans: [[1, 0, 99]] })]), RangeError);
  assert.ok(lens.passages.has("m1"));
});

test("a step among hits stays where the hits stay", () => {
  const { model, lens } = open({ query: "trust" });
  lens.step(1);
  lens.step(1);
  assert.equal(lens.hit(), 1);
  lens.setLayers([mine({ id: "m1", tags: [], spans: [[1, 0, 1]] })]);
  assert.equal(lens.hit(), 1);
  model.set("content", shorter());
  assert.deepEqual([lens.hit(), lens.hits().length], [-1, 2]);
});

test("after its end a lens hears nothing", () => {
  const { model, lens, life } = open();
  life.abort();
  model.set("content", shorter());
  assert.equal(lens.content.fingerprint, "one");
});

test("the passage beside one is found among those shown, round and round", () => {
  const { lens } = open({ excluded: ["ending"] });
  assert.equal(lens.beside("a1", 1), "a3");
  assert.equal(lens.beside("a3", 1), "a1");
  assert.equal(lens.beside("a2", -1), "a1");
});

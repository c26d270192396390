// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import * as shared from "../../src/essay_explorer/widgets/content.js";
import { isAddress, lastQuestion, mostLeanedOn } from "../../src/essay_explorer/widgets/ending.js";
import { fromHash, hashOf } from "../../src/essay_explorer/widgets/lens_hash.js";
import { stopInView } from "../../src/essay_explorer/widgets/stops.js";
import { placeOf, swiped } from "../../src/essay_explorer/widgets/tour.js";
import { sample, state } from "./sample.js";

Object.assign(globalThis, shared); // as one module of the page, they share it
const content = sample();
const stops = ["a1", "a2"].map((at) => ({ at, title: at, text: "" }));

test("a stop is named by its place", () => {
  assert.equal(placeOf(3, 9), "Stop 3 of 9");
});

test("a finger that goes across steps on or back, one that goes down does not", () => {
  assert.deepEqual([swiped(-80, 10), swiped(80, -10), swiped(-80, 60), swiped(-20, 0)], [1, -1, 0, 0]);
});

test("of the stops on the screen the one at the eye is meant, and none of those off it", () => {
  const view = { top: 0, bottom: 1000 };
  const box = (/** @type {number} */ top) => ({ top, bottom: top + 40 });
  assert.equal(stopInView([box(100), box(390), box(700)], view), 2);
  assert.equal(stopInView([box(-400), box(900)], view), 2);
  assert.equal(stopInView([box(-400), box(1400)], view), 0);
});

test("an address keeps the stop, and asks for none that is not there", () => {
  const toured = { ...content, tour: stops };
  assert.equal(hashOf(toured, state({ tour: 2 })), "tour=2");
  assert.equal(fromHash(toured, "#tour=2").tour, 2);
  assert.deepEqual(
    ["#tour=7", "#tour=x", ""].map((hash) => fromHash(toured, hash).tour),
    [2, 0, 0],
  );
  assert.equal(fromHash(content, "#tour=2").tour, 0);
});

test("the passage that most relations lead to is leaned on most, and one relation is not enough", () => {
  const passages = ["a1", "a2", "a3"].map((id) => ({ ...content.passages[0], id }));
  const relation = (/** @type {string} */ from, /** @type {string} */ to) => ({ from, kind: "supports", to, note: "" });
  const relations = [relation("a1", "a2"), relation("a3", "a1"), relation("a3", "a2")];
  assert.deepEqual(mostLeanedOn({ passages, relations }), { id: "a2", count: 2 });
  assert.equal(mostLeanedOn({ passages, relations: relations.slice(0, 1) }).id, "");
});

test("a text without themes that ask ends without a question", () => {
  assert.equal(lastQuestion({ ...content, facets: [] }), "");
});

test("only what opens a page is an address", () => {
  const said = ["https://example.org/a", "HTTP://x.org", "javascript:alert(1)", "a library", "https://a b", ""];
  assert.deepEqual(said.map(isAddress), [true, true, false, false, false, false]);
});

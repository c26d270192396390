// @ts-check
import assert from "node:assert/strict";
import test from "node:test";
import { placed, placesIn, withPlace } from "../../src/essay_explorer/widgets/bookmark.js";
import { comfortsIn, sized } from "../../src/essay_explorer/widgets/comforts.js";
import { within } from "../../src/essay_explorer/widgets/presenting.js";
import { readIn } from "../../src/essay_explorer/widgets/whereabouts.js";

test("of what the device remembers only what is known counts", () => {
  assert.deepEqual(comfortsIn('{"size":"large","face":"sans","colours":"pink","odd":"1"}'), {
    size: "large",
    face: "sans",
  });
  assert.deepEqual(["{", "[1]", "null", "", '"x"'].map(comfortsIn), [{}, {}, {}, {}, {}]);
});

test("sizes go by steps, and no further than there are", () => {
  assert.deepEqual(
    [sized("", 1), sized("small", -1), sized("small", 1), sized("largest", 1)],
    ["big", "small", "", "largest"],
  );
});

test("the paragraph that is read is the first that ends below the eye", () => {
  const view = { top: 0, bottom: 1000 };
  const boxes = [0, 310, 700].map((bottom) => ({ top: bottom - 300, bottom }));
  assert.equal(readIn(boxes, view), 1);
  assert.equal(readIn(boxes.slice(0, 1), view), 0);
});

test("what is left of a long paragraph comes before the next one", () => {
  const view = { top: 0, bottom: 1000 };
  assert.equal(within({ top: 100, bottom: 900 }, view, 1), 0);
  assert.equal(within({ top: 100, bottom: 1100 }, view, 1), 220);
  assert.equal(within({ top: 100, bottom: 3000 }, view, 1), 700);
  assert.equal(within({ top: -50, bottom: 900 }, view, -1), -170);
});

test("a place is found again in an edited text where it is certain, and nowhere else", () => {
  const paragraphs = ["a", "bb", "cc", "dddd"].map((text) => ({ text }));
  assert.equal(placed({ number: 2, letters: 2 }, paragraphs), 2);
  assert.equal(placed({ number: 2, letters: 4 }, paragraphs), 4);
  assert.equal(placed({ number: 1, letters: 2 }, paragraphs), 0);
  assert.equal(placed({ number: 9, letters: 9 }, paragraphs), 0);
});

test("a text has one place, the last, and what is no place is left out", () => {
  const one = { number: 3, letters: 9 };
  const places = withPlace(withPlace([], "a", one), "b", one);
  assert.deepEqual(withPlace(places, "a", { number: 4, letters: 8 }), [
    ["b", one],
    ["a", { number: 4, letters: 8 }],
  ]);
  assert.deepEqual(withPlace(places, "a", null), [["b", one]]);
  assert.deepEqual(placesIn(JSON.stringify([...places, ["c", {}], [1, one]])), places);
  assert.deepEqual(["{}", "x", "[1]", ""].map(placesIn), [[], [], [], []]);
});

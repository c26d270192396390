// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as content from "../../src/essay_explorer/widgets/content.js";
import { sample, state } from "./sample.js";

const CASES = JSON.parse(readFileSync(new URL("../cases/cut.json", import.meta.url), "utf-8"));

for (const { name, text, utf16, segments, refused } of CASES) {
  test(`a text is cut as Python cuts it: ${name}`, () => {
    if (refused) {
      assert.throws(() => content.cut(text, utf16), {
        name: "RangeError",
        message: new RegExp(`^${refused}: .* leaves`),
      });
      return;
    }
    const made = content.cut(text, utf16);
    assert.deepEqual(
      made.map(({ text, labels }) => [text, labels]),
      segments,
    );
    for (const segment of made) assert.ok(text.startsWith(segment.text, segment.start));
  });
}

test("a paragraph is cut with its emphasis and passages, and where its sentences start", () => {
  const [first, second] = sample().paragraphs;
  const told = content.segmentsOf(first).map(({ text, em, marks, sentence }) => [text, em, marks, sentence]);
  assert.deepEqual(told, [
    ["I ", [], ["a1"], 1],
    ["trust", ["em"], ["a1", "a2"], undefined],
    [" her voice.", [], ["a1", "a2"], undefined],
    [" ", [], ["a2"], undefined],
    ["It ends well.", [], ["a2"], 2],
  ]);
  assert.deepEqual(
    content.segmentsOf(second).map(({ text }) => text),
    ["👋", " Trust again, and “no more”."],
  );
});

test("verse is cut at its lines, and a row at its cells", () => {
  const pieces = (/** @type {string} */ text, /** @type {"verse" | "row" | undefined} */ kind) =>
    content
      .segmentsOf({ text, emphasis: [["em", 1, 4]], shape: { kind } })
      .map(({ text, em, piece }) => [text, em, piece]);
  assert.deepEqual(pieces("ab\ncd", "verse"), [
    ["a", [], 0],
    ["b\n", ["em"], 0],
    ["c", ["em"], 1],
    ["d", [], 1],
  ]);
  assert.deepEqual(
    pieces("ab\t\tc", "row").map(([, , piece]) => piece),
    [0, 0, 1, 2],
  );
  assert.deepEqual(pieces("ab\ncd", undefined).at(-1), ["d", [], undefined]);
});

test("the text of a passage goes over paragraphs", () => {
  assert.deepEqual(Object.fromEntries(content.textsOf(sample())), {
    a1: "I trust her voice.",
    a2: "trust her voice. It ends well.\n\n👋",
    a3: "trust",
  });
});

test("another content drops from the lens just what it does not have", () => {
  const full = state({
    chosen: ["trust", "ending"],
    excluded: ["claim"],
    within: [1, 3],
    at: "a3",
    query: "trust",
    chart: "flow",
  });
  assert.deepEqual(content.dropped(sample(), full), {});
  const { facets, paragraphs, passages, ...rest } = sample();
  const fewer = {
    ...rest,
    facets: [{ ...facets[0], tags: [facets[0].tags[0]] }],
    paragraphs: paragraphs.slice(0, 2),
    passages: passages.slice(0, 2),
  };
  assert.deepEqual(content.dropped(fewer, full), { chosen: ["trust"], excluded: [], within: [], at: "" });
  assert.deepEqual(content.dropped(fewer, state({ at: "p3" })), { at: "" });
  assert.deepEqual(content.dropped(fewer, state({ at: "p2", within: [1, 2] })), {});
});

// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as content from "../../src/essay_explorer/widgets/content.js";
import { sample, state } from "./sample.js";

const cases = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf-8"));
const CASES = cases("cut");
const FOUND = cases("find");

for (const { name, text, query, hits } of FOUND) {
  test(`words are found as Python finds them: ${name}`, () => {
    const paragraphs = [{ text, sentences: { first: 1, starts: [0] } }];
    const found = content.hitsOf({ ...sample(), paragraphs }, query);
    assert.deepEqual(
      found.map(({ start, end }) => [start, end]),
      hits,
    );
  });
}

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

test("passages are chosen by tags, left out, looked at and sought together", () => {
  const shown = (/** @type {Parameters<typeof state>[0]} */ changes) =>
    content.passagesOf(sample(), state(changes)).map(({ id }) => id);
  assert.deepEqual(shown({}), ["a1", "a2", "a3"]);
  assert.deepEqual(shown({ chosen: ["trust", "ending"], match: "all" }), ["a2"]);
  assert.deepEqual(shown({ chosen: ["trust"], excluded: ["ending"] }), ["a1", "a3"]);
  assert.deepEqual(shown({ chosen: ["trust", "claim"] }), ["a1"]);
  assert.deepEqual(shown({ within: [2, 3] }), ["a3"]);
  assert.deepEqual(shown({ query: "HER  voice" }), ["a1", "a2"]);
});

test("hits lie over wide letters, and in passages from end to end", () => {
  const all = content.hitsOf(sample(), "TRUST");
  assert.deepEqual(
    all.map(({ paragraph, start, end }) => [paragraph, start, end]),
    [
      [0, 2, 7],
      [1, 3, 8],
      [2, 17, 22],
    ],
  );
  const inside = (/** @type {string} */ query) =>
    content.hitsIn(sample(), content.hitsOf(sample(), query), sample().passages).length;
  assert.equal(inside("trust"), 2);
  assert.equal(inside("voice. it"), 1);
  assert.equal(inside("is trust"), 0);
  assert.deepEqual(
    content.hitsOf(sample(), '"no more"').map(({ start }) => start),
    [20],
  );
});

test("an address gives back the lens, without what the content does not have", () => {
  const lens = state({
    chosen: ["trust", "claim"],
    excluded: ["ending"],
    match: "all",
    show: "dim",
    query: "a+b & c",
    within: [1, 2],
    at: "a2",
    chart: "flow",
  });
  assert.deepEqual(content.fromHash(sample(), `#${content.hashOf(sample(), lens)}`), lens);
  assert.equal(content.hashOf(sample(), state()), "");
  assert.deepEqual(
    content.fromHash(sample(), "#theme=trust,gone&at=p9&within=2-9&show=loud&__proto__=1"),
    state({ chosen: ["trust"] }),
  );
});

test("a sentence speaks by the roles of facets, whatever their ids", () => {
  const { facets, ...rest } = sample();
  const roles = /** @type {const} */ (["theme", "person"]);
  const odd = { ...rest, facets: facets.map((facet, at) => ({ ...facet, id: "constructor", role: roles[at] })) };
  const lens = state({ chosen: ["trust", "claim"] });
  assert.equal(content.sentence(odd, lens, 1), "1 of 3 passages about trust, speaking of claim.");
});

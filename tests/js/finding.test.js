// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as content from "../../src/essay_explorer/widgets/content.js";
import * as finding from "../../src/essay_explorer/widgets/finding.js";
import * as hash from "../../src/essay_explorer/widgets/lens_hash.js";
import * as words from "../../src/essay_explorer/widgets/lens_words.js";
import { sample, state } from "./sample.js";

Object.assign(globalThis, content); // as one module of the page, they share it

const FOUND = JSON.parse(readFileSync(new URL("../cases/find.json", import.meta.url), "utf-8"));

for (const { name, text, query, hits } of FOUND) {
  test(`words are found as Python finds them: ${name}`, () => {
    const paragraphs = [{ text, sentences: { first: 1, starts: [0] } }];
    const found = finding.hitsOf({ ...sample(), paragraphs }, query);
    assert.deepEqual(
      found.map(({ start, end }) => [start, end]),
      hits,
    );
  });
}

test("passages are chosen by tags, left out, looked at and sought together", () => {
  const shown = (/** @type {Parameters<typeof state>[0]} */ changes) =>
    finding.passagesOf(sample(), state(changes)).map(({ id }) => id);
  assert.deepEqual(shown({}), ["a1", "a2", "a3"]);
  assert.deepEqual(shown({ chosen: ["trust", "ending"], match: "all" }), ["a2"]);
  assert.deepEqual(shown({ chosen: ["trust"], excluded: ["ending"] }), ["a1", "a3"]);
  assert.deepEqual(shown({ chosen: ["trust", "claim"] }), ["a1"]);
  assert.deepEqual(shown({ within: [2, 3] }), ["a3"]);
  assert.deepEqual(shown({ query: "HER  voice" }), ["a1", "a2"]);
});

test("hits lie over wide letters, and in passages from end to end", () => {
  const all = finding.hitsOf(sample(), "TRUST");
  assert.deepEqual(
    all.map(({ paragraph, start, end }) => [paragraph, start, end]),
    [
      [0, 2, 7],
      [1, 3, 8],
      [2, 17, 22],
    ],
  );
  const inside = (/** @type {string} */ query) =>
    finding.hitsIn(sample(), finding.hitsOf(sample(), query), sample().passages).length;
  assert.equal(inside("trust"), 2);
  assert.equal(inside("voice. it"), 1);
  assert.equal(inside("is trust"), 0);
  assert.deepEqual(
    finding.hitsOf(sample(), '"no more"').map(({ start }) => start),
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
  assert.deepEqual(hash.fromHash(sample(), `#${hash.hashOf(sample(), lens)}`), lens);
  assert.equal(hash.hashOf(sample(), state()), "");
  assert.deepEqual(
    hash.fromHash(sample(), "#theme=trust,gone&at=p9&within=2-9&show=loud&__proto__=1"),
    state({ chosen: ["trust"] }),
  );
});

test("a sentence speaks by the roles of facets, whatever their ids", () => {
  const { facets, ...rest } = sample();
  const roles = /** @type {const} */ (["theme", "person"]);
  const odd = { ...rest, facets: facets.map((facet, at) => ({ ...facet, id: "constructor", role: roles[at] })) };
  const lens = state({ chosen: ["trust", "claim"] });
  assert.equal(words.sentence(odd, lens, 1), "1 of 3 passages about trust, speaking of claim.");
});

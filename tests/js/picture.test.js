// @ts-check
/** What the strip and the pictures show, and how a text breaks into lines: all but the drawing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arcsOf, barsOf, lanesOf, merged, stretchesOf } from "../../src/essay_explorer/widgets/fingerprint.js";
import { evenLines, isFromRight, linesOf, piecesOfText } from "../../src/essay_explorer/widgets/typesetting.js";
import { widget } from "./files.js";
import { sample, state } from "./sample.js";

const { fingerprintOf, sentencesAround, segmentsOf } = await widget("lens");
const content = sample();
const { stretches, paragraphs, total } = stretchesOf(content);
const letters = (/** @type {string} */ text) => [...text].length; // each as wide as any other

test("each passage has its place in shares of the essay, also where it ends in the next paragraph", () => {
  assert.equal(total, content.paragraphs.map(({ text }) => text).join("").length);
  assert.deepEqual(stretches.get("a1"), [0, 18 / total]);
  assert.deepEqual(stretches.get("a2"), [2 / total, 34 / total]);
  assert.deepEqual(paragraphs[1], [32 / total, (32 + content.paragraphs[1].text.length) / total]);
});

test("bars that touch are one", () => {
  /** @type {[number, number][]} */
  const bars = [
    [0.5, 0.6],
    [0.1, 0.2],
    [0.201, 0.3],
    [0.55, 0.56],
  ];
  assert.deepEqual(merged(bars), [
    [0.1, 0.3],
    [0.5, 0.6],
  ]);
  assert.deepEqual(barsOf("ending", content.passages, stretches), [stretches.get("a2")]);
});

test("themes that passages carry have lanes, and of the other tags those that are chosen", () => {
  const ids = (/** @type {string[]} */ chosen) => lanesOf(content.facets, chosen).map(({ id }) => id);
  assert.deepEqual(ids([]), ["trust", "ending"]);
  assert.deepEqual(ids(["claim"]), ["trust", "ending", "claim"]);
  const tags = Array.from({ length: 30 }, (_, count) => ({ ...content.facets[0].tags[0], id: `t${count}`, count }));
  const many = lanesOf([{ ...content.facets[0], tags }], ["t3"]).map(({ id }) => id);
  assert.deepEqual([many.length, many[0], many.at(-1)], [12, "t3", "t29"]);
});

test("an arc leads from the middle of a passage to that of another, and none to a passage without a place", () => {
  const [arc, ...more] = arcsOf(
    [...content.relations, { from: "a1", kind: "opposes", to: "gone", note: "" }],
    stretches,
  );
  assert.deepEqual([arc.from, arc.to, more.length], ["a1", "a3", 0]);
  assert.equal(arc.start, 9 / total);
});

test("with nothing chosen the whole fingerprint is in colour; else what is not shown is faint", () => {
  const rest = fingerprintOf(content, state(), null);
  assert.deepEqual(
    rest.lanes.map((/** @type {{bars: object[], faint: object[]}} */ { bars, faint }) => [bars.length, faint.length]),
    [
      [2, 0],
      [1, 0],
    ],
  );
  const shown = content.passages.filter(({ tags }) => tags.includes("ending"));
  const chosen = fingerprintOf(content, state({ chosen: ["ending"] }), shown);
  assert.deepEqual(chosen.lanes[0].bars, []);
  assert.deepEqual(chosen.lanes[1].bars, rest.lanes[1].bars);
  assert.deepEqual(chosen.lanes[0].faint, rest.lanes[0].bars);
  assert.equal(chosen.arcs[0].on, false);
});

test("a passage stands in its sentence, or alone where that is too long", () => {
  assert.deepEqual(sentencesAround(content, "a3", segmentsOf), { text: "The last word is trust.", start: 17, end: 22 });
  assert.deepEqual(sentencesAround(content, "a1", segmentsOf), { text: "I trust her voice.", start: 0, end: 18 });
  const two = sentencesAround(content, "a2", segmentsOf);
  assert.equal(two.text, "I trust her voice. It ends well.\n👋 Trust again, and “no more”.");
  assert.equal(two.text.slice(two.start, two.end), "trust her voice. It ends well.\n👋");
  const long = sample();
  long.paragraphs[2].text += " word".repeat(100);
  assert.deepEqual(sentencesAround(long, "a3", segmentsOf), { text: "trust", start: 0, end: 5 });
});

test("a line breaks between words, and signs stay with theirs", () => {
  const lines = (/** @type {string} */ text, /** @type {number} */ width, language = "en") =>
    linesOf(text, width, letters, language).map((line) => line.text);
  assert.deepEqual(lines("It ends, and “no more” follows.", 12), ["It ends, and", "“no more”", "follows."]);
  assert.deepEqual(lines("one\ntwo", 20), ["one", "two"]);
  assert.deepEqual(lines("Donaudampf", 4), ["Dona", "udam", "pf"]);
  assert.deepEqual(lines("", 4), []);
  assert.deepEqual(piecesOfText("It cost $5 (or 3.5).", "en"), ["It ", "cost ", "$5 ", "(or ", "3.5)."]);
});

test("a Chinese line starts with no full stop and ends with no opening bracket", () => {
  const text = "信頼について。私たちは「どのように」信じる、のか。";
  for (let width = 5; width < 12; width += 1) {
    const lines = linesOf(text, width, letters, "ja");
    assert.equal(lines.map((line) => text.slice(line.start, line.end)).join(""), text);
    for (const line of lines) {
      assert.doesNotMatch(line.text, /^[。、」]|「$/);
      assert.ok(letters(line.text) <= width);
    }
  }
});

test("no word stands alone on the last line where there is room beside it", () => {
  const text = "Language runs through five paragraphs";
  assert.equal(linesOf(text, 30, letters, "en").at(-1)?.text, "paragraphs");
  assert.deepEqual(
    evenLines(text, 30, letters, "en").map((line) => line.text),
    ["Language runs through", "five paragraphs"],
  );
});

test("the first letter with a direction tells from where a text is written", () => {
  assert.deepEqual(["“ثقة” trust", "12 שלום", "trust ثقة", "信頼", ""].map(isFromRight), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

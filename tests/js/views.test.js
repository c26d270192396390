// @ts-check
/** The pure functions of the views. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changesFor, csv, ownChart, paragraphsIn } from "../../src/essay_explorer/widgets/chart_data.js";
import { frameAround } from "../../src/essay_explorer/widgets/chart_saving.js";
import { tagsOf } from "../../src/essay_explorer/widgets/content.js";
import { short } from "../../src/essay_explorer/widgets/dom.js";
import { position } from "../../src/essay_explorer/widgets/lens_status.js";
import { against, columned, laned, marking } from "../../src/essay_explorer/widgets/lines.js";
import { crowded, stacked } from "../../src/essay_explorer/widgets/margin_notes.js";
import { overlapping, questionsOf, quotation, relationsOf } from "../../src/essay_explorer/widgets/passage_body.js";
import { distance } from "../../src/essay_explorer/widgets/reading_place.js";
import { bow, course } from "../../src/essay_explorer/widgets/strip.js";
import { tally } from "../../src/essay_explorer/widgets/tag_chips.js";
import { widget } from "./files.js";
import { sample, state } from "./sample.js";

/** @typedef {typeof import("../../src/essay_explorer/widgets/chart_layers.js")} Layers */
/** @typedef {typeof import("../../src/essay_explorer/widgets/chart_counts.js")} Counts */
/** @type {Layers & Counts} */
const { whoseAreCounted, saidIn } = await widget("chart_panel");

/** @import { Passage } from "../../src/essay_explorer/widgets/types.d.ts" */

const content = sample();
const passages = new Map(content.passages.map((passage) => [passage.id, passage]));

test("a tag keeps the highest lane that is free all through a paragraph", () => {
  const lanes = (/** @type {string[]} */ tagged) =>
    laned(
      tagged.map((tags) => new Set(tags)),
      ["t", "a", "e"],
    ).map((one) => Object.fromEntries(one));
  assert.deepEqual(lanes(["t", "", "a"]), [{ t: 0 }, {}, { a: 0 }]);
  assert.deepEqual(lanes(["a", "ta", "a"]), [{ a: 1 }, { t: 0, a: 1 }, { a: 1 }]);
  assert.deepEqual(lanes(["t", "ta", "a"]), [{ t: 0 }, { t: 0, a: 1 }, { a: 1 }]);
  assert.deepEqual(lanes(["e", "et", "t", "te"]), [{ e: 1 }, { t: 0, e: 1 }, { t: 0 }, { t: 0, e: 1 }]);
  assert.deepEqual(lanes(["ta", "te", "e"]), [{ t: 0, a: 1 }, { t: 0, e: 1 }, { e: 1 }]);
  assert.deepEqual(lanes(["tae"]), [{ t: 0, a: 1, e: 2 }]);
  assert.deepEqual(lanes([]), []);
});

test("words that are written against their paragraph are told, but for those beside a number", () => {
  const said = (/** @type {string} */ text, /** @type {string} */ words) =>
    against({ text: words, start: text.indexOf(words) }, text);
  const english = "Then they said שלום עולם, טוב in one voice. 5 ילדים.";
  assert.deepEqual(
    ["שלום", "עולם, טוב", "said שלום", "in one", "עולם,", "ילדים"].map((words) => said(english, words)),
    ["rtl", "rtl", "", "", "", "rtl"],
  );
  assert.deepEqual(
    ["peace be", "וזהו"].map((words) => said("קראנו peace be with you וזהו.", words)),
    ["ltr", ""],
  );
  assert.equal(said("They wrote سلام 5-6 there.", "سلام"), "");
  assert.equal(said("Nothing but English.", "but"), "");
});

test("beside a line stand three codes, or two and how many more", () => {
  const says = (/** @type {number} */ count) => columned(count).map((one) => one && (one.more || one.column));
  assert.deepEqual(says(0), []);
  assert.deepEqual(says(3), [0, 1, 2]);
  assert.deepEqual(says(5), [0, 1, "+3", null, null]);
});

test("a jump goes as far as it must", () => {
  const view = { top: 100, bottom: 500 };
  assert.equal(distance({ top: 150, bottom: 170 }, view, "nearest"), 0);
  assert.equal(distance({ top: 90, bottom: 110 }, view, "nearest"), -10);
  assert.equal(distance({ top: 490, bottom: 520 }, view, "nearest"), 20);
  assert.equal(distance({ top: 200, bottom: 900 }, view, "nearest"), 100);
  assert.equal(distance({ top: 390, bottom: 410 }, view, "center"), 100);
  assert.equal(distance({ top: 150, bottom: 170 }, view, "start"), 50);
});

test("a segment is marked by the shown passages over it, and lined by their chosen tags", () => {
  const segment = { text: "", start: 0, em: [], marks: ["a1", "a2"] };
  const look = (/** @type {string[]} */ shown, /** @type {string[]} */ chosen) => ({
    ...{ state: state({ chosen }), shown: new Set(shown), kept: new Set(/** @type {string[]} */ ([])) },
    ...{ lanes: chosen.filter((tag) => tag !== "claim"), coloured: new Set(["trust", "ending"]) },
  });
  const lined = marking(segment, look(["a1"], ["trust", "ending"]), passages);
  assert.deepEqual([lined.on, lined.kept, [...lined.lines.keys()]], [true, false, ["trust"]]);
  assert.deepEqual([...marking(segment, look(["a1"], ["claim"]), passages).lines.keys()], [""]);
  assert.deepEqual(marking(segment, look([], ["trust"]), passages), { on: false, kept: false, lines: new Map() });
});

test("the reader's own are always lined, by all their themes while nothing is chosen, and beside those of others", () => {
  const segment = { text: "", start: 0, em: [], marks: ["a1", "m1", "k1"] };
  const tags = ["trust", "ending"];
  const all = new Map([
    ...passages,
    .../** @type {const} */ (["m1", "k1"]).map((id) => {
      const layer = id === "m1" ? "mine" : "kim";
      return /** @type {[string, Passage]} */ ([id, { id, paragraph: 1, tags, note: "", creator: "", layer }]);
    }),
  ]);
  const names = (/** @type {string[]} */ shown, /** @type {string[]} */ chosen) => {
    const look = { state: state({ chosen }), shown: new Set(shown), kept: new Set(["m1"]), lanes: chosen };
    return [...marking(segment, { ...look, coloured: new Set(tags) }, all).lines.keys()];
  };
  assert.deepEqual(names([], []), ["mine trust", "mine ending"]);
  assert.deepEqual(names(["a1", "m1", "k1"], ["trust"]), ["trust", "mine trust", "kim trust"]);
  assert.deepEqual(names(["a1"], ["trust"]), ["trust", "mine "]);
  assert.deepEqual(names([], ["trust"]), ["mine "]);
});

test("the strip draws each stretch of a lane, and an arc from height to height", () => {
  const stretches = /** @type {[number, number][]} */ ([
    [0, 0.25],
    [0.5, 1],
  ]);
  assert.equal(course(1.5, stretches), "M1.5 0.0V250.0M1.5 500.0V1000.0");
  assert.equal(bow(0.1, 0.9, 0.75), "M0 100.0C1000 100.0 1000 900.0 0 900.0");
});

test("the card lists what overlaps, what relates, and a quotation with its source", () => {
  assert.deepEqual(overlapping("a1", content), ["a2"]);
  assert.deepEqual(overlapping("a3", content), []);
  assert.deepEqual(relationsOf("a3", content.relations), [{ words: "Supported by", other: "a1", note: "why" }]);
  assert.deepEqual(relationsOf("a1", content.relations), [{ words: "This supports", other: "a3", note: "why" }]);
  assert.equal(
    quotation("Words", 2, content, "http://x/#at=a1"),
    "“Words” (A. Writer, “On trust”, paragraph 2)\nhttp://x/#at=a1",
  );
});

test("what to think about is said once, of the chosen tags first", () => {
  const tags = [
    { id: "trust", questions: ["Why?", "Who?"] },
    { id: "ending", questions: ["How?", "Why?"] },
  ];
  assert.deepEqual(questionsOf(tags, []), ["Why?", "Who?", "How?"]);
  assert.deepEqual(questionsOf(tags, ["ending"]), ["How?", "Why?", "Who?"]);
});

test("notes stand at their lines, or below the one before", () => {
  const notes = (/** @type {number[]} */ wanted) => wanted.map((top) => ({ wanted: top, height: 50 }));
  assert.deepEqual(stacked(notes([0, 200, 210, 400]), 10), [0, 200, 260, 400]);
  assert.deepEqual(stacked(notes([0, 10, 20]), 10), [0, 60, 120]);
  assert.deepEqual(stacked([]), []);
});

test("a run of notes in which one is pushed too far is brief, and no other", () => {
  const notes = (/** @type {number[]} */ wanted) => wanted.map((top) => ({ wanted: top, height: 50 }));
  assert.deepEqual(crowded(notes([0, 10, 20, 500, 505]), 90), [true, true, true, false, false]);
  assert.deepEqual(crowded(notes([0, 10, 20, 500, 505]), 200), [false, false, false, false, false]);
});

test("long texts are shortened after a whole word", () => {
  assert.equal(short("one two three", 9), "one two…");
  assert.equal(short("👩‍🌾 one", 9), "👩‍🌾 one");
});

test("a chip says how many of its passages are shown", () => {
  assert.equal(tally(9, 9), "9");
  assert.equal(tally(9, 2), "2/9");
  assert.equal(tally(9, 0), "0");
  assert.equal(tally(0, 0), "0");
});

test("the stepper says where the reader is, or how many there are", () => {
  assert.equal(position(1, 23), "2 of 23");
  assert.equal(position(-1, 23), "23 passages");
  assert.equal(position(-1, 1), "1 passage");
});

test("the charts say whose passages they count, and how many", () => {
  const own = { id: "reading", label: "The reading’s own", count: 67, on: true };
  const mine = { id: "mine", label: "My marks", count: 3, on: true };
  const kim = { id: "kim", label: "Kim", count: 1, on: true };
  const said = saidIn({
    phrases: {
      and: { other: "{first} and {last}" },
      "no layer": { other: "No layer with passages is on." },
      reading: { other: "the reading’s own ({count})" },
      "your marks": { other: "your marks" },
      counted: { other: "Counted: {layers}." },
    },
  });
  assert.equal(whoseAreCounted([own, mine], said), "Counted: the reading’s own (67) and your marks (3).");
  assert.equal(whoseAreCounted([{ ...own, on: false }, mine, kim], said), "Counted: your marks (3) and Kim (1).");
  assert.equal(whoseAreCounted([{ ...own, on: false }], said), "No layer with passages is on.");
});

test("a click on a chart does what its datum stands for", () => {
  const lens = { tags: tagsOf(content), passages };
  const changes = (
    /** @type {import("../../src/essay_explorer/widgets/types.d.ts").Datum} */ datum,
    chosen = /** @type {string[]} */ ([]),
  ) => changesFor(datum, state({ chosen, excluded: ["claim"] }), lens);
  assert.deepEqual(changes({ passage: "a1", tag: "trust" }), { at: "a1", chosen: ["trust"], excluded: ["claim"] });
  assert.deepEqual(changes({ tag: "claim" }), { chosen: ["claim"], excluded: [] });
  assert.deepEqual(changes({ tag: "trust" }, ["trust", "ending"]), { chosen: ["ending"], excluded: ["claim"] });
  assert.deepEqual(changes({ tags: ["trust", "ending"] }), {
    chosen: ["trust", "ending"],
    excluded: ["claim"],
    match: "all",
  });
  assert.deepEqual(changes({ tags: ["trust", "claim"] }), { chosen: ["trust", "claim"], excluded: [], match: "any" });
  assert.deepEqual(changes({ paragraph: 4 }), { at: "p4" });
  assert.equal(changes({ passage: "gone" }), null);
});

test("a dragged stretch looks at the paragraphs that it touches", () => {
  const words = /** @type {[number, number][]} */ ([
    [0, 10],
    [10, 30],
    [30, 40],
  ]);
  assert.deepEqual(paragraphsIn([5, 12], "words", words), [1, 2]);
  assert.deepEqual(paragraphsIn([10, 30], "words", words), [2, 2]);
  assert.deepEqual(paragraphsIn([1.6, 3.4], "paragraphs", words), [2, 3]);
  assert.deepEqual(paragraphsIn([90, 99], "words", words), []);
});

test("a table is saved as RFC 4180 says, and an own chart keeps its title", () => {
  const rows = [{ a: 'say "yes", please', b: 1 }, { a: "two\nlines" }];
  assert.equal(
    csv(
      [
        ["a", "A"],
        ["b", "B, too"],
      ],
      rows,
    ),
    'A,"B, too"\r\n"say ""yes"", please",1\r\n"two\nlines",\r\n',
  );
  assert.equal(ownChart({ title: { text: ["One", "title"] } }, 0).label, "One title");
  assert.equal(ownChart({}, 1).label, "Chart 2");
});

test("a saved chart hangs between its title and its source, on paper that holds them", () => {
  const wrap = (/** @type {string} */ text, /** @type {number} */ width) => (text ? [text, String(width)] : []);
  const chart = { title: "A finding", how: "How to read it", source: "Source: an essay" };
  const { lines, above, width, height } = frameAround(chart, { width: 300, height: 200 }, wrap);
  assert.deepEqual(
    lines.map(({ text }) => text),
    ["A finding", "420", "How to read it", "420", "Source: an essay", "420"],
  );
  const [, , , how, source, last] = lines.map(({ y }) => y);
  assert.ok(how < above && above + 200 < source && last < height);
  assert.ok(width > 420);
  assert.deepEqual(frameAround({ ...chart, source: "" }, { width: 500, height: 200 }, wrap).lines.length, 4);
});

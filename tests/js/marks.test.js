// @ts-check
/** The pure functions of marking. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { spansOf, stretchOf, wholeText } from "../../src/essay_explorer/widgets/anchoring.js";
import { joined } from "../../src/essay_explorer/widgets/keeping.js";
import { barInWords, taskInWords } from "../../src/essay_explorer/widgets/mark_bar.js";
import { sentencesWith } from "../../src/essay_explorer/widgets/mark_matches.js";
import { facetsToMark } from "../../src/essay_explorer/widgets/mark_tags.js";
import { tagOfKey } from "../../src/essay_explorer/widgets/marking_keys.js";
import { moved, sentenceAt, sentencesOf, trimmed, wholeLetters } from "../../src/essay_explorer/widgets/stretches.js";
import { widget } from "./files.js";
import { sample } from "./sample.js";

/** @typedef {import("../../src/essay_explorer/widgets/types.d.ts").Mark} Mark */
/**
 * @type {typeof import("../../src/essay_explorer/widgets/mark_set.js") & typeof
 * import("../../src/essay_explorer/widgets/choice.js") & typeof
 * import("../../src/essay_explorer/widgets/mark_file.js") & typeof
 * import("../../src/essay_explorer/widgets/mark_table.js")}
 */
const marking = await widget("marks");
const { createMarkSet, entryIn, makeId, tapped, stepped, choiceInWords, fileOf, readFile, readTable, tableOf } =
  marking;
/** @type {typeof import("../../src/essay_explorer/widgets/mark_copies.js")} */
const { fileInWords, lostInWords } = await widget("mark_sheet");

const content = sample();
const whole = wholeText(content.paragraphs);
const sentences = sentencesOf(whole, "en");

/** @param {Partial<Mark>} [changes] @returns {Mark} */
const mark = (changes = {}) => ({
  ...{ id: "m1", quote: "I trust her voice.", prefix: "", suffix: "", tags: ["trust"], reason: "" },
  ...{ creator: "", created: "2026-01-01T00:00:00.000Z", changed: "2026-01-01T00:00:00.000Z", ...changes },
});

/** A set whose clock goes on by a second at each look. */
function open() {
  let [now, made] = [Date.parse("2026-01-01T00:00:00Z"), 0];
  return createMarkSet({
    now: () => {
      now += 1000;
      return now;
    },
    id: () => {
      made += 1;
      return `s${made}`;
    },
  });
}

test("a stretch over paragraphs is cut into pieces and joined again", () => {
  assert.equal(whole.text.slice(19, 37), "It ends well.\n\n👋 ");
  const spans = spansOf(whole, { start: 19, end: 37 });
  assert.deepEqual(spans, [
    [1, 19, 32],
    [2, 0, 3],
  ]);
  assert.deepEqual(stretchOf(whole, spans), { start: 19, end: 37 });
});

test("sentences have no white space around them, and one is found by any place in it", () => {
  assert.deepEqual(
    sentences.map(({ start, end }) => whole.text.slice(start, end)),
    ["I trust her voice.", "It ends well.", "👋 Trust again, and “no more”.", "The last word is trust."],
  );
  assert.deepEqual(
    [0, 18, 19, 33, 40, 70].map((at) => sentenceAt(sentences, at)),
    [0, 0, 1, 1, 2, 3],
  );
});

test("where Python gave no sentences the browser finds them", () => {
  const bare = wholeText([{ text: "One. Two!" }, { text: "她相信他。他不相信。" }]);
  assert.deepEqual(
    sentencesOf(bare, "zh").map(({ start, end }) => bare.text.slice(start, end)),
    ["One.", "Two!", "她相信他。", "他不相信。"],
  );
});

test("an edge never falls into a letter", () => {
  const text = "a 👩🏽‍🌾 é x̂ b";
  assert.deepEqual(wholeLetters(text, { start: 3, end: 6 }), { start: 2, end: 9 });
  const accent = text.indexOf("x");
  assert.deepEqual(wholeLetters(text, { start: accent + 1, end: accent + 2 }), { start: accent, end: accent + 2 });
  assert.deepEqual(wholeLetters(text, { start: 0, end: 1 }), { start: 0, end: 1 });
  assert.deepEqual(trimmed("  ab \n", { start: 0, end: 6 }), { start: 2, end: 4 });
  assert.equal(trimmed("   ", { start: 0, end: 3 }), null);
});

test("edges go by words, and never past each other", () => {
  const text = "I trust her voice.";
  const said = (/** @type {{start: number, end: number}} */ { start, end }) => text.slice(start, end);
  const all = { start: 0, end: text.length };
  assert.equal(said(moved(text, all, "start", 1, "en")), "trust her voice.");
  assert.equal(said(moved(text, all, "end", -1, "en")), "I trust her voice");
  assert.equal(said(moved(text, { start: 2, end: 7 }, "end", 1, "en")), "trust her");
  assert.equal(said(moved(text, { start: 2, end: 7 }, "start", 1, "en")), "trust");
  assert.equal(said(moved(text, all, "start", -1, "en")), text);
  const chinese = "她相信他。";
  const next = moved(chinese, { start: 0, end: 5 }, "start", 1, "zh");
  assert.ok(next.start > 0 && next.start < 4);
});

test("what an edge has left behind it can have back, in any script", () => {
  /** Each edge inwards and out again, each as often as that goes. @param {string} sentence @param {string} language */
  const back = (sentence, language) => {
    const text = `Before it. ${sentence} After it.`;
    const all = { start: text.indexOf(sentence), end: text.indexOf(sentence) + sentence.length };
    for (const [edge, inwards] of /** @type {["start" | "end", number][]} */ ([
      ["start", 1],
      ["end", -1],
    ])) {
      const stops = [all];
      for (let next = moved(text, all, edge, inwards, language); next !== stops[0]; ) {
        stops.unshift(next);
        next = moved(text, next, edge, inwards, language);
      }
      assert.ok(stops.length > 2, sentence);
      for (const [at, stop] of stops.slice(0, -1).entries())
        assert.deepEqual(moved(text, stop, edge, -inwards, language), stops[at + 1], `${sentence} ${edge}`);
    }
  };
  back("“Trust!” he said – and left…", "en");
  back("(Who?) It cost $3.50 in the U.S. of A.", "en");
  back("👩‍👩‍👧‍👦 is a family 🏳️‍🌈🇫🇷!", "en");
  back("「私は信じている。」そして来た！", "ja");
  back("האם זה הסוף?", "he");
  back("هل هذه هي النهاية؟", "ar");
  back("q̣̇ has no composite Tiếng.", "vi");
});

test("a tap chooses, a second extends forwards or back, one on the same takes it back", () => {
  const first = tapped(null, sentences, 1, null);
  assert.deepEqual(first, { start: 19, end: 32, anchor: 1, head: 1, id: "" });
  const on = tapped(first, sentences, 3, null);
  assert.deepEqual([on?.start, on?.end], [19, sentences[3].end]);
  const back = tapped(on, sentences, 0, null);
  assert.deepEqual([back?.start, back?.end, back?.anchor], [0, 32, 1]);
  assert.equal(tapped(first, sentences, 1, null), null);
  const next = first && tapped({ ...first, sent: true }, sentences, 3, null);
  assert.deepEqual([next?.start, next?.end, next?.sent], [sentences[3].start, sentences[3].end, undefined]);
});

test("a tap on a mark opens it; behind a mark a tap begins anew", () => {
  const here = { id: "m1", start: 0, end: 18 };
  const opened = tapped(null, sentences, 0, here);
  assert.equal(opened?.id, "m1");
  assert.deepEqual(tapped(opened, sentences, 2, null)?.start, sentences[2].start);
  assert.equal(tapped(opened, sentences, 0, here)?.id, ""); // once more: a new one in the same place
});

test("keys go by sentences, and with Shift they extend and shrink", () => {
  const first = stepped(null, sentences, 1, false, 2);
  assert.equal(first.anchor, 2);
  const grown = stepped(stepped(first, sentences, -1, true, 0), sentences, -1, true, 0);
  assert.deepEqual([grown.start, grown.end], [0, sentences[2].end]);
  assert.equal(stepped(grown, sentences, 1, true, 0).start, 19);
  assert.equal(stepped(grown, sentences, -1, false, 0).anchor, 0);
  assert.equal(stepped(first, sentences, 9, false, 0).head, 3);
});

test("a choice is told in words", () => {
  assert.equal(choiceInWords(sentences[0], sentences, whole.text, ""), "Sentence 1: I trust her voice.");
  assert.equal(
    choiceInWords({ start: 0, end: 32 }, sentences, whole.text, "Trust"),
    "Sentences 1 to 2: I trust her voice. It ends well. Marked Trust.",
  );
  assert.equal(choiceInWords({ start: 2, end: 7 }, sentences, whole.text, ""), "Part of sentence 1: trust");
});

test("acts are taken back and taken again, each as a whole", () => {
  const set = open();
  set.act({ m1: mark(), m2: mark({ id: "m2" }) });
  set.act({ m1: null });
  assert.deepEqual(
    set.marks().map(({ id }) => id),
    ["m2"],
  );
  assert.deepEqual(Object.keys(set.removed()), ["m1"]);
  set.undo();
  assert.equal(set.marks().length, 2);
  set.undo();
  assert.deepEqual([set.marks().length, set.steps.canUndo()], [0, false]);
  set.redo();
  assert.equal(set.marks().length, 2);
  set.act({ m2: mark({ id: "m2", tags: ["ending"] }) });
  assert.equal(set.steps.canRedo(), false);
  assert.equal(set.undo()?.entries.length, 1);
  assert.deepEqual(set.get("m2")?.tags, ["trust"]);
  assert.equal(set.undo()?.entries.length, 2);
  assert.equal(set.undo(), null);
});

test("what is typed into one reason is one step", () => {
  const set = open();
  set.act({ m1: mark() });
  for (const reason of ["w", "wh", "why"]) set.act({ m1: mark({ reason }) }, true);
  assert.equal(set.get("m1")?.reason, "why");
  set.undo();
  assert.equal(set.get("m1")?.reason, "");
  set.redo();
  assert.equal(set.get("m1")?.reason, "why");
});

test("of two editions of a mark the later goes before, and what was removed before what was not", () => {
  const set = open();
  const at = (/** @type {number} */ second) => `2026-01-01T00:00:0${second}.000Z`;
  set.merge([mark({ changed: at(5), reason: "new" })]);
  assert.deepEqual(set.merge([mark({ changed: at(3), reason: "old" })]), []);
  assert.equal(set.merge([{ id: "m1", removed: true, changed: at(5) }]).length, 1);
  assert.equal(set.marks().length, 0);
  assert.equal(set.merge([mark({ changed: at(6) })]).length, 1);
  assert.equal(set.marks().length, 1);
});

test("an act goes before what it changes, however wrong a clock was", () => {
  const set = open();
  set.merge([mark({ changed: "2099-01-01T00:00:00.000Z" })]);
  const news = set.act({ m1: null });
  assert.equal(news.entries[0].changed, "2099-01-01T00:00:00.001Z");
  assert.equal(set.marks().length, 0);
});

test("what is no mark is not taken for one", () => {
  const { tags, ...untagged } = mark();
  assert.deepEqual(entryIn({ ...untagged, other: "<b>" }), { ...mark(), tags: [] });
  assert.deepEqual(entryIn({ ...mark(), quote: "e\u0301" }), mark({ quote: "é" }));
  const wrong = [
    null,
    7,
    "x",
    {},
    { id: "a" },
    mark({ quote: "" }),
    { ...mark(), tags: [7] },
    { ...mark(), reason: {} },
  ];
  for (const one of [...wrong, { ...mark(), id: "x".repeat(999) }]) assert.equal(entryIn(one), null);
  assert.equal(entryIn({ ...mark(), changed: "soon" })?.changed, "1970-01-01T00:00:00.000Z");
  assert.match(makeId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(makeId(), makeId());
});

test("a copy comes back as it was", () => {
  const evil = mark({ id: "m2", quote: "It ends well.", prefix: "x", reason: "<img onerror=1>", creator: "A. =1+1" });
  const text = fileOf(content, [mark({ tags: ["trust", "claim"] }), evil], { id: "c1", person: "Ada" });
  const read = readFile(text, "a.json", entryIn);
  assert.deepEqual(read.marks, [mark({ tags: ["trust", "claim"] }), evil]);
  assert.deepEqual([read.essay, read.title, read.person, read.unreadable], [content.essay, "On trust", "Ada", 0]);
});

test("a file that is none is refused in a sentence, and its good marks are read", () => {
  const good = fileOf(content, [mark()], { id: "c1" });
  const refused = ["", "{", "null", "[]", "7", "{}", good.slice(0, -9), good.replace(content.essay, "../x")];
  for (const text of refused) assert.throws(() => readFile(text, "a.json", entryIn), /a\.json .*\.$/);
  assert.throws(() => readFile(good.replace('"version": 1', '"version": 2'), "a.json", entryIn), /newer form/);
  const value = JSON.parse(good);
  value.first.items = [null, 7, {}, { id: "x", body: 7, target: [] }, ...value.first.items];
  const read = readFile(JSON.stringify(value), "a.json", entryIn);
  assert.deepEqual([read.marks.length, read.unreadable], [1, 4]);
  value.first.items = JSON.parse(
    fileOf(content, [mark({ changed: "2026-06-01T00:00:00.000Z", reason: "Later." }), mark()], { id: "c1" }),
  ).first.items;
  const twice = readFile(JSON.stringify(value), "a.json", entryIn);
  assert.deepEqual([twice.marks.map(({ reason }) => reason), twice.unreadable], [["Later."], 1], "one id is one mark");
  value.first.items = Array.from({ length: 10_001 }, () => ({}));
  assert.throws(() => readFile(JSON.stringify(value), "a.json", entryIn), /has 10,001 marks; at most 10,000/);
});

test("a table runs nothing in a spreadsheet", () => {
  const [head, row] = tableOf(content, [mark({ reason: '=1+"1"', tags: ["claim", "trust", "ending"] })]).split("\r\n");
  assert.equal(head, '\ufeff"id","quote","prefix","suffix","theme","move","note","creator","created"');
  assert.equal(
    row,
    '"m1","I trust her voice.","","","trust;ending","claim","\'=1+""1""","","2026-01-01T00:00:00.000Z"',
  );
});

test("a table keeps the tags that the reading does not know any more", () => {
  const marks = [mark({ tags: ["trust", "gone", "gone-too"] }), mark({ id: "m2", quote: "It ends well.", tags: [] })];
  const [head] = tableOf(content, marks).split("\r\n");
  assert.equal(head, '\ufeff"id","quote","prefix","suffix","theme","move","imported","note","creator","created"');
  const tags = (/** @type {any} */ here) =>
    readTable(tableOf(here, marks), "a.csv", here, entryIn).marks.map((one) => one.tags);
  assert.deepEqual(tags(content), [["trust", "gone", "gone-too"], []]);
  const imported = { ...content.facets[0], id: "imported", tags: [{ ...content.facets[0].tags[0], id: "gone" }] };
  assert.deepEqual(tags({ ...content, facets: [...content.facets, imported] }), [["trust", "gone", "gone-too"], []]);
});

test("a table comes back as it was, also as a spreadsheet writes it", () => {
  const reason = '=1+"1", says «she»;\r\nand\tmore';
  const several = [
    mark({ reason, tags: ["trust", "ending", "claim"], creator: "'=A" }),
    mark({ id: "m2", quote: "It ends well." }),
  ];
  const table = tableOf(content, several);
  const read = readTable(table, "a.csv", content, entryIn);
  assert.deepEqual(
    read.marks,
    several.map((one) => ({ ...one, changed: one.created })),
  );
  assert.deepEqual([read.essay, read.title, read.unreadable], [content.essay, "On trust", 0]);
  const other = 'quote;theme;note\n"It ends; ""well""";trust; ending;Why\n;;\n"";trust;no quote';
  const foreign = readTable(other.replace("trust; ending", '"trust; ending"'), "b.CSV", content, entryIn);
  assert.deepEqual(
    foreign.marks.map(({ quote, tags, reason: why }) => [quote, tags, why]),
    [['It ends; "well"', ["trust", "ending"], "Why"]],
  );
  assert.equal(foreign.unreadable, 1);
  for (const none of ["", "a,b\n1,2", "{}", '"'])
    assert.throws(() => readTable(none, "c.csv", content, entryIn), /c\.csv is no table of marks/);
  const many = `quote\n${"x\n".repeat(10_001)}`;
  assert.throws(() => readTable(many, "d.csv", content, entryIn), /at most 10,000/);
});

test("the bar says how many marks are where", () => {
  const device = { where: /** @type {const} */ ("device"), name: "", waiting: 0, fault: "", far: null };
  assert.equal(barInWords(0, device), "No marks yet");
  assert.equal(barInWords(1, device), "1 mark · Saved on this device");
  assert.equal(barInWords(1234, { ...device, waiting: 2 }), "1,234 marks · Saving…");
  assert.equal(
    barInWords(4, { ...device, where: "file", name: "her.marks.json" }),
    "4 marks · Saved in her.marks.json",
  );
  assert.equal(barInWords(4, { ...device, fault: "Full." }), "4 marks · Not saved");
  assert.equal(barInWords(0, { ...device, where: "nowhere", fault: "Refused." }), "Refused.");
  const far = { sent: false, connected: true, refusal: "" };
  assert.equal(barInWords(4, { ...device, far }), "4 marks · Saved here");
  assert.equal(barInWords(4, { ...device, far: { ...far, sent: true } }), "4 marks · Sent");
  const apart = { ...device, far: { ...far, connected: false } };
  assert.equal(barInWords(4, apart), "Not connected. 4 marks are saved here.");
  assert.equal(barInWords(1, { ...apart, where: "nowhere", fault: "Refused." }), "Not connected. 1 mark · Not saved");
  assert.equal(barInWords(1, { ...apart, waiting: 1 }), "Not connected. 1 mark · Saving…");
  assert.equal(taskInWords({}, [mark()]), "");
  const asked = taskInWords({ title: "Mark trust.", marks: 3, reasons: 1 }, [mark(), mark({ reason: "so" })]);
  assert.equal(asked, "Mark trust. 2 of 3 marks, 1 of 1 reason");
  assert.equal(taskInWords({ title: "On trust", marks: 3 }, [mark()]), "On trust · 1 of 3 marks");
});

test("lost marks and opened files are told in words", () => {
  assert.equal(lostInWords([]), "");
  assert.equal(lostInWords([mark()]), "1 mark is kept but not found in this text: “I trust her voice.”.");
  assert.match(lostInWords([1, 2, 3, 4, 5].map((at) => mark({ id: `${at}` }))), /^5 marks are .*, and 2 more\.$/);
  const file = { essay: content.essay, title: "On trust", person: "Ada", marks: [mark()], unreadable: 1 };
  assert.equal(fileInWords(file, "a.json", content.essay), "a.json holds 1 mark by Ada. 1 more cannot be read.");
  assert.match(
    fileInWords({ ...file, unreadable: 2 }, "a.json", "f"),
    /another text, “On trust”\. 2 more cannot be read/,
  );
});

test("themes come first, persons by their names, and a task has the last word", () => {
  const [themes, moves] = content.facets;
  const person = { ...moves, id: "person", role: /** @type {const} */ ("person") };
  assert.deepEqual(
    facetsToMark([person, moves, themes], {}).map(({ id }) => id),
    ["theme", "move"],
  );
  assert.deepEqual(
    facetsToMark(content.facets, { tags: ["ending"] }).map(({ tags }) => tags.map(({ id }) => id)),
    [["ending"]],
  );
});

test("a key means the tag with its letter", () => {
  const tags = [
    { id: "trust", code: "T" },
    { id: "time", code: "t" },
    { id: "end", code: "En" },
    { id: "noise", code: "Mo" },
    { id: "most", code: "Mi" },
  ];
  assert.deepEqual(
    ["t", "T", "e", "m", "x"].map((key) => tagOfKey(tags, key)),
    ["time", "trust", "end", "", ""],
  );
});

test("a sentence in which words were found twice is marked once", () => {
  const hits = [
    { paragraph: 0, start: 2, end: 7 },
    { paragraph: 0, start: 12, end: 17 },
    { paragraph: 2, start: 17, end: 22 },
  ];
  assert.deepEqual(sentencesWith(hits, whole.starts, sentences), [sentences[0], sentences[3]]);
  assert.deepEqual(sentencesWith([], whole.starts, sentences), []);
});

test("of several pieces of news the last word of each is kept", () => {
  const step = { id: "s1", time: 1, changes: [], undone: false };
  const news = joined([
    { entries: [mark({ reason: "a" })], steps: [step] },
    { entries: [mark({ reason: "b" }), mark({ id: "m2" })], steps: [{ ...step, id: "s2" }], dropped: ["s1"] },
  ]);
  assert.deepEqual(
    news.entries.map((entry) => ("reason" in entry ? entry.reason : "")),
    ["b", ""],
  );
  assert.deepEqual([news.steps?.map(({ id }) => id), news.dropped], [["s2"], ["s1"]]);
});

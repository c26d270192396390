// @ts-check
/** What the comparison says of one sentence, and of all in a table. Part of differ.js. */
/** @import { Lens, Passage } from "./types.d.ts" */
/** @import { Compared, Kind } from "./differences.js" */

const MOST_ROWS = 300; // of a table on the page
const QUOTED = 140; // letters of a sentence in the table

/**
 * What a kind is in words, where the other is called so.
 * @param {Kind} kind @param {string} other
 */
export const wordsOf = (kind, other) =>
  ({
    alike: say("the same themes"),
    "partly alike": say("some of the same themes"),
    "other tags": say("different themes"),
    "only a": say("only you"),
    "only b": say("only {other}", { other }),
  })[kind];

/** @param {Lens} lens @param {string[]} ids */
const labelsOf = (lens, ids) => ids.map((id) => lens.tags.get(id)?.label ?? id).join(", ") || "–";

/**
 * The next sentence, or the one before, at which the two differ; undefined where there is none.
 * @param {Compared[]} rows @param {number} from the number of a sentence, 0 for none @param {number} by
 */
export function differenceBeside(rows, from, by) {
  const differing = rows.filter(({ kind }) => kind !== "alike");
  if (!from) return by > 0 ? differing[0] : differing.at(-1);
  return by > 0 ? differing.find(({ number }) => number > from) : differing.findLast(({ number }) => number < from);
}

/**
 * The reasons that a layer gives for its marks on a sentence.
 * @param {Lens} lens @param {string} layer @param {Compared} row
 */
function reasonsOf(lens, layer, { paragraph, start, end }) {
  const spans = lens.content.paragraphs[paragraph - 1].passages ?? [];
  const over = spans
    .filter(([, first, last]) => first < end && last > start)
    .flatMap(([id]) => lens.passages.get(id) ?? []);
  return over
    .filter((/** @type {Passage} */ one) => (one.layer ?? "reading") === layer && one.note)
    .map(({ note }) => note);
}

/**
 * The tags that one of the two gave it, each with its line, and why.
 * @param {Lens} lens @param {string} name @param {string[]} tags @param {string[]} reasons
 */
function side(lens, name, tags, reasons) {
  const { h, paint } = lens.dom;
  const chips = tags.flatMap((id) => {
    const tag = lens.tags.get(id);
    return tag ? [h("li", {}, paint(h("span", { className: "line on" }, tag.label), tag))] : [];
  });
  const none = h("p", { className: "none" }, say("Not marked"));
  const why = reasons.map((reason) => h("p", { className: "why" }, reason));
  return h("div", { className: "side" }, h("h4", {}, name), chips.length ? h("ul", {}, ...chips) : none, ...why);
}

/** @param {string} text */
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/**
 * A sentence with what both made of it.
 * @param {Lens} lens @param {Compared} row @param {[string, string]} names
 */
export function sentenceView(lens, row, [one, other]) {
  const { h } = lens.dom;
  const { language } = lens.content;
  const values = { number: row.number, paragraph: lens.numberOf(row.paragraph), kind: wordsOf(row.kind, other) };
  const where = say("Sentence {number}, paragraph {paragraph}: {kind}", values);
  const head = h("h3", {}, where);
  const sides = [
    side(lens, capital(one), row.a, reasonsOf(lens, "mine", row)),
    side(lens, capital(other), row.b, reasonsOf(lens, lens.state().differ, row)),
  ];
  return [head, h("blockquote", { lang: language, dir: "auto" }, row.text), h("div", { className: "sides" }, ...sides)];
}

/**
 * All sentences that one of the two marks, as a table.
 * @param {Lens} lens @param {Compared[]} rows @param {[string, string]} names @param {(number: number) => void} look
 */
export function tableView(lens, rows, [one, other], look) {
  const { h, short } = lens.dom;
  const line = (/** @type {Compared} */ row) => {
    const button = h("button", { type: "button", className: "link" }, String(row.number));
    button.setAttribute("aria-label", say("Sentence {number}", { number: row.number }));
    button.addEventListener("click", () => look(row.number));
    const text = h("td", { lang: lens.content.language, dir: "auto" }, short(row.text, QUOTED));
    const cells = [labelsOf(lens, row.a), labelsOf(lens, row.b), wordsOf(row.kind, other)];
    return h("tr", {}, h("th", { scope: "row" }, button), text, ...cells.map((words) => h("td", {}, words)));
  };
  const headings = [say("Sentence"), say("Text"), capital(one), capital(other), say("What it is")];
  const head = h("tr", {}, ...headings.map((heading) => h("th", { scope: "col" }, heading)));
  const more = rows.length - MOST_ROWS;
  return [
    h("table", {}, h("thead", {}, head), h("tbody", {}, ...rows.slice(0, MOST_ROWS).map(line))),
    ...(more > 0 ? [h("p", {}, say("And {more} more.", { more }))] : []),
  ];
}

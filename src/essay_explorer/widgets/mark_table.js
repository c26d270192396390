// @ts-check
/** Marks as a table with the columns of annotations.csv, for a spreadsheet and back. Part of marks.js. */
/** @import { Content, Entry, Mark, OpenedFile } from "./types.d.ts" */

const RUN = /^(?:'*[\t\r\n]|['\s]*[=+\-@＝＋－＠])/; // what a spreadsheet would run: core/formulas.py
const IMPORTED = "imported"; // the column of tags that the reading does not know
const SEPARATORS = [",", ";", "\t"]; // a spreadsheet may have written its own

/** A cell of a table in which a spreadsheet runs nothing. @param {string} text */
const cell = (text) => `"${(RUN.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The marks as a table with the columns of annotations.csv. @param {Content} content @param {Mark[]} marks */
export function tableOf({ facets }, marks) {
  const known = new Set(facets.flatMap(({ tags }) => tags.map(({ id }) => id)));
  const strange = (/** @type {Mark} */ { tags }) => tags.filter((tag) => !known.has(tag));
  const columns = facets.map(({ id, tags }) => ({
    id,
    of: (/** @type {Mark} */ mark) => tags.map((tag) => tag.id).filter((tag) => mark.tags.includes(tag)),
  }));
  if (marks.some((mark) => strange(mark).length)) {
    const there = columns.find(({ id }) => id === IMPORTED);
    const before = there?.of ?? (() => []);
    const of = (/** @type {Mark} */ mark) => [...before(mark), ...strange(mark)];
    if (there) there.of = of;
    else columns.push({ id: IMPORTED, of });
  }
  const heads = ["id", "quote", "prefix", "suffix", ...columns.map(({ id }) => id), "note", "creator", "created"];
  const rows = marks.map((mark) => [
    ...[mark.id, mark.quote, mark.prefix, mark.suffix],
    ...columns.map(({ of }) => of(mark).join(";")),
    ...[mark.reason, mark.creator, mark.created],
  ]);
  return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** The text of a cell, without what keeps a spreadsheet from running it. @param {string} text */
const unshielded = (text) => (text.startsWith("'") && RUN.test(text) ? text.slice(1) : text);

/** The cells of each row. @param {string} text @param {string} separator */
function rowsOf(text, separator) {
  const cells = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r\\n?|\\n|$)`, "gy");
  const rows = [/** @type {string[]} */ ([])];
  for (const [all, quoted, bare, end] of text.matchAll(cells)) {
    if (!all && !rows[rows.length - 1].length) break; // behind the last row
    rows[rows.length - 1].push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (!end) break;
    if (end !== separator) rows.push([]);
  }
  return rows;
}

/**
 * What a table holds, on the essay of this page, since it names none. Throws an Error whose message can be shown where
 * it has no column of quotes.
 * @param {string} text @param {string} name of the file @param {Content} content
 * @param {(given: any) => Entry | null} entryIn @returns {OpenedFile}
 */
export function readTable(text, name, { facets, essay, title }, entryIn) {
  const source = text.replace(/^\ufeff/, "");
  const tables = SEPARATORS.map((separator) => rowsOf(source, separator));
  const [head, ...rows] = tables.find(([names]) => names.includes("quote")) ?? [[]];
  if (!head.length)
    throw new Error(say("{name} is no table of marks. Take one that “Save as a table” saved.", { name }));
  checkNumber(rows.length, name);
  const columns = new Set([...facets.map(({ id }) => id), IMPORTED]);
  const given = rows
    .filter((cells) => cells.some((cell) => cell.trim()))
    .map((cells) => {
      const of = (/** @type {string} */ column) => unshielded((cells[head.indexOf(column)] ?? "").trim());
      const tags = [...columns].flatMap((column) => of(column).split(";")).map((tag) => tag.trim());
      const [id, created] = [of("id") || makeId(), of("created")];
      const facts = { quote: of("quote"), prefix: of("prefix"), suffix: of("suffix"), reason: of("note") };
      return { ...facts, id, tags: tags.filter(Boolean), creator: of("creator"), created, changed: created };
    });
  return { ...marksIn(given, entryIn), essay, title: plainTitle(title) };
}

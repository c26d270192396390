// @ts-check
/**
 * The file of marks ("Keep a copy", "Open a copy"): a collection of Web Annotations as marks/mark_file.py has it. What
 * a file says is text, and stays text. Part of marks.js.
 */
/** @import { Content, Entry, Mark, OpenedFile, Task } from "./types.d.ts" */

const CONTEXT = "http://www.w3.org/ns/anno.jsonld";
const URN = "urn:uuid:";
const HEADER = "essay-explorer";
const FORMAT = "marks";
const VERSION = 1;
const MOST_MARKS = 10_000; // as files/limits.py says
const MOST_BYTES = 16 * 1024 ** 2;
const LONGEST_LABEL = 200;
const FINGERPRINT = /^[0-9a-f]{16}$/;

/** A title without its emphasis. @param {Content["title"]} title */
export const plainTitle = (title) => title.map(({ text }) => text).join("");

/** @param {Mark} mark @param {string} essay its fingerprint */
function itemOf({ id, quote, prefix, suffix, tags, reason, creator, created, changed }, essay) {
  const bodies = [...tags.map((tag) => ["tagging", tag]), ...(reason ? [["commenting", reason]] : [])];
  return {
    id: `${URN}${id}`,
    type: "Annotation",
    created,
    modified: changed,
    ...(creator ? { creator: { type: "Person", name: creator } } : {}),
    body: bodies.map(([purpose, value]) => ({ type: "TextualBody", purpose, value })),
    target: {
      source: `urn:x-essay:${essay}`,
      selector: {
        ...{ type: "TextQuoteSelector", exact: quote },
        ...(prefix ? { prefix } : {}),
        ...(suffix ? { suffix } : {}),
      },
    },
  };
}

/**
 * The text of the file.
 * @param {Content} content the essay that they belong to @param {Mark[]} marks
 * @param {{id: string, person?: string, pass?: number, handedIn?: string, task?: Task}} facts
 * `id`: a new one for the collection
 */
export function fileOf(content, marks, { id, person = "", pass = 1, handedIn = "", task }) {
  const title = plainTitle(content.title);
  const made = {
    "@context": [CONTEXT],
    id: `${URN}${id}`,
    type: "AnnotationCollection",
    label: say("Marks on {title}", { title }),
    [HEADER]: {
      format: FORMAT,
      version: VERSION,
      essay: content.essay,
      title,
      person,
      pass,
      handedIn,
      ...(task ? { task } : {}),
    },
    total: marks.length,
    first: { type: "AnnotationPage", items: marks.map((mark) => itemOf(mark, content.essay)) },
  };
  return `${JSON.stringify(made, null, 1)}\n`;
}

/** @param {unknown} value */
const listed = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** @param {unknown} value */
const labelIn = (value) => (typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, LONGEST_LABEL) : "");

/** A mark as it is kept, of an annotation; what it lacks is left out. @param {any} item */
function flat(item) {
  const selector = item?.target?.selector ?? {};
  const bodies = listed(item?.body).filter((body) => body && typeof body === "object");
  const values = (/** @type {string} */ purpose) =>
    bodies.filter((body) => body.purpose === purpose).map((body) => body.value);
  return {
    id: typeof item?.id === "string" ? item.id.replace(URN, "") : "",
    ...{ quote: selector.exact, prefix: selector.prefix, suffix: selector.suffix },
    ...{ tags: values("tagging"), reason: values("commenting")[0] ?? "" },
    ...{ creator: item?.creator?.name ?? "", created: item?.created, changed: item?.modified ?? item?.created },
  };
}

/** Of marks with one id, the one that was changed later. @param {Mark[]} marks */
function eachOnce(marks) {
  const kept = /** @type {Map<string, Mark>} */ (new Map());
  for (const mark of marks) if ((kept.get(mark.id)?.changed ?? "") < mark.changed) kept.set(mark.id, mark);
  return [...kept.values()];
}

/** Throws where a file has more marks than can be opened. @param {number} count @param {string} name of the file */
export function checkNumber(count, name) {
  const [total, most] = [count, MOST_MARKS].map((one) => one.toLocaleString(LANGUAGE));
  if (count > MOST_MARKS)
    throw new Error(say("{name} has {total} marks; at most {most} can be opened.", { name, total, most }));
}

/**
 * The marks among what a file holds, and whose they are; what is none is counted.
 * @param {unknown[]} given @param {(given: any) => Entry | null} entryIn
 */
export function marksIn(given, entryIn) {
  const entries = given.map(entryIn);
  const marks = eachOnce(/** @type {Mark[]} */ (entries.filter((entry) => entry && !("removed" in entry))));
  const person = labelIn(marks.find(({ creator }) => creator)?.creator);
  return { person, marks, unreadable: given.length - marks.length };
}

/**
 * What a file holds. Throws an Error whose message can be shown where it is none of marks.
 * @param {string} text @param {string} name of the file @param {(given: any) => Entry | null} entryIn
 * @returns {OpenedFile}
 */
export function readFile(text, name, entryIn) {
  if (text.length > MOST_BYTES)
    throw new Error(say("{name} is too large to be a file of marks. Nothing was changed.", { name }));
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Error(say("{name} is cut off, or is no file of marks. Take one that “Keep a copy” saved.", { name }));
  }
  const header = value?.[HEADER];
  const items = value?.first?.items;
  if (header?.format !== FORMAT || !Array.isArray(items) || !FINGERPRINT.test(header.essay))
    throw new Error(say("{name} is no file of marks. Take one that “Keep a copy” saved.", { name }));
  if (header.version !== VERSION)
    throw new Error(say("{name} is of a newer form, which this page cannot read yet.", { name }));
  checkNumber(items.length, name);
  const found = marksIn(items.map(flat), entryIn);
  return {
    ...found,
    essay: header.essay,
    title: labelIn(header.title),
    person: labelIn(header.person) || found.person,
  };
}

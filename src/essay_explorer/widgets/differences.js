// @ts-check
/**
 * Where two layers of a reading mark the same and where they differ, sentence by sentence: the twin of
 * marks/comparison.py and marks/marked.py, held to them by the same cases. Part of lens.js.
 */
/** @import { Content, Span } from "./types.d.ts" */

/** @typedef {"alike" | "partly alike" | "other tags" | "only a" | "only b"} Kind */
/** @typedef {{number: number, paragraph: number, start: number, end: number}} Sentence its place is in its paragraph */
/** @typedef {Sentence & {text: string, a: string[], b: string[], kind: Kind}} Compared with the tags of both */
/** @typedef {{rows: Compared[], sentences: number}} Comparison */

/** What stands for each kind of sentence, in the text and in words. @type {Record<Kind, string>} */
export const SIGNS = { alike: "=", "partly alike": "≈", "other tags": "≠", "only a": "●", "only b": "○" };
const TALKED_ABOUT = 3; // sentences that are named

/** The sentences of an essay, without white space at their ends. @param {Content} content @returns {Sentence[]} */
function sentencesOf({ paragraphs }) {
  return paragraphs.flatMap(({ text, sentences = { first: 1, starts: [] } }, at) =>
    sentences.starts.map((start, place) => {
      const whole = text.slice(start, sentences.starts[place + 1]).trimEnd();
      return { number: sentences.first + place, paragraph: at + 1, start, end: start + whole.length };
    }),
  );
}

/** How many letters a stretch of text has, counted as Python does. @param {string} text */
const letters = (text) => [...text].length;

/** Where each passage lies, by its id. @param {Content} content @param {Set<string>} ids */
function piecesIn({ paragraphs }, ids) {
  const places = /** @type {Map<string, Span<number>[]>} */ (new Map());
  for (const [at, { passages = [] }] of paragraphs.entries())
    for (const [id, start, end] of passages)
      if (ids.has(id)) places.set(id, [...(places.get(id) ?? []), [at + 1, start, end]]);
  return places;
}

/**
 * The sentences that a passage marks: of which it covers at least half the letters, or that hold at least half of its
 * own.
 * @param {Span<number>[]} places @param {Map<number, Sentence[]>} byParagraph @param {Content["paragraphs"]} paragraphs
 */
function markedBy(places, byParagraph, paragraphs) {
  const shares = places.flatMap(([paragraph, start, end]) => {
    const { text } = paragraphs[paragraph - 1];
    const touched = (byParagraph.get(paragraph) ?? []).filter((one) => one.start < end && one.end > start);
    return touched.map((one) => ({
      number: one.number,
      share: letters(text.slice(Math.max(one.start, start), Math.min(one.end, end))),
      length: letters(text.slice(one.start, one.end)),
    }));
  });
  const whole = shares.reduce((sum, { share }) => sum + share, 0);
  return shares.filter(({ share, length }) => 2 * share >= Math.min(length, whole)).map(({ number }) => number);
}

/**
 * By the numbers of sentences the tags, of those asked for, with which a layer marks them.
 * @param {Content} content @param {string} layer @param {string[]} tags @param {Map<number, Sentence[]>} byParagraph
 */
function tagsBySentence(content, layer, tags, byParagraph) {
  const made = /** @type {Map<number, Set<string>>} */ (new Map());
  const passages = content.passages.filter((one) => (one.layer ?? "reading") === layer);
  const places = piecesIn(content, new Set(passages.map(({ id }) => id)));
  for (const passage of passages) {
    const carried = passage.tags.filter((tag) => tags.includes(tag));
    for (const number of carried.length ? markedBy(places.get(passage.id) ?? [], byParagraph, content.paragraphs) : [])
      made.set(number, new Set([...(made.get(number) ?? []), ...carried]));
  }
  return made;
}

/** @param {string[]} a @param {string[]} b @returns {Kind} */
function kindOf(a, b) {
  if (!a.length || !b.length) return a.length ? "only a" : "only b";
  const common = a.filter((tag) => b.includes(tag)).length;
  if (common === a.length && common === b.length) return "alike";
  return common ? "partly alike" : "other tags";
}

/**
 * The sentences that at least one of two layers marks. `facet`: the role of the facets whose tags are compared, or the
 * id of one.
 * @param {Content} content with both layers on it @param {string} a @param {string} b @param {string} [facet]
 * @returns {Comparison}
 */
export function compared(content, a, b, facet = "theme") {
  const asked = content.facets.filter(({ role }) => role === facet);
  const facets = asked.length ? asked : content.facets.filter(({ id }) => id === facet);
  const tags = facets.flatMap((one) => one.tags.map(({ id }) => id));
  const sentences = sentencesOf(content);
  const byParagraph = grouped(sentences, ({ paragraph }) => paragraph);
  const [ofA, ofB] = [a, b].map((layer) => tagsBySentence(content, layer, tags, byParagraph));
  const rows = sentences.flatMap((one) => {
    const [inA, inB] = [ofA, ofB].map((found) => tags.filter((tag) => found.get(one.number)?.has(tag)));
    if (!inA.length && !inB.length) return [];
    const text = content.paragraphs[one.paragraph - 1].text.slice(one.start, one.end);
    return [{ ...one, text, a: inA, b: inB, kind: kindOf(inA, inB) }];
  });
  return { rows, sentences: sentences.length };
}

/** @param {string} text */
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A sentence that names a few where both saw something, and not the same. @param {Compared[]} rows */
function toTalkAbout(rows) {
  const both = ["other tags", "partly alike"].flatMap((kind) => rows.filter((row) => row.kind === kind));
  const numbers = both
    .slice(0, TALKED_ABOUT)
    .map(({ number }) => number)
    .sort((one, other) => one - other);
  if (!numbers.length) return [];
  const [last, ...others] = numbers.reverse();
  if (!others.length) return [say("Worth a talk: sentence {last}.", { last })];
  return [say("Worth a talk: sentences {others} and {last}.", { others: others.reverse().join(", "), last })];
}

/**
 * What was found, in words. `names`: what the two are called.
 * @param {Comparison} comparison @param {[string, string]} names
 */
export function findingOf({ rows, sentences }, [a, b]) {
  const count = (/** @type {Kind} */ kind) => rows.filter((row) => row.kind === kind).length;
  if (!rows.length)
    return sayN(
      "Neither has marked a theme in the {count} sentence yet.",
      "Neither has marked a theme in the {count} sentences yet.",
      sentences,
    );
  const [anyA, anyB] = [rows.some((row) => row.a.length), rows.some((row) => row.b.length)];
  if (!anyA || !anyB) {
    const [one, other] = anyA ? [a, b] : [b, a];
    const values = { one: capital(one), other, number: rows.length };
    return other === say("you")
      ? sayN(
          "{one} marked {number} of {count} sentence; you have marked none yet.",
          "{one} marked {number} of {count} sentences; you have marked none yet.",
          sentences,
          values,
        )
      : sayN(
          "{one} marked {number} of {count} sentence; {other} has marked none yet.",
          "{one} marked {number} of {count} sentences; {other} has marked none yet.",
          sentences,
          values,
        );
  }
  const alone = [
    ...(count("only a") ? [say("only {name} marked {count} more", { name: a, count: count("only a") })] : []),
    ...(count("only b") ? [say("only {name} marked {count} more", { name: b, count: count("only b") })] : []),
  ];
  return [
    count("alike")
      ? sayN(
          "Both marked {number} of {count} sentence alike.",
          "Both marked {number} of {count} sentences alike.",
          sentences,
          { number: count("alike") },
        )
      : sayN("The {count} sentence is not marked alike.", "None of {count} sentences is marked alike.", sentences),
    ...(count("partly alike") ? [say("On {number} they agree in part.", { number: count("partly alike") })] : []),
    ...(count("other tags") ? [say("On {number} they chose another theme.", { number: count("other tags") })] : []),
    ...(alone.length ? [`${capital(alone.join(", "))}.`] : []),
    ...toTalkAbout(rows),
  ].join(" ");
}

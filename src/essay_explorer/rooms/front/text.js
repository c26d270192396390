// @ts-check
/** The text of a room as sentences with numbers. */
/** @import { Sentence, Shown, Tag } from "./types.d.ts" */

/**
 * The place of a sentence among those of the room, which may have an excerpt.
 * @param {Pick<Shown, "sentences">} shown @param {number} number
 */
const placeOf = ({ sentences }, number) => number - (sentences[0]?.number ?? 1);

/** The words of a sentence. @param {Shown} shown @param {number} number */
export const sentenceOf = (shown, number) => shown.sentences[placeOf(shown, number)]?.text ?? "";

/**
 * The sentence with its neighbours in the paragraph.
 * @param {Shown} shown @param {number} number @returns {[string, string, string]}
 */
export function surroundingsOf({ sentences }, number) {
  const at = placeOf({ sentences }, number);
  const here = sentences[at];
  const beside = (/** @type {Sentence | undefined} */ one) =>
    (one?.paragraph === here?.paragraph ? one?.text : "") ?? "";
  return [beside(sentences[at - 1]), here?.text ?? "", beside(sentences[at + 1])];
}

/** The tags of a task, in its order. @param {Shown} shown @param {string[]} ids @returns {Tag[]} */
export const taskTags = ({ tags }, ids) => ids.flatMap((id) => tags.filter((tag) => tag.id === id));

/** A sentence of the essay, in its own language. @param {Shown} shown @param {string} text */
export const quoted = (shown, text, className = "quote") =>
  h("span", { className, lang: shown.language, dir: "auto" }, text);

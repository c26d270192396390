// @ts-check
/**
 * What modules say to a reader. The English stands here in the source; whoever sends the page replaces it (see
 * words/scripts.py), so that a text without holes is no call at all in the end. Part of every module.
 */

export const LANGUAGE = "en";
export const DATES = LANGUAGE === "en" ? "en-GB" : LANGUAGE; // whose days and times are written
const HOLES = /\{(\w+)\}/;

/** @typedef {Record<string, string | number>} Values */

/** A text in the reader's language. @param {string} text @param {Values} [values] what stands in its {holes} */
export function say(text, values = {}) {
  return text.replaceAll(new RegExp(HOLES, "g"), (hole, name) => String(values[name] ?? hole));
}

/**
 * A text that tells a number of things, which stands in the hole {count}.
 * @param {string | Partial<Record<Intl.LDMLPluralRule, string>>} one of one of them, or by the form of the number
 * @param {string} other @param {number} count @param {Values} [values]
 */
export function sayN(one, other, count, values = {}) {
  const forms = typeof one === "string" ? { one } : one;
  const form = new Intl.PluralRules(LANGUAGE).select(count);
  return say(/** @type {Partial<Record<string, string>>} */ (forms)[form] ?? other, { count, ...values });
}

/**
 * A text with elements in its holes.
 * @param {string} text @param {Record<string, string | Node | (string | Node)[]>} values @returns {(string | Node)[]}
 */
export function sayAround(text, values) {
  return text.split(HOLES).flatMap((piece, at) => (at % 2 ? (values[piece] ?? []) : piece || []));
}

// @ts-check
/**
 * What modules say to a reader. The English stands here in the source; whoever sends the page replaces it (see
 * words/scripts.py), so that a text without holes is no call at all in the end. Part of every module.
 */

export const LANGUAGE = "en";
export const DATES = LANGUAGE === "en" ? "en-GB" : LANGUAGE; // whose days and times are written
const HOLES = /\{(\w+)\}/;
const ALL_HOLES = new RegExp(HOLES, "g");
const VOWEL = /^[^\p{L}\p{N}]*[aeiouàâéèêëîïôûœæ]/iu;
/**
 * By language and small word, before which sounds it is another; the twin of words/filling.py.
 * @type {Record<string, Record<string, [RegExp, string]>>}
 */
const ANOTHER = {
  es: { y: [/^[^\p{L}\p{N}]*h?[ií](?![aeoáéó])/iu, "e "], o: [/^[^\p{L}\p{N}]*(?:h?[oó]|8|11(?!\d))/iu, "u "] },
  fr: { de: [VOWEL, "d’"], que: [VOWEL, "qu’"] },
};

/**
 * By language, the numbers that go with the form "one", where these are not 1 alone; the twin of words/plurals.py. A
 * browser's own rules take it a while to find, before the first word that it draws.
 * @type {Record<string, number[]>}
 */
const ONE = { fr: [0, 1] };

/** @typedef {Record<string, string | number>} Values */

/** A text whose small words fit what stands behind them. @param {string} text @param {Values} values */
function elided(text, values) {
  const others = ANOTHER[LANGUAGE];
  if (!others) return text;
  return text.replaceAll(/(^|[^\p{L}\p{N}])(de|que|y|o) \{(\w+)\}/giu, (all, before, word, name) => {
    const [sound, instead] = others[word.toLowerCase()] ?? [];
    if (!sound || !instead || !sound.test(String(values[name] ?? ""))) return all;
    return `${before}${word === word.toLowerCase() ? instead : instead[0].toUpperCase() + instead.slice(1)}{${name}}`;
  });
}

/** A text in the reader's language. @param {string} text @param {Values} [values] what stands in its {holes} */
export function say(text, values = {}) {
  return elided(text, values).replaceAll(ALL_HOLES, (hole, name) => String(values[name] ?? hole));
}

/**
 * A text that tells a number of things, which stands in the hole {count}.
 * @param {string | {one?: string}} one of one of them, or by the form of the number
 * @param {string} other @param {number} count @param {Values} [values]
 */
export function sayN(one, other, count, values = {}) {
  const isOne = (ONE[LANGUAGE] ?? [1]).includes(count);
  const single = typeof one === "string" ? one : one.one;
  return say(isOne && single !== undefined ? single : other, { count, ...values });
}

/**
 * A text with elements in its holes.
 * @param {string} text @param {Record<string, string | Node | (string | Node)[]>} values @returns {(string | Node)[]}
 */
export function sayAround(text, values) {
  return text.split(HOLES).flatMap((piece, at) => (at % 2 ? (values[piece] ?? []) : piece || []));
}

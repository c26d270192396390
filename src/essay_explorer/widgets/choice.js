// @ts-check
/** What a reader has chosen to mark, and where the next tap or key leads. Part of marks.js. */
/** @import { Sentence } from "./stretches.js" */
/** @import { Stretch } from "./anchoring.js" */

/**
 * A stretch that is chosen. `anchor`, `head`: the places, among all sentences, of the one where choosing began and of
 * the one where it has come to. `id`: the mark that it is; "" while it is none. `sent`: it is on its way to become one.
 * @typedef {Stretch & {anchor: number, head: number, id: string, sent?: boolean}} Choice
 */

const SAID = 90; // letters of a sentence that is said

/** @param {Sentence[]} sentences @param {number} anchor @param {number} head @returns {Choice} */
function between(sentences, anchor, head) {
  const [one, other] = [sentences[anchor], sentences[head]];
  return { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end), anchor, head, id: "" };
}

/**
 * The choice after a tap on a sentence: the first chooses it, or the mark that is there; a second extends to another,
 * forwards or back; one on the only sentence that is chosen takes it back.
 * @param {Choice | null} choice @param {Sentence[]} sentences @param {number} at the place of the one tapped
 * @param {(Stretch & {id: string}) | null} mark that lies where it was tapped @returns {Choice | null}
 */
export function tapped(choice, sentences, at, mark) {
  if (choice && !choice.id && !choice.sent)
    return choice.anchor === at && choice.head === at ? null : between(sentences, choice.anchor, at);
  if (mark && mark.id !== choice?.id) return { ...mark, anchor: at, head: at };
  return between(sentences, at, at);
}

/**
 * The choice a sentence further on (1) or back (-1); with `extend` it grows or shrinks by it.
 * @param {Choice | null} choice @param {Sentence[]} sentences @param {number} by @param {boolean} extend
 * @param {number} first the place of the sentence to begin with @returns {Choice}
 */
export function stepped(choice, sentences, by, extend, first) {
  if (!choice) return between(sentences, first, first);
  const head = Math.min(Math.max(choice.head + by, 0), sentences.length - 1);
  return between(sentences, extend ? choice.anchor : head, head);
}

/** Words to be heard: from the start, and to the end of what is long. @param {string} text */
const heard = (text) => {
  const words = text.replace(/\s+/g, " ");
  return words.length > SAID ? `${words.slice(0, SAID - 30)} … ${words.slice(-25)}` : words;
};

/**
 * What is chosen, in a sentence to be heard.
 * @param {Stretch} choice @param {Sentence[]} sentences @param {string} text of the essay @param {string} kinds of its
 * mark
 */
export function choiceInWords(choice, sentences, text, kinds) {
  const inside = sentences.filter(({ start, end }) => start < choice.end && choice.start < end);
  const [first, last] = [inside[0]?.number ?? 0, inside.at(-1)?.number ?? 0];
  const whole = inside[0]?.start === choice.start && inside.at(-1)?.end === choice.end;
  const values = { first, last };
  const one = first === last;
  const name = whole
    ? one
      ? say("Sentence {first}", values)
      : say("Sentences {first} to {last}", values)
    : one
      ? say("Part of sentence {first}", values)
      : say("Part of sentences {first} to {last}", values);
  const said = `${name}: ${heard(text.slice(choice.start, choice.end))}`;
  return kinds ? `${said} ${say("Marked {tags}.", { tags: kinds })}` : said;
}

/**
 * What is chosen to be marked, and what was said last.
 * @param {() => void} ring
 */
export function createChosen(ring) {
  /** @type {Choice | null} */
  let choice = null;
  let again = /** @type {string[]} */ ([]); // the tags with which each tap marks; none where it only chooses
  let last = /** @type {string[]} */ ([]); // those that were used last
  let said = "";
  let asked = 0;
  /** @type {() => (DOMRect | null)} */
  let box = () => null;
  let lead = () => {};
  /** @type {(() => unknown) | null} */
  let selection = null;
  return {
    choice: () => choice,
    /** @param {Choice | null} next */
    choose(next) {
      choice = next;
      ring();
    },
    again: () => again,
    /** @param {string[]} tags */
    setAgain(tags) {
      again = tags;
      ring();
    },
    lastTags: () => last,
    /** @param {string[]} tags */
    used(tags) {
      last = tags;
    },
    said: () => said,
    /** Something to be heard. @param {string} words */
    say(words) {
      said = words;
      ring();
    },
    /** Go to the field for the reason. */
    explainNow() {
      asked += 1;
      ring();
    },
    asked: () => asked,
    /** What takes the words that a finger has selected; null where there are none. */
    selection: () => selection,
    /** @param {(() => unknown) | null} take */
    offerSelection(take) {
      if (take === null && selection === null) return;
      selection = take;
      ring();
    },
    /** Go back to the text, by the way that it has told. */
    readOn: () => lead(),
    /** @param {() => void} way */
    leadBack(way) {
      lead = way;
    },
    /** Where on the screen the choice lies, as the text tells it. */
    box: () => box(),
    /** @param {() => (DOMRect | null)} measure */
    measure(measure) {
      box = measure;
    },
  };
}

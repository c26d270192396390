// @ts-check
/**
 * Choosing in the text, by tap or by key, and what is said of it. Part of marks.js, and of choosing.js, with which an
 * author chooses.
 */
/** @import { Lens } from "./types.d.ts" */
/** @import { Choice } from "./choice.js" */
/** @import { Sentence } from "./stretches.js" */
/** @import { Stretch, WholeText } from "./anchoring.js" */

/** @typedef {{id: string, tags: string[]}} Marked what is marked in the text already: a mark, or a passage */
/**
 * @template {Marked} M
 * @typedef {object} Marking
 * @property {() => M[]} marked @property {(one: M) => Stretch | null} placeOf
 * @property {{text: () => WholeText, sentences: () => Sentence[]}} places
 * @property {ReturnType<typeof import("./choice.js").createChosen>} chosen @property {() => Lens} lensNow
 * @property {(tags: string[]) => void} mark marks what is chosen
 * @property {(id: string, stretch: Stretch, before: Stretch) => void} move gives what is marked another place
 */

/** The labels of tags, one after the other. @param {Lens} lens @param {string[]} ids */
export const labelsOf = (lens, ids) => ids.map((id) => lens.tags.get(id)?.label ?? id).join(", ");

/**
 * What is marked at an offset, the shortest first.
 * @template {Marked} M @param {Marking<M>} marking @param {number} offset
 */
function markedAt({ marked, placeOf }, offset) {
  const here = marked().flatMap((one) => {
    const place = placeOf(one);
    return place && place.start <= offset && offset < place.end ? [{ id: one.id, ...place }] : [];
  });
  return here.sort((one, other) => one.end - one.start - (other.end - other.start));
}

/** @template {Marked} M @param {Marking<M>} marking */
export function createChoosingActs(marking) {
  const { marked, placeOf, places, chosen, lensNow, mark, move } = marking;
  /** Choose, and say what. @param {Choice | null} choice */
  const choose = (choice) => {
    chosen.choose(choice);
    if (!choice) return chosen.say(say("Nothing is chosen."));
    const tags = marked().find(({ id }) => id === choice.id)?.tags ?? [];
    chosen.say(choiceInWords(choice, places.sentences(), places.text().text, labelsOf(lensNow(), tags)));
  };
  return {
    /** A tap on the text. @param {number} offset */
    tap(offset) {
      const sentences = places.sentences();
      if (!sentences.length) return;
      const tags = chosen.again();
      const [here] = tags.length ? [] : markedAt(marking, offset);
      const before = tags.length ? null : chosen.choice();
      choose(tapped(before, sentences, sentenceAt(sentences, offset), here ?? null));
      if (tags.length) mark(tags);
    },
    /** A step by a sentence. @param {number} by @param {boolean} extend @param {number} offset where one begins */
    step(by, extend, offset) {
      const sentences = places.sentences();
      if (!sentences.length) return;
      const next = stepped(chosen.choice(), sentences, by, extend, sentenceAt(sentences, offset));
      const same = marked().find((one) => {
        const place = placeOf(one);
        return place?.start === next.start && place.end === next.end;
      });
      choose({ ...next, id: same?.id ?? "" });
    },
    /** Words that were selected freely. @param {Stretch} selected */
    take(selected) {
      const stretch = trimmed(places.text().text, wholeLetters(places.text().text, selected));
      if (!stretch) return;
      const sentences = places.sentences();
      const [anchor, head] = [stretch.start, stretch.end - 1].map((at) => sentenceAt(sentences, at));
      choose({ ...stretch, anchor, head, id: "" });
      if (chosen.again().length) mark(chosen.again());
    },
    /**
     * One edge a word further on or back; what is marked goes with it.
     * @param {"start" | "end"} edge @param {number} by
     */
    trim(edge, by) {
      const choice = chosen.choice();
      if (!choice) return;
      const next = moved(places.text().text, choice, edge, by, lensNow().content.language);
      if (choice.id) move(choice.id, { start: next.start, end: next.end }, choice);
      choose({ ...choice, ...next });
    },
  };
}

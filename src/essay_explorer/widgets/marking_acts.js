// @ts-check
/**
 * What a reader does in marking mode, by tap or by key: choosing, trimming, tagging, and what is said of it. Part of
 * marks.js.
 */
/** @import { Lens, Mark } from "./types.d.ts" */
/** @import { Choice } from "./choice.js" */
/** @import { MarkSet } from "./mark_set.js" */
/** @import { Places } from "./mark_places.js" */
/** @import { Stretch } from "./anchoring.js" */

/**
 * The marks at an offset, the shortest first.
 * @param {Mark[]} marks @param {Places} places @param {number} offset
 */
function marksAt(marks, places, offset) {
  const here = marks.flatMap((mark) => {
    const place = places.of(mark);
    return place && place.start <= offset && offset < place.end ? [{ id: mark.id, ...place }] : [];
  });
  return here.sort((one, other) => one.end - one.start - (other.end - other.start));
}

/**
 * @typedef {object} Around
 * @property {MarkSet} set @property {Places} places
 * @property {ReturnType<typeof import("./choice.js").createChosen>} chosen
 * @property {ReturnType<typeof import("./marks.js").createMarkActs>} acts @property {() => Lens} lensNow
 */

/** What is said of a choice, and of marks. @param {Around} around */
function createWords({ set, places, chosen, lensNow }) {
  /** @param {string[]} ids of tags */
  const labels = (ids) => ids.map((id) => lensNow().tags.get(id)?.label ?? id).join(", ");
  const markNow = () => set.get(chosen.choice()?.id ?? "");
  return {
    labels,
    markNow,
    count: () => marksInWords(set.marks().length),
    /** Choose, and say what. @param {Choice | null} choice */
    choose(choice) {
      chosen.choose(choice);
      const mark = markNow();
      const words = () =>
        choice && choiceInWords(choice, places.sentences(), places.text().text, mark ? labels(mark.tags) : "");
      chosen.say(words() ?? "Nothing is chosen.");
    },
  };
}

/**
 * Tags and reasons for what is chosen.
 * @param {Around} around @param {ReturnType<typeof createWords>} words
 */
function createTagging({ set, chosen, acts }, { labels, markNow, count }) {
  /** Mark what is chosen. @param {string[]} tags @param {string} [reason] */
  const mark = (tags, reason = "") => {
    const choice = chosen.choice();
    if (!choice) return chosen.say("Choose a sentence first.");
    const [id] = acts.addAll([{ start: choice.start, end: choice.end, tags, reason }]);
    chosen.used(tags);
    chosen.choose({ ...choice, id });
    chosen.say(`Marked${tags.length ? ` ${labels(tags)}` : ""}. ${count()}.`);
  };
  const remove = () => {
    const choice = chosen.choice();
    if (!choice?.id) return chosen.say("Nothing that is marked is chosen.");
    acts.remove(choice.id);
    chosen.choose({ ...choice, id: "" });
    chosen.say(`Removed. ${count()}. Undo brings it back.`);
  };
  return {
    mark,
    /** Remove the mark that is chosen. */
    removeChosen: remove,
    /**
     * A tag more, or one less: without any the mark goes.
     * @param {string} tag @param {string} [reason] of a new mark
     */
    toggle(tag, reason = "") {
      const now = markNow();
      if (!now) return mark([tag], reason);
      const tags = now.tags.includes(tag) ? now.tags.filter((one) => one !== tag) : [...now.tags, tag];
      if (!tags.length) return remove();
      acts.change(now.id, { tags });
      chosen.used(tags);
      chosen.say(`Marked ${labels(tags)}.`);
    },
    /** @param {string} reason */
    explain(reason) {
      const now = markNow();
      if (now && now.reason !== reason) acts.change(now.id, { reason }, true);
    },
    /** Several stretches at once, in one step. @param {Stretch[]} stretches @param {string[]} tags */
    markAll(stretches, tags) {
      acts.addAll(stretches.map(({ start, end }) => ({ start, end, tags })));
      chosen.used(tags);
      chosen.say(`Marked ${stretches.length} sentences ${labels(tags)}. ${count()}.`);
    },
    /** Take the last step back, or again. @param {"undo" | "redo"} way */
    go(way) {
      const can = way === "undo" ? set.steps.canUndo() : set.steps.canRedo();
      if (!can) return chosen.say(way === "undo" ? "There is nothing to undo." : "There is nothing to redo.");
      acts[way]();
      const choice = chosen.choice();
      if (choice?.id && !set.get(choice.id)) chosen.choose({ ...choice, id: "" });
      chosen.say(`${way === "undo" ? "Undone" : "Done again"}. ${count()}.`);
    },
  };
}

/** @param {Around} around */
export function createMarkingActs(around) {
  const { set, places, chosen, acts, lensNow } = around;
  const words = createWords(around);
  const { choose, labels, markNow } = words;
  const tagging = createTagging(around, words);
  return {
    ...tagging,
    ...{ labels, markNow },
    /** A tap on the text. @param {number} offset */
    tap(offset) {
      const sentences = places.sentences();
      if (!sentences.length) return;
      const tags = chosen.again();
      const [here] = tags.length ? [] : marksAt(set.marks(), places, offset);
      const before = tags.length ? null : chosen.choice();
      choose(tapped(before, sentences, sentenceAt(sentences, offset), here ?? null));
      if (tags.length) tagging.mark(tags);
    },
    /** A step by a sentence. @param {number} by @param {boolean} extend @param {number} offset where one begins */
    step(by, extend, offset) {
      const sentences = places.sentences();
      if (!sentences.length) return;
      const next = stepped(chosen.choice(), sentences, by, extend, sentenceAt(sentences, offset));
      const same = set.marks().find((one) => {
        const place = places.of(one);
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
      if (chosen.again().length) tagging.mark(chosen.again());
    },
    /** One edge a word further on or back; a mark goes with it. @param {"start" | "end"} edge @param {number} by */
    trim(edge, by) {
      const choice = chosen.choice();
      if (!choice) return;
      const next = moved(places.text().text, choice, edge, by, lensNow().content.language);
      if (choice.id) acts.change(choice.id, { start: next.start, end: next.end });
      choose({ ...choice, ...next });
    },
  };
}

// @ts-check
/** What a reader does with what is chosen: tags, reasons, removing, and what is said of it. Part of marks.js. */
/** @import { Lens } from "./types.d.ts" */
/** @import { MarkSet } from "./mark_set.js" */
/** @import { Places } from "./mark_places.js" */
/** @import { Stretch } from "./anchoring.js" */

/**
 * @typedef {object} Around
 * @property {MarkSet} set @property {Places} places
 * @property {ReturnType<typeof import("./choice.js").createChosen>} chosen
 * @property {ReturnType<typeof import("./marks.js").createMarkActs>} acts @property {() => Lens} lensNow
 */

/** What is said of marks. @param {Around} around */
function createWords({ set, chosen, lensNow }) {
  return {
    /** @param {string[]} ids of tags */
    labels: (ids) => labelsOf(lensNow(), ids),
    markNow: () => set.get(chosen.choice()?.id ?? ""),
    count: () => marksInWords(set.marks().length),
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
    if (!choice) return chosen.say(say("Choose a sentence first."));
    const [id] = acts.addAll([{ start: choice.start, end: choice.end, tags, reason }]);
    chosen.used(tags);
    chosen.choose({ ...choice, id });
    chosen.say(`${tags.length ? say("Marked {tags}.", { tags: labels(tags) }) : say("Marked.")} ${count()}.`);
  };
  const remove = () => {
    const choice = chosen.choice();
    if (!choice?.id) return chosen.say(say("Nothing that is marked is chosen."));
    acts.remove(choice.id);
    chosen.choose({ ...choice, id: "" });
    chosen.say(say("Removed. {marks}. Undo brings it back.", { marks: count() }));
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
      chosen.say(say("Marked {tags}.", { tags: labels(tags) }));
    },
    /** Give a mark this reason. @param {string} id @param {string} reason */
    explain(id, reason) {
      const now = set.get(id);
      if (now && now.reason !== reason) acts.change(id, { reason }, true);
    },
    /** Several stretches at once, in one step. @param {Stretch[]} stretches @param {string[]} tags */
    markAll(stretches, tags) {
      acts.addAll(stretches.map(({ start, end }) => ({ start, end, tags })));
      chosen.used(tags);
      const values = { tags: labels(tags), marks: count() };
      chosen.say(
        sayN(
          "Marked {count} sentence {tags}. {marks}.",
          "Marked {count} sentences {tags}. {marks}.",
          stretches.length,
          values,
        ),
      );
    },
    /** Take the last step back, or again. @param {"undo" | "redo"} way */
    go(way) {
      const can = way === "undo" ? set.steps.canUndo() : set.steps.canRedo();
      if (!can) return chosen.say(way === "undo" ? say("There is nothing to undo.") : say("There is nothing to redo."));
      acts[way]();
      const choice = chosen.choice();
      if (choice?.id && !set.get(choice.id)) chosen.choose({ ...choice, id: "" });
      chosen.say(`${way === "undo" ? say("Undone.") : say("Done again.")} ${count()}.`);
    },
  };
}

/** @param {Around} around */
export function createMarkingActs(around) {
  const { set, places, chosen, acts, lensNow } = around;
  const words = createWords(around);
  const tagging = createTagging(around, words);
  const choosing = createChoosingActs({
    ...{ marked: set.marks, placeOf: places.of, places, chosen, lensNow },
    mark: tagging.mark,
    move: (id, stretch) => acts.change(id, stretch),
  });
  return {
    ...tagging,
    ...choosing,
    ...{ labels: words.labels, markNow: words.markNow },
    /** Whether taps and keys choose now: they do in marking mode. @param {Lens} lens */
    isChoosing: (lens) => lens.marking(),
  };
}

// @ts-check
/** Marking all that was found: how many sentences, a look at them, and the tags for them. Part of mark_sheet.js. */
/** @import { Hit, Lens, Marks } from "./types.d.ts" */
/** @import { Sentence } from "./stretches.js" */
/** @import { Questions } from "./mark_questions.js" */

const SHOWN = 5; // sentences that are looked at before

/**
 * The sentences in which something was found, each once.
 * @param {Hit[]} hits paragraphs counted from 0 @param {number[]} starts of the paragraphs @param {Sentence[]}
 * sentences
 */
export function sentencesWith(hits, starts, sentences) {
  /** @type {Sentence[]} */
  const found = [];
  let next = 0;
  const places = hits.map(({ paragraph, start }) => starts[paragraph] + start).sort((a, b) => a - b);
  for (const place of places) {
    while (next + 1 < sentences.length && sentences[next + 1].start <= place) next += 1;
    if (sentences[next] && found.at(-1) !== sentences[next]) found.push(sentences[next]);
  }
  return found;
}

/** @param {Lens} lens @param {Marks} marks @param {Questions} questions */
export function createMatches(lens, marks, questions) {
  const { h, setText, short } = lens.dom;
  const button = h("button", { type: "button", className: "quiet", hidden: true });
  const found = () => sentencesWith(lens.hits(), marks.text().starts, marks.sentences());
  const ask = () => {
    const sentences = found();
    const { text } = marks.text();
    /** @type {string[]} */
    let tags = marks.lastTags();
    const chips = createTags(lens, marks.task, (tag) => {
      tags = tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag];
      chips.draw(tags);
    });
    chips.draw(tags);
    const some = sentences.slice(0, SHOWN).map(({ start, end }) => h("li", {}, short(text.slice(start, end))));
    const more =
      sentences.length > SHOWN ? [h("p", {}, say("And {more} more.", { more: sentences.length - SHOWN }))] : [];
    const values = { count: sentences.length.toLocaleString(LANGUAGE), query: lens.state().query.trim() };
    const title = sayN(
      "Mark {count} sentence with “{query}”",
      "Mark {count} sentences with “{query}”",
      sentences.length,
      values,
    );
    const label = sayN("Mark {count} sentence", "Mark {count} sentences", sentences.length, values);
    const act = () => {
      if (tags.length || !chips.any()) marks.markAll(sentences, tags);
      else marks.say(say("Nothing was marked: no tag was chosen."));
    };
    questions.ask(title, [h("ul", {}, ...some), ...more, chips.element], [{ label, act }]);
  };
  button.addEventListener("click", ask);
  return {
    element: button,
    draw() {
      const { length } = lens.hits();
      button.hidden = !length;
      if (length)
        setText(
          button,
          sayN("Mark the match", "Mark all {count} matches", length, { count: length.toLocaleString(LANGUAGE) }),
        );
    },
  };
}

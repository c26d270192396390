// @ts-check
/** What is known of the text: its title, its author, where it is from. Part of editor.js. */
/** @import { Room } from "./editor_tag_form.js" */

/** Each fact with its label and a hint. @type {[name: string, label: string, hint: string][]} */
const FACTS = [
  ["title", say("Title"), ""],
  ["subtitle", say("Subtitle"), ""],
  ["author", say("Author"), ""],
  ["after", say("Retells"), say("The work that the text retells or answers, if it does.")],
  ["language", say("Language"), say("In short: en, de, fr, zh.")],
  ["url", say("Source"), say("The address where it, or that work, is published.")],
  ["license", say("Licence"), ""],
];

/** The form of what is known of the text. @param {Room} room */
export function createFacts({ build, teller, desk }) {
  const { h, input, field, form, submit } = build;
  const inputs = FACTS.map(([name]) => input(`fact:${name}`, ""));
  let known = /** @type {Record<string, string>} */ ({});
  const save = () => {
    const written = FACTS.map(([name], at) => [name, inputs[at].value.trim()]);
    const { set, was } = changesIn(known, Object.fromEntries(written));
    if (Object.keys(set).length) return teller.act({ do: "change facts", set, was });
    teller.tell(say("Nothing has changed."));
  };
  const fields = FACTS.map(([, label, hint], at) => field(label, inputs[at], hint));
  const element = form(
    save,
    h("h3", {}, say("About the text")),
    ...fields,
    h("div", { className: "row" }, submit(say("Save"), "facts")),
  );
  /** What an author has begun to write stays while that fact is as it was. */
  const draw = () => {
    const { facts } = desk();
    FACTS.forEach(([name], at) => {
      if (facts[name] !== known[name]) inputs[at].value = facts[name];
    });
    known = facts;
  };
  return { element, draw };
}

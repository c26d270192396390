// @ts-check
/**
 * A tag in a form: its name, what belongs to it, its looks; and what becomes of it beside others. Part of
 * editor.js.
 */
/** @import { Choosing, Facet, Lens, Tag } from "./types.d.ts" */
/** @import { Builders, Teller } from "./editor_forms.js" */
/** @import { Act, Desk } from "./editor_sender.js" */

/**
 * @typedef {object} Room what the tabs share
 * @property {Lens} lens @property {Choosing} choosing @property {Builders} build @property {Teller} teller
 * @property {() => Desk} desk
 */

const CHOICE = 70; // letters of a passage

/**
 * What changed in a form, and what it was.
 * @param {Record<string, unknown>} old @param {Record<string, unknown>} now
 */
export function changesIn(old, now) {
  const names = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(old[name]));
  const taken = (/** @type {Record<string, unknown>} */ from) =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return { set: taken(now), was: taken(old) };
}

/**
 * What a form shows of a tag; a browser's field of colours has small letters.
 * @param {Tag} tag @param {string[]} aliases
 */
const valuesOf = ({ label, definition, questions, code, colour }, aliases) => ({
  ...{ label, definition, questions, code, aliases },
  colour: colour?.[0].toLowerCase() ?? "",
});

/** The fields of a tag. @param {Room} room @param {Facet} facet @param {Tag} tag */
function createFields({ build: { h, field, input, area }, desk }, { role }, tag) {
  const old = valuesOf(tag, desk().aliases[tag.id] ?? []);
  const name = input(`name:${tag.id}`, old.label, { maxLength: 80 });
  const definition = area(`definition:${tag.id}`, old.definition, 3);
  const questions = area(`questions:${tag.id}`, old.questions.join("\n"), 3);
  const code = input(`code:${tag.id}`, old.code, { maxLength: 2, className: "letter" });
  const colour = input(`colour:${tag.id}`, old.colour || "#000000", { type: "color" });
  const aliases = area(`aliases:${tag.id}`, old.aliases.join("\n"), 2);
  const looks = [field(say("Letter in the margin"), code), ...(old.colour ? [field(say("Colour"), colour)] : [])];
  const named = say("A passage with one of them carries it by itself.");
  const elements = [
    field(say("Name"), name),
    field(say("What belongs here"), definition),
    field(say("Questions, one a line"), questions),
    ...(role === "person" || old.aliases.length ? [field(say("Names in the text, one a line"), aliases, named)] : []),
    h("div", { className: "pair" }, ...looks),
  ];
  const changes = () => {
    const now = {
      label: name.value.trim(),
      definition: definition.value.trim(),
      questions: linesIn(questions.value),
      code: code.value.trim(),
      aliases: linesIn(aliases.value),
      colour: old.colour && colour.value,
    };
    const { set, was } = changesIn(old, now);
    return { set, was: "colour" in was ? { ...was, colour: tag.colour?.[0] ?? "" } : was };
  };
  return { elements, name, changes };
}

/**
 * Part of a tag's passages gets a tag of its own.
 * @param {Room} room @param {Tag} tag @param {(act: Act) => void} act
 */
function createSplit({ lens, build: { h, button, input }, desk }, tag, act) {
  const carrying = lens.content.passages.filter(({ id }) => desk().own[id]?.includes(tag.id));
  if (carrying.length < 2) return [];
  const called = say("Name of the new one");
  const name = input(`split:${tag.id}`, "", { maxLength: 80, placeholder: called });
  name.setAttribute("aria-label", called);
  const boxes = carrying.map(({ id }) => h("input", { type: "checkbox", value: id }));
  const choices = boxes.map((box) =>
    h("label", { className: "choice" }, box, lens.dom.short(lens.texts.get(box.value) ?? "", CHOICE)),
  );
  const split = () => {
    const passages = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    act({ do: "split tag", tag: tag.id, label: name.value, passages });
  };
  const inner = [name, h("div", { className: "choices" }, ...choices), button(say("Split off"), split)];
  return [h("details", { className: "split" }, h("summary", {}, say("Split some passages off")), ...inner)];
}

/**
 * What becomes of a tag beside others.
 * @param {Room} room @param {Facet} facet @param {Tag} tag @param {() => void} close
 */
function createFate(room, facet, tag, close) {
  const { h, button, select, field } = room.build;
  const act = async (/** @type {Act} */ wanted) => {
    if (await room.teller.act(wanted)) close();
  };
  const others = facet.tags.filter(({ id }) => id !== tag.id);
  const into = select(
    `into:${tag.id}`,
    others.map(({ id, label }) => [id, label]),
    others[0]?.id ?? "",
  );
  const merge = () => act({ do: "merge tags", tag: tag.id, into: into.value });
  const merging = h("div", { className: "row joined" }, field(say("Merge into"), into), button(say("Merge"), merge));
  const remove = button(say("Remove"), () => act({ do: "remove tag", tag: tag.id }), { key: `remove:${tag.id}` });
  return h(
    "div",
    { className: "fate" },
    ...(others.length ? [merging] : []),
    ...createSplit(room, tag, act),
    h("div", { className: "row" }, remove),
  );
}

/**
 * The form of a tag.
 * @param {Room} room @param {Facet} facet @param {Tag} tag @param {() => void} close
 */
export function createTagForm(room, facet, tag, close) {
  const { h, form, submit, button } = room.build;
  const { elements, name, changes } = createFields(room, facet, tag);
  const save = async () => {
    const { set, was } = changes();
    if (!Object.keys(set).length || (await room.teller.act({ do: "change tag", tag: tag.id, set, was }))) close();
  };
  const cancel = button(say("Cancel"), close, { key: `cancel:${tag.id}` });
  const row = h("div", { className: "row" }, submit(say("Save"), `save:${tag.id}`), cancel);
  return { elements: [form(save, ...elements, row), createFate(room, facet, tag, close)], name };
}

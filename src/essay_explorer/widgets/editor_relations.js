// @ts-check
/** Relations between passages: two passages and a verb, and a list of those that there are. Part of editor.js. */
/** @import { Relation } from "./types.d.ts" */
/** @import { Room } from "./editor_tag_form.js" */

/** @type {Record<string, string>} */
const VERBS = { supports: say("supports"), opposes: say("opposes"), qualifies: say("qualifies") };
/** What a relation says, as a sentence. @type {Record<string, (ends: {one: string, other: string}) => string>} */
const SENTENCES = {
  supports: (ends) => say("“{one}” supports “{other}”", ends),
  opposes: (ends) => say("“{one}” opposes “{other}”", ends),
  qualifies: (ends) => say("“{one}” qualifies “{other}”", ends),
};
const END = 60; // letters of a passage

/** @param {Room} room */
const namer =
  ({ lens }) =>
  (/** @type {string} */ id) =>
    lens.dom.short(lens.texts.get(id) ?? id, END);

/** By what a relation is told from others. @param {Relation} relation */
const keyOf = ({ from, kind, to }) => `${from} ${kind} ${to}`;

/**
 * A relation in a form: its verb and its note.
 * @param {Room} room @param {Relation} relation @param {() => void} close
 */
function createChange({ build, teller }, relation, close) {
  const { h, select, field, input, form, submit, button } = build;
  const { from: source, kind, to: target, note } = relation;
  const verb = select(`verb:${keyOf(relation)}`, Object.entries(VERBS), kind);
  const why = input(`why:${keyOf(relation)}`, note);
  const save = async () => {
    const { set, was } = changesIn({ kind, note }, { kind: verb.value, note: why.value.trim() });
    if (!Object.keys(set).length || (await teller.act({ do: "change relation", source, kind, target, set, was })))
      close();
  };
  const row = h("div", { className: "row" }, submit(say("Save")), button(say("Cancel"), close));
  return { element: form(save, field(say("does what"), verb), field(say("Note"), why), row), why };
}

/** A relation in the list. @param {Room} room @param {Relation} relation @param {() => void} open */
function createRelationRow(room, { from, kind, to, note }, open) {
  const { lens, build, teller } = room;
  const { h, button } = build;
  const named = namer(room);
  const [one, other] = [from, to].map((id) => button(named(id), () => lens.open(id), { className: "named" }));
  const said = SENTENCES[kind]({ one: named(from), other: named(to) });
  const remove = () => teller.act({ do: "remove relation", source: from, kind, target: to });
  const look = { className: "step", name: say("Remove: {what}", { what: said }) };
  const opening = { className: "named note", name: say("Change: {what}", { what: said }) };
  const change = button(note || say("Add a note"), open, opening);
  return h("li", {}, one, h("em", {}, VERBS[kind]), other, change, button("×", remove, look));
}

/** The form of a new relation; its ends follow what is clicked in the text. @param {Room} room */
function createRelationForm(room) {
  const { lens, build, teller } = room;
  const { select, field, form, submit, input } = build;
  const named = namer(room);
  const ends = { from: "", kind: "supports", to: "" };
  const note = input("relation:note", "", { placeholder: say("Why, in a few words") });
  const add = async () => {
    const { from: source, kind, to: target } = ends;
    if (!source || !target) return teller.tell(say("Choose both passages first: click one, then the other."), true);
    const done = await teller.act({ do: "add relation", source, kind, target, note: note.value });
    if (done) ends.from = ends.to = note.value = "";
    if (done) draw();
  };
  /** @param {keyof typeof ends} end @param {string} label @param {[string, string][]} options */
  const choice = (end, label, options) => {
    const made = select(`relation:${end}`, options, ends[end]);
    made.addEventListener("change", () => {
      ends[end] = made.value;
    });
    return field(label, made);
  };
  const element = form(add);
  const draw = () => {
    for (const end of /** @type {const} */ (["from", "to"])) if (!lens.passages.has(ends[end])) ends[end] = "";
    const passages = lens.content.passages.map(({ id }) => /** @type {[string, string]} */ ([id, named(id)]));
    /** @type {[string, string][]} */
    const all = [["", say("Click a passage, or choose one")], ...passages];
    element.replaceChildren(
      choice("from", say("This passage"), all),
      choice("kind", say("does what"), Object.entries(VERBS)),
      choice("to", say("to that one"), all),
      field(say("Note"), note),
      submit(say("Draw it"), "relate"),
    );
  };
  return { element, draw, ends };
}

/** @param {Room} room */
export function createRelations(room) {
  const { lens, build } = room;
  const element = build.h("div", { className: "relations-tab" });
  const { element: form, draw: drawForm, ends } = createRelationForm(room);
  const list = build.h("ul", { className: "listed" });
  element.append(form, list);
  let open = ""; // the relation whose form is open
  /** @type {ReturnType<typeof createChange> | null} */
  let shown = null;
  const close = () => {
    [open, shown] = ["", null];
    drawList();
  };
  const rowOf = (/** @type {Relation} */ relation) => {
    if (open === keyOf(relation) && shown) return build.h("li", { className: "open" }, shown.element);
    return createRelationRow(room, relation, () => {
      open = keyOf(relation);
      shown = createChange(room, relation, close);
      drawList();
      shown.why.focus();
    });
  };
  const drawList = () => list.replaceChildren(...lens.content.relations.map(rowOf));
  return {
    element,
    draw: () =>
      keepingFocus(element, () => {
        drawForm();
        drawList();
      }),
    /** Take a passage that was clicked as the end that is not chosen yet. @param {string} id */
    take(id) {
      if (id === ends.from || id === ends.to) return;
      if (!ends.from) ends.from = id;
      else if (!ends.to) ends.to = id;
    },
    /** Begin with this passage. @param {string} id */
    begin(id) {
      [ends.from, ends.to] = [id, ""];
    },
  };
}

// @ts-check
/**
 * The passage at hand: words just chosen in the text, or the passage in focus, and what it carries. Part of
 * editor.js.
 */
/** @import { Passage } from "./types.d.ts" */
/** @import { Room } from "./editor_tag_form.js" */

const QUOTED = 400; // letters of a passage
const SHOWN = 5_000; // ms until the page shows what was marked

/**
 * The chips of all tags, those pressed that something carries.
 * @param {Room} room @param {string[]} carried @param {(id: string) => void} toggle
 */
function createChips({ lens, build: { h, button } }, carried, toggle) {
  const facets = lens.content.facets.filter(({ tags }) => tags.length);
  return facets.map(({ label, tags }) => {
    const chips = tags.map((tag) => {
      const look = { key: `chip:${tag.id}`, className: "chip", pressed: carried.includes(tag.id) };
      return lens.dom.paint(
        button(tag.label, () => toggle(tag.id), look),
        tag,
      );
    });
    const group = h("div", { className: "chips", role: "group" }, h("h3", {}, label), ...chips);
    group.setAttribute("aria-label", label);
    return group;
  });
}

/**
 * Words that are to become a passage: a press on a tag marks them.
 * @param {Room} room @param {(tag: string) => void} mark
 */
const createMarking = (room, mark) => () => {
  const { h, button } = room.build;
  const { facets, language } = room.lens.content;
  const named = facets.some(({ tags }) => tags.length);
  const hint = named ? say("What is it about? Press a theme to mark it.") : say("Name a theme first, under Themes.");
  return [
    h("blockquote", { lang: language, dir: "auto" }, room.lens.dom.short(room.choosing.words()?.quote ?? "", QUOTED)),
    h("p", { className: "hint" }, hint),
    ...createChips(room, [], mark),
    createEdges(room.lens, room.choosing),
    h(
      "div",
      { className: "row" },
      button(say("Leave it"), () => room.choosing.choose(null), { key: "leave" }),
    ),
    ...createAllLost(room),
  ];
};

/**
 * A passage with its tags, its note, and what else one does with it.
 * @param {Room} room @param {ReturnType<typeof createPassageActs>} acts
 * @param {(id: string, what: "relate" | "stop") => void} goOn
 */
function createPassageForm(room, acts, goOn) {
  const { lens, build, teller, desk } = room;
  const { h, button, field, area, form, submit } = build;
  const note = area("note", "", 3);
  let [of, said] = ["", ""]; // the passage whose note stands in the field, and what it was
  const save = () => {
    if (note.value.trim() === said) return;
    teller.act({ do: "change passage", passage: of, set: { note: note.value }, was: { note: said } });
  };
  const row = h("div", { className: "row" }, submit(say("Save the note"), "save:note"));
  const writing = form(save, field(say("Note"), note, say("Why it is marked. Readers see it.")), row);
  const draw = (/** @type {Passage} */ { id, note: now }) => {
    // What is being written stays, and with it what was there when that began: whoever changed it meanwhile is asked.
    if (of !== id || note.value.trim() === said) [note.value, of, said] = [now, id, now];
    return [
      h("blockquote", { lang: lens.content.language, dir: "auto" }, lens.dom.short(lens.texts.get(id) ?? "", QUOTED)),
      ...createChips(room, desk().own[id] ?? [], acts.toggle),
      createEdges(lens, room.choosing),
      writing,
      h(
        "div",
        { className: "row" },
        button(say("Relate it"), () => goOn(id, "relate")),
        button(say("Add it to the tour"), () => goOn(id, "stop")),
        button(say("Remove"), acts.remove, { key: "remove:passage" }),
      ),
    ];
  };
  return { draw, note };
}

/** Where nothing is chosen: what to do, and a field for those who know the words. @param {Room} room */
function createFinding({ build: { h, form, input, submit }, teller, choosing }) {
  const sought = input("words", "", { placeholder: say("Words as they stand in the text") });
  sought.setAttribute("aria-label", say("Words of the passage"));
  const find = () => {
    if (!choosing.find(sought.value)) teller.tell(say("These words do not stand in the text like this."), true);
  };
  const hint = say("Choose a sentence to mark it, or a passage to change it. A second one takes in all between.");
  const elements = [
    h("p", { className: "hint" }, hint),
    form(find, h("div", { className: "row joined" }, sought, submit(say("Find"), "find"))),
  ];
  return elements;
}

/**
 * Call `found` with the id of the passage that stands for these words, once the page shows it.
 * @param {Room} room @param {string} quote @param {Set<string>} known those that were there before
 * @param {(id: string) => void} found
 */
function awaitPassage({ lens }, quote, known, found) {
  const waiting = new AbortController();
  const look = () => {
    const made = lens.content.passages.find(({ id }) => !known.has(id) && lens.texts.get(id) === quote);
    if (!made || waiting.signal.aborted) return;
    waiting.abort();
    found(made.id);
  };
  lens.observe(look, waiting.signal);
  setTimeout(() => waiting.abort(), SHOWN);
  look();
}

/**
 * What is done with what is chosen, by a press or by a key.
 * @param {Room} room
 */
function createPassageActs(room) {
  const { lens, teller, desk, choosing } = room;
  const at = () => choosing.choice()?.id ?? "";
  const mark = async (/** @type {string} */ tag) => {
    const [choice, words, known] = [choosing.choice(), choosing.words(), new Set(lens.passages.keys())];
    if (!choice || !words) return teller.tell(say("Choose a sentence first."), true);
    choosing.choose({ ...choice, sent: true }); // the next tap is for the next passage, however long this one takes
    if (!(await teller.act({ do: "add passage", ...words, tags: [tag] }))) return;
    const same = (/** @type {{quote: string} | null} */ now) => now?.quote === words.quote;
    awaitPassage(room, words.quote, known, (id) => same(choosing.words()) && choosing.pick(id));
  };
  return {
    mark,
    /** A tag more, or one less; what is no passage yet becomes one. @param {string} tag */
    toggle(tag) {
      if (!at()) return mark(tag);
      const carried = desk().own[at()] ?? [];
      const tags = carried.includes(tag) ? carried.filter((one) => one !== tag) : [...carried, tag];
      return teller.act({ do: "change passage", passage: at(), set: { tags }, was: { tags: carried } });
    },
    remove() {
      if (at()) return teller.act({ do: "remove passage", passage: at() });
      return teller.tell(say("Nothing that is marked is chosen."), true);
    },
    /** @type {import("./choosing.js").Move} */
    move(passage, words, was) {
      teller.act({ do: "change passage", passage, set: words, was: { quote: was } });
    },
    go: teller.turn,
  };
}

/**
 * @param {Room} room @param {(id: string, what: "relate" | "stop") => void} goOn @param {AbortSignal} signal
 */
export function createPassageTab(room, goOn, signal) {
  const { lens, build, choosing } = room;
  const element = build.h("div", { className: "passage-tab" });
  const acts = createPassageActs(room);
  choosing.obey({ ...acts, removeChosen: acts.remove }, signal);
  const ofWords = createMarking(room, acts.mark);
  const form = createPassageForm(room, acts, goOn);
  const finding = createFinding(room);
  let asked = choosing.asked();
  /** Somebody has asked for the field of the note. */
  const isAsked = () => {
    const before = asked;
    asked = choosing.asked();
    return asked !== before;
  };
  const draw = () => {
    const choice = choosing.choice();
    const passage = lens.passages.get(choice?.id ?? "");
    keepingFocus(element, () =>
      element.replaceChildren(
        ...(choice && !choice.id ? ofWords() : passage ? form.draw(passage) : [...finding, ...createAllLost(room)]),
      ),
    );
    if (!isAsked()) return;
    if (passage) form.note.focus();
    else room.teller.tell(say("Mark it first: press a theme."), true);
  };
  return { element, draw };
}

// @ts-check
/**
 * The passage at hand: words just chosen in the text, or the passage in focus, and what it carries. Part of
 * editor.js.
 */
/** @import { Passage } from "./types.d.ts" */
/** @import { Room } from "./editor_tag_form.js" */
/** @import { Words } from "./editor_words.js" */

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
 * @param {Room} room @param {(words: Words, tag: string) => void} mark @param {() => void} forget
 */
const createMarking = (room, mark, forget) => (/** @type {Words} */ words) => {
  const { h, button } = room.build;
  const { facets, language } = room.lens.content;
  const named = facets.some(({ tags }) => tags.length);
  const hint = named ? "What is it about? Press a theme to mark it." : "Name a theme first, under Themes.";
  return [
    h("blockquote", { lang: language }, room.lens.dom.short(words.quote, QUOTED)),
    h("p", { className: "hint" }, hint),
    ...createChips(room, [], (tag) => mark(words, tag)),
    h("div", { className: "row" }, button("Leave it", forget)),
  ];
};

/**
 * A passage with its tags, its note, and what else one does with it.
 * @param {Room} room @param {(id: string, what: "relate" | "stop") => void} goOn
 */
function createPassageForm(room, goOn) {
  const { lens, build, teller, desk } = room;
  const { h, button, field, area, form, submit } = build;
  const note = area("note", "", 3);
  let [of, said] = ["", ""]; // the passage whose note stands in the field, and what it was
  const save = () => {
    if (note.value.trim() === said) return;
    teller.act({ do: "change passage", passage: of, set: { note: note.value }, was: { note: said } });
  };
  const row = h("div", { className: "row" }, submit("Save the note", "save:note"));
  const writing = form(save, field("Note", note, "Why it is marked. Readers see it."), row);
  return (/** @type {Passage} */ passage) => {
    const { id } = passage;
    if (of !== id || note.value.trim() === said) note.value = passage.note; // what is being written stays
    [of, said] = [id, passage.note];
    const carried = desk().own[id] ?? [];
    const toggle = (/** @type {string} */ tag) => {
      const tags = carried.includes(tag) ? carried.filter((one) => one !== tag) : [...carried, tag];
      teller.act({ do: "change passage", passage: id, set: { tags }, was: { tags: carried } });
    };
    const remove = () => teller.act({ do: "remove passage", passage: id });
    return [
      h("blockquote", { lang: lens.content.language }, lens.dom.short(lens.texts.get(id) ?? "", QUOTED)),
      ...createChips(room, carried, toggle),
      writing,
      h(
        "div",
        { className: "row" },
        button("Relate it", () => goOn(id, "relate")),
        button("Add it to the tour", () => goOn(id, "stop")),
        button("Remove", remove, { key: "remove:passage" }),
      ),
    ];
  };
}

/**
 * Where nothing is chosen: what to do, and a field for those who choose without a mouse.
 * @param {Room} room @param {(words: Words) => void} take
 */
function createFinding({ lens, build: { h, form, input, submit }, teller }, take) {
  const sought = input("words", "", { placeholder: "Words as they stand in the text" });
  sought.setAttribute("aria-label", "Words of the passage");
  const find = () => {
    const words = wordsNamed(lens, sought.value);
    if (words) take(words);
    else teller.tell("These words do not stand in the text like this.", true);
  };
  const hint = "Select words in the text to mark them, or click a passage to change it.";
  const elements = [
    h("p", { className: "hint" }, hint),
    form(find, h("div", { className: "row joined" }, sought, submit("Find", "find"))),
  ];
  return () => elements;
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
 * @param {Room} room @param {() => HTMLElement | null} article
 * @param {(id: string, what: "relate" | "stop") => void} goOn
 */
export function createPassageTab(room, article, goOn) {
  const { lens, build, teller } = room;
  const element = build.h("div", { className: "passage-tab" });
  /** @type {Words | null} */
  let words = null;
  const take = (/** @type {Words | null} */ now) => {
    words = now;
    draw();
  };
  const mark = async (/** @type {Words} */ chosen, /** @type {string} */ tag) => {
    const known = new Set(lens.passages.keys());
    if (!(await teller.act({ do: "add passage", ...chosen, tags: [tag] }))) return;
    getSelection()?.removeAllRanges();
    take(null);
    awaitPassage(room, chosen.quote, known, (id) => lens.open(id));
  };
  const ofWords = createMarking(room, mark, () => take(null));
  const ofPassage = createPassageForm(room, goOn);
  const finding = createFinding(room, take);
  const draw = () => {
    const passage = lens.passages.get(lens.state().at);
    keepingFocus(element, () =>
      element.replaceChildren(...(words ? ofWords(words) : passage ? ofPassage(passage) : finding())),
    );
  };
  return {
    element,
    draw,
    /** Take up what is chosen in the text; whether anything is. */
    take() {
      const chosen = chosenWords(lens, article());
      words = chosen ?? words;
      return chosen !== null;
    },
    forget() {
      words = null;
    },
  };
}

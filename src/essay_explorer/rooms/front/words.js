// @ts-check
/** The queue of reasons and replies: unseen by others until the teacher shows one. */
/** @import { Lead, Panel, Word } from "./types.d.ts" */

/** @type {[string, (word: Word) => boolean][]} */
const FILTERS = [
  [say("New"), ({ seen }) => seen === "unseen"],
  [say("Shown"), ({ seen }) => seen === "shown"],
  [say("Hidden"), ({ seen }) => seen === "hidden"],
];

/** Reported ones first, then those at the sentence on the wall. @param {Word[]} words @param {number} [sentence] */
export function inOrder(words, sentence = 0) {
  const rank = ({ sentences: [first, last], reports } = /** @type {Word} */ ({})) =>
    (reports ? 0 : 2) + (first <= sentence && sentence <= last ? 0 : 1);
  return [...words].sort((one, other) => rank(one) - rank(other) || one.sentences[0] - other.sentences[0]);
}

/** Makes the entry of a word. @param {Lead} lead @param {Set<string>} named refs of those whose writer is asked */
function createWordRow(lead, named) {
  const see = (/** @type {Word} */ word, /** @type {Word["seen"]} */ seen, /** @type {string} */ said) =>
    lead.act("desk/words", { ref: word.ref, seen }).then(
      (done) =>
        done &&
        lead.say(said, {
          label: say("Undo"),
          act: () => lead.act("desk/words", { ref: word.ref, seen: word.seen }, say("Undone.")),
        }),
    );
  const ask = (/** @type {Word} */ word) => {
    named.add(word.ref);
    const tag = word.tags[0] ?? "";
    return lead.act(
      "desk/show",
      { wall: { sentence: word.sentences[0], tag } },
      say("Ask {name}. Sentence {number} is on the wall.", { name: word.by, number: word.sentences[0] }),
    );
  };
  const count = (/** @type {Word} */ word) => {
    const hand = { ref: word.ref, id: crypto.randomUUID?.() ?? `hand-${Date.now()}-${word.hands}` };
    const change = (/** @type {boolean} */ raised, said = "") => lead.act("desk/hand", { ...hand, raised }, said);
    return change(true).then(
      (done) =>
        done && lead.say(say("One hand more."), { label: say("Undo"), act: () => change(false, say("Undone.")) }),
    );
  };
  /** @param {{word: Word, by: string}} item */
  return ({ word, by }) => {
    const labels = taskTags(lead.shown, word.tags)
      .map(({ label }) => label)
      .join(", ");
    const view = word.view ? `${word.view === "yes" ? say("Yes") : say("No")}. ` : "";
    const facts = [
      say("Sentence {number}", { number: word.sentences[0] }),
      labels,
      word.kind === "reply" ? say("a reply") : "",
      by && say("by {name}", { name: by }),
      word.hands && sayN("{count} agrees", "{count} agree", word.hands),
    ].filter(Boolean);
    const reported = word.reports
      ? h("p", { className: "reported" }, say("Reported by {count}. Look before you show it.", { count: word.reports }))
      : "";
    const buttons = h("div", { className: "row" });
    if (word.seen === "shown") buttons.append(pressed("+1", "quiet", () => count(word)));
    if (word.seen !== "shown")
      buttons.append(pressed(say("Show"), "quiet", () => see(word, "shown", say("Shown to all."))));
    if (word.seen !== "hidden")
      buttons.append(pressed(say("Hide"), "quiet", () => see(word, "hidden", say("Hidden."))));
    if (!by) buttons.append(pressed(say("Ask"), "quiet", () => ask(word)));
    return h(
      "li",
      {},
      h("p", { dir: "auto" }, view, word.text),
      h("p", { className: "soft" }, facts.join(" · ")),
      reported,
      buttons,
    );
  };
}

/** @param {Lead} lead */
export function createWordsPanel(lead) {
  let at = 0;
  /** @type {Set<string>} */
  const named = new Set(); // refs of those whose writer is asked
  const filters = FILTERS.map(([label], place) =>
    pressed(label, "quiet toggle", () => {
      at = place;
      lead.draw();
    }),
  );
  const list = h("ul", { className: "queue" });
  const none = h("p", { className: "soft" });
  const element = h(
    "section",
    { className: "words" },
    h("h2", {}, say("Reasons and replies")),
    h("div", { className: "row", role: "group", "aria-label": say("Which") }, ...filters),
    none,
    list,
  );
  const row = createWordRow(lead, named);
  return {
    element,
    wants: (/** @type {{room: {phase: string}}} */ { room }) => ["reveal", "discuss", "revise"].includes(room.phase),
    /** @type {Panel["draw"]} */
    draw({ room, words }) {
      element.hidden = !["reveal", "discuss", "revise"].includes(room.phase);
      for (const [place, [label, test]] of FILTERS.entries()) {
        setText(filters[place], `${label} ${words.filter(test).length}`);
        filters[place].setAttribute("aria-pressed", String(place === at));
      }
      const shownNow = inOrder(words.filter(FILTERS[at][1]), room.wall?.sentence);
      setText(none, shownNow.length ? "" : say("Nothing here."));
      fillList(
        list,
        shownNow.map((word) => ({ word, by: named.has(word.ref) ? word.by : "" })),
        ({ word }) => word.ref,
        row,
      );
    },
  };
}

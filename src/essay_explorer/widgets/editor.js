// @ts-check
/** What an author changes of a reading on its page: themes, passages, relations, the tour, the text. */
/** @import { Choosing, Lens, View } from "./types.d.ts" */
/** @import { Builders, Teller } from "./editor_forms.js" */
/** @import { EditorTraits } from "./editor_sender.js" */
/** @import { Room } from "./editor_tag_form.js" */

const TABS = {
  Themes: say("Themes"),
  Passage: say("Passage"),
  Relations: say("Relations"),
  Tour: say("Tour"),
  Text: say("Text"),
};
/** @typedef {keyof typeof TABS} Name */
const IN_ORDER = /** @type {Name[]} */ (Object.keys(TABS));

/**
 * The frame: undo and redo, the tabs, what was done.
 * @param {Builders} build @param {Teller} teller @param {Choosing} choosing @param {(name: Name) => void} show
 */
function createFrame({ h, button }, teller, choosing, show) {
  const undo = button("↶", () => teller.turn("undo"), { className: "step", key: "undo", name: say("Undo") });
  const redo = button("↷", () => teller.turn("redo"), { className: "step", key: "redo", name: say("Do again") });
  const tabs = IN_ORDER.map((name) => button(TABS[name], () => show(name), { pressed: false, key: `tab:${name}` }));
  const body = h("div", { className: "body" });
  const take = () => choosing.selection()?.();
  const offer = button(say("Take the selected words"), take, { className: "main", key: "offer" });
  const heard = h("p", { className: "heard", role: "status" });
  const head = h("div", { className: "bar" }, h("h2", {}, say("Edit")), undo, redo);
  const element = h(
    "section",
    { className: "essay-editor", ariaLabel: say("Edit") },
    head,
    h("div", { className: "tabs", role: "group", ariaLabel: say("What to edit") }, ...tabs),
    ...teller.elements,
    heard,
    h("div", { className: "offer" }, offer),
    body,
  );
  return { element, undo, redo, tabs, body, offer, heard };
}

/**
 * Say on a button what it would do, if anything.
 * @param {HTMLButtonElement} button @param {string} name @param {boolean} on
 */
function arm(button, name, on) {
  button.disabled = !on;
  button.title = name;
}

/**
 * A paragraph that is clicked is corrected, while the text is.
 * @param {() => HTMLElement | null} article @param {(number: number) => boolean} onParagraph whether it takes it
 * @param {AbortSignal} signal
 */
function listenToText(article, onParagraph, signal) {
  const onClick = (/** @type {MouseEvent} */ event) => {
    const target = event.target instanceof Element && article()?.contains(event.target) ? event.target : null;
    const paragraph = /** @type {HTMLElement | null} */ (target?.closest(".paragraph") ?? null);
    if (!paragraph || !getSelection()?.isCollapsed || !onParagraph(Number(paragraph.dataset.paragraph))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", onClick, { signal, capture: true });
}

/**
 * The passage that is chosen is the one in focus, whichever changes.
 * @param {Lens} lens @param {Choosing} choosing
 */
function createFollower(lens, choosing) {
  const picked = () => choosing.choice()?.id ?? "";
  let [at, chosen] = ["", ""];
  return () => {
    const now = lens.state().at;
    if (now !== at) {
      if (now !== picked()) choosing.pick(now);
    } else if (picked() !== chosen) {
      if (!picked()) lens.close();
      else if (at) lens.leaf(picked());
      else lens.open(picked());
    }
    [at, chosen] = [lens.state().at, picked()];
  };
}

/**
 * What each tab shows.
 * @param {Room} room @param {() => HTMLElement | null} article @param {(name: Name) => void} show
 * @param {AbortSignal} signal
 */
function createRooms(room, article, show, signal) {
  const relations = createRelations(room);
  const goOn = (/** @type {string} */ id, /** @type {"relate" | "stop"} */ what) => {
    if (what === "relate") relations.begin(id);
    show(what === "relate" ? "Relations" : "Tour");
  };
  return {
    Themes: createThemes(room),
    Passage: createPassageTab(room, goOn, signal),
    Relations: relations,
    Tour: createTourTab(room),
    Text: createTextTab(room, article),
  };
}

/** @param {View<EditorTraits>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const choosing = /** @type {Choosing} */ ((await host.getWidget(model.get("choosing"))).exports);
  choosing.start(lens);
  const build = createBuilders(lens);
  const teller = createTeller(build, createSender(model, signal));
  const article = () =>
    /** @type {HTMLElement | null} */ (el.closest(".essay-explorer")?.querySelector(".essay-text article") ?? null);
  /** @type {Name} */
  let shown = lens.content.passages.length ? "Passage" : "Themes";
  let chosen = ""; // where what was chosen last begins and ends
  const show = (/** @type {Name} */ name) => {
    if (name !== "Text") rooms.Text.close();
    shown = name;
    draw();
  };
  const rooms = createRooms({ lens, choosing, build, teller, desk: () => model.get("desk") }, article, show, signal);
  const keepInFocus = createFollower(lens, choosing);
  const frame = createFrame(build, teller, choosing, show);
  /** Something was chosen: the tab that is open takes it, or that of passages opens. */
  const follow = () => {
    keepInFocus();
    const choice = choosing.choice();
    const now = choice ? `${choice.id} ${choice.start} ${choice.end}` : "";
    if (now === chosen) return;
    chosen = now;
    if (!choice || shown === "Text") return;
    if (shown === "Relations" && choice.id) rooms.Relations.take(choice.id);
    else if (shown !== "Tour" || !choice.id) shown = "Passage";
  };
  const draw = () => {
    const { undo, redo } = model.get("desk");
    arm(frame.undo, undo ? say("Undo: {act}", { act: undo }) : say("Undo"), undo !== "");
    arm(frame.redo, redo ? say("Do again: {act}", { act: redo }) : say("Do again"), redo !== "");
    follow();
    choosing.turn(shown !== "Text");
    frame.offer.hidden = !choosing.selection();
    lens.dom.setText(frame.heard, choosing.said());
    IN_ORDER.forEach((name, place) => {
      frame.tabs[place].setAttribute("aria-pressed", String(name === shown));
    });
    rooms[shown].draw();
    if (frame.body.firstChild !== rooms[shown].element) frame.body.replaceChildren(rooms[shown].element);
  };
  const onParagraph = (/** @type {number} */ number) => {
    if (shown === "Text") rooms.Text.correct(number);
    return shown === "Text";
  };
  listenToText(article, onParagraph, signal);
  model.on("change:desk", draw);
  lens.observe(draw, signal);
  choosing.observe(draw, signal);
  el.replaceChildren(frame.element);
  draw();
  return () => {
    model.off("change:desk", draw);
    rooms.Text.close();
    choosing.turn(false);
    el.replaceChildren();
  };
}

export default { render };

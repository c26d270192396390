// @ts-check
/** What an author changes of a reading on its page: themes, passages, relations, the tour, the text. */
/** @import { Lens, View } from "./types.d.ts" */
/** @import { Builders, Teller } from "./editor_forms.js" */
/** @import { EditorTraits } from "./editor_sender.js" */
/** @import { Room } from "./editor_tag_form.js" */

const TABS = /** @type {const} */ (["Themes", "Passage", "Relations", "Tour", "Text"]);
/** @typedef {typeof TABS[number]} Name */

/**
 * The frame: undo and redo, the tabs, what was done.
 * @param {Builders} build @param {Teller} teller @param {(name: Name) => void} show
 */
function createFrame({ h, button }, teller, show) {
  const undo = button("↶", () => teller.turn("undo"), { className: "step", key: "undo", name: "Undo" });
  const redo = button("↷", () => teller.turn("redo"), { className: "step", key: "redo", name: "Do again" });
  const tabs = TABS.map((name) => button(name, () => show(name), { pressed: false, key: `tab:${name}` }));
  const body = h("div", { className: "body" });
  const head = h("div", { className: "bar" }, h("h2", {}, "Edit"), undo, redo);
  const element = h(
    "section",
    { className: "essay-editor", ariaLabel: "Edit" },
    head,
    h("div", { className: "tabs", role: "group", ariaLabel: "What to edit" }, ...tabs),
    ...teller.elements,
    body,
  );
  return { element, undo, redo, tabs, body };
}

/** Say on a button what it would do. @param {HTMLButtonElement} button @param {string} verb @param {string} what */
function arm(button, verb, what) {
  button.disabled = !what;
  const name = what ? `${verb}: ${what}` : verb;
  button.title = name;
  button.setAttribute("aria-label", name);
}

/**
 * Words that are chosen in the text, and paragraphs that are clicked, go to the tab that is for them.
 * @param {() => HTMLElement | null} article
 * @param {{onWords: () => unknown, onParagraph: (number: number) => boolean}} heard
 * @param {AbortSignal} signal
 */
function listenToText(article, { onWords, onParagraph }, signal) {
  const isInText = (/** @type {EventTarget | null} */ target) =>
    target instanceof Node && Boolean(article()?.contains(target));
  const onUp = (/** @type {Event} */ { target }) => isInText(target) && setTimeout(onWords); // once it is made
  document.addEventListener("pointerup", onUp, { signal });
  document.addEventListener("keyup", (event) => event.key === "Shift" && onWords(), { signal });
  document.addEventListener("contextmenu", onUp, { signal }); // Android's own handles
  const onClick = (/** @type {MouseEvent} */ event) => {
    const target = event.target instanceof Element ? event.target : null;
    const paragraph = isInText(target)
      ? /** @type {HTMLElement | null} */ (target?.closest(".paragraph") ?? null)
      : null;
    if (!paragraph || !getSelection()?.isCollapsed || !onParagraph(Number(paragraph.dataset.paragraph))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", onClick, { signal, capture: true });
}

/**
 * What each tab shows.
 * @param {Room} room @param {() => HTMLElement | null} article @param {(name: Name) => void} show
 */
function createRooms(room, article, show) {
  const relations = createRelations(room);
  const goOn = (/** @type {string} */ id, /** @type {"relate" | "stop"} */ what) => {
    if (what === "relate") relations.begin(id);
    show(what === "relate" ? "Relations" : "Tour");
  };
  return {
    Themes: createThemes(room),
    Passage: createPassageTab(room, article, goOn),
    Relations: relations,
    Tour: createTourTab(room),
    Text: createTextTab(room, article),
  };
}

/** @param {View<EditorTraits>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const build = createBuilders(lens);
  const teller = createTeller(build, createSender(model, signal));
  const article = () =>
    /** @type {HTMLElement | null} */ (el.closest(".essay-explorer")?.querySelector(".essay-text article") ?? null);
  /** @type {Name} */
  let shown = lens.content.passages.length ? "Passage" : "Themes";
  let { at } = lens.state();
  const show = (/** @type {Name} */ name) => {
    if (name !== "Text") rooms.Text.close();
    shown = name;
    draw();
  };
  const rooms = createRooms({ lens, build, teller, desk: () => model.get("desk") }, article, show);
  const frame = createFrame(build, teller, show);
  /** A passage has come into focus: the tab that is open takes it, or that of passages opens. */
  const follow = () => {
    const now = lens.state().at;
    if (now !== at && lens.passages.has(now)) {
      rooms.Passage.forget();
      if (shown === "Relations") rooms.Relations.take(now);
      else if (shown === "Themes") shown = "Passage";
    }
    at = now;
  };
  const draw = () => {
    const { undo, redo } = model.get("desk");
    arm(frame.undo, "Undo", undo);
    arm(frame.redo, "Do again", redo);
    follow();
    TABS.forEach((name, place) => {
      frame.tabs[place].setAttribute("aria-pressed", String(name === shown));
    });
    rooms[shown].draw();
    if (frame.body.firstChild !== rooms[shown].element) frame.body.replaceChildren(rooms[shown].element);
  };
  const onWords = () => shown !== "Text" && rooms.Passage.take() && show("Passage");
  const onParagraph = (/** @type {number} */ number) => {
    if (shown === "Text") rooms.Text.correct(number);
    return shown === "Text";
  };
  listenToText(article, { onWords, onParagraph }, signal);
  model.on("change:desk", draw);
  lens.observe(draw, signal);
  el.replaceChildren(frame.element);
  draw();
  return () => {
    model.off("change:desk", draw);
    rooms.Text.close();
    el.replaceChildren();
  };
}

export default { render };

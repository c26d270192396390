// @ts-check
/** The passage in focus, in a card that can be leafed and closed; what it says is passage_body.js. */
/** @import { Content, Lens, LensView, View } from "./types.d.ts" */

/** The card's frame: its title, its buttons, and room for the rest. @param {Lens} lens */
function frame(lens) {
  const { h, signButton } = lens.dom;
  const step = (/** @type {string} */ sign, /** @type {string} */ title, /** @type {() => void} */ act) => {
    const button = signButton(sign, title);
    button.addEventListener("click", act);
    return button;
  };
  const title = h("h2", { tabIndex: -1 });
  const back = step("←", say("Previous passage"), () => lens.leaf(lens.beside(lens.state().at, -1)));
  const next = step("→", say("Next passage"), () => lens.leaf(lens.beside(lens.state().at, 1)));
  const close = step("×", say("Close (Esc)"), () => lens.close());
  const body = h("div", { className: "body" });
  const bar = h("div", { className: "bar" }, title, back, next, close);
  const root = h("section", { className: "passage-card", "aria-label": say("Passage") }, bar, body);
  return { root, title, back, next, close, body };
}

/**
 * Arrow keys go from passage to passage, Esc closes.
 * @param {Lens} lens @param {HTMLElement} root @param {AbortSignal} signal
 */
function addKeys(lens, root, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { at } = lens.state();
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const closing = event.key === "Escape" && at;
    if (event.altKey || event.ctrlKey || event.metaKey || !(closing || (by && lens.passages.has(at)))) return;
    event.preventDefault();
    event.stopPropagation();
    if (closing) lens.close();
    else if (by) lens.leaf(lens.beside(at, by));
  };
  root.addEventListener("keydown", onKey, { signal });
}

/** Say which of its tags are chosen. @param {HTMLElement} body @param {string[]} chosen */
function press(body, chosen) {
  for (const chip of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("[data-tag]")))
    chip.setAttribute("aria-pressed", String(chosen.includes(chip.dataset.tag ?? "")));
}

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const { root, title, back, next, close, body } = frame(lens);
  /** @type {{at: string, content: Content | null}} */
  let drawn = { at: "", content: null };
  const fill = (/** @type {string} */ at, /** @type {boolean} */ opened) => {
    drawn = { at, content: lens.content };
    const contents = contentsOf(lens, at);
    const focused = body.contains(lens.dom.focused(body));
    title.textContent = contents.title;
    body.replaceChildren(...contents.body);
    if (opened) body.scrollTop = 0;
    // Who opened the card from the keyboard or by a click reads on in it; a permalink takes no focus.
    if (focused || (opened && at && lens.opener() && !root.contains(lens.dom.focused(root))))
      title.focus({ preventScroll: true });
  };
  const draw = () => {
    const { at } = lens.state();
    const opened = at !== drawn.at;
    root.classList.toggle("open", Boolean(at));
    back.hidden = next.hidden = !lens.passages.has(at);
    close.hidden = !at;
    if (opened || drawn.content !== lens.content) fill(at, opened);
    press(body, lens.state().chosen);
  };
  addKeys(lens, root, signal);
  el.replaceChildren(root);
  lens.dress(model, el, signal);
  lens.observe(draw, signal);
  draw();
  return () => el.replaceChildren();
}

export default { render };

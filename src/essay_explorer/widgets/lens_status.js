// @ts-check
/**
 * What the lens shows in words, the way from passage to passage, and how they are shown. Part of theme_filter.js.
 */
/** @import { Lens, State } from "./types.d.ts" */

const SHOW = { dim: say("Dim other text"), only: say("Show only these") };

/**
 * Where the reader is among the passages shown: "2 of 23", or how many there are.
 * @param {number} at of the one in focus, from 0; -1 for none of them @param {number} count
 */
export const position = (at, count) =>
  at < 0 ? sayN("{count} passage", "{count} passages", count) : say("{number} of {count}", { number: at + 1, count });

/** From passage to passage of those shown. @param {Lens} lens */
function createStepper(lens) {
  const { h, setText, signButton } = lens.dom;
  const where = h("span", { className: "where" });
  const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ name) => {
    const button = signButton(sign, name);
    button.addEventListener("click", () => {
      const { at } = lens.state();
      const next = lens.beside(at, by);
      lens.forget(); // the focus stays on this button
      if (lens.passages.has(at)) lens.leaf(next);
      else lens.open(next);
      lens.unfold(false);
    });
    return button;
  };
  const [back, next] = [step(-1, "‹", say("Previous of these")), step(1, "›", say("Next of these"))];
  const draw = () => {
    const shown = lens.shown();
    const { at } = lens.state();
    const here = shown.findIndex(({ id }) => id === at);
    setText(where, position(here, shown.length));
    back.disabled = next.disabled = !shown.length;
  };
  return { element: h("div", { className: "stepper" }, back, where, next), draw };
}

/** Clear, and once more what was cleared. @param {Lens} lens */
function createClear(lens) {
  const { h, setText } = lens.dom;
  const button = h("button", { type: "button", className: "quiet clear" });
  button.addEventListener("click", () => (lens.active() ? lens.clear() : lens.undo()));
  const draw = () => {
    setText(button, lens.active() || !lens.cleared() ? say("Clear") : say("Undo"));
    button.classList.toggle("idle", !lens.active() && !lens.cleared());
  };
  return { element: button, draw };
}

/**
 * Buttons of which one is pressed, or none where pressing it again releases it.
 * @template {string} Value
 * @param {Lens} lens @param {string} name @param {Record<Value, string>} labels @param {(value: Value) => void} pick
 */
function createSwitch({ dom: { h, setText } }, name, labels, pick) {
  const buttons = /** @type {[Value, string][]} */ (Object.entries(labels)).map(([value, label]) => {
    const button = h("button", { type: "button" }, label);
    button.dataset.value = value;
    button.addEventListener("click", () => pick(value));
    return button;
  });
  const element = h("div", { className: "switch", role: "group", "aria-label": name }, ...buttons);
  const draw = (/** @type {string} */ now, /** @type {Partial<Record<string, string>>} */ said = {}) => {
    for (const button of buttons) {
      const { value = "" } = button.dataset;
      button.setAttribute("aria-pressed", String(value === now));
      setText(button, said[value] ?? button.textContent ?? "");
    }
  };
  return { element, draw };
}

/** The facets of which several tags are chosen, so that any or all of them matters. @param {Lens} lens */
function severalOf({ content, state }) {
  const { chosen } = state();
  return content.facets.filter(({ tags }) => tags.filter(({ id }) => chosen.includes(id)).length > 1);
}

/** While nothing is chosen: faint lines where passages are, or none. @param {Lens} lens */
function createHints(lens) {
  const { h } = lens.dom;
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => lens.hint(box.checked));
  const draw = () => {
    box.checked = lens.hinted();
  };
  return { element: h("label", { className: "hints" }, box, ` ${say("Faint lines under passages")}`), draw };
}

/** How the passages are shown: once something is chosen, in a slot of its own. @param {Lens} lens */
function createWays(lens) {
  const { h } = lens.dom;
  const hints = createHints(lens);
  const setShow = (/** @type {keyof typeof SHOW} */ show) =>
    lens.act({ show: show === lens.state().show ? "mark" : show });
  const show = createSwitch(lens, say("How to show the passages"), SHOW, setShow);
  const setMatch = (/** @type {State["match"]} */ match) => lens.act({ match });
  const labels = { any: "", all: say("All together") };
  const match = createSwitch(lens, say("With several themes, show passages with"), labels, setMatch);
  show.element.classList.add("ways");
  match.element.classList.add("match");
  const draw = () => {
    const state = lens.state();
    const several = severalOf(lens);
    const areThemes = several.every(({ role }) => role === "theme");
    hints.draw();
    show.draw(state.show);
    match.draw(state.match, { any: areThemes ? say("Any theme") : say("Any of them") });
    hints.element.classList.toggle("idle", lens.active());
    show.element.classList.toggle("idle", !lens.active());
    match.element.classList.toggle("idle", !several.length);
  };
  const slot = h("div", { className: "slot" }, hints.element, show.element);
  return { elements: [slot, match.element], draw };
}

/** @param {Lens} lens */
export function createStatus(lens) {
  const { h, setText } = lens.dom;
  const says = h("p", { className: "says", role: "status" });
  const stepper = createStepper(lens);
  const clear = createClear(lens);
  const ways = createWays(lens);
  const walk = h("div", { className: "walk" }, stepper.element, clear.element);
  const draw = () => {
    setText(says, lens.sentence());
    for (const part of [stepper, clear, ways]) part.draw();
  };
  return { element: h("div", { className: "status" }, says, walk, ...ways.elements), draw };
}

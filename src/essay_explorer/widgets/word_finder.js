// @ts-check
/** The field for words, and the steps from match to match. Part of theme_filter.js. */
/** @import { Lens } from "./types.d.ts" */

/** @param {Lens} lens @param {number} by @param {string} sign @param {string} name */
function createStep({ step, dom: { signButton } }, by, sign, name) {
  const button = signButton(sign, name);
  button.addEventListener("click", () => step(by));
  return button;
}

/** @param {Lens} lens */
export function createFinder(lens) {
  const { h, setText } = lens.dom;
  const field = {
    type: "search",
    placeholder: say("Find words"),
    autocomplete: "off",
    spellcheck: false,
    maxLength: 200,
  };
  const input = h("input", { ...field, "aria-label": say("Find words in the text") });
  const count = h("span", { className: "hits", role: "status" });
  const [back, next] = [createStep(lens, -1, "↑", say("Previous match")), createStep(lens, 1, "↓", say("Next match"))];
  const all = createConcordance(lens);
  const steps = h("span", { className: "steps" }, count, back, next, all.button);
  const caps = { slash: h("kbd", {}, "/"), question: h("kbd", {}, "?") };
  const tip = sayAround("{slash} to find, {question} for all keys", caps);
  const keys = h("p", { className: "tip", "aria-hidden": "true" }, ...tip);
  input.addEventListener("input", () => lens.act({ query: input.value }));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && !(event.key === "Escape" && input.value)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") lens.step(event.shiftKey ? -1 : 1);
    else lens.act({ query: "" });
  });
  const draw = () => {
    const { query } = lens.state();
    const { length } = lens.hits();
    const idle = !query.trim();
    if (input.value !== query) input.value = query;
    steps.classList.toggle("idle", idle);
    keys.classList.toggle("idle", !idle);
    const number = lens.hit() + 1;
    const matches = sayN("{count} match", "{count} matches", length);
    setText(count, !length ? say("no matches") : number ? say("{number} of {matches}", { number, matches }) : matches);
    all.draw();
  };
  const element = h("div", { className: "find" }, input, h("div", { className: "slot" }, keys, steps), all.list);
  return {
    element,
    draw,
    /** Go to the field, also where a narrow screen has folded it away. */
    focus() {
      if (!input.checkVisibility()) lens.unfold(true);
      queueMicrotask(() => input.focus()); // once the views have drawn it
    },
  };
}

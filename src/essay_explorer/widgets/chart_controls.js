// @ts-check
/** Which chart is shown, how it is drawn, and of which paragraphs. Part of chart_panel.js. */
/** @import { Chart, Lens } from "./types.d.ts" */

/** @param {Lens} lens @param {string} label @param {() => void} act @param {Record<string, string>} [properties] */
export function createButton({ dom: { h } }, label, act, properties = {}) {
  const button = h("button", { type: "button", className: "quiet", ...properties }, label);
  button.addEventListener("click", act);
  return button;
}

/** A tab for each chart. @param {Lens} lens @param {(name: string) => void} show */
export function createTabs(lens, show) {
  const element = lens.dom.h("div", { className: "tabs", role: "toolbar", "aria-label": say("Charts") });
  return {
    element,
    /** @param {Chart[]} charts */
    fill(charts) {
      const main = charts.filter(({ variant }) => !variant);
      element.replaceChildren(
        ...main.map(({ name, label }) => createButton(lens, label, () => show(name), { className: "tab" })),
      );
      element.hidden = charts.length < 2;
    },
    /** @param {Chart} chart */
    draw(chart) {
      for (const tab of element.querySelectorAll("button")) {
        const pressed = tab.textContent === chart.label;
        tab.setAttribute("aria-pressed", String(pressed));
        if (pressed) element.scrollLeft = tab.offsetLeft - element.offsetLeft - 40;
      }
    },
  };
}

/** Two fields for the paragraphs to look at. @param {Lens} lens */
export function createRange(lens) {
  const { h } = lens.dom;
  const count = () => lens.content.paragraphs.length;
  const [first, last] = [0, 1].map(() => h("input", { type: "number", min: "1", inputMode: "numeric" }));
  const labels = [
    h("label", {}, ...sayAround("From paragraph {first}", { first })),
    h("label", {}, ...sayAround("to {last}", { last })),
  ];
  const all = createButton(lens, say("All paragraphs"), () => lens.act({ within: [] }));
  const names = { className: "range", role: "group", "aria-label": say("Look at some paragraphs only") };
  const numberIn = (/** @type {HTMLInputElement} */ input) => Math.min(count(), Math.max(1, Number(input.value) || 1));
  const onChange = () => {
    const within = [numberIn(first), numberIn(last)].sort((a, b) => a - b);
    lens.act({ within: within[0] === 1 && within[1] === count() ? [] : within });
  };
  for (const input of [first, last]) input.addEventListener("change", onChange);
  const draw = () => {
    const [from = 1, to = count()] = lens.state().within;
    first.max = last.max = String(count());
    first.value = String(from);
    last.value = String(to);
    all.hidden = !lens.state().within.length;
  };
  return { element: h("div", names, ...labels, all), draw };
}

/** The same chart drawn in another way. @param {Lens} lens @param {() => void} show */
export function createVariant(lens, show) {
  const button = createButton(lens, "", show);
  button.hidden = true; // until a chart is there that has one
  /** @param {Chart} chart @param {Chart[]} charts */
  const draw = (chart, charts) => {
    const variant = charts.find((one) => one.label === chart.label && one.variant);
    button.hidden = !variant;
    button.textContent = variant?.variant ?? "";
    button.setAttribute("aria-pressed", String(chart.name === variant?.name));
  };
  return { button, draw };
}

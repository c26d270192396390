// @ts-check
/**
 * What the editor's forms are built of, and the line that says what was done or asks before it is. Part of
 * editor.js.
 */
/** @import { Lens } from "./types.d.ts" */
/** @import { Act, Outcome, Sender } from "./editor_sender.js" */

/**
 * @typedef {{key?: string, className?: string, name?: string, disabled?: boolean, pressed?: boolean}} ButtonLook
 * `key` tells a control from the others, so that the focus finds it again. `name` is what it is called where its
 * sign says too little.
 */

/** @param {Lens} lens */
export function createBuilders({ dom: { h } }) {
  /** @param {string} label @param {() => void} act @param {ButtonLook} [look] */
  const button = (label, act, { key = "", className = "", name = "", disabled = false, pressed } = {}) => {
    const shown = name ? h("span", { ariaHidden: "true" }, label) : label; // who listens is told its name, once
    const made = h("button", { type: "button", className, disabled, title: name }, shown);
    if (key) made.dataset.key = key;
    if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("click", act);
    return made;
  };
  /** A field with its label. @param {string} label @param {HTMLElement} control @param {string} [hint] */
  const field = (label, control, hint = "") =>
    h("label", { className: "field" }, h("span", {}, label), control, ...(hint ? [h("small", {}, hint)] : []));
  /** @param {string} key @param {string} value */
  const input = (key, value, properties = {}) => {
    const made = h("input", { type: "text", value, autocomplete: "off", ...properties });
    made.dataset.key = key;
    return made;
  };
  /** @param {string} key @param {string} value @param {number} rows */
  const area = (key, value, rows, properties = {}) => {
    const made = h("textarea", { value, rows, ...properties });
    made.dataset.key = key;
    return made;
  };
  /** @param {string} key @param {[value: string, label: string][]} options @param {string} [chosen] */
  const select = (key, options, chosen = "") => {
    const made = h("select", {}, ...options.map(([value, label]) => h("option", { value }, label)));
    made.dataset.key = key;
    made.value = chosen;
    return made;
  };
  /**
   * A form that is sent by Enter, or by its first button.
   * @param {() => void} send @param {...(Node | string)} children
   */
  const form = (send, ...children) => {
    const made = h("form", {}, ...children);
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    made.addEventListener("keydown", (event) => {
      const isField = event.target instanceof HTMLInputElement && event.target.type === "text";
      if (event.key !== "Enter" || event.isComposing || !isField) return;
      event.preventDefault(); // JupyterLab keeps a browser from sending it
      send();
    });
    return made;
  };
  const submit = (/** @type {string} */ label, key = "") => {
    const made = h("button", { type: "submit", className: "main" }, label);
    if (key) made.dataset.key = key;
    return made;
  };
  return { h, button, field, input, area, select, form, submit };
}

/** @typedef {ReturnType<typeof createBuilders>} Builders */

/** The lines of a text that say something. @param {string} text */
export const linesIn = (text) =>
  text
    .split("\n")
    .map((one) => one.trim())
    .filter(Boolean);

/**
 * Change what is in an element, and keep the focus, and what is selected, on the control of the same key.
 * @param {HTMLElement} root @param {() => void} change
 */
export function keepingFocus(root, change) {
  const held = document.activeElement;
  const key = held instanceof HTMLElement && root.contains(held) ? held.dataset.key : "";
  const range = held instanceof HTMLInputElement || held instanceof HTMLTextAreaElement ? held : null;
  const [start, end] = [range?.selectionStart ?? null, range?.selectionEnd ?? null];
  change();
  if (!key || document.activeElement === held) return;
  const again = /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${CSS.escape(key)}"]`));
  again?.focus({ preventScroll: true });
  if (start !== null && (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement)) {
    if (again.type === "text" || again.type === "textarea") again.setSelectionRange(start, end);
  }
}

/**
 * The line that says what became of an act; where that needs an answer first, it asks.
 * @param {Builders} builders @param {Sender} sender
 */
export function createTeller({ h, button }, sender) {
  const says = h("p", { className: "says", role: "status" });
  const asks = h("div", { className: "asks", role: "alertdialog", hidden: true, tabIndex: -1 });
  asks.setAttribute("aria-label", say("A question"));
  const tell = (/** @type {string} */ text, fault = false) => {
    says.textContent = text;
    says.classList.toggle("fault", fault);
  };
  /** @param {string} question @returns {Promise<boolean>} */
  const ask = (question) =>
    new Promise((done) => {
      const answer = (/** @type {boolean} */ yes) => () => {
        asks.hidden = true;
        done(yes);
      };
      const no = button(say("No, leave it"), answer(false));
      asks.replaceChildren(h("p", {}, question), button(say("Yes"), answer(true), { className: "main" }), no);
      asks.hidden = false;
      no.focus();
    });
  /**
   * Do an act, and say what became of it; whether it was done.
   * @param {Act} act
   */
  const act = async (act) => {
    const opener = document.activeElement;
    let outcome = /** @type {Outcome} */ (await sender.act(act));
    if (outcome.question) {
      tell("");
      const sure = await ask(outcome.question);
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
      outcome = sure ? await sender.act(act, true) : { fault: say("Left as it was.") };
    }
    tell(outcome.fault ?? outcome.said ?? "", Boolean(outcome.fault));
    return !outcome.fault;
  };
  const turn = async (/** @type {"undo" | "redo"} */ way) => {
    const { fault, said } = await sender[way]();
    tell(fault ?? said ?? "", Boolean(fault));
  };
  return { elements: [says, asks], act, turn, tell };
}

/** @typedef {ReturnType<typeof createTeller>} Teller */

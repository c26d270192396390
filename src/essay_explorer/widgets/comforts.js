// @ts-check
/**
 * Reading comforts: how large, wide and airy the text is, its face, its colours, and the numbers of its sentences. They
 * belong to the device: all explorers on it look alike, and it remembers them where it may. Part of explorer.js.
 */
/** @import { Lens } from "./types.d.ts" */

/** @typedef {Record<string, string>} Comforts what is chosen, by name; what is as it comes is left out */

const LOOKS = "looks"; // of the menu
const REMEMBERED = "comforts"; // the name by which the device remembers them
const SIZES = { small: 0.9, "": 1, big: 1.2, large: 1.4, larger: 1.7, largest: 2 }; // those of comforts.css
/** What can be chosen, each value with its label; "" is as it comes. @type {Record<string, Record<string, string>>} */
const CHOICES = {
  measure: { narrow: say("Narrow"), "": say("Medium"), wide: say("Wide") },
  leading: { tight: say("Tight"), "": say("Medium"), loose: say("Loose") },
  face: { "": say("Serif"), sans: say("Sans") },
  colours: { "": say("System"), light: say("Light"), dark: say("Dark"), sepia: say("Sepia") },
  numbers: { "": say("Off"), on: say("On") },
};
const NAMES = {
  measure: say("Width"),
  leading: say("Line spacing"),
  face: say("Typeface"),
  colours: say("Colours"),
  numbers: say("Sentence numbers"),
};

/** What the device remembers, as far as it is known here. @param {string} text @returns {Comforts} */
export function comfortsIn(text) {
  const known = /** @type {Record<string, object>} */ ({ size: SIZES, ...CHOICES });
  try {
    const entries = Object.entries(JSON.parse(text || "{}"));
    return Object.fromEntries(entries.filter(([name, value]) => value && Object.hasOwn(known[name] ?? {}, value)));
  } catch {
    return {};
  }
}

/**
 * The size one step larger (1) or smaller (-1); the same where there is none.
 * @param {string} size @param {number} by
 */
export function sized(size, by) {
  const names = Object.keys(SIZES);
  return names[Math.min(names.length - 1, Math.max(0, names.indexOf(size) + by))];
}

/** Show the page with these comforts: comforts.css knows them by attributes of the page. @param {Comforts} comforts */
function dress(comforts) {
  for (const name of ["size", ...Object.keys(CHOICES)]) {
    const attribute = `data-essay-${name}`;
    if (comforts[name]) document.documentElement.setAttribute(attribute, comforts[name]);
    else document.documentElement.removeAttribute(attribute);
  }
}

/**
 * Buttons for the size of the text, with the size between them.
 * @param {Lens} lens @param {(name: string, value: string) => void} set @param {() => Comforts} now
 */
function createSizes({ dom: { h, signButton } }, set, now) {
  const says = h("span", { className: "size", role: "status" });
  const [smaller, larger] = [-1, 1].map((by) => {
    const [name, className] = by > 0 ? [say("Larger text"), "larger"] : [say("Smaller text"), "smaller"];
    const button = signButton("A", name, className);
    button.addEventListener("click", () => set("size", sized(now().size ?? "", by)));
    return button;
  });
  const element = h(
    "div",
    { className: "switch sizes", role: "group", "aria-label": say("Text size") },
    smaller,
    says,
    larger,
  );
  const draw = () => {
    const { size = "" } = now();
    says.textContent = say("{percent}%", {
      percent: Math.round(100 * SIZES[/** @type {keyof typeof SIZES} */ (size)]),
    });
    smaller.setAttribute("aria-disabled", String(sized(size, -1) === size));
    larger.setAttribute("aria-disabled", String(sized(size, 1) === size));
  };
  return { element, draw };
}

/**
 * Buttons of which one is pressed, under their name.
 * @param {Lens} lens @param {keyof typeof NAMES} name @param {(name: string, value: string) => void} set
 * @param {() => Comforts} now
 */
function createChoice({ dom: { h } }, name, set, now) {
  const buttons = Object.entries(CHOICES[name]).map(([value, label]) => {
    const button = h("button", { type: "button", value }, label);
    button.addEventListener("click", () => set(name, value));
    return button;
  });
  const title = h("span", { className: "name", "aria-hidden": "true" }, NAMES[name]);
  const group = h("div", { className: "switch", role: "group", "aria-label": NAMES[name] }, ...buttons);
  const draw = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === (now()[name] ?? "")));
  };
  return { element: h("div", { className: `comfort ${name}` }, title, group), draw };
}

/**
 * A button that opens and closes what stands under it: by itself, by Esc, and by a click elsewhere.
 * @param {Lens} lens @param {HTMLElement} root of both @param {HTMLButtonElement} button @param {HTMLElement} menu
 * @param {AbortSignal} signal
 */
function addOpening(lens, root, button, menu, signal) {
  const draw = () => {
    menu.hidden = lens.opened().menu !== LOOKS;
    button.setAttribute("aria-expanded", String(!menu.hidden));
  };
  const open = (/** @type {boolean} */ shown) => lens.menu(LOOKS, shown);
  button.addEventListener("click", () => open(Boolean(menu.hidden)));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
    button.focus();
  });
  const onDown = (/** @type {Event} */ event) => {
    if (!menu.hidden && !event.composedPath().includes(root)) open(false);
  };
  addEventListener("pointerdown", onDown, { signal, capture: true });
  lens.observe(draw, signal);
  draw();
  return open;
}

/**
 * The menu of comforts. `present`: a button at its end.
 * @param {Lens} lens @param {(change: () => void) => void} inPlace keeps what is read where it is
 * @param {HTMLElement} present @param {AbortSignal} signal
 */
export function createComforts(lens, inPlace, present, signal) {
  const { h, memory } = lens.dom;
  const now = () => comfortsIn(memory.get(REMEMBERED) || JSON.stringify(chosen));
  /** @type {Comforts} */
  let chosen = comfortsIn(memory.get(REMEMBERED));
  const button = h(
    "button",
    { type: "button", className: "looks", title: say("Text size, colours, presenting") },
    "Aa",
  );
  button.setAttribute("aria-label", say("How the text looks"));
  const keep = (/** @type {Comforts} */ comforts) => {
    chosen = comforts;
    memory.set(REMEMBERED, Object.keys(comforts).length ? JSON.stringify(comforts) : "");
    inPlace(() => dress(comforts));
    draw();
  };
  const set = (/** @type {string} */ name, /** @type {string} */ value) =>
    keep(comfortsIn(JSON.stringify({ ...now(), [name]: value })));
  const names = /** @type {(keyof typeof NAMES)[]} */ (Object.keys(NAMES));
  const parts = [createSizes(lens, set, now), ...names.map((name) => createChoice(lens, name, set, now))];
  const reset = h("button", { type: "button", className: "reset" }, say("As it was at first"));
  reset.addEventListener("click", () => keep({}));
  const menu = h("div", { className: "menu", role: "group", "aria-label": say("How the text looks") });
  menu.append(...parts.map(({ element }) => element), present, reset);
  const element = h("div", { className: "comforts" }, button, menu);
  const draw = () => {
    for (const part of parts) part.draw();
    reset.setAttribute("aria-disabled", String(!Object.keys(now()).length));
  };
  button.addEventListener("click", draw); // another explorer of the device may have changed them
  const open = addOpening(lens, element, button, menu, signal);
  present.addEventListener("click", () => open(false));
  dress(chosen);
  draw();
  return { element, button };
}

// @ts-check
/**
 * What the views build with: elements, text, a tag's colours, the way of a text or a file to the reader, and what the
 * device remembers.
 */
/** @import { Run, Tag } from "./types.d.ts" */

const MEMORY = "essay-explorer-"; // what the device remembers has names that start so

/** @type {Record<string, string>} */
const WEIGHTS = { thick: "3px", thin: "1px" };
/** @type {Record<string, string>} */
const PLAIN = { Moves: say("What each passage does") }; // for those who do not know the word of the field
const NAMED = 90; // of a passage that is only named

/**
 * An element: properties where it has them, attributes otherwise; strings among the children are text.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Record<string, unknown>} [properties] @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) Reflect.set(element, key, value);
    else element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A button with a sign for the eye; who points or listens is told its name, once.
 * @param {string} sign @param {string} name
 */
export const signButton = (sign, name, className = "step") =>
  h("button", { type: "button", className, title: name }, h("span", { "aria-hidden": "true" }, sign));

/** Runs of text, some of them emphasised, as nodes. @param {Run[]} runs */
export const prose = (runs) =>
  runs.map(({ text, em = [] }) =>
    em.reduce(
      (inner, kind) => h(/** @type {"em"} */ (kind), {}, inner),
      /** @type {Node} */ (document.createTextNode(text)),
    ),
  );

/**
 * Give an element the colour and the line of a tag.
 * @template {HTMLElement} Kind @param {Kind} element @param {Tag} tag
 */
export function paint(element, tag) {
  const [style, weight] = tag.line.split("-");
  element.style.setProperty("--line", style);
  element.style.setProperty("--weight", WEIGHTS[weight] ?? "2px");
  if (tag.colour) element.style.setProperty("--c", `light-dark(${tag.colour[0]}, ${tag.colour[1]})`);
  return element;
}

/** What a facet is called on the page. @param {{label: string}} facet */
export const facetName = ({ label }) => PLAIN[label] ?? label;

/** What one does to a sentence: with a finger, or with a mouse. */
export const press = () => (matchMedia("(pointer: coarse)").matches ? say("Tap") : say("Click"));

/** A long text ends with an ellipsis after a whole word. @param {string} text */
export function short(text, length = NAMED) {
  const letters = [...text];
  if (letters.length <= length) return text;
  return `${letters
    .slice(0, length)
    .join("")
    .replace(/[\s,;:.–—-]+\S*$/, "")}…`;
}

/**
 * Set a text if it changes: a new one is laid out anew, and a live region speaks.
 * @param {HTMLElement} element @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Put text on the clipboard, also where the page came over plain http. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    field.style.cssText = "position:fixed;opacity:0";
    const back = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (back instanceof HTMLElement) back.focus({ preventScroll: true });
    return done;
  }
}

/**
 * A button that copies what `text` gives, and says so for a moment.
 * @param {string} label @param {() => string} text
 */
export function copyButton(label, text) {
  const button = h("button", { type: "button", className: "quiet copy" }, label);
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text())) ? say("Copied") : say("Could not copy");
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
  return button;
}

/** Hand the reader a file. @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const href = URL.createObjectURL(blob);
  const anchor = h("a", { href, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** What the device remembers, where the reader lets it; "" where it remembers nothing. */
export const memory = {
  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(`${MEMORY}${name}`) ?? "";
    } catch {
      return ""; // the reader lets no page remember anything
    }
  },
  /** @param {string} name @param {string} value "" to forget */
  set(name, value) {
    try {
      if (value) localStorage.setItem(`${MEMORY}${name}`, value);
      else localStorage.removeItem(`${MEMORY}${name}`);
    } catch {}
  },
};

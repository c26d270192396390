// @ts-check
/** The matches in a list, each with the words around it, which leads into the text. Part of theme_filter.js. */
/** @import { Hit, Lens } from "./types.d.ts" */

const AROUND = 36; // letters on each side
const LONGEST = 200; // lines: more than that nobody reads

/** The letters before, cut where a word begins. @param {string} text @param {number} end */
const before = (text, end) =>
  end > AROUND ? text.slice(end - AROUND, end).replace(/^\S*\s/, "…") : text.slice(0, end);

/** The letters behind, cut where a word ends. @param {string} text @param {number} start */
const behind = (text, start) =>
  text.length - start > AROUND ? text.slice(start, start + AROUND).replace(/\s\S*$/, "…") : text.slice(start);

/** A match between the letters before and behind it. @param {string} text @param {Hit} hit @returns {string[]} */
const inContext = (text, { start, end }) => [before(text, start), text.slice(start, end), behind(text, end)];

/**
 * The list, folded away until its button is pressed, and made no earlier.
 * @param {Lens} lens
 */
export function createConcordance(lens) {
  const { h, signButton } = lens.dom;
  const name = say("All matches in context");
  const button = signButton("☰", name);
  button.setAttribute("aria-expanded", "false");
  const list = h("ol", { className: "concordance", hidden: true, "aria-label": name });
  /** @type {Hit[] | null} */
  let shown = null;
  /** @param {Hit} hit @param {number} number */
  const line = (hit, number) => {
    const [left, found, right] = inContext(lens.content.paragraphs[hit.paragraph].text, hit);
    const leads = h("button", { type: "button" }, left, h("b", {}, found), right);
    leads.addEventListener("click", () => {
      lens.unfold(false); // a phone's sheet is in front of the text
      lens.step(number - lens.hit());
    });
    return h("li", {}, leads);
  };
  const draw = () => {
    const hits = lens.hits();
    const open = button.getAttribute("aria-expanded") === "true" && hits.length > 0;
    list.hidden = !open;
    if (!open) return;
    if (hits !== shown) list.replaceChildren(...hits.slice(0, LONGEST).map(line));
    shown = hits;
    list.lang = lens.content.language;
    for (const [at, { firstElementChild }] of [...list.children].entries())
      firstElementChild?.setAttribute("aria-current", String(at === lens.hit()));
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    draw();
  });
  return { button, list, draw };
}

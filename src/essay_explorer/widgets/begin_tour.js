// @ts-check
/** What leads into the tour, in the text and where the tour stands alone. Part of essay_text.js and tour.js. */
/** @import { Lens } from "./types.d.ts" */

/** What leads into the tour; nothing where there is none. @param {Lens} lens */
export function tourButton(lens) {
  const { length } = lens.content.tour ?? [];
  const { h } = lens.dom;
  if (!length) return [];
  const label = sayN("Follow the argument, {count}\u00a0stop", "Follow the argument, {count}\u00a0stops", length);
  const button = h("button", { type: "button", className: "begin-tour" }, label);
  button.addEventListener("click", () => lens.visit(1));
  return [h("p", { className: "tour-way" }, button)];
}

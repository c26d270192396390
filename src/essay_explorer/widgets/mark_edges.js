// @ts-check
/** The edges of what is chosen in the text, moved word by word. Part of mark_sheet.js, and of editor.js. */
/** @import { Lens, Marks } from "./types.d.ts" */

const NAMES = {
  start: [say("Start one word earlier"), say("Start one word later")],
  end: [say("End one word earlier"), say("End one word later")],
};

/** The edges of what is chosen, word by word. @param {Lens} lens @param {Pick<Marks, "trim">} marks */
export function createEdges({ dom: { h, signButton } }, marks) {
  const button = (/** @type {"start" | "end"} */ edge, /** @type {number} */ by) => {
    const made = by > 0 ? signButton("›", NAMES[edge][1]) : signButton("‹", NAMES[edge][0]);
    made.addEventListener("click", () => marks.trim(edge, by));
    return made;
  };
  const pair = (/** @type {"start" | "end"} */ edge, /** @type {string} */ label) =>
    h("span", { className: "edge" }, button(edge, -1), h("span", {}, label), button(edge, 1));
  return h(
    "div",
    { className: "choice-edges", role: "group", "aria-label": say("Words") },
    pair("start", say("Start")),
    pair("end", say("End")),
  );
}

// @ts-check
/** The second pass: what has moved, in words and as flows. */
/** @import { Lead, Panel } from "./types.d.ts" */

const DRAWN = 6; // moves

/** @param {Lead} lead @returns {Panel} */
export function createMovedPanel(lead) {
  const words = h("p", { className: "task" });
  const flows = h("div", {});
  const element = h("section", { className: "moved" }, h("h2", {}, say("What has moved")), words, flows);
  let before = "";
  return {
    element,
    draw({ room, findings }) {
      element.hidden = room.phase !== "revise" && room.phase !== "end";
      const moves = findings?.moves ?? [];
      setText(words, findings?.moved ?? "");
      const now = JSON.stringify(moves);
      if (now === before) return;
      before = now;
      flows.replaceChildren(flowsView(lead.shown, moves.slice(0, DRAWN)));
    },
  };
}

// @ts-check
/**
 * Questions that the marks ask before something is done: one dialog, which holds one of them at a time. Part of
 * mark_sheet.js.
 */
/** @import { Lens } from "./types.d.ts" */

/** @typedef {{label: string, act: () => void}} Answer */

/** @param {Lens} lens */
export function createQuestions({ dom: { h } }) {
  const dialog = h("dialog", { className: "question" });
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // Esc closes one thing
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
  return {
    element: dialog,
    /**
     * Ask; the last answer does nothing, and so does leaving.
     * @param {string} title @param {(Node | string)[]} body @param {Answer[]} answers @param {string} [leave]
     */
    ask(title, body, answers, leave = say("Cancel")) {
      const buttons = [...answers, { label: leave, act: () => {} }].map(({ label, act }) => {
        const button = h("button", { type: "button", className: "quiet" }, label);
        button.addEventListener("click", () => {
          dialog.close();
          act();
        });
        return button;
      });
      dialog.setAttribute("aria-label", title);
      dialog.replaceChildren(h("h2", {}, title), ...body, h("div", { className: "buttons" }, ...buttons));
      dialog.showModal();
    },
  };
}

/** @typedef {ReturnType<typeof createQuestions>} Questions */

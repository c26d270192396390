// @ts-check
/**
 * The bar of marking mode: what was said last, how many marks are kept where, and what can be done. Part of
 * mark_sheet.js.
 */
/** @import { KeptState, Lens, Marks, Task } from "./types.d.ts" */

/** @param {KeptState} kept */
export function keptInWords({ where, name, waiting, fault, far }) {
  if (far?.sent) return say("Sent");
  if (fault || where === "nowhere") return say("Not saved");
  if (waiting) return say("Saving…");
  if (far) return say("Saved here");
  return where === "device" ? say("Saved on this device") : say("Saved in {name}", { name });
}

/** @param {number} count */
export const someMarks = (count) =>
  sayN("{count} mark", "{count} marks", count, { count: count.toLocaleString(LANGUAGE) });

/** How many marks there are, and where. @param {number} count @param {KeptState} kept */
export const barInWords = (count, kept) => {
  const { fault, waiting, far } = kept;
  const marks = someMarks(count);
  const lone = far && !far.connected ? say("Not connected.") : "";
  if (!count) return fault || lone || say("No marks yet");
  if (lone && !fault && !waiting)
    return `${lone} ${sayN("{count} mark is saved here.", "{count} marks are saved here.", count)}`;
  return `${lone} ${marks} · ${keptInWords(kept)}`.trim();
};

/** What a task still asks for; "" where there is none. @param {Task} task @param {{reason: string}[]} marks */
export function taskInWords({ title = "", marks: wanted = 0, reasons = 0 }, marks) {
  const given = marks.filter(({ reason }) => reason.trim()).length;
  const parts = [
    ...(wanted
      ? [
          sayN("{number} of {count} mark", "{number} of {count} marks", wanted, {
            number: Math.min(marks.length, wanted),
          }),
        ]
      : []),
    ...(reasons
      ? [
          sayN("{number} of {count} reason", "{number} of {count} reasons", reasons, {
            number: Math.min(given, reasons),
          }),
        ]
      : []),
  ];
  const isSentence = /[.!?…:]$/u.test(title);
  return [title, parts.join(", ")].filter(Boolean).join(isSentence ? " " : " · ");
}

/**
 * @param {Lens} lens @param {Marks} marks @param {HTMLElement} more the menu of what is done with all marks
 */
export function createBar(lens, marks, more) {
  const { h, setText } = lens.dom;
  const button = (/** @type {string} */ label, /** @type {() => void} */ act, className = "quiet") => {
    const made = h("button", { type: "button", className }, label);
    made.addEventListener("click", act);
    return made;
  };
  const says = h("p", { className: "said-last", role: "status" });
  const count = h("p", { className: "count" });
  const task = h("p", { className: "task", hidden: true });
  const fault = h("p", { className: "fault", role: "alert", hidden: true });
  const undo = button(say("Undo"), () => marks.go("undo"));
  const redo = button(say("Redo"), () => marks.go("redo"));
  const selected = button(say("Use the selected words"), () => marks.selection()?.(), "quiet ready");
  const stop = button(say("Stop marking again"), () => marks.setAgain([]), "quiet ready");
  const done = button(say("Done"), () => lens.mark(false), "done");
  const buttons = h("div", { className: "buttons" }, undo, redo, more, selected, stop, done);
  const element = h("div", { className: "bar", role: "group", "aria-label": say("Marking") });
  element.append(h("div", { className: "words" }, says, task, count, fault), buttons);
  return {
    element,
    draw() {
      const [list, kept] = [marks.list(), marks.kept()];
      setText(says, marks.said() || say("{press} a sentence to mark it.", { press: lens.dom.press() }));
      setText(count, barInWords(list.length, kept));
      setText(task, taskInWords(marks.task(), list));
      task.hidden = !task.textContent;
      setText(fault, (list.length && kept.fault) || kept.far?.refusal || "");
      fault.hidden = !fault.textContent;
      undo.setAttribute("aria-disabled", String(!marks.canUndo()));
      redo.setAttribute("aria-disabled", String(!marks.canRedo()));
      selected.hidden = !marks.selection();
      stop.hidden = !marks.again().length;
    },
  };
}

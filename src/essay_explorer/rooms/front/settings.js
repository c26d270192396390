// @ts-check
/** What the class is asked to do, and how. */
/** @import { Lead, Panel, Task } from "./types.d.ts" */

/** @type {[keyof Task, string][]} */
const NUMBERS = [
  ["marks", say("Sentences to mark, at least")],
  ["most", say("and at most")],
  ["reasons", say("of them with a reason")],
  ["read_minutes", say("Minutes to read")],
  ["minutes", say("to mark")],
  ["revise_minutes", say("to revise")],
];
/** @type {[keyof Task, string][]} */
const SWITCHES = [
  ["blind", say("Blind: nobody sees the others before the reveal")],
  ["talk_first", say("Talk first, then the picture")],
  ["reasons_seen", say("All reasons are seen at the reveal, without names")],
];

/** @param {Lead} lead @returns {Panel} */
export function createTaskForm(lead) {
  const change = (/** @type {object} */ value) => lead.act("desk/task", value, say("Changed."));
  const chips = h("div", { className: "chips", role: "group", "aria-label": say("What can be marked") });
  /** @type {HTMLInputElement[]} */
  let boxes = [];
  const build = () => {
    const { tags, themes } = lead.shown;
    const asked = tags.filter(({ id }) => themes.includes(id));
    boxes = (asked.length ? asked : tags).map(({ id }) => h("input", { type: "checkbox", value: id }));
    for (const box of boxes)
      box.addEventListener("change", () =>
        change({ tags: boxes.filter((one) => one.checked).map((one) => one.value) }),
      );
    const labels = boxes.map((box) => {
      const [tag] = taskTags(lead.shown, [box.value]);
      return h("label", { className: "chip" }, box, tagSign(tag), h("span", {}, tag.label));
    });
    chips.replaceChildren(...labels);
  };
  const numbers = NUMBERS.map(([name]) => {
    const field = h("input", { type: "number", min: name === "reasons" ? "0" : "1", max: "100", inputMode: "numeric" });
    field.addEventListener("change", () => field.value && change({ [name]: Number(field.value) }));
    return field;
  });
  const switches = SWITCHES.map(([name]) => {
    const box = h("input", { type: "checkbox" });
    box.addEventListener("change", () => change({ [name]: box.checked }));
    return box;
  });
  const size = h(
    "select",
    {},
    ...[say("No groups"), say("Groups of 5"), say("Groups of 6")].map((label, at) =>
      h("option", { value: at ? String(at + 4) : "" }, label),
    ),
  );
  size.addEventListener("change", () =>
    lead.act("desk/groups", { size: size.value ? Number(size.value) : null }, say("Dealt.")),
  );
  const words = h("p", { className: "task" });
  const labelled = (/** @type {HTMLElement} */ field, /** @type {string} */ label) =>
    h("label", {}, h("span", {}, label), field);
  const more = h("details", {}, h("summary", {}, say("How it goes")));
  more.append(
    h("div", { className: "grid" }, ...NUMBERS.map(([, label], at) => labelled(numbers[at], label))),
    ...SWITCHES.map(([, label], at) => h("label", { className: "switch" }, switches[at], h("span", {}, label))),
    labelled(size, say("Deal those who are here")),
  );
  const element = h("section", { className: "settings" }, h("h2", {}, say("The task")), words);
  element.append(chips, more);
  return {
    element,
    draw({ room, people }) {
      element.hidden = room.phase !== "join" && room.phase !== "read";
      setText(words, room.words);
      if (!boxes.length) build();
      for (const box of boxes) {
        box.checked = room.task.tags.includes(box.value);
        box.disabled = box.checked && room.task.tags.length === 1; // a task has a tag
      }
      for (const [at, [name]] of NUMBERS.entries())
        if (document.activeElement !== numbers[at]) numbers[at].value = String(room.task[name]);
      const groups = new Set(people.map(({ group }) => group).filter(Boolean)).size;
      if (document.activeElement !== size) size.value = groups ? String(people.length / groups > 5.4 ? 6 : 5) : "";
      for (const [at, [name]] of SWITCHES.entries()) switches[at].checked = Boolean(room.task[name]);
    },
  };
}

// @ts-check
/** Homework: what is asked for, how far the reader has come, and the file that is handed in. */
/** @import { Lens, MarkingView, Marks, Task, View } from "./types.d.ts" */

const NAME = "name"; // under which the device remembers the reader's
const LONGEST = 200; // letters of a name
const NEXT = say(
  "Give this file to your teacher where the task is, or by mail. You can hand in again until it is due.",
);

/** Several names with an "or" between them. @param {string[]} names */
const either = (names) => {
  const [first, last = ""] = [names.slice(0, -1).join(", "), names.at(-1)];
  return first ? say("{first} or {last}", { first, last }) : last;
};

/** A day, or a moment, in words. @param {string} due "2026-12-09", or a moment in UTC */
export function dueInWords(due) {
  const day = /^\d{4}-\d\d-\d\d$/.test(due);
  const date = new Date(day ? `${due}T00:00` : due);
  if (!due || Number.isNaN(date.getTime())) return "";
  const options = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const clock = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit" });
  const moment = date.toLocaleString(DATES, day ? options : { ...options, ...clock });
  return LANGUAGE === "en" ? moment.replace(",", "") : moment;
}

/** What is asked for, in a sentence or two. @param {Task} task @param {string[]} labels of its tags */
export function taskInWords({ marks = 0, reasons = 0, due = "", pass = 1 }, labels) {
  const what = marks ? sayN("Mark {count} passage", "Mark {count} passages", marks) : say("Mark passages");
  const about = labels.length ? say("about {names}", { names: either(labels) }) : "";
  const why = !reasons
    ? ""
    : reasons >= marks
      ? say("and say why")
      : say("and say why for {reasons} of them", { reasons });
  const until = dueInWords(due);
  const again = pass > 1 ? say("Pass {pass}: keep, change or drop what you marked.", { pass }) : "";
  const task = [[what, about].filter(Boolean).join(" "), why].filter(Boolean).join(", ");
  return [again, `${task}.`, until && say("Due {until}.", { until })].filter(Boolean).join(" ");
}

/** The name of the file of somebody's hand-in. @param {string} essay @param {string} person @param {number} [pass] */
export function handInName(essay, person, pass = 1) {
  const plain = (/** @type {string} */ text) => text.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${plain(essay).slice(0, 60) || "marks"}-${plain(person).slice(0, 60) || "me"}${pass > 1 ? `-pass-${pass}` : ""}.json`;
}

/** The frame of the panel. @param {Lens} lens */
function createPanel({ dom: { h, memory } }) {
  const far = h("p", { className: "far" });
  const unfold = h("button", { type: "button", className: "unfold" });
  const task = h("p", { className: "task" });
  const name = h("input", { type: "text", autocomplete: "name", maxLength: LONGEST, value: memory.get(NAME) });
  const checks = h("ul", { className: "checks" });
  const start = h("button", { type: "button", className: "start" }, say("Start marking"));
  const send = h("button", { type: "button", className: "send" }, say("Hand in"));
  const open = h("button", { type: "button", className: "quiet" }, say("Go on with a file"));
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true });
  const says = h("p", { className: "says", role: "status" });
  const acts = h("div", { className: "acts" }, start, send, open, file);
  const body = h("div", { className: "body" }, task, h("label", {}, say("Your name"), name), checks, acts);
  const bar = h("div", { className: "bar" }, far, unfold);
  const root = h("section", { className: "homework", "aria-label": say("Homework") }, bar, body, says);
  return { root, far, unfold, task, name, checks, start, send, open, file, says, body };
}

/** @typedef {ReturnType<typeof createPanel>} Panel */

/**
 * Hand in: a file, once the name is there and what is missing has been said.
 * @param {Panel} panel @param {Lens} lens @param {Marks} marks @param {() => ReturnType<typeof progress>} parts
 */
function createHandIn({ name, send, says }, lens, marks, parts) {
  let warned = "";
  return () => {
    const person = name.value.trim();
    if (!person) {
      says.textContent = say("Write your name first.");
      name.focus();
      return;
    }
    const missing = missingInWords(parts());
    if (missing && missing !== warned) {
      warned = missing;
      says.textContent = say("Still missing: {missing}. You can hand in all the same, and again later.", { missing });
      send.textContent = say("Hand in all the same");
      return;
    }
    warned = "";
    send.textContent = say("Hand in");
    lens.dom.memory.set(NAME, person);
    const file = handInName(marks.task().file ?? "", person, marks.task().pass);
    marks.handIn(person, file);
    says.textContent = `${say("Saved {file}.", { file })} ${NEXT}`;
  };
}

/**
 * Go on with what was handed in, or kept, on another device.
 * @param {Panel} panel @param {Lens} lens @param {Marks} marks
 */
async function goOn({ file, name, says }, lens, marks) {
  const [chosen] = file.files ?? [];
  file.value = "";
  if (!chosen) return;
  try {
    const { essay, title, person, marks: found } = marks.read(await chosen.text(), chosen.name);
    if (essay !== lens.content.essay)
      throw new Error(say("{name} belongs to another essay, “{title}”.", { name: chosen.name, title }));
    const news = marks.adopt(found);
    name.value ||= person;
    says.textContent = news
      ? sayN("{count} mark taken from {name}.", "{count} marks taken from {name}.", news, { name: chosen.name })
      : say("All of {name} is here already.", { name: chosen.name });
  } catch (error) {
    says.textContent = error instanceof Error ? error.message : say("{name} cannot be read.", { name: chosen.name });
  }
}

/** @param {Panel} panel @param {Lens} lens @param {ReturnType<typeof progress>} parts */
function drawProgress({ root, body, far, checks, name }, { dom }, parts) {
  dom.setText(far, body.hidden ? parts.map(partInWords).join(", ") : say("Homework"));
  root.classList.toggle("complete", !missingInWords(parts));
  const lines = [
    ...parts
      .filter(({ wanted }) => wanted)
      .map((part) => ({ done: part.number >= part.wanted, says: partInWords(part) })),
    { done: Boolean(name.value.trim()), says: say("your name") },
  ];
  drawChecks(dom, checks, lines);
}

/** @param {View<MarkingView>} view */
async function render({ model, el, signal, host }) {
  const [lens, marks] = await Promise.all([
    host.getWidget(model.get("lens")).then(({ exports }) => /** @type {Lens} */ (exports)),
    host.getWidget(model.get("marks") ?? "").then(({ exports }) => /** @type {Marks} */ (exports)),
  ]);
  const panel = createPanel(lens);
  const parts = () => progress(marks.task(), marks.list());
  const labels = () =>
    (marks.task().tags ?? []).map(
      (id) => lens.content.facets.flatMap(({ tags }) => tags).find((tag) => tag.id === id)?.phrase ?? id,
    );
  const fold = (/** @type {boolean} */ folded) => {
    panel.body.hidden = folded;
    panel.unfold.textContent = folded ? say("Task and hand-in") : say("Fold");
    panel.unfold.setAttribute("aria-expanded", String(!folded));
    drawProgress(panel, lens, parts());
  };
  const draw = () => {
    panel.task.textContent = taskInWords(marks.task(), labels());
    const { marking } = lens.opened();
    if (marking && !panel.start.hidden)
      fold(true); // the room is for the text
    else drawProgress(panel, lens, parts());
    panel.start.hidden = marking;
  };
  const on = (/** @type {HTMLElement} */ element, /** @type {string} */ event, /** @type {() => void} */ act) =>
    element.addEventListener(event, act, { signal });
  on(panel.unfold, "click", () => fold(!panel.body.hidden));
  on(panel.start, "click", () => lens.mark(true));
  on(panel.send, "click", createHandIn(panel, lens, marks, parts));
  on(panel.open, "click", () => panel.file.click());
  on(panel.file, "change", () => goOn(panel, lens, marks).then(draw));
  on(panel.name, "input", draw);
  panel.root.addEventListener("keydown", (event) => event.stopPropagation(), { signal }); // letters of a name
  marks.start(lens);
  marks.observe(draw, signal);
  lens.observe(draw, signal);
  fold(false);
  draw();
  el.replaceChildren(panel.root);
  return () => el.replaceChildren();
}

export default { render };

// @ts-check
/** The sheet at the passage that is marked: its tags, why, and its edges; and the bar below. */
/** @import { Lens, MarkingView, Marks, View } from "./types.d.ts" */

const PAUSE = 500; // ms after the last letter of a reason until it is kept
const LOWEST = 220; // px; a sheet that is lower shows nothing
const GAP = 10; // px between the passage and the sheet
const MOST_LETTERS = 2000; // of a reason

/**
 * The field for the reason: kept while one writes, and when one leaves it.
 * @param {Lens} lens @param {Marks} marks
 */
function createReason({ dom: { h, focused } }, marks) {
  const field = h("textarea", { rows: 2, maxLength: MOST_LETTERS, className: "reason" });
  const element = h("label", { className: "why" }, h("span", {}, say("Why?")), field);
  let of = ""; // the mark whose reason stands in the field
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer; // while something is written that is not kept yet
  const keep = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    if (of) marks.explain(of, field.value);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  field.addEventListener("change", keep);
  field.addEventListener("keydown", (event) => {
    const back = event.key === "Escape";
    if (!(back || (event.key === "Enter" && !event.shiftKey)) || event.isComposing) return;
    event.preventDefault();
    keep();
    marks.say(say("Kept."));
    if (back) marks.readOn();
  });
  return {
    element,
    field,
    keep,
    draw() {
      const id = marks.choice()?.id ?? "";
      if (id !== of) keep(); // whatever has ended the writing
      const reason = marks.markNow()?.reason ?? "";
      if (id !== of && !(of === "" && field.value)) field.value = reason;
      else if (focused(field) !== field && id) field.value = reason;
      of = id;
    },
    /** What was written before there was a mark. */
    draft: () => (of ? "" : field.value.trim()),
    clear() {
      keep();
      [field.value, of] = ["", ""];
    },
  };
}

/** @param {Lens} lens @param {Marks} marks */
function createSheet(lens, marks) {
  const { h, setText } = lens.dom;
  const reason = createReason(lens, marks);
  const tags = createTags(lens, marks.task, (tag) => {
    marks.toggle(tag, reason.draft());
  });
  const button = (/** @type {string} */ label, /** @type {() => void} */ act, className = "quiet") => {
    const made = h("button", { type: "button", className }, label);
    made.addEventListener("click", act);
    return made;
  };
  const plain = button(say("Mark"), () => marks.mark([], reason.draft()));
  const again = button(say("Mark again"), () => marks.setAgain(marks.again().length ? [] : marks.lastTags()));
  const fresh = button(say("New mark here"), () => {
    const choice = marks.choice();
    if (choice) marks.choose({ ...choice, id: "" });
  });
  const remove = button(say("Remove"), () => marks.removeChosen());
  const close = button("×", () => marks.choose(null), "step close");
  close.setAttribute("aria-label", say("Close"));
  const acts = h("div", { className: "acts" }, plain, again, fresh, remove);
  const element = h("div", { className: "at-passage", role: "group", "aria-label": say("Mark"), hidden: true });
  element.append(close, tags.element, reason.element, createEdges(lens, marks), acts);
  let asked = marks.asked();
  return {
    element,
    keep: reason.keep,
    draw() {
      const choice = lens.marking() ? marks.choice() : null;
      element.hidden = !choice;
      if (!choice) return reason.clear();
      const mark = marks.markNow();
      reason.draw();
      tags.draw(mark?.tags ?? []);
      plain.hidden = Boolean(mark) || tags.any();
      fresh.hidden = remove.hidden = !mark;
      again.hidden = !mark || !marks.lastTags().length;
      again.setAttribute("aria-pressed", String(marks.again().length > 0));
      const last = marks.labels(marks.again().length ? marks.again() : marks.lastTags());
      setText(again, say("Mark again: {tags}", { tags: last }));
      if (asked !== marks.asked()) {
        asked = marks.asked();
        reason.field.focus();
      }
    },
  };
}

/**
 * Where the sheet begins: beside the passage where the screen has a place for it, else below, or above where there is
 * no room.
 * @param {HTMLElement} sheet @param {DOMRect} box @param {number} foot where the bar begins
 */
function topOf(sheet, box, foot) {
  const beside = getComputedStyle(sheet).getPropertyValue("--beside") !== "";
  const room = beside ? foot - 2 * GAP : Math.max(foot - box.bottom, box.top) - 2 * GAP;
  sheet.style.maxHeight = `${Math.max(LOWEST, room)}px`;
  const { offsetHeight: height } = sheet;
  if (beside) return Math.max(GAP, Math.min(box.top - GAP, foot - height - GAP));
  const below = box.bottom + GAP + height <= foot || box.top - GAP - height < 0;
  return below ? box.bottom + GAP : box.top - GAP - height;
}

/**
 * Put the sheet at the passage; a narrow screen has it at its foot by itself.
 * @param {HTMLElement} sheet @param {DOMRect | null} box @param {number} foot where the bar begins
 */
function placeAt(sheet, box, foot) {
  if (sheet.hidden || !box || getComputedStyle(sheet).position !== "absolute") return;
  const around = sheet.offsetParent?.getBoundingClientRect();
  if (!around) return;
  const top = topOf(sheet, box, foot);
  sheet.style.top = `${top - around.top}px`;
}

/**
 * A sheet at the foot of a narrow screen leaves the passage in sight.
 * @param {HTMLElement} sheet @param {DOMRect | null} box
 */
function uncover(sheet, box) {
  if (sheet.hidden || !box || getComputedStyle(sheet).position !== "sticky") return;
  const framed = sheet.closest(".framed");
  const room = box.top - (framed?.getBoundingClientRect().top ?? 0) - GAP;
  const top = Math.min(box.bottom + GAP - sheet.getBoundingClientRect().top, room);
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  if (top > 0) (framed ?? document.documentElement).scrollBy({ top, behavior });
}

/** @param {View<MarkingView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const marks = /** @type {Marks} */ ((await host.getWidget(model.get("marks") ?? "")).exports);
  const { h } = lens.dom;
  marks.start(lens);
  const questions = createQuestions(lens);
  const copies = createCopiesMenu(lens, marks, questions);
  const matches = createMatches(lens, marks, questions);
  const notices = createNotices(lens, marks);
  const bar = createBar(lens, marks, copies.element);
  const sheet = createSheet(lens, marks);
  bar.element.prepend(notices.element);
  bar.element.querySelector(".buttons")?.prepend(matches.element);
  const root = h("div", { className: "mark-sheet" }, sheet.element, bar.element, questions.element);
  const begin = h("button", { type: "button", className: "quiet" }, say("Mark"));
  begin.addEventListener("click", () => lens.mark(true));
  if (!el.closest(".essay-explorer")) root.prepend(begin); // which has such a button
  let chosen = -1; // the sentence to which choosing has come
  let due = false;
  const place = () => {
    sheet.element.style.setProperty("--bar", `${bar.element.offsetHeight}px`); // which it stands on at the foot
    placeAt(sheet.element, marks.box(), bar.element.getBoundingClientRect().top);
  };
  /** Once for all that changed before this frame: to ask where things are lays the text out. */
  const settle = () => {
    due = false;
    if (signal.aborted || !lens.marking()) return;
    place();
    const head = marks.choice()?.head ?? -1;
    if (head !== chosen) uncover(sheet.element, marks.box());
    chosen = head;
  };
  const draw = () => {
    const on = lens.marking();
    bar.element.hidden = !on;
    begin.hidden = on;
    sheet.draw();
    if (!on) return;
    for (const part of [bar, matches, notices]) part.draw();
    if (!due) requestAnimationFrame(settle);
    due = true;
  };
  el.replaceChildren(root);
  lens.dress(model, el, signal);
  lens.observe(draw, signal);
  marks.observe(draw, signal);
  const sizes = new ResizeObserver(place);
  for (const one of [sheet, bar]) sizes.observe(one.element);
  addEventListener("resize", place, { signal });
  addEventListener("pagehide", sheet.keep, { signal });
  draw();
  return () => {
    sizes.disconnect();
    el.replaceChildren();
  };
}

export default { render };

// @ts-check
/**
 * What is done with all marks: a copy to keep, one to open, forgetting, and what an earlier edition had. Part of
 * mark_sheet.js.
 */
/** @import { Lens, Mark, Marks, OpenedFile } from "./types.d.ts" */
/** @import { Questions } from "./mark_questions.js" */

const LARGEST = 16 * 1024 ** 2; // bytes of a file of marks
const NAMED = 3; // quotes of lost marks that are told in full

const counted = (/** @type {number} */ count, noun = "mark") =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** Whose file it is, in a sentence. @param {OpenedFile} file @param {string} name @param {string} essay the one here */
export function fileInWords({ person, marks, unreadable, title, essay: of }, name, essay) {
  const whose = person ? ` by ${person}` : "";
  const left = unreadable ? ` ${unreadable.toLocaleString("en")} more cannot be read.` : "";
  const edition =
    of === essay ? "" : ` They were made on another edition or another text${title ? `, “${title}”` : ""}.`;
  return `${name} holds ${counted(marks.length)}${whose}.${edition}${left}`;
}

/** The marks that have no place here, by their quotes. @param {Mark[]} lost */
export function lostInWords(lost) {
  if (!lost.length) return "";
  const named = lost.slice(0, NAMED).map(({ quote }) => `“${quote.replace(/\s+/g, " ").slice(0, 60)}”`);
  const more = lost.length > NAMED ? `, and ${lost.length - NAMED} more` : "";
  return `${counted(lost.length)} ${lost.length === 1 ? "is" : "are"} kept but not found in this text: ${named.join(", ")}${more}.`;
}

/** @param {Lens} lens @param {Marks} marks @param {Questions} questions */
export function createCopiesMenu(lens, marks, questions) {
  const { h } = lens.dom;
  const toggle = h("button", { type: "button", className: "quiet", "aria-expanded": "false" }, "More");
  const menu = h("div", { className: "menu", role: "group", "aria-label": "All marks", hidden: true });
  const open = (/** @type {boolean} */ on) => {
    menu.hidden = !on;
    toggle.setAttribute("aria-expanded", String(on));
  };
  toggle.addEventListener("click", () => open(Boolean(menu.hidden)));
  const item = (/** @type {string} */ label, /** @type {() => void} */ act) => {
    const button = h("button", { type: "button" }, label);
    button.addEventListener("click", () => {
      open(false);
      act();
    });
    return button;
  };
  const file = h("input", { type: "file", accept: ".json,application/json", hidden: true, tabIndex: -1 });
  file.addEventListener("change", () => {
    const [one] = file.files ?? [];
    if (one) openFile(one, lens, marks, questions);
    file.value = "";
  });
  const forget = () => {
    const count = marks.list().length;
    const body = h("p", {}, `${counted(count)} will be gone for good. A copy can be opened again later.`);
    questions.ask(
      "Remove all marks?",
      [body],
      [
        { label: "Keep a copy first", act: () => marks.copy("json") },
        { label: "Remove all", act: () => marks.forget().then(() => marks.say("All marks are removed.")) },
      ],
    );
  };
  menu.append(
    item("Keep a copy", () => marks.copy("json")),
    item("Save as a table", () => marks.copy("csv")),
    item("Open a copy", () => file.click()),
    item("Forget all marks", forget),
    file,
  );
  const element = h("div", { className: "more" }, toggle, menu);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
    toggle.focus();
  });
  element.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) open(false);
  });
  return { element };
}

/**
 * Read a file, and ask whose marks they are.
 * @param {File} file @param {Lens} lens @param {Marks} marks @param {Questions} questions
 */
async function openFile(file, { content, dom: { h } }, marks, questions) {
  /** @type {OpenedFile} */
  let found;
  try {
    if (file.size > LARGEST) throw new Error(`${file.name} is too large to be a file of marks. Nothing was changed.`);
    found = marks.read(await file.text(), file.name);
  } catch (error) {
    return questions.ask(
      "This file cannot be opened",
      [h("p", {}, String(/** @type {Error} */ (error).message))],
      [],
      "Close",
    );
  }
  const mine = () => {
    const news = marks.adopt(found.marks);
    marks.say(news ? `${counted(news)} of ${file.name} added to yours.` : `You have all of ${file.name} already.`);
  };
  const beside = () => {
    const label = found.person || file.name.replace(/\.json$/i, "");
    marks.openBeside({
      id: `${found.essay}-${label}`.replace(/[^\w-]+/g, "-").slice(0, 90),
      label,
      marks: found.marks,
    });
    marks.say(`${counted(found.marks.length)} by ${label} shown beside yours.`);
  };
  const body = [h("p", {}, fileInWords(found, file.name, content.essay)), h("p", {}, "Whose marks are they?")];
  questions.ask("Open a copy", body, [
    { label: "Mine: add them", act: mine },
    { label: "Somebody else’s: show them too", act: beside },
  ]);
}

/** What an earlier edition of the text had, and which marks have no place. @param {Lens} lens @param {Marks} marks */
export function createNotices({ dom: { h, setText } }, marks) {
  const words = h("span", {});
  const take = h("button", { type: "button", className: "quiet" }, "Bring them here");
  const leave = h("button", { type: "button", className: "quiet" }, "No, thank you");
  take.addEventListener("click", () => marks.settleEarlier(true));
  leave.addEventListener("click", () => marks.settleEarlier(false));
  const earlier = h("p", { className: "notice", hidden: true }, words, " ", take, leave);
  const lost = h("p", { className: "notice", hidden: true });
  const element = h("div", { className: "notices" }, earlier, lost);
  return {
    element,
    draw() {
      const before = marks.earlier().length;
      earlier.hidden = !before;
      if (before) setText(words, `You have ${counted(before)} on an earlier edition of this text.`);
      setText(lost, lostInWords(marks.lost()));
      lost.hidden = !lost.textContent;
    },
  };
}

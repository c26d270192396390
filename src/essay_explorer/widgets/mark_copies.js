// @ts-check
/**
 * What is done with all marks: a copy to keep, one to open, forgetting, and what an earlier edition had. Part of
 * mark_sheet.js.
 */
/** @import { Lens, Mark, Marks, OpenedFile } from "./types.d.ts" */
/** @import { Questions } from "./mark_questions.js" */

const LARGEST = 16 * 1024 ** 2; // bytes of a file of marks
const NAMED = 3; // quotes of lost marks that are told in full

/** Whose file it is, in a sentence. @param {OpenedFile} file @param {string} name @param {string} essay the one here */
export function fileInWords({ person, marks, unreadable, title, essay: of }, name, essay) {
  const values = { name, marks: someMarks(marks.length), person };
  const holds = person ? say("{name} holds {marks} by {person}.", values) : say("{name} holds {marks}.", values);
  const left = unreadable ? sayN("{count} more cannot be read.", "{count} more cannot be read.", unreadable) : "";
  const elsewhere = title
    ? say("They were made on another edition or another text, “{title}”.", { title })
    : say("They were made on another edition or another text.");
  return [holds, of === essay ? "" : elsewhere, left].filter(Boolean).join(" ");
}

/** The marks that have no place here, by their quotes. @param {Mark[]} lost */
export function lostInWords(lost) {
  if (!lost.length) return "";
  const named = lost.slice(0, NAMED).map(({ quote }) => `“${quote.replace(/\s+/g, " ").slice(0, 60)}”`);
  const more = lost.length > NAMED ? [say("and {count} more", { count: lost.length - NAMED })] : [];
  return sayN(
    "{count} mark is kept but not found in this text: {quotes}.",
    "{count} marks are kept but not found in this text: {quotes}.",
    lost.length,
    { quotes: [...named, ...more].join(", ") },
  );
}

/** @param {Lens} lens @param {Marks} marks @param {Questions} questions */
export function createCopiesMenu(lens, marks, questions) {
  const { h } = lens.dom;
  const toggle = h("button", { type: "button", className: "quiet", "aria-expanded": "false" }, say("More"));
  const menu = h("div", { className: "menu", role: "group", "aria-label": say("All marks"), hidden: true });
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
  const file = h("input", { type: "file", accept: ".json,application/json,.csv,text/csv", hidden: true, tabIndex: -1 });
  file.addEventListener("change", () => {
    const [one] = file.files ?? [];
    if (one) openFile(one, lens, marks, questions);
    file.value = "";
  });
  const forget = () => {
    const count = marks.list().length;
    const body = h(
      "p",
      {},
      sayN(
        "{count} mark will be gone for good. A copy can be opened again later.",
        "{count} marks will be gone for good. A copy can be opened again later.",
        count,
      ),
    );
    questions.ask(
      say("Remove all marks?"),
      [body],
      [
        { label: say("Keep a copy first"), act: () => marks.copy("json") },
        { label: say("Remove all"), act: () => marks.forget().then(() => marks.say(say("All marks are removed."))) },
      ],
    );
  };
  menu.append(
    item(say("Keep a copy"), () => marks.copy("json")),
    item(say("Save as a table"), () => marks.copy("csv")),
    item(say("Open a copy"), () => file.click()),
    item(say("Forget all marks"), forget),
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
    if (file.size > LARGEST)
      throw new Error(say("{name} is too large to be a file of marks. Nothing was changed.", { name: file.name }));
    found = marks.read(await file.text(), file.name);
  } catch (error) {
    return questions.ask(
      say("This file cannot be opened"),
      [h("p", {}, String(/** @type {Error} */ (error).message))],
      [],
      say("Close"),
    );
  }
  const mine = () => {
    const news = marks.adopt(found.marks);
    marks.say(
      news
        ? sayN("{count} mark of {name} added to yours.", "{count} marks of {name} added to yours.", news, {
            name: file.name,
          })
        : say("You have all of {name} already.", { name: file.name }),
    );
  };
  const beside = () => {
    const label = found.person || file.name.replace(/\.(?:json|csv)$/i, "");
    marks.openBeside({
      id: `${found.essay}-${label}`.replace(/[^\w-]+/g, "-").slice(0, 90),
      label,
      marks: found.marks,
    });
    marks.say(
      sayN(
        "{count} mark by {label} shown beside yours.",
        "{count} marks by {label} shown beside yours.",
        found.marks.length,
        { label },
      ),
    );
  };
  const body = [h("p", {}, fileInWords(found, file.name, content.essay)), h("p", {}, say("Whose marks are they?"))];
  questions.ask(say("Open a copy"), body, [
    { label: say("Mine: add them"), act: mine },
    { label: say("Somebody else’s: show them too"), act: beside },
  ]);
}

/** What an earlier edition of the text had, and which marks have no place. @param {Lens} lens @param {Marks} marks */
export function createNotices({ dom: { h, setText } }, marks) {
  const words = h("span", {});
  const take = h("button", { type: "button", className: "quiet" }, say("Bring them here"));
  const leave = h("button", { type: "button", className: "quiet" }, say("No, thank you"));
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
      if (before)
        setText(words, say("You have {marks} on an earlier edition of this text.", { marks: someMarks(before) }));
      setText(lost, lostInWords(marks.lost()));
      lost.hidden = !lost.textContent;
    },
  };
}

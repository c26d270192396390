// @ts-check
/** The reveal on the phone: mine, the class, and where they differ; as a list, and over the text. Part of seat.js. */
/** @import { Lens, Marks, Share, TheClass } from "./types.d.ts" */
/** @import { Room } from "./seat_room.js" */

const NEVER_BEFORE = "1970-01-01T00:00:00.000Z";
const TABS = /** @type {const} */ (["Mine", "Group", "Class", "Differ"]);
const TAB_NAMES = { Mine: say("Mine"), Group: say("Group"), Class: say("Class"), Differ: say("Differ") };

/** @typedef {{sentence: number, tag: string, share: Share | undefined, says: string}} Row */

/** @param {Lens} lens @param {string} tag */
const labelOf = (lens, tag) => lens.tags.get(tag)?.label ?? tag;

/**
 * The rows of a tab. @param {typeof TABS[number]} tab @param {TheClass} seen
 * @param {{sentence: number, tag: string}[]} own @param {(tag: string) => string} label @returns {Row[]}
 */
export function rowsOf(tab, seen, own, label) {
  const { readers } = seen;
  const words = (/** @type {Share | undefined} */ share) => shareInWords(share, readers);
  const told = (/** @type {{sentence: number, tag: string}} */ one, /** @type {Share | undefined} */ share) => ({
    ...{ number: one.sentence, tag: label(one.tag), share: words(share) },
  });
  const mine = (/** @type {{sentence: number, tag: string}} */ one) => {
    const share = seen.shares.find(({ sentence, tag }) => sentence === one.sentence && tag === one.tag);
    return { ...one, share, says: say("You marked {number} for {tag}; {share} did.", told(one, share)) };
  };
  if (tab === "Mine") return own.map(mine);
  if (tab === "Class" || tab === "Group")
    return seen.shares.map((share) => ({
      ...{ sentence: share.sentence, tag: share.tag, share },
      says: say("{number} {tag}: {share}", told(share, share)),
    }));
  return differingShares(seen, own).map((one) =>
    one.mine
      ? mine(one)
      : { ...one, says: say("{share} marked {number} for {tag}; you did not.", told(one, one.share)) },
  );
}

/** Why a tab has no rows. @param {typeof TABS[number]} tab @param {boolean} hasMarked one has marked something */
export function noneInWords(tab, hasMarked) {
  if (tab !== "Differ") return say("Nothing is marked.");
  return hasMarked
    ? say("You and most of the class marked the same.")
    : say("You marked nothing, and no sentence was marked by most of the class.");
}

/**
 * Each row leads to its sentence. Its bar tells by its length what the number says.
 * @param {Lens} lens @param {Row[]} rows @param {number} readers @param {(sentence: number) => void} goTo
 */
function listOf(lens, rows, readers, goTo) {
  const { h, paint } = lens.dom;
  return rows.map(({ sentence, tag, share, says }) => {
    const button = h("button", { type: "button", className: "row" }, h("span", {}, says));
    const bar = h("span", { className: "share", "aria-hidden": "true" });
    const known = lens.tags.get(tag);
    if (known) paint(bar, known);
    bar.style.setProperty("--share", String((share?.count ?? 0) / Math.max(1, readers)));
    button.append(bar);
    button.addEventListener("click", () => goTo(sentence));
    return h("li", {}, button);
  });
}

/**
 * What a tab speaks of: the class, or one's own group in it.
 * @param {typeof TABS[number]} tab @param {TheClass} seen @returns {TheClass}
 */
export const partOf = (tab, seen) =>
  tab === "Group" && seen.group ? { ...seen, ...seen.group, group: seen.group } : seen;

/** Lay the class, and the teacher once shown, over the text. @param {Lens} lens @param {Marks} marks */
function createLaying(lens, marks) {
  let laid = "";
  return (/** @type {TheClass | null} */ seen) => {
    const now = seen ? JSON.stringify([seen.shares, seen.teacher ?? null]) : "";
    if (now === laid) return;
    laid = now;
    for (const id of ["class", "teacher"]) marks.closeBeside(id);
    if (!seen) return;
    const places = placesOf(lens.content, marks);
    marks.openBeside(classLayer(seen, places, marks.text().text, (tag) => labelOf(lens, tag)));
    if (!seen.teacher) return;
    const times = { creator: say("The teacher"), created: NEVER_BEFORE, changed: NEVER_BEFORE };
    const theirs = seen.teacher.map(({ note, ...one }) => ({
      ...one,
      id: `teacher-${one.id}`,
      reason: note,
      ...times,
    }));
    marks.openBeside({ id: "teacher", label: say("The teacher"), marks: theirs });
  };
}

/** @param {Lens} lens @param {Marks} marks @param {Room} room */
export function createClass(lens, marks, room) {
  const { h, setText } = lens.dom;
  /** @type {typeof TABS[number]} */
  let tab = "Differ";
  let drawn = "";
  const [lay, drawNumbers] = [createLaying(lens, marks), createNumbers(lens)];
  const tabs = TABS.map((name) => {
    const button = h("button", { type: "button" }, TAB_NAMES[name]);
    button.addEventListener("click", () => {
      tab = name;
      look();
      draw();
    });
    return { name, button };
  });
  const buttons = tabs.map(({ button }) => button);
  const bar = h("div", { className: "tabs", role: "group", "aria-label": say("What to look at") }, ...buttons);
  const moved = h("p", { className: "moved" });
  const list = h("ul", { className: "rows" });
  const element = h("div", { className: "the-class", hidden: true }, bar, moved, list);
  const explorer = () => /** @type {HTMLElement | null} */ (element.closest(".essay-explorer"));
  const look = () => {
    const off = { Mine: ["class", "teacher"], Group: ["mine"], Class: ["mine"], Differ: [] }[tab];
    lens.act({ chosen: tab === "Mine" ? [] : (room.own()?.room.task.tags ?? []), hidden: [...off] });
  };
  const goTo = (/** @type {number} */ number) =>
    explorer()?.querySelector(`[data-sentence="${number}"]`)?.scrollIntoView({ block: "center", behavior: "instant" });
  const draw = () => {
    const all = room.seen();
    if (tab === "Group" && !all?.group) tab = "Differ";
    const seen = all && partOf(tab, all);
    lay(seen);
    if (seen && element.hidden) look();
    element.hidden = !seen;
    explorer()?.classList.toggle("seeing-class", Boolean(seen) && tab !== "Mine");
    if (!seen) return;
    const own = ownShares(marks, placesOf(lens.content, marks));
    const rows = rowsOf(tab, seen, own, (tag) => labelOf(lens, tag));
    const within = explorer();
    if (within) drawNumbers(within, seen);
    for (const { name, button } of tabs) {
      button.setAttribute("aria-pressed", String(name === tab));
      button.hidden = name === "Group" && !seen.group;
    }
    setText(moved, seen.moved ?? "");
    list.hidden = ["discuss", "revise"].includes(room.own()?.room.phase ?? ""); // then there is something else to do
    if (JSON.stringify(rows) === drawn) return;
    drawn = JSON.stringify(rows);
    const items = rows.length
      ? listOf(lens, rows, seen.readers, goTo)
      : [h("li", {}, noneInWords(tab, own.length > 0))];
    list.replaceChildren(...items);
  };
  return { element, draw };
}

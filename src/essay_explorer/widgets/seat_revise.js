// @ts-check
/** The second pass: one's own marks, to be kept, changed or dropped; and the end. Part of seat.js. */
/** @import { Entry, Lens, Mark, Marks } from "./types.d.ts" */
/** @import { HandIn } from "./seat_hand_in.js" */
/** @import { Room } from "./seat_room.js" */

/**
 * The marks of the second pass that are other than in the first, or new, and do not say why.
 * @param {Mark[]} marks @param {Entry[]} first
 */
export function unexplained(marks, first) {
  return marks.filter((mark) => {
    const before = first.find(({ id }) => id === mark.id);
    if (!before || "removed" in before) return !mark.reason.trim();
    const isOther = before.quote !== mark.quote || String([...before.tags].sort()) !== String([...mark.tags].sort());
    return isOther && before.reason.trim() === mark.reason.trim();
  });
}

/** What a mark has become since the first pass, in words. @param {Mark} mark @param {Entry[]} first */
export function sinceInWords(mark, first) {
  const before = first.find(({ id }) => id === mark.id);
  if (!before || "removed" in before) return say("new");
  return before.changed === mark.changed ? "" : say("changed");
}

/** @param {Lens} lens @param {string} label @param {() => void} act */
function createAct({ dom: { h } }, label, act) {
  const made = h("button", { type: "button" }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * What makes the row of a mark: what it says, what the class said there, and what can be done with it.
 * @param {Lens} lens @param {Marks} marks @param {Room} room
 * @param {{change: (mark: Mark) => void, keep: (mark: Mark) => void, isKept: (mark: Mark) => boolean}} acts
 */
function createOwnRow(lens, marks, room, { change, keep, isKept }) {
  const { h, short } = lens.dom;
  const label = (/** @type {string} */ tag) => lens.tags.get(tag)?.label ?? tag;
  const beside = (/** @type {Mark} */ mark) => {
    const seen = room.seen();
    return seen ? besideInWords(markedBy(mark, marks, placesOf(lens.content, marks)), seen, label) : "";
  };
  const explain = (/** @type {Mark} */ mark) => {
    change(mark);
    marks.explainNow();
  };
  return (/** @type {Mark} */ mark, /** @type {Entry[]} */ first) => {
    const since = sinceInWords(mark, first);
    const kept = createAct(lens, say("Keep"), () => keep(mark));
    kept.setAttribute("aria-pressed", String(isKept(mark)));
    const acts = h("div", { className: "acts" }, kept);
    if (unexplained([mark], first).length) acts.append(createAct(lens, say("Say why"), () => explain(mark)));
    acts.append(createAct(lens, say("Change"), () => change(mark)));
    acts.append(createAct(lens, say("Drop"), () => marks.remove(mark.id)));
    const tags = mark.tags.map(label).join(", ");
    const words = h(
      "p",
      {},
      h("b", {}, tags),
      ` ${say("“{quote}”", { quote: short(mark.quote) })}${since ? ` (${since})` : ""}`,
    );
    return h("li", {}, words, h("p", { className: "beside" }, beside(mark)), acts);
  };
}

/** @param {Lens} lens @param {Marks} marks @param {Room} room @param {HandIn} handIn @param {() => void} redraw */
export function createRevise(lens, marks, room, handIn, redraw) {
  const { h, setText } = lens.dom;
  const list = h("ul", { className: "own" });
  const says = h("p", { className: "says", role: "status" });
  const kept = new Set();
  let [drawn, told] = ["", ""];
  const ask = createWarning();
  const missing = () => {
    const { length } = unexplained(marks.list(), room.own()?.first ?? []);
    return length ? sayN("why you made {count} change", "why you made {count} changes", length) : "";
  };
  const done = createAct(lens, say("Hand in again"), () => {
    told = ask(missing());
    if (!told) {
      lens.mark(false);
      handIn.want();
    }
    redraw();
  });
  const change = (/** @type {Mark} */ mark) => {
    const place = marks.placeOf(mark);
    if (!place) return;
    lens.mark(true);
    marks.choose({ ...place, anchor: 0, head: 0, id: mark.id });
    told = say("Change it in the text, and say why.");
    redraw();
  };
  const keep = (/** @type {Mark} */ { id }) => {
    kept.add(id);
    redraw();
  };
  const row = createOwnRow(lens, marks, room, { change, keep, isKept: ({ id }) => kept.has(id) });
  const element = h("div", { className: "revise", hidden: true }, list, h("div", { className: "acts" }, done), says);
  return {
    element,
    open: () => !room.over() && room.own()?.room.phase === "revise" && room.own()?.you.pass === 2,
    draw() {
      const own = room.own();
      element.hidden = !own || !this.open();
      if (!own || element.hidden) return;
      const first = own.first ?? [];
      const now = JSON.stringify([marks.list(), first, [...kept], room.seen()?.shares]);
      setText(done, handedIn(own, 2) ? say("Handed in; send again") : say("Hand in again"));
      setText(says, handIn.says() || told);
      if (now === drawn) return;
      drawn = now;
      list.replaceChildren(...marks.list().map((mark) => row(mark, first)));
    },
  };
}

/**
 * A copy to keep: at the end, and where the room is gone.
 * @param {Lens} lens @param {Marks} marks @param {Room} room
 */
export function createEnd({ dom: { h, setText } }, marks, room) {
  const when = h("p");
  const copy = h("button", { type: "button" }, say("Keep a copy"));
  copy.addEventListener("click", () => marks.copy("json"));
  const element = h("div", { className: "end", hidden: true }, when, h("div", { className: "acts" }, copy));
  return {
    element,
    draw() {
      const own = room.own();
      element.hidden = !room.over() && own?.room.phase !== "end";
      const last = own && (handedIn(own, 2) || handedIn(own));
      setText(when, last ? say("Handed in {time}", { time: clock(last) }) : own ? say("You have not handed in.") : "");
      setText(copy, room.over() ? say("Download what you marked") : say("Keep a copy"));
    },
  };
}

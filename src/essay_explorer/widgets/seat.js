// @ts-check
/** A pupil's seat in a room: its door, and above the text what is to be done now. */
/** @import { Lens, Marks, Model, MarksTraits, SeatTraits, View } from "./types.d.ts" */

const TICK = 500; // ms between two looks at the clock

/** @param {Lens} lens @param {string} code */
function createPanel({ dom: { h } }, code) {
  const now = h("p", { className: "now", role: "status" });
  const sent = h("p", { className: "sent", role: "status" });
  const group = h("p");
  const closing = h("p", { className: "closing", role: "timer" });
  const unfold = h("button", { type: "button", className: "unfold" });
  const parts = h("div", { className: "parts" });
  const words = h("div", { className: "words" }, now, h("div", { className: "far" }, sent, group, closing));
  const bar = h("div", { className: "bar" }, words, unfold);
  const element = h(
    "section",
    { className: "seat", hidden: true, "aria-label": say("Room {code}", { code }) },
    bar,
    parts,
  );
  return { element, now, sent, group, closing, unfold, parts };
}

/** The parts of the panel can be folded away. @param {ReturnType<typeof createPanel>} panel */
function createFold({ element, parts, unfold }) {
  const set = (/** @type {boolean} */ folded) => {
    parts.hidden = folded;
    element.classList.toggle("folded", folded);
    unfold.textContent = folded ? say("More") : say("Fold");
    unfold.setAttribute("aria-expanded", String(!folded));
  };
  unfold.addEventListener("click", () => set(!parts.hidden));
  set(false);
  return set;
}

/**
 * The page has the tags of the task alone: where that has others now, the page is asked for anew, once for those.
 * @param {Lens} lens @param {string} code
 */
function createTurning(lens, code) {
  const name = `room-${code}-tags`;
  return (/** @type {string[]} */ tags) => {
    if (tags.length === lens.tags.size && tags.every((tag) => lens.tags.has(tag))) return;
    const asked = [...tags].sort().join(" ");
    if (lens.dom.memory.get(name) === asked) return;
    lens.dom.memory.set(name, asked);
    if (lens.dom.memory.get(name) === asked) location.reload(); // else it would be asked for without end
  };
}

/**
 * Take the seat that an address brings behind its `#`, once. @param {ReturnType<typeof createRoom>} room
 * @param {ReturnType<typeof createDoor>} door
 */
function takeSeat(room, door) {
  const { dataset } = document.documentElement;
  const code = dataset.seat;
  if (!code) return;
  delete dataset.seat;
  history.replaceState(null, "", location.pathname + location.search);
  if (code !== room.own()?.you.return_code) room.goOn(code).catch((error) => door.say(error));
}

/** @param {View<SeatTraits>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const marks = /** @type {Marks} */ ((await host.getWidget(model.get("marks"))).exports);
  const asked = /** @type {Model<MarksTraits>} */ (await host.getModel(model.get("marks")));
  const room = createRoom(model.get("code"), lens.dom.memory, signal);
  const panel = createPanel(lens, room.code);
  const fold = createFold(panel);
  const turn = createTurning(lens, room.code);
  const door = createDoor(lens, room, model.get("until"));
  const handIn = createHandIn(room, marks);
  const task = createTask(lens, marks, room, handIn, () => draw());
  const revise = createRevise(lens, marks, room, handIn, () => draw());
  const end = createEnd(lens, marks, room);
  const parts = [task, end, createClass(lens, marks, room), createTalk(lens, room), revise];
  panel.parts.append(...parts.map(({ element }) => element));
  let [seat, open, could] = ["", false, false];
  /** What the room says is so for the marks, too. */
  const follow = () => {
    const own = room.own();
    if (own) asked.set("task", { ...own.room.task, title: "" });
    if (own) turn(own.room.task.tags);
    if (seat !== (own?.you.return_code ?? room.code)) {
      seat = own?.you.return_code ?? room.code;
      marks.keepAt(placeOf(room));
    }
    const can = task.open() || revise.open();
    if (could && !can) lens.mark(false);
    could = can;
    if (open === task.open()) return;
    open = task.open();
    lens.mark(open);
    fold(open);
  };
  const draw = () => {
    const own = room.own();
    follow();
    panel.element.hidden = !own;
    panel.element.classList.toggle("closed", !task.open() && !revise.open());
    panel.element.classList.toggle("seeing", room.seen() !== null);
    door.draw();
    if (!own) return;
    const { setText } = lens.dom;
    setText(panel.now, room.over() || nowInWords(own));
    setText(panel.sent, own.you.may_mark || room.away() ? sentInWords(marks.list().length, marks.kept()) : "");
    setText(panel.group, own.you.group ? say("Group {group}", { group: own.you.group }) : "");
    setText(panel.closing, closingInWords(own, room.now()));
    for (const part of parts) part.draw();
    handIn.settle();
  };
  el.replaceChildren(panel.element, door.element);
  draw();
  marks.start(lens);
  takeSeat(room, door);
  room.observe(draw, signal);
  marks.observe(draw, signal);
  const hear = (/** @type {import("./types.d.ts").Piece} */ piece) => room.hear(piece);
  model.on("msg:custom", hear);
  const ticking = setInterval(draw, TICK);
  signal.addEventListener("abort", () => {
    clearInterval(ticking);
    model.off("msg:custom", hear);
  });
  room.renew();
  return () => el.replaceChildren();
}

export default { render };

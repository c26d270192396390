// @ts-check
/** The task: how far the pupil has come, what of it was sent, and handing it in. Part of seat.js. */
/** @import { KeptState, Lens, Marks, Own } from "./types.d.ts" */
/** @import { Room } from "./seat_room.js" */

/** How many marks there are, and how far they have come. @param {number} count @param {KeptState} kept */
export function sentInWords(count, { far, fault, waiting }) {
  const marks = counted(count, "mark");
  if (fault && !far?.sent) return `${marks}. ${fault}`;
  if (far?.sent) return count ? `${marks}, sent` : "No marks yet";
  if (waiting) return `${marks}. Saving…`;
  if (far && !far.connected) return `Not connected. Go on: ${marks} ${count === 1 ? "is" : "are"} saved here`;
  return count ? `${marks}. Saved here` : "No marks yet";
}

/** What of the task is there, line by line. @param {Own["room"]["task"]} task @param {Marks} marks */
export function stepsOf(task, marks) {
  const [made, why] = progress(task, marks.list());
  const asked = task.most > task.marks ? `${task.marks} to ${task.most}` : String(task.marks);
  const lines = [
    {
      done: made.number >= task.marks && made.number <= task.most,
      says: `${counted(made.number, "mark")} of ${asked}`,
    },
  ];
  if (task.reasons) lines.push({ done: why.number >= why.wanted, says: partInWords(why) });
  return { lines, missing: missingInWords([made, why]) };
}

/**
 * Handing in: what is missing is said once; without a connection it is remembered, and done when there is one.
 * @param {Room} room @param {Marks} marks @param {() => string} missing
 */
export function createHandIn(room, marks, missing) {
  let [warned, wanted, busy] = ["", 0, false];
  const settle = async () => {
    const pass = room.own()?.you.pass ?? 0;
    if (wanted !== pass) wanted = 0;
    if (!wanted || busy || room.away() || !marks.kept().far?.sent) return;
    busy = true;
    await room
      .ask("hand-in", { pass })
      .then(() => {
        wanted = 0;
      })
      .catch((error) => {
        if (error instanceof Refusal) wanted = 0;
      });
    busy = false;
    await room.renew();
  };
  return {
    settle,
    waits: () => wanted > 0,
    /** What is to be said first; "" where it is on its way. */
    ask() {
      const now = missing();
      if (now && now !== warned) {
        warned = now;
        return `Still missing: ${now}. You can hand in all the same.`;
      }
      warned = "";
      wanted = room.own()?.you.pass ?? 0;
      settle();
      return "";
    },
  };
}

/**
 * @param {Lens} lens @param {Marks} marks @param {Room} room @param {() => void} redraw
 */
export function createTask(lens, marks, room, redraw) {
  const { h, setText } = lens.dom;
  const button = (/** @type {string} */ label, /** @type {() => void} */ act, className = "") => {
    const made = h("button", { type: "button", className }, label);
    made.addEventListener("click", act);
    return made;
  };
  let changing = false; // what was handed in
  const steps = () => stepsOf(/** @type {Own} */ (room.own()).room.task, marks);
  const handIn = createHandIn(room, marks, () => steps().missing);
  const checks = h("ul", { className: "checks" });
  const says = h("p", { className: "says", role: "status" });
  const send = button("Hand in", () => {
    changing = false;
    setText(says, handIn.ask());
    redraw();
  });
  const change = button("Change my marks", () => {
    changing = true;
    setText(says, "");
    redraw();
    lens.mark(true);
  });
  const acts = h("div", { className: "acts" }, send, change);
  const element = h("div", { className: "task" }, checks, acts, says);
  return {
    element,
    settle: handIn.settle,
    /** Whether this is a time for marking. */
    open() {
      const own = room.own();
      return Boolean(own?.you.may_mark && own.you.pass === 1 && (changing || !(handedIn(own) || handIn.waits())));
    },
    draw() {
      const own = room.own();
      element.hidden = !own?.you.may_mark || own.you.pass !== 1;
      if (!own || element.hidden) return;
      const { lines, missing } = steps();
      drawChecks(lens.dom, checks, lines);
      element.classList.toggle("complete", !missing);
      const done = handedIn(own) && !changing;
      send.hidden = Boolean(done);
      change.hidden = !done;
      setText(
        send,
        handedIn(own) ? "Done" : says.textContent?.startsWith("Still") ? "Hand in all the same" : "Hand in",
      );
      if (handIn.waits())
        setText(says, room.away() ? "It is handed in as soon as this phone is connected again." : "Handing in…");
      else if (done) setText(says, "");
    },
  };
}

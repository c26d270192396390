// @ts-check
/** The task: how far the pupil has come, what of it was sent, and handing it in. Part of seat.js. */
/** @import { KeptState, Lens, Marks, Own } from "./types.d.ts" */
/** @import { HandIn } from "./seat_hand_in.js" */
/** @import { Room } from "./seat_room.js" */

/** How many marks there are, and how far they have come. @param {number} count @param {KeptState} kept */
export function sentInWords(count, { far, fault, waiting }) {
  const marks = sayN("{count} mark", "{count} marks", count);
  if (fault && !far?.sent) return `${marks}. ${fault}`;
  if (far?.sent) return count ? say("{marks}, sent", { marks }) : say("No marks yet");
  if (waiting) return say("{marks}. Saving…", { marks });
  if (far && !far.connected)
    return sayN(
      "Not connected. Go on: {count} mark is saved here",
      "Not connected. Go on: {count} marks are saved here",
      count,
    );
  return count ? say("{marks}. Saved here", { marks }) : say("No marks yet");
}

/** What of the task is there, line by line. @param {Own["room"]["task"]} task @param {Marks} marks */
export function stepsOf(task, marks) {
  const [made, why] = progress(task, marks.list());
  const { marks: least, most } = task;
  const asked = most > least ? say("{least} to {most}", { least, most }) : String(least);
  const lines = [
    {
      done: made.number >= task.marks && made.number <= task.most,
      says: say("{marks} of {asked}", { marks: sayN("{count} mark", "{count} marks", made.number), asked }),
    },
  ];
  if (task.reasons) lines.push({ done: why.number >= why.wanted, says: partInWords(why) });
  return { lines, missing: missingInWords([made, why]) };
}

/**
 * @param {Lens} lens @param {Marks} marks @param {Room} room @param {HandIn} handIn @param {() => void} redraw
 */
export function createTask(lens, marks, room, handIn, redraw) {
  const { h, setText } = lens.dom;
  const button = (/** @type {string} */ label, /** @type {() => void} */ act, className = "") => {
    const made = h("button", { type: "button", className }, label);
    made.addEventListener("click", act);
    return made;
  };
  let [changing, warned] = [false, false]; // what was handed in; that something is missing
  const steps = () => stepsOf(/** @type {Own} */ (room.own()).room.task, marks);
  const ask = createWarning();
  const checks = h("ul", { className: "checks" });
  const says = h("p", { className: "says", role: "status" });
  const send = button(say("Hand in"), () => {
    changing = false;
    const warning = ask(steps().missing);
    warned = warning !== "";
    setText(says, warning);
    if (!warned) handIn.want();
    redraw();
  });
  const change = button(say("Change my marks"), () => {
    changing = true;
    setText(says, "");
    redraw();
    lens.mark(true);
  });
  const acts = h("div", { className: "acts" }, send, change);
  const element = h("div", { className: "task" }, checks, acts, says);
  return {
    element,
    /** Whether this is a time for marking. */
    open() {
      const own = room.own();
      return Boolean(
        !room.over() && own?.you.may_mark && own.you.pass === 1 && (changing || !(handedIn(own) || handIn.waits())),
      );
    },
    draw() {
      const own = room.own();
      element.hidden = !own?.you.may_mark || own.you.pass !== 1 || room.over() !== "";
      if (!own || element.hidden) return;
      const { lines, missing } = steps();
      drawChecks(lens.dom, checks, lines);
      element.classList.toggle("complete", !missing);
      const done = handedIn(own) && !changing;
      send.hidden = Boolean(done);
      change.hidden = !done;
      setText(send, handedIn(own) ? say("Done") : warned ? say("Hand in all the same") : say("Hand in"));
      if (handIn.says()) setText(says, handIn.says());
      else if (done) setText(says, "");
    },
  };
}

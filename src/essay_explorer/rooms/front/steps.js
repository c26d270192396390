// @ts-check
/** The strip of a lesson's phases: where it is, and one step on or back. */
/** @import { Lead, Panel, Phase, Room } from "./types.d.ts" */

/** @type {[Phase, string][]} */
export const PHASES = [
  ["join", say("Join")],
  ["read", say("Read")],
  ["mark", say("Mark")],
  ["reveal", say("Reveal")],
  ["discuss", say("Discuss")],
  ["revise", say("Revise")],
  ["end", say("End")],
];

/**
 * The steps of a lesson, one a press of a clicker: the reveal is two of them where the class talks first.
 * @param {Room} room @returns {{phase: Phase, shows: boolean | null, label: string}[]}
 */
function stepsOf({ task }) {
  const steps = PHASES.map(([phase, label]) => ({ phase, shows: /** @type {boolean | null} */ (null), label }));
  if (!task.blind || !task.talk_first) return steps;
  const at = steps.findIndex(({ phase }) => phase === "reveal");
  const [talk, show] = [
    { phase: steps[at].phase, shows: false, label: say("Talk first") },
    { phase: steps[at].phase, shows: true, label: say("Reveal the class") },
  ];
  return [...steps.slice(0, at), talk, show, ...steps.slice(at + 1)];
}

/**
 * The step after the one that a room is at, or before it; undefined at the ends.
 * @param {Room} room @param {number} by
 */
export function stepFrom(room, by) {
  const steps = stepsOf(room);
  return steps[steps.findIndex((step) => isAt(room, step)) + by];
}

/** @typedef {{phase: Phase, shows: boolean | null}} Step */

/** Whether a room is at a step. @param {Pick<Room, "phase" | "class_shown">} room @param {Step} step */
const isAt = (room, { phase, shows }) => phase === room.phase && (shows === null || shows === room.class_shown);

/**
 * What goes to a step. One press, one step: until the page shows the one that is under way, another press is none.
 * @param {Pick<Lead, "act" | "desk">} lead
 */
export function createGoing({ act, desk }) {
  /** @type {Step | null} */
  let underWay = null;
  let last = Promise.resolve();
  const go = async (/** @type {Step} */ step) => {
    if (step.phase !== desk().room.phase) await act("desk/phase", { phase: step.phase });
    if (step.shows !== null && step.shows !== desk().room.class_shown)
      await act("desk/show", { class_shown: step.shows });
    if (underWay === step) underWay = null;
  };
  return (/** @type {Step | undefined} */ step) => {
    if (!step || (underWay && !isAt(desk().room, underWay))) return last;
    underWay = step;
    last = last.then(() => go(step));
    return last;
  };
}

/** The strip, the time, and the buttons that go on and back. @param {Lead} lead @returns {Panel} */
export function createPhaseStrip(lead) {
  const buttons = PHASES.map(([phase, label], at) => {
    const name = h("span", {}, `${at + 1} `, label);
    return pressed(name, "phase", () => lead.goTo({ phase, shows: null }));
  });
  const time = h("span", { className: "time" });
  const more = pressed(say("+1 min"), "quiet", () => {
    const { room } = lead.desk();
    const length = LENGTHS[room.phase];
    return lead.act("desk/task", { [length]: room.task[length] + 1 }, say("One minute more."));
  });
  const back = pressed(say("Back"), "quiet", () => lead.goTo(stepFrom(lead.desk().room, -1)));
  const on = pressed("", "main", () => lead.goTo(stepFrom(lead.desk().room, 1)));
  const list = h("ol", { className: "phases" }, ...buttons.map((one) => h("li", {}, one)));
  const clock = h("div", { className: "clock", role: "timer" }, time);
  const element = h("header", { className: "strip" }, h("nav", { "aria-label": say("Phases") }, list));
  element.append(h("div", { className: "going" }, clock, more, back, on));
  return {
    element,
    draw({ room }) {
      for (const [at, [phase]] of PHASES.entries()) {
        if (phase === room.phase) buttons[at].setAttribute("aria-current", "step");
        else buttons[at].removeAttribute("aria-current");
      }
      const left = secondsLeft(room, lead.link.now());
      more.hidden = left === null;
      setText(time, left === null ? "" : timeInWords(left));
      clock.classList.toggle("over", (left ?? 0) < 0);
      back.disabled = !stepFrom(room, -1);
      const next = stepFrom(room, 1);
      on.hidden = !next;
      setText(on, next ? say("{step} →", { step: next.label }) : "");
    },
  };
}

// @ts-check
/** What a pupil is told of the room, in words. Part of seat.js. */
/** @import { Own } from "./types.d.ts" */

const LAST = 60_000; // ms, the last of a pass

/** The time of day of a moment. @param {string} moment */
export const clock = (moment) => new Date(moment).toLocaleTimeString(DATES, { hour: "2-digit", minute: "2-digit" });

/** When the first pass was handed in, or the second; "" where it was not. @param {Own} own @param {number} [pass] */
export const handedIn = ({ you }, pass = 1) => you.handed_in[pass] ?? "";

/** Whether the phase has come to that one, or further. @param {Own} own @param {string} phase */
export const reached = ({ room }, phase) => PHASES.indexOf(room.phase) >= PHASES.indexOf(phase);
const PHASES = ["join", "read", "mark", "reveal", "discuss", "revise", "end"];

/** What is to be done now. @param {Own} own */
export function nowInWords(own) {
  const { room, you } = own;
  const done = handedIn(own);
  if (room.phase === "join") return say("Your teacher begins soon.");
  if (room.phase === "read") return say("Read. Mark nothing yet.");
  if (room.phase === "end") return say("That is all. Thank you.");
  if (!done) return room.words;
  const time = clock(done);
  if (room.phase === "mark") return say("Handed in {time}. You can change it until the reveal.", { time });
  if (!you.sees_class) return say("Handed in {time}. Talk with each other; then you see the class.", { time });
  if (room.phase === "discuss")
    return room.wall
      ? say("Sentence {number}. Your view?", { number: room.wall.sentence })
      : say("Talk with each other. A sentence comes here when your teacher shows one.");
  if (room.phase === "revise" && !handedIn(own, 2)) return say("Keep, change or drop a mark. Say why.");
  return say("What the class marked");
}

/** "Closing in 0:40" in the last minute of a pass; "" before that. @param {Own} own @param {number} now in ms */
export function closingInWords({ room, you }, now) {
  if (!["mark", "revise"].includes(room.phase) || you.handed_in[you.pass]) return "";
  const minutes = room.phase === "revise" ? room.task.revise_minutes : room.task.minutes;
  const left = Date.parse(room.since) + minutes * 60_000 - now;
  if (left > LAST) return "";
  const seconds = Math.ceil(left / 1000);
  if (seconds <= 0) return say("Time is up. Hand in when you are ready.");
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return say("Closing in {time}", { time });
}

// @ts-check
/** The time that a phase has left, by the room's clock. */
/** @import { Room } from "./types.d.ts" */

/** Which of the task's lengths a phase has. @type {Record<string, "read_minutes" | "minutes" | "revise_minutes">} */
export const LENGTHS = { read: "read_minutes", mark: "minutes", revise: "revise_minutes" };

/** Seconds that are left of a phase, below 0 when it is over; null where it has no length. @param {Room} room */
export function secondsLeft({ phase, since, task }, now = Date.now()) {
  const length = LENGTHS[phase];
  return length ? Math.round((Date.parse(since) - now) / 1000 + 60 * task[length]) : null;
}

/** "4:05 left", or how long it is over. @param {number} seconds */
export function timeInWords(seconds) {
  const whole = Math.abs(seconds);
  const shown = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return seconds >= 0 ? say("{time} left", { time: shown }) : say("{time} over time", { time: shown });
}

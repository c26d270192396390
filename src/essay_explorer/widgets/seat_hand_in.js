// @ts-check
/** Handing in: without a connection it is remembered on the phone, and done when there is one. Part of seat.js. */
/** @import { Marks } from "./types.d.ts" */
/** @import { Room } from "./seat_room.js" */

const LATER = say("It is handed in as soon as this phone is connected again.");

/** What is missing is said once; who asks again then has their way. */
export function createWarning() {
  let warned = "";
  return (/** @type {string} */ missing) => {
    if (!missing || missing === warned) {
      warned = "";
      return "";
    }
    warned = missing;
    return say("Still missing: {parts}. You can hand in all the same.", { parts: missing });
  };
}

/** @param {Room} room @param {Marks} marks */
export function createHandIn(room, marks) {
  let [busy, refusal] = [false, ""];
  const waits = () => room.handingIn() > 0;
  const hand = async (/** @type {number} */ pass) => {
    try {
      await room.ask("hand-in", { pass });
      await room.renew();
    } catch (error) {
      if (!(error instanceof Refusal)) return;
      refusal = error.message;
    }
    room.handIn(0);
  };
  const settle = async () => {
    const own = room.own();
    if (!own || !waits() || busy) return;
    if (room.handingIn() !== own.you.pass) return room.handIn(0);
    if (room.away() || !marks.kept().far?.sent) return;
    busy = true;
    await hand(own.you.pass);
    busy = false;
  };
  return {
    settle,
    waits,
    /** How far it has come, in words; "" where nothing is to be said. */
    says: () => (waits() ? (room.away() ? LATER : say("Handing in…")) : refusal),
    /** Hand in what there is, now or as soon as it can be. */
    want() {
      refusal = "";
      room.handIn(room.own()?.you.pass ?? 0);
      settle();
    },
  };
}

/** @typedef {ReturnType<typeof createHandIn>} HandIn */

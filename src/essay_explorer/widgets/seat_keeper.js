// @ts-check
/** The room's server as a keeper of marks, behind the device. Part of seat.js. */
/** @import { Entry, FarKeeper, FarNews, FarPlace } from "./types.d.ts" */
/** @import { Room } from "./seat_room.js" */

/** Done when the room has changed. @param {Room} room @param {AbortSignal} signal */
const changed = (room, signal) =>
  new Promise((done) => {
    const until = new AbortController();
    const stop = () => {
      until.abort();
      done(null);
    };
    room.observe(stop, until.signal);
    signal.addEventListener("abort", stop, { signal: until.signal });
  });

/** @param {Room} room @param {AbortSignal} signal @returns {FarKeeper} */
function createKeeper(room, signal) {
  return {
    async load() {
      const { marks } = await room.ask("mine");
      return marks;
    },
    /** Bring marks; while the room takes none they wait on the phone, which is no fault. @param {Entry[]} entries */
    async put(entries) {
      for (;;) {
        try {
          const { refused } = await room.ask("marks", { marks: entries });
          return { refused: refused[0]?.words };
        } catch (error) {
          if (!(error instanceof Refusal) || signal.aborted) throw error;
          await changed(room, signal);
        }
      }
    },
    /** @param {(news: FarNews) => void} listener */
    watch(listener) {
      const tell = () => listener({ entries: room.own()?.marks ?? [], connected: !room.away() });
      room.observe(tell, signal);
    },
  };
}

/**
 * Where the marks of this phone's seat are kept, apart from all others on the text; before it has one, nowhere else.
 * @param {Room} room @returns {FarPlace}
 */
export function placeOf(room) {
  const seat = room.own()?.you.return_code;
  const nobody = { load: () => new Promise(() => {}), put: () => new Promise(() => {}), watch: () => {} };
  return {
    scope: `room ${seat ?? room.code}`,
    keeper: (_, signal) => (seat ? createKeeper(room, signal) : /** @type {FarKeeper} */ (nobody)),
  };
}

// @ts-check
/** Where the marks of a text are kept: on the device first, then elsewhere. Part of marks.js. */
/** @import { DeviceNews, Entry, FarPlace, Keeper, Kept, KeptState, KeptText } from "./types.d.ts" */

/**
 * @param {{here: () => Entry[], take: (entries: Entry[]) => void, follow: (news: DeviceNews) => void,
 * changed: () => void}} calls `here`: all that there is; `take`: what a keeper elsewhere has; `follow`: what another
 * tab did @param {AbortSignal} signal
 */
export function createKeepers({ here, take, follow, changed }, signal) {
  /** @type {Keeper | null} */
  let device = null;
  /** @type {ReturnType<typeof createSending> | null} */
  let sending = null;
  let life = new AbortController(); // of both
  const send = (/** @type {Entry[]} */ entries) => sending?.put(entries);
  const calls = { tried: send, isSafe: (/** @type {Entry[]} */ all) => Boolean(sending?.has(all)), changed };
  const keeping = createKeeping(() => /** @type {Keeper} */ (device), calls, signal);
  signal.addEventListener("abort", () => life.abort());
  return {
    device: () => device,
    /** Keep what is news. @param {Kept} news */
    put: (news) => device && keeping.put(news),
    /** What the device has already: it goes elsewhere. @param {Entry[]} entries */
    send,
    /**
     * Keep the marks of this text from now on. `load` takes in what the device has; what waits goes with it, or not.
     * @param {KeptText} text @param {FarPlace | null} far @param {(device: Keeper) => Promise<void>} load
     * @param {boolean} carry
     */
    async use(text, far, load, carry) {
      life.abort();
      life = new AbortController();
      const until = life.signal;
      [device, sending] = [createDevice(text, until), null];
      if (!carry) keeping.drop();
      device.watch(follow);
      await load(device).catch(keeping.refuse);
      if (far && !until.aborted) sending = createSending(far.keeper(text, until), { here, take, changed }, until);
    },
    /** Forget all on the device. Whether somebody elsewhere must hear of it. */
    async forget() {
      keeping.drop();
      await device?.forget().catch(() => {});
      return Boolean(sending);
    },
    /** @param {string} file in which Python keeps them @returns {KeptState} */
    kept(file) {
      const { refused, ...state } = keeping.state();
      const where = file ? "file" : refused ? "nowhere" : "device";
      const far = sending && { ...sending.state(), sent: sending.state().sent && sending.has(keeping.waiting()) };
      return { where, name: file, ...state, far };
    },
  };
}

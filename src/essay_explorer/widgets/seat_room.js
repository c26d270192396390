// @ts-check
/** The room as a pupil's phone knows it: what it was told last, kept for when nobody answers. Part of seat.js. */
/** @import { Lens, Own, Piece, TheClass } from "./types.d.ts" */

const STRANGE = say("This room does not know this phone any more. Join again, or type your code.");

/** @param {string} text of JSON @returns {Own | null} */
function ownIn(text) {
  try {
    return JSON.parse(text || "null");
  } catch {
    return null;
  }
}

/** What the device remembers of the seat in a room. @param {string} code @param {Lens["dom"]["memory"]} memory */
function createMemory(code, memory) {
  const names = { token: `room-${code}-seat`, own: `room-${code}`, handingIn: `room-${code}-handing-in` };
  let token = memory.get(names.token);
  let own = token ? ownIn(memory.get(names.own)) : null;
  let handingIn = own ? Number(memory.get(names.handingIn)) : 0;
  return {
    token: () => token,
    own: () => own,
    /** What the seat is known by; "" where there is none. */
    seat: () => own?.you.return_code ?? "",
    /** Make the secret that is the seat, before anybody is asked: who asks twice gets the same one. */
    make() {
      token ||= makeToken();
      memory.set(names.token, token);
      return token;
    },
    /** @param {Own | null} now null where the room knows the seat no more */
    keep(now) {
      own = now;
      memory.set(names.own, now ? JSON.stringify(now) : "");
      if (!now) this.handIn(0);
    },
    handingIn: () => handingIn,
    /** @param {number} pass 0 for none */
    handIn(pass) {
      handingIn = pass;
      memory.set(names.handingIn, pass ? String(pass) : "");
    },
  };
}

/**
 * What asks the room, and knows from the answers whether it is there.
 * @param {ReturnType<typeof createMemory>} memory @param {() => void} renew
 * @param {(refusal: InstanceType<typeof Refusal>, seat: string) => void} refused is told with what seat one had asked
 * @param {() => void} ring @param {AbortSignal} signal
 */
function createAsker(memory, renew, refused, ring, signal) {
  const ask = createAsking(memory.token);
  const again = createAgain(renew, signal);
  let away = false;
  return {
    away: () => away,
    /** @param {string} path @param {object} [sent] */
    async ask(path, sent) {
      const [before, seat] = [away, memory.seat()];
      try {
        const answer = await ask(path, sent);
        if (away) dispatchEvent(new Event("essay-explorer-back")); // news.js: its stream may have died meanwhile
        away = false;
        return answer;
      } catch (error) {
        away = !(error instanceof Refusal);
        if (error instanceof Refusal) refused(error, seat);
        throw error;
      } finally {
        if (away) again.soon();
        else again.rest();
        if (away !== before) ring();
      }
    },
  };
}

/** @param {string} code of the room @param {Lens["dom"]["memory"]} device @param {AbortSignal} signal */
export function createRoom(code, device, signal) {
  const { ring, observe } = createBell();
  const memory = createMemory(code, device);
  const { own } = memory;
  /** @type {TheClass | null} */
  let seen = null;
  let [over, lost, ahead] = ["", "", 0];
  const refused = (/** @type {InstanceType<typeof Refusal>} */ { word, message }, /** @type {string} */ asked) => {
    if (word === "stranger") {
      if (asked !== memory.seat()) return; // the seat was taken while this question was on its way
      lost = own() ? STRANGE : lost;
      memory.keep(null);
    } else if (word === "gone" || word === "removed") over = message;
    else return;
    ring();
  };
  const renew = () => (memory.token() ? askOwn("mine").then(take) : Promise.resolve()).catch(() => {});
  const { ask, away } = createAsker(memory, renew, refused, ring, signal);
  const askOwn = createNewest(/** @type {(path: string, sent?: object) => Promise<Own>} */ (ask));
  const askClass = createNewest(() => {
    const you = own()?.you;
    const asked = you?.sees_class ? ["class", ...(you.group ? ["group"] : [])] : [];
    return Promise.all(asked.map((path) => ask(path)));
  });
  const look = async () => {
    const answers = await askClass();
    if (!answers) return;
    const [found = null, group] = answers;
    seen = found && { ...found, group };
    ring();
  };
  const take = async (/** @type {Own | null} */ answer) => {
    if (!answer) return;
    [over, lost] = ["", ""];
    ahead = Date.parse(answer.room.now) - Date.now();
    memory.keep(answer);
    ring();
    await look();
  };
  const sit = async (/** @type {string} */ path, /** @type {object} */ sent) =>
    take(await askOwn(path, { seat: memory.make(), ...sent }));
  addEventListener("online", renew, { signal });
  return {
    ...{ code, observe, ask, away, renew, own },
    /** What the class marked, as far as it is to be seen; null before that. */
    seen: () => seen,
    /** Why there is nothing more to do here; "" while there is. */
    over: () => over,
    /** Why this phone stands at the door again; "" where it comes for the first time. */
    lost: () => lost,
    /** The pass that is to be handed in and is not yet, as this phone remembers; 0 for none. */
    handingIn: memory.handingIn,
    /** @param {number} pass */
    handIn(pass) {
      memory.handIn(pass);
      ring();
    },
    /** The moment that it is in the room. */
    now: () => Date.now() + ahead,
    /** @param {string} name */
    join: (name) => sit("join", { name }),
    /** Take the seat that was somebody's on another phone. @param {string} given its code */
    goOn: (given) => sit("return", { code: given }),
    /** @param {Piece} piece of news */
    hear({ kind }) {
      if (away() || kind === "room") renew();
      else if (kind === "class") look().catch(() => {});
    },
  };
}

/** @typedef {ReturnType<typeof createRoom>} Room */

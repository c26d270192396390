// @ts-check
/** The way of an author's acts to the reading's files: to the server of the page, or to Python. Part of editor.js. */
/** @import { Model } from "./types.d.ts" */

/**
 * @typedef {{id: string, quote: string, note: string, tags: string[]}} Lost
 * @typedef {{undo: string, redo: string, facts: Record<string, string>, aliases: Record<string, string[]>,
 *   own: Record<string, string[]>, lost: Lost[]}} Desk
 * @typedef {{lens: string, choosing: string, desk: Desk, door: string, key: string, version: string}} EditorTraits
 * @typedef {{said?: string, question?: string, fault?: string, undo?: string, redo?: string, version?: string}} Outcome
 * @typedef {{do: string, [name: string]: unknown}} Act
 */

const PATIENCE = 60_000; // ms: as long as the lock of a reading is waited for
const AWAY = say("Nobody answers. Is the editor still running? What you wrote is still here.");

/** A name for an act that no other has; `randomUUID` is missing on plain http from elsewhere. */
const newName = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (one) => one.toString(36)).join("-");

/** To the server. @param {Model<EditorTraits>} model */
const byRequest = (model) => async (/** @type {object} */ body) => {
  const answer = await fetch(model.get("door"), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Essay-Explorer-Key": model.get("key") },
    body: JSON.stringify(body),
  });
  return /** @type {Outcome} */ (await answer.json());
};

/** To Python. @param {Model<EditorTraits>} model @param {AbortSignal} signal */
function byMessage(model, signal) {
  /** @type {Map<string, (outcome: Outcome) => void>} */
  const waiting = new Map();
  const onMessage = (/** @type {any} */ { edited, ...outcome }) => {
    waiting.get(edited)?.(outcome);
    waiting.delete(edited);
  };
  model.on("msg:custom", onMessage);
  signal.addEventListener("abort", () => model.off("msg:custom", onMessage));
  return (/** @type {{name: string}} */ body) =>
    new Promise((/** @type {(outcome: Outcome) => void} */ done, fail) => {
      waiting.set(body.name, done);
      setTimeout(fail, PATIENCE);
      model.send({ edit: body, name: body.name });
    });
}

/**
 * What sends acts, one after the other, and tells what became of each.
 * @param {Model<EditorTraits>} model @param {AbortSignal} signal
 */
export function createSender(model, signal) {
  const byPython = byMessage(model, signal);
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  const ask = async (/** @type {object} */ wanted) => {
    const body = { ...wanted, name: newName() };
    try {
      const outcome = await (model.get("door") ? byRequest(model)(body) : byPython(body));
      if (outcome.undo !== undefined)
        model.set("desk", { ...model.get("desk"), undo: outcome.undo, redo: outcome.redo ?? "" });
      if (outcome.version) model.set("version", outcome.version);
      return outcome;
    } catch {
      return { fault: AWAY };
    }
  };
  const inTurn = (/** @type {object} */ wanted) => {
    const now = last.then(() => ask(wanted));
    last = now;
    return now;
  };
  return {
    /** @param {Act} act @param {boolean} [sure] whether its question was answered with yes */
    act: (act, sure = false) => inTurn({ act, sure }),
    undo: () => inTurn({ undo: true }),
    redo: () => inTurn({ redo: true }),
  };
}

/** @typedef {ReturnType<typeof createSender>} Sender */

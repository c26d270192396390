// @ts-check
/**
 * The steps in which marks were made, changed and removed: each can be taken back, and taken again. Part of marks.js.
 */
/** @import { Step } from "./types.d.ts" */

/** @typedef {{now: () => number, id: () => string}} Clock */

const MOST_STEPS = 300; // that can be taken back

/** @param {Clock} clock */
export function createSteps(clock) {
  /** @type {Step[]} */
  let steps = []; // in their order; those that were taken back are the last
  const firstUndone = () => {
    const at = steps.findIndex((step) => step.undone);
    return at < 0 ? steps.length : at;
  };
  /** @param {number} at @param {boolean} undone */
  const turn = (at, undone) => {
    if (!steps[at]) return null;
    steps[at] = { ...steps[at], undone };
    return steps[at];
  };
  return {
    /**
     * A step more; those that were taken back cannot be taken again. `typing`: it goes on with the last one, if that
     * was typing in the same mark, and is taken back together with it.
     * @param {Step["changes"]} changes
     */
    add(changes, typing = false) {
      const last = steps.at(-1);
      if (typing && last?.typing && !last.undone && last.changes[0].id === changes[0].id) {
        const longer = { ...last, changes: [{ ...changes[0], before: last.changes[0].before }] };
        steps = [...steps.slice(0, -1), longer];
        return { steps: [longer], dropped: [] };
      }
      const step = {
        id: clock.id(),
        time: Math.max(clock.now(), (last?.time ?? 0) + 1),
        changes,
        undone: false,
        typing,
      };
      const all = [...steps.slice(0, firstUndone()), step];
      const dropped = [...steps.slice(firstUndone()), ...all.slice(0, -MOST_STEPS)].map(({ id }) => id);
      steps = all.slice(-MOST_STEPS);
      return { steps: [step], dropped };
    },
    /** The last step, which is taken back by this; null where there is none. */
    back: () => turn(firstUndone() - 1, true),
    /** The first step that was taken back, which is taken again by this. */
    again: () => turn(firstUndone(), false),
    canUndo: () => firstUndone() > 0,
    canRedo: () => firstUndone() < steps.length,
    /** The steps that another tab, or the device, has. @param {Step[]} given @param {string[]} [dropped] */
    take(given, dropped = []) {
      const known = new Map(steps.map((step) => [step.id, step]));
      for (const step of given) known.set(step.id, step);
      for (const id of dropped) known.delete(id);
      steps = [...known.values()].sort((one, other) => one.time - other.time);
    },
    clear() {
      steps = [];
    },
  };
}

// @ts-check
/** Listeners that hear of any number of changes once, when all that runs now has run. */

export function createBell() {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let due = false;
  const ring = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      for (const listener of [...listeners]) listener();
    });
  };
  /**
   * Call `listener` once after each change, until `until` aborts.
   * @param {() => void} listener @param {AbortSignal} until
   */
  const observe = (listener, until) => {
    listeners.add(listener);
    until.addEventListener("abort", () => listeners.delete(listener));
  };
  return { ring, observe };
}

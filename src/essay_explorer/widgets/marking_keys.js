// @ts-check
/** Marking by keys: sentence by sentence, a theme's letter marks. Part of essay_text.js. */
/** @import { Chooser, Lens } from "./types.d.ts" */

const TYPED = "input, textarea, select, [contenteditable]";
/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The tag that a key means: the one with this code, whatever its case; of longer codes, the first letter where it is
 * nobody else's.
 * @param {{id: string, code: string}[]} tags @param {string} key
 */
export function tagOfKey(tags, key) {
  const letter = key.toLowerCase();
  const whole = tags.find(({ code }) => code === key) ?? tags.find(({ code }) => code.toLowerCase() === letter);
  const first = tags.filter(({ code }) => code.toLowerCase().startsWith(letter));
  return (whole ?? (first.length === 1 ? first[0] : undefined))?.id ?? "";
}

/**
 * What a key does in marking mode; undefined where it does nothing.
 * @param {Lens} lens @param {Chooser} marks @param {{step: (by: number, extend: boolean) => void}} text
 */
function actsOf(lens, marks, text) {
  /** @param {KeyboardEvent} event @returns {(() => void) | undefined} */
  return ({ key, shiftKey, ctrlKey, metaKey }) => {
    const letter = key.toLowerCase();
    if (letter === "z" && (ctrlKey || metaKey)) return () => marks.go(shiftKey ? "redo" : "undo");
    if (letter === "y" && ctrlKey) return () => marks.go("redo");
    if (ctrlKey || metaKey) return undefined;
    const by = STEPS[key];
    if (by) return () => text.step(by, shiftKey);
    if (key === "Delete" || key === "Backspace") return () => marks.removeChosen();
    if (key === "Escape" && marks.choice()) return () => marks.choose(null);
    if (key === "Enter") return () => marks.explainNow();
    const tag = key.length === 1 ? tagOfKey([...lens.tags.values()], key) : "";
    if (tag) return () => marks.toggle(tag);
    if (letter === "n") return () => marks.explainNow();
    if (letter === "z") return () => marks.go(shiftKey ? "redo" : "undo");
    return undefined;
  };
}

/**
 * Keys count in the text, and where nothing has the focus if the page is the explorer.
 * @param {Lens} lens @param {Chooser} marks @param {HTMLElement} article
 * @param {{step: (by: number, extend: boolean) => void}} text @param {AbortSignal} signal
 */
export function addMarkingKeys(lens, marks, article, text, signal) {
  const actOf = actsOf(lens, marks, text);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { target, altKey, isComposing } = event;
    if (!marks.isChoosing(lens) || altKey || isComposing || !(target instanceof HTMLElement) || target.closest(TYPED))
      return;
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  article.addEventListener("keydown", onKey, { signal, capture: true });
  const onPageKey = (/** @type {KeyboardEvent} */ event) => {
    const isPage = document.documentElement.dataset.essayExplorer !== undefined && !article.closest(".framed");
    if (isPage && event.target === document.body) onKey(event);
  };
  document.addEventListener("keydown", onPageKey, { signal, capture: true });
}

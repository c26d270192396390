// @ts-check
/**
 * Choosing what to mark in the text: by a tap, by selecting, by keys; and how what is chosen looks. Part of
 * essay_text.js.
 */
/** @import { Chooser, Lens } from "./types.d.ts" */
/** @import { Article } from "./article.js" */

const CHOSEN = "essay-explorer-chosen";
const BEGIN = 0.3; // of the height of the screen: there keys begin
const LABEL = say("The text, to be marked. Arrow keys go from sentence to sentence, a theme’s letter marks.");

/**
 * The offset of the place that was tapped; null where that is no text.
 * @param {Article} article @param {Chooser} marks @param {Element} target
 */
function tappedAt(article, marks, target) {
  const element = target.closest(".segment");
  const at = article.paragraphs().findIndex((one) => one.element.contains(target));
  if (at < 0) return null;
  const { parts = [] } = article.readyAt(at) ?? {};
  const part = parts.find((one) => one.element === element);
  return part ? marks.text().starts[at] + part.segment.start : null;
}

/** What shows a choice, where the browser has highlights of one's own; else it is selected. */
function createPaint() {
  /** @type {Range[]} */
  let shown = [];
  return (/** @type {Range[]} */ ranges) => {
    if (!CSS.highlights) return;
    const all = CSS.highlights.get(CHOSEN) ?? new Highlight();
    for (const old of shown) all.delete(old); // other views of this page keep theirs
    for (const range of ranges) all.add(range);
    shown = ranges;
    CSS.highlights.set(CHOSEN, all);
  };
}

/**
 * Words that are selected freely are chosen when that has ended: the mouse is up, Shift is up, or a touch brings the
 * menu of the system. What a finger goes on changing waits until it is asked for.
 * @param {Lens} lens @param {Chooser} marks @param {Article} article @param {AbortSignal} signal
 */
function addSelecting(lens, marks, article, signal) {
  let from = "";
  const take = () => {
    const selected = marks.isChoosing(lens) && selectedIn(article, marks.text());
    if (!selected) return false;
    marks.take(selected);
    if (from !== "touch") getSelection()?.removeAllRanges(); // handles stay where a finger has them
    return true;
  };
  const onDown = (/** @type {PointerEvent} */ { pointerType }) => {
    from = pointerType;
  };
  article.element.addEventListener("pointerdown", onDown, { signal });
  let taken = false;
  const onUp = (/** @type {PointerEvent} */ { pointerType }) => {
    if (pointerType === "touch" || !from) return;
    setTimeout(() => {
      taken = take();
      setTimeout(() => {
        taken = false;
      });
    });
  };
  addEventListener("pointerup", onUp, { signal });
  addEventListener("keyup", ({ key }) => key === "Shift" && take(), { signal });
  article.element.addEventListener("contextmenu", () => from === "touch" && take(), { signal });
  const onChange = () => {
    if (!marks.isChoosing(lens)) return;
    const waits = from === "touch" && selectedIn(article, marks.text()) !== null;
    marks.offerSelection(waits ? take : null);
  };
  document.addEventListener("selectionchange", onChange, { signal });
  return { isSelecting: () => taken || getSelection()?.isCollapsed === false };
}

/**
 * Marking mode switches what the text is to keys and to screen readers.
 * @param {HTMLElement} article @param {boolean} on
 */
function dress(article, on) {
  article.closest(".essay-text")?.classList.toggle("marking", on);
  for (const [name, value] of Object.entries({ role: "application", tabindex: "0", "aria-label": LABEL })) {
    if (on) article.setAttribute(name, value);
    else article.removeAttribute(name);
  }
}

/**
 * @param {Lens} lens @param {Chooser} marks @param {Article} article
 * @param {(element: Element | null | undefined, block?: "nearest") => void} scrollTo @param {AbortSignal} signal
 */
export function createMarking(lens, marks, article, scrollTo, signal) {
  const paint = createPaint();
  let on = false;
  const ranges = () => {
    const choice = on ? marks.choice() : null;
    return choice ? rangesOver(article, marks.spansOf(choice)) : [];
  };
  const draw = () => {
    const now = marks.isChoosing(lens);
    if (now !== on) {
      on = now;
      dress(article.element, on);
      if (on)
        setTimeout(marks.sentences); // so that the first tap finds all that it needs
      else marks.choose(null);
    }
    paint(ranges());
  };
  const selecting = addSelecting(lens, marks, article, signal);
  const onClick = (/** @type {MouseEvent} */ event) => {
    if (!marks.isChoosing(lens)) return;
    event.preventDefault();
    event.stopPropagation();
    const offset = tappedAt(article, marks, /** @type {Element} */ (event.target));
    if (selecting.isSelecting() || offset === null) return;
    marks.tap(offset);
    article.element.focus({ preventScroll: true });
  };
  article.element.addEventListener("click", onClick, { signal, capture: true });
  /** Where keys begin: at the first text below the place where one reads. */
  const begin = () => {
    const first = article.paragraphs()[0]?.element.getBoundingClientRect().top ?? 0;
    const eye = first > 0 ? 0 : BEGIN * innerHeight; // who sees the beginning begins there
    const at = article.paragraphs().findIndex(({ element }) => element.getBoundingClientRect().bottom > eye);
    return marks.text().starts[Math.max(0, at)];
  };
  const step = (/** @type {number} */ by, /** @type {boolean} */ extend) => {
    marks.step(by, extend, begin());
    const choice = marks.choice();
    const edge = choice && marks.spansOf(choice).at(by > 0 ? -1 : 0);
    if (!edge) return;
    const ready = article.readyAt(edge[0] - 1);
    const parts = ready?.parts.filter(({ segment }) => segment.start < edge[2] && segment.start >= edge[1]) ?? [];
    scrollTo(parts.at(by > 0 ? -1 : 0)?.element ?? ready?.element, "nearest");
  };
  addMarkingKeys(lens, marks, article.element, { step }, signal);
  marks.measure(() => boxAround(ranges()));
  marks.leadBack(() => article.element.focus({ preventScroll: true }));
  marks.observe(draw, signal);
  setTimeout(() => signal.aborted || marks.start(lens)); // the text comes first
  return { draw, clear: () => paint([]) };
}

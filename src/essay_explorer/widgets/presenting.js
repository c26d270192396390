// @ts-check
/**
 * Presenting: the text alone and large, a paragraph or a stop of the tour at a time, for the wall. Part of explorer.js.
 */
/** @import { Lens } from "./types.d.ts" */
/** @import { Box, Whereabouts } from "./whereabouts.js" */

/** The last two of each way are those of a clicker and of who reads. @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const TOP = 0.12; // of the height of the screen: there a paragraph begins
const STOP = 0.3; // of the height: there a passage begins
const PAGE = 0.7; // of the height: so far one goes in a paragraph that is higher than the screen

/**
 * How far to go on (1) or back (-1) inside of a paragraph before the next one comes; 0 where all of it was seen.
 * @param {Box} box @param {Box} view @param {number} by
 */
export function within(box, { top, bottom }, by) {
  const height = bottom - top;
  const left = by > 0 ? box.bottom - bottom : top - box.top;
  return left > 1 ? by * Math.min(PAGE * height, left + TOP * height) : 0;
}

/** The bar below the text: where one is, what the tour says there, and the ways. @param {Lens} lens */
function createBar({ dom: { h, signButton } }) {
  const reached = h("p", { className: "reached" });
  const remark = h("p", { className: "remark", dir: "auto", hidden: true });
  const says = h("div", { className: "says-where", role: "status" }, reached, remark);
  const [back, next] = [signButton("←", say("Back")), signButton("→", say("Next"))];
  const end = signButton("×", say("End presenting (Esc)"));
  const element = h("div", { className: "wall", role: "group", hidden: true }, says, back, next, end);
  element.setAttribute("aria-label", say("Presenting"));
  return { element, reached, remark, back, next, end };
}

/**
 * What the bar says of a stop, by its number; 0 for none.
 * @param {Lens} lens @param {ReturnType<typeof createBar>} bar @param {number} tour
 */
function tellStop({ content }, { element, reached, remark }, tour) {
  const stop = content.tour[tour - 1];
  element.classList.toggle("touring", Boolean(stop));
  remark.hidden = !stop?.text;
  if (!stop) return;
  reached.textContent = `${say("Stop {tour} of {count}", { tour, count: content.tour.length })}: ${stop.title}`;
  remark.textContent = stop.text;
  remark.lang = content.language;
}

/** As much of the screen as one gets. @param {HTMLElement} root */
function createScreen(root) {
  const whole = () => (root.classList.contains("framed") ? root : document.documentElement);
  let taken = false;
  return {
    async take() {
      try {
        await whole().requestFullscreen?.({ navigationUI: "hide" });
        taken = document.fullscreenElement === whole();
      } catch {
        taken = false; // it goes without
      }
    },
    async leave() {
      if (taken && document.fullscreenElement) await document.exitFullscreen();
      taken = false;
    },
    /** Whether the reader has left it. */
    isLeft: () => taken && !document.fullscreenElement,
  };
}

/**
 * What goes from paragraph to paragraph, lights the one, and says where one is.
 * @param {Lens} lens @param {Whereabouts} where @param {ReturnType<typeof createBar>} bar
 */
function createWalk(lens, where, bar) {
  /** @type {HTMLElement | undefined} */
  let lit;
  const light = (/** @type {HTMLElement | undefined} */ paragraph) => {
    lit?.classList.remove("now");
    paragraph?.classList.add("now");
    lit = paragraph;
  };
  const go = (/** @type {HTMLElement | undefined} */ paragraph) => {
    if (!paragraph) return;
    light(paragraph);
    where.reach(paragraph, TOP);
    bar.reached.textContent = say("Paragraph {number} of {count}", {
      number: lens.numberOf(Number(paragraph.dataset.paragraph)),
      count: lens.numberOf(lens.content.paragraphs.length),
    });
  };
  /** @param {number} by */
  const step = (by) => {
    if (!lit) return;
    const { top, bottom } = where.view();
    const rest = within(lit.getBoundingClientRect(), { top, bottom: bottom - bar.element.offsetHeight }, by);
    if (rest) return where.scroll(rest);
    const all = where.paragraphs();
    go(all[all.indexOf(lit) + by]);
  };
  return { go, step, again: () => go(lit), end: () => light(undefined) };
}

/**
 * The keys of a clicker step, wherever the focus is; Esc ends it.
 * @param {HTMLElement} root @param {() => boolean} isShown @param {(by: number) => void} step @param {() => void} end
 * @param {AbortSignal} signal
 */
function addKeys(root, isShown, step, end, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const by = STEPS[event.key];
    if (!isShown() || !(by || event.key === "Escape") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (by) step(by);
    else end();
  };
  root.addEventListener("keydown", onKey, { signal, capture: true });
  if (root.classList.contains("framed")) return;
  const onPageKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === document.body || event.target === document.documentElement) onKey(event);
  };
  document.addEventListener("keydown", onPageKey, { signal });
}

/**
 * @param {Lens} lens @param {HTMLElement} root @param {Whereabouts} where @param {AbortSignal} signal
 */
export function createPresenting(lens, root, where, signal) {
  const bar = createBar(lens);
  const screen = createScreen(root);
  const walk = createWalk(lens, where, bar);
  let shown = false;
  /** @type {HTMLElement | null} */
  let opener = null;
  const end = () => lens.present(false);
  /** @param {number} by */
  const step = (by) => {
    const { tour } = lens.state();
    if (!tour) walk.step(by);
    else if (lens.content.tour[tour + by - 1]) lens.visit(tour + by);
  };
  addKeys(root, () => shown, step, end, signal);
  /** The screen has another size, or shows something else: what is presented comes into its place. */
  const settle = () => {
    const stop = /** @type {HTMLElement | null} */ (root.querySelector("mark.stop"));
    if (stop) where.reach(stop, STOP);
    else walk.again();
  };
  const onScreen = () => {
    if (screen.isLeft()) end();
    else if (shown) settle();
  };
  document.addEventListener("fullscreenchange", onScreen, { signal });
  bar.back.addEventListener("click", () => step(-1));
  bar.next.addEventListener("click", () => step(1));
  bar.end.addEventListener("click", end);

  const change = (/** @type {boolean} */ on) => {
    const read = where.read();
    root.classList.toggle("presenting", on);
    bar.element.hidden = !on;
    shown = on;
    if (on) {
      const from = document.activeElement;
      opener = from?.closest(".comforts")?.querySelector("button") ?? /** @type {HTMLElement | null} */ (from);
      screen.take();
      if (lens.state().tour) settle();
      else walk.go(read);
      bar.next.focus({ preventScroll: true });
      return;
    }
    walk.end();
    if (read) where.reach(read, TOP);
    screen.leave();
    if (opener?.checkVisibility()) opener.focus({ preventScroll: true });
  };
  const draw = () => {
    const { presenting } = lens.opened();
    if (presenting !== shown) change(presenting);
    tellStop(lens, bar, shown ? lens.state().tour : 0);
  };
  lens.observe(draw, signal);
  const button = lens.dom.h("button", { type: "button", className: "present" }, say("Present"));
  button.title = say("The text alone, large, for the wall");
  button.addEventListener("click", () => lens.present(true));
  return { element: bar.element, button };
}

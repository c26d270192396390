// @ts-check
/** The tour: the stop that the reader has come to, its remark, and the way on and back. */
/** @import { Lens, LensView, View } from "./types.d.ts" */

/** @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }; // the last two are those of a clicker
const FARTHEST = 45; // px; a finger that went less far to a side has not swiped

/** Where one is, in words. @param {number} tour @param {number} length */
export const placeOf = (tour, length) => say("Stop {tour} of {count}", { tour, count: length });

/**
 * Which way a finger has swiped: on (1), back (-1) or neither (0).
 * @param {number} across px, to the right @param {number} down px
 */
export function swiped(across, down) {
  return Math.abs(across) < FARTHEST || Math.abs(across) < 2 * Math.abs(down) ? 0 : -Math.sign(across);
}

/** The frame of the panel. @param {Lens} lens */
function createPanel({ dom: { h, signButton } }) {
  const place = h("p", { className: "where" });
  const close = signButton("×", say("End the tour (Esc)"), "step close");
  const title = h("h2", { tabIndex: -1, dir: "auto" });
  const text = h("p", { className: "remark", dir: "auto" });
  const back = h("button", { type: "button", className: "go" }, say("← Back"));
  const next = h("button", { type: "button", className: "go next" }, say("Next →"));
  const passage = h("button", { type: "button", className: "quiet" }, say("About this passage"));
  const present = h("button", { type: "button", className: "quiet present" }, say("Present"));
  present.title = say("The text alone, large, for the wall");
  const bar = h("div", { className: "bar" }, place, close);
  const more = h("div", { className: "more" }, passage, present);
  const way = h("div", { className: "way" }, back, next, more);
  const says = h("p", { className: "spoken", role: "status" });
  const body = h("div", { className: "body" }, title, text);
  const progress = h("div", { className: "progress", "aria-hidden": "true" }, h("i"));
  const inner = h("section", { className: "inner", "aria-label": say("Tour") }, bar, progress, body, way);
  const root = h("div", { className: "tour-panel" }, inner, says);
  return { root, inner, place, close, title, text, back, next, passage, present, says };
}

/**
 * What the panel says of a stop.
 * @param {Lens} lens @param {ReturnType<typeof createPanel>} panel @param {number} tour
 */
function fill(lens, panel, tour) {
  const { tour: stops, language } = lens.content;
  const stop = stops[tour - 1];
  const where = placeOf(tour, stops.length);
  panel.place.textContent = where;
  panel.title.textContent = stop.title;
  panel.text.textContent = stop.text;
  panel.title.lang = panel.text.lang = language;
  panel.back.disabled = tour === 1;
  panel.next.textContent = tour === stops.length ? say("Finish") : say("Next →");
  panel.root.style.setProperty("--way", String(tour / stops.length));
  panel.says.textContent = `${where}: ${stop.title}`;
}

/**
 * What stands where the tour will, for one that is not in an explorer: what leads into it, or that there is none.
 * @param {Lens} lens
 */
function createOffer(lens) {
  const { h } = lens.dom;
  const element = h("div", { className: "offer" });
  /** @type {Lens["content"] | null} */
  let drawn = null;
  return {
    element,
    draw() {
      element.hidden = Boolean(lens.state().tour);
      if (drawn === lens.content) return;
      drawn = lens.content;
      const none = h("p", {}, say("This reading has no tour."));
      element.replaceChildren(...(drawn.tour?.length ? tourButton(lens) : [none]));
    },
  };
}

/**
 * Keys and fingers step.
 * @param {HTMLElement} root @param {Lens} lens @param {(by: number) => void} step @param {AbortSignal} signal
 */
function addSteps(root, lens, step, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const by = KEYS[event.key];
    if (
      !by ||
      !lens.state().tour ||
      lens.opened().presenting ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    step(by);
  };
  root.addEventListener("keydown", onKey, { signal });
  const onPageKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.target === document.body && !root.closest(".framed") && !lens.state().at) onKey(event);
  };
  document.addEventListener("keydown", onPageKey, { signal });
  let [x, y] = [0, 0];
  const onDown = (/** @type {TouchEvent} */ { touches }) => {
    [x, y] = [touches[0].clientX, touches[0].clientY];
  };
  const onUp = (/** @type {TouchEvent} */ { changedTouches: [touch] }) => {
    const by = swiped(touch.clientX - x, touch.clientY - y);
    if (by) step(by);
  };
  root.addEventListener("touchstart", onDown, { signal, passive: true });
  root.addEventListener("touchend", onUp, { signal, passive: true });
}

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const panel = createPanel(lens);
  const offer = el.closest(".essay-explorer") ? null : createOffer(lens);
  if (offer) panel.root.prepend(offer.element);
  let drawn = 0;
  /** @type {Element | null} */
  let opener = null; // where the focus was when the tour began
  const end = () => lens.visit(0);
  const step = (/** @type {number} */ by) => {
    const to = lens.state().tour + by;
    if (to > lens.content.tour.length) end();
    else if (to >= 1) lens.visit(to);
  };
  const draw = () => {
    const { tour } = lens.state();
    panel.inner.hidden = !tour;
    offer?.draw();
    if (tour) fill(lens, panel, tour);
    else panel.says.textContent = drawn ? say("The tour has ended") : "";
    const active = lens.dom.focused(panel.root);
    if (tour && !drawn && active instanceof HTMLElement && active.closest(".begin-tour")) {
      opener = active;
      queueMicrotask(() => panel.title.focus({ preventScroll: true })); // when the explorer has made room for it
    } else if (!tour && drawn && opener && (active === document.body || panel.root.contains(active))) {
      /** @type {HTMLElement} */ (opener).focus({ preventScroll: true });
      opener = null;
    } else if (tour === 1 && active === panel.back) panel.next.focus({ preventScroll: true });
    drawn = tour;
  };
  panel.back.addEventListener("click", () => step(-1));
  panel.next.addEventListener("click", () => step(1));
  panel.close.addEventListener("click", end);
  panel.passage.addEventListener("click", () => {
    lens.open(lens.content.tour[lens.state().tour - 1].at, panel.passage);
  });
  panel.present.addEventListener("click", () => lens.present(true));
  addSteps(panel.root, lens, step, signal);
  lens.observe(draw, signal);
  draw();
  el.replaceChildren(panel.root);
  lens.dress(model, el, signal);
  return () => el.replaceChildren();
}

export default { render };

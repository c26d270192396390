// @ts-check
/** The whole explorer: filter, text, card and charts side by side, or one over the other where there is little room. */
/** @import { Lens, View } from "./types.d.ts" */

/**
 * @typedef {Record<"lens" | "filter" | "text" | "card" | "tour" | "differ", string>} Always
 * @typedef {Always & Record<"charts" | "marks" | "sheet" | "homework", string | null> & {editor?: string | null}} Views
 * @typedef {Views & {frame: "notebook" | "page"}} Traits
 */
/** @typedef {{root: HTMLElement, text: HTMLElement}} Rooms the explorer, and where in it the text is */

const FIRST_CHART = "dispersion";
const EYES = [0.3, 0.36, 0.5]; // of the height of the screen: what the reader looks at, not between two paragraphs
const STILL = 2; // px; what moved less has not been scrolled
const SEEN = ".essay-text :is(.segment, .paragraph, .head *)";

/** What an element stands in: the page, or a shadow root of it. @param {Element} one */
const treeOf = (one) => /** @type {Document | ShadowRoot} */ (one.getRootNode());

/** @param {Element} one */
const topOf = (one) => one.getBoundingClientRect().top;

/**
 * What does something that lays the text out anew, and keeps what the reader looks at where it is.
 * @param {Rooms} rooms
 */
function keepingPlace({ root, text }) {
  /** @type {Element | null | undefined} */
  let seen; // what the reader looked at the last time, and how high on the screen it was
  let height = 0;
  /**
   * What is in focus where that is on the screen, else what was seen if it still stands there, else what stands at the
   * eye.
   * @param {Element} frame @param {number} start
   */
  const find = (frame, start) => {
    const here = text.querySelector("mark.here");
    if (here && topOf(here) >= start && topOf(here) < start + frame.clientHeight) return here;
    if (seen?.isConnected && Math.abs(topOf(seen) - height) <= STILL) return seen;
    const { left, width } = text.getBoundingClientRect();
    const at = (/** @type {number} */ share) =>
      treeOf(text).elementFromPoint(left + 0.4 * width, start + share * frame.clientHeight);
    return EYES.map((share) => at(share)?.closest(SEEN)).find(Boolean);
  };
  return (/** @type {() => void} */ change) => {
    const frame = root.classList.contains("framed") ? root : document.documentElement;
    if (!root.isConnected || frame.scrollTop < STILL) return change(); // one looks at nothing yet, or at the top
    seen = find(frame, frame === root ? topOf(root) : 0);
    height = seen ? topOf(seen) : 0;
    change();
    if (seen) frame.scrollBy({ top: topOf(seen) - height, behavior: "instant" });
  };
}

/** The buttons above the filter. @param {Lens} lens @param {boolean} withCharts @param {boolean} withMarks */
function createTools({ dom: { h } }, withCharts, withMarks) {
  const sheet = h("button", { type: "button", className: "sheet", "aria-expanded": "false" }, say("Filters"));
  const charts = h("button", { type: "button", className: "charts", "aria-pressed": "false" }, say("Charts"));
  const mark = h("button", { type: "button", className: "mark", "aria-pressed": "false" }, say("Mark"));
  const element = h(
    "div",
    { className: "tools" },
    sheet,
    ...(withMarks ? [mark] : []),
    ...(withCharts ? [charts] : []),
  );
  return { element, sheet, charts, mark };
}

/** @typedef {ReturnType<typeof createTools>} Tools */

/**
 * What can be opened and closed: the sheet of filters, the charts, and marking.
 * @param {Lens} lens @param {HTMLElement} root @param {Tools} tools
 */
function createOpenings(lens, root, { sheet, charts, mark }) {
  /** @param {boolean} open */
  const showCharts = (open) => {
    lens.chart(open ? FIRST_CHART : "");
    if (open) lens.unfold(false);
    else charts.focus();
  };
  sheet.addEventListener("click", () => lens.unfold(!lens.opened().unfolded));
  charts.addEventListener("click", () => showCharts(!lens.state().chart));
  mark.addEventListener("click", () => lens.mark(!lens.marking()));
  /**
   * Esc leaves one thing at a time: the sheet, the card, marking, the charts, the filter. Says whether there was one.
   */
  const leave = () => {
    if (lens.opened().unfolded) {
      lens.unfold(false);
      sheet.focus();
    } else if (lens.state().at) lens.close();
    else if (lens.marking()) lens.mark(false);
    else if (lens.state().tour) lens.visit(0);
    else if (lens.compared()) lens.compare("");
    else if (root.classList.contains("charted")) showCharts(false);
    else if (lens.active()) lens.clearOne();
    else return false;
    return true;
  };
  const draw = () => {
    const { unfolded } = lens.opened();
    root.classList.toggle("unfolded", unfolded);
    sheet.setAttribute("aria-expanded", String(unfolded));
    sheet.textContent = unfolded ? say("Done") : say("Filters");
    const marking = lens.marking();
    const focused = lens.dom.focused(root); // the text has lost it, or the bar took it along
    const isOurs = focused === document.body || root.contains(focused);
    if (root.classList.contains("marking") && !marking && isOurs) mark.focus({ preventScroll: true });
    root.classList.toggle("marking", marking);
    mark.setAttribute("aria-pressed", String(marking));
  };
  return { showCharts, leave, draw };
}

/** @param {HTMLElement} root @param {() => boolean} leave @param {AbortSignal} signal */
function addEscape(root, leave, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !leave()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("keydown", onKey, { signal });
  if (root.classList.contains("framed")) return;
  // The page is the explorer: keys count also where nothing has the focus.
  const onPageKey = (/** @type {KeyboardEvent} */ event) => event.target === document.body && onKey(event);
  document.addEventListener("keydown", onPageKey, { signal });
}

/**
 * JupyterLab takes single keys away from a widget that does not say that it wants them. It keeps the others: Ctrl+S
 * saves the notebook.
 * @param {HTMLElement} root @param {AbortSignal} signal
 */
function keepSingleKeys(root, signal) {
  const onKey = (/** @type {KeyboardEvent} */ { altKey, ctrlKey, metaKey }) => {
    if (altKey || ctrlKey || metaKey) root.removeAttribute("data-lm-suppress-shortcuts");
    else root.setAttribute("data-lm-suppress-shortcuts", "true");
  };
  addEventListener("keydown", onKey, { signal, capture: true }); // the window hears of a key before JupyterLab does
}

/**
 * What stands around the text and its filter: how the text looks, the text for the wall, the place where one stopped.
 * @param {Lens} lens @param {Rooms} rooms @param {HTMLElement} filter @param {Tools} tools
 * @param {ReturnType<typeof keepingPlace>} inPlace @param {AbortSignal} signal
 */
function furnish(lens, { root }, filter, tools, inPlace, signal) {
  const where = createWhereabouts(root);
  const presenting = createPresenting(lens, root, where, signal);
  const bookmark = createBookmark(lens, where, signal);
  tools.element.append(createComforts(lens, inPlace, presenting.button, signal).element);
  filter.after(bookmark.element);
  root.append(presenting.element);
  bookmark.offer();
}

/**
 * Do something when all that is there now has come on the screen. A page in the background has no frame to wait for.
 * @param {() => void} then @param {AbortSignal} signal
 */
function afterFrame(then, signal) {
  const task = () => setTimeout(() => signal.aborted || then());
  if (document.hidden) task();
  else requestAnimationFrame(task);
}

/**
 * The charts' place, filled when it is wanted, else when the reader has all the rest.
 * @param {Lens} lens @param {HTMLElement} charts @param {() => Promise<void>} show @param {() => void} close
 * @param {AbortSignal} signal
 */
async function addCharts(lens, charts, show, close, signal) {
  const button = lens.dom.signButton("×", say("Close the charts (Esc)"));
  button.addEventListener("click", close);
  const fill = async () => {
    await show();
    charts.prepend(button);
  };
  if (lens.state().chart) await fill();
  else afterFrame(fill, signal);
}

/**
 * What marks are made with comes last: nobody marks what they have not read.
 * @param {HTMLElement} card @param {HTMLElement} sheet its place @param {(target: HTMLElement) => Promise<void>} show
 * @param {AbortSignal} signal
 */
function addSheet(card, sheet, show, signal) {
  card.after(sheet);
  afterFrame(() => show(sheet), signal);
}

/**
 * What a class is asked to do stands above the text.
 * @param {HTMLElement} text @param {HTMLElement} homework its place
 * @param {(target: HTMLElement) => Promise<void>} show
 */
function addHomework(text, homework, show) {
  text.prepend(homework);
  return show(homework);
}

/** @param {View<Traits>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const { h } = lens.dom;
  const place = (/** @type {string} */ name) => h("div", { className: `place ${name}` });
  const [filter, text, card, tour, differ] = ["filter", "text", "card", "tour", "differ"].map(place);
  const charts = model.get("charts") ? place("charts") : null;
  const editor = model.get("editor") ? place("editor") : null;
  const places = [filter, text, charts, editor, differ, card, tour].filter((one) => one !== null);
  const root = h("div", { className: "essay-explorer" }, h("div", { className: "grid" }, ...places));
  root.classList.toggle("framed", model.get("frame") === "notebook");
  keepSingleKeys(root, signal);
  const show = async (
    /** @type {"filter" | "text" | "card" | "tour" | "differ" | "charts" | "sheet" | "homework" | "editor"} */ name,
    /** @type {HTMLElement} */ target,
  ) => (await host.getWidget(model.get(name) ?? "")).render({ el: target, signal });
  await Promise.all([show("filter", filter), show("text", text)]);

  root.classList.toggle("edited", editor !== null);
  const tools = createTools(lens, charts !== null, Boolean(model.get("sheet")));
  const inPlace = keepingPlace({ root, text });
  const openings = createOpenings(lens, root, tools);
  filter.prepend(tools.element);
  addEscape(root, openings.leave, signal);
  const draw = () => {
    openings.draw();
    const { at, tour: stop } = lens.state();
    root.classList.toggle("carded", Boolean(at || stop)); // something stands where the card does
    root.classList.toggle("touring", Boolean(stop && !at));
    const { blind } = lens.content; // it has no charts
    const differing = lens.compared() !== null;
    const charted = Boolean(charts && !blind && lens.state().chart);
    const open = { differing, charted: charted || differing }; // they stand in one place
    tools.charts.hidden = Boolean(blind);
    for (const [name, on] of Object.entries(open))
      if (on !== root.classList.contains(name)) inPlace(() => root.classList.toggle(name, on));
    tools.charts.setAttribute("aria-pressed", String(charted && !differing));
  };
  lens.observe(draw, signal);
  draw();
  el.replaceChildren(root);
  if (lens.dress(model, el, signal))
    for (const name of /** @type {const} */ (["filter", "text"]))
      lens.dress(await host.getModel(model.get(name)), root, signal);
  await new Promise((done) => afterFrame(() => done(null), signal)); // the text and the filter work from here on
  await Promise.all([show("card", card), show("tour", tour), show("differ", differ)]);
  if (editor) await show("editor", editor);
  furnish(lens, { root, text }, filter, tools, inPlace, signal);
  const close = () => openings.showCharts(false);
  if (charts) await addCharts(lens, charts, () => show("charts", charts), close, signal);
  if (model.get("homework"))
    await addHomework(text, h("div", { className: "at-hand" }), (target) => show("homework", target));
  if (model.get("sheet")) addSheet(card, place("marks"), (target) => show("sheet", target), signal);
  return () => el.replaceChildren();
}

export default { render };

// @ts-check
/** The whole explorer: filter, text, card and charts side by side, or one over the other where there is little room. */
/** @import { Lens, View } from "./types.d.ts" */

/**
 * @typedef {{lens: string, filter: string, text: string, card: string, charts: string | null}} Views
 * @typedef {Views & {frame: "notebook" | "page"}} Traits
 */
/** @typedef {{root: HTMLElement, text: HTMLElement}} Rooms the explorer, and where in it the text is */

const FIRST_CHART = "dispersion";
const EYES = [0.3, 0.36, 0.5]; // of the height of the screen: what the reader looks at, not between two paragraphs
const STILL = 2; // px; what moved less has not been scrolled
const SEEN = ".essay-text :is(.segment, .paragraph, .head *)";

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
      document.elementFromPoint(left + 0.4 * width, start + share * frame.clientHeight);
    return EYES.map((share) => at(share)?.closest(SEEN)).find(Boolean);
  };
  return (/** @type {() => void} */ change) => {
    const frame = root.classList.contains("framed") ? root : document.documentElement;
    seen = find(frame, frame === root ? topOf(root) : 0);
    height = seen ? topOf(seen) : 0;
    change();
    if (seen) frame.scrollBy({ top: topOf(seen) - height, behavior: "instant" });
  };
}

/** The buttons above the filter. @param {Lens} lens @param {boolean} withCharts */
function createTools({ dom: { h } }, withCharts) {
  const sheet = h("button", { type: "button", className: "sheet", "aria-expanded": "false" }, "Filters");
  const letter = h("span", { "aria-hidden": "true" }, "A");
  const look = { className: "larger", "aria-pressed": "false", title: "Larger, for a projector" };
  const larger = h("button", { type: "button", ...look }, letter, " Larger");
  const charts = h("button", { type: "button", className: "charts", "aria-pressed": "false" }, "Charts");
  const element = h("div", { className: "tools" }, sheet, ...(withCharts ? [charts] : []), larger);
  return { element, sheet, larger, charts };
}

/** @typedef {ReturnType<typeof createTools>} Tools */

/**
 * What can be opened and closed: the sheet of filters, and the charts.
 * @param {Lens} lens @param {HTMLElement} root @param {Tools} tools
 */
function createOpenings(lens, root, { sheet, charts }) {
  /** @param {boolean} open */
  const unfold = (open) => {
    root.classList.toggle("unfolded", open);
    sheet.setAttribute("aria-expanded", String(open));
    sheet.textContent = open ? "Done" : "Filters";
  };
  /** @param {boolean} open */
  const showCharts = (open) => {
    lens.act({ chart: open ? FIRST_CHART : "" });
    if (open) unfold(false);
    else charts.focus();
  };
  sheet.addEventListener("click", () => unfold(!root.classList.contains("unfolded")));
  charts.addEventListener("click", () => showCharts(!lens.state().chart));
  /** Esc leaves one thing at a time: the sheet, the card, the charts, the filter. Says whether there was one. */
  const leave = () => {
    if (root.classList.contains("unfolded")) {
      unfold(false);
      sheet.focus();
    } else if (lens.state().at) lens.close();
    else if (root.classList.contains("charted")) showCharts(false);
    else if (lens.active()) lens.clear();
    else return false;
    return true;
  };
  return { showCharts, leave };
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

/** @param {View<Traits>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const { h } = lens.dom;
  const place = (/** @type {string} */ name) => h("div", { className: `place ${name}` });
  const [filter, text, card] = ["filter", "text", "card"].map(place);
  const charts = model.get("charts") ? place("charts") : null;
  const root = h(
    "div",
    { className: "essay-explorer" },
    h("div", { className: "grid" }, filter, text, ...(charts ? [charts] : []), card),
  );
  root.classList.toggle("framed", model.get("frame") === "notebook");
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // else JupyterLab takes single keys away
  const show = async (/** @type {"filter" | "text" | "card" | "charts"} */ name, /** @type {HTMLElement} */ target) =>
    (await host.getWidget(model.get(name) ?? "")).render({ el: target, signal });
  await Promise.all([show("filter", filter), show("text", text), show("card", card)]);

  const tools = createTools(lens, charts !== null);
  const inPlace = keepingPlace({ root, text });
  const { showCharts, leave } = createOpenings(lens, root, tools);
  const enlarge = () => tools.larger.setAttribute("aria-pressed", String(root.classList.toggle("large")));
  tools.larger.addEventListener("click", () => inPlace(enlarge));
  filter.prepend(tools.element);
  addEscape(root, leave, signal);
  if (charts) {
    const names = { title: "Close the charts (Esc)", "aria-label": "Close the charts" };
    const close = h("button", { type: "button", className: "step", ...names }, "×");
    close.addEventListener("click", () => showCharts(false));
    const fill = async () => {
      await show("charts", charts);
      charts.prepend(close);
    };
    if (lens.state().chart) await fill();
    else setTimeout(() => signal.aborted || fill()); // the text and its filter come first
  }
  const draw = () => {
    root.classList.toggle("carded", Boolean(lens.state().at));
    const charted = Boolean(charts && lens.state().chart);
    if (charted !== root.classList.contains("charted")) inPlace(() => root.classList.toggle("charted", charted));
    tools.charts.setAttribute("aria-pressed", String(charted));
  };
  lens.observe(draw, signal);
  draw();
  el.replaceChildren(root);
  return () => el.replaceChildren();
}

export default { render };

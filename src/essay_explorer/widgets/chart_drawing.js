// @ts-check
/** A chart on the page: drawn by Vega, in step with the lens and the page's colours. Part of chart_panel.js. */
/** @import { Chart, Datum, Embed, Lens, VegaView } from "./types.d.ts" */

const DRAG = "drag"; // the selection over paragraphs that charts along the essay have
const DARK = 127; // of 255: lighter ink than this stands on dark paper

/** Is the ink of an element light, so that its paper is dark? @param {Element} element */
export const isDark = (element) => {
  const [red, green, blue] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue > DARK;
};

/** The Vega of a chart with its rows in it, or its Vega-Lite where nothing has compiled it. @param {Chart} chart */
export function withRows({ spec, rows }) {
  if (spec.data && !Array.isArray(spec.data)) return { ...spec, data: { ...spec.data, values: rows } };
  const data = spec.data?.map((one) => (one.name === "rows" ? { ...one, values: rows } : one));
  return { ...spec, data };
}

/** The chart itself. @param {Lens} lens @param {(datum: Datum) => void} act */
export function createPicture(lens, act) {
  const element = lens.dom.h("div", { className: "picture" });
  /** @type {VegaView | null} */
  let view = null;
  /** @type {Chart | null} */
  let wanted = null;
  /** Bring the marks in step with the lens: what is not shown goes faint. */
  const follow = () => {
    if (!view) return;
    const { chosen, within } = lens.state();
    const shown = lens.active() ? lens.shown().map(({ id }) => id) : null;
    for (const [name, value] of Object.entries({ chosen, shown, within, dark: isDark(element) })) {
      if (name in view.getState().signals) view.signal(name, value);
    }
    view.runAsync();
  };
  const clear = () => {
    wanted = null;
    view?.finalize();
    view = null;
    element.replaceChildren();
  };
  /**
   * Draw a chart in the place of what is there, which stays until the other is whole: nothing around it moves twice.
   * @param {Chart} chart @param {Embed} embed @param {boolean} own
   */
  const draw = async (chart, embed, own) => {
    wanted = chart;
    if (!chart.rows.length && !own) return clear();
    const full = own ? { ...chart.spec, title: undefined } : withRows(chart);
    const coming = lens.dom.h("div", { className: "coming" });
    element.append(coming);
    const options = { actions: false, renderer: "svg", ast: false };
    const made = await embed(coming, structuredClone(full), options).catch((error) => {
      coming.remove();
      if (wanted === chart) clear();
      throw error;
    });
    if (wanted !== chart) {
      coming.remove();
      return made.finalize();
    }
    clear();
    wanted = chart;
    view = made.view;
    coming.classList.remove("coming");
    element.className = `picture ${chart.name}`;
    element.append(coming);
    // Vega gives a role also to marks that have no name, such as the frame of a drag.
    for (const mark of element.querySelectorAll("[role=graphics-symbol]:not([aria-label])"))
      mark.removeAttribute("role");
    view.addEventListener("click", (_, item) => item?.datum && act(item.datum));
    follow();
  };
  /** Whether there is no mark of data in it. */
  const isBlank = () => !element.querySelector('.role-mark > :not(path:not([d^="M"]))');
  return { element, draw, follow, clear, isBlank, view: () => view };
}

/** @typedef {ReturnType<typeof createPicture>} Picture */

/**
 * A drag over paragraphs looks at these.
 * @param {Lens} lens @param {Picture} picture @param {() => Chart | undefined} current @param {AbortSignal} signal
 */
export function addDrag(lens, picture, current, signal) {
  const onUp = () => {
    const view = picture.view();
    const { drag, paragraphs = [] } = current()?.spec.usermeta ?? {};
    if (!view || !drag || !(DRAG in view.getState().signals)) return;
    const [stretch] = Object.values(/** @type {Record<string, [number, number]>} */ (view.signal(DRAG) ?? {}));
    if (!stretch) return;
    view.data(`${DRAG}_store`, []); // the faint marks show from now on what is looked at
    lens.act({ within: paragraphsIn(stretch, drag, paragraphs) });
  };
  addEventListener("pointerup", onUp, { signal });
}

/**
 * Call when the colours of the page change: the system's, or JupyterLab's.
 * @param {() => void} follow @param {AbortSignal} signal
 */
export function watchColours(follow, signal) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow, { signal });
  const theme = new MutationObserver(follow);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  theme.observe(document.documentElement, { attributeFilter: ["data-essay-colours"] });
  signal.addEventListener("abort", () => theme.disconnect());
}

// @ts-check
/** Charts that follow the lens, and that it follows. One is shown at a time; Vega is loaded with the first. */
/** @import { Chart, Datum, Embed, Lens, VegaView, View } from "./types.d.ts" */
/** @import { Traits } from "./chart_data.js" */

const MOST_ROWS = 300; // of a table on the page; the file has all
const EARLY = 600; // ms after the page is there
const DRAG = "drag"; // the selection over paragraphs that charts along the essay have
const DARK = 127; // of 255: lighter ink than this stands on dark paper

// --- The parts of the panel

/** @param {Lens} lens @param {string} label @param {() => void} act @param {Record<string, string>} [properties] */
function createButton({ dom: { h } }, label, act, properties = {}) {
  const button = h("button", { type: "button", className: "quiet", ...properties }, label);
  button.addEventListener("click", act);
  return button;
}

/** A tab for each chart. @param {Lens} lens @param {(name: string) => void} show */
function createTabs(lens, show) {
  const element = lens.dom.h("div", { className: "tabs", role: "toolbar", "aria-label": "Charts" });
  return {
    element,
    /** @param {Chart[]} charts */
    fill(charts) {
      const main = charts.filter(({ variant }) => !variant);
      element.replaceChildren(
        ...main.map(({ name, label }) => createButton(lens, label, () => show(name), { className: "tab" })),
      );
      element.hidden = charts.length < 2;
    },
    /** @param {Chart} chart */
    draw(chart) {
      for (const tab of element.querySelectorAll("button")) {
        const pressed = tab.textContent === chart.label;
        tab.setAttribute("aria-pressed", String(pressed));
        if (pressed) element.scrollLeft = tab.offsetLeft - element.offsetLeft - 40;
      }
    },
  };
}

/** Two fields for the paragraphs to look at. @param {Lens} lens */
function createRange(lens) {
  const { h } = lens.dom;
  const count = () => lens.content.paragraphs.length;
  const [first, last] = [0, 1].map(() => h("input", { type: "number", min: "1", inputMode: "numeric" }));
  const labels = [h("label", {}, "From paragraph ", first), h("label", {}, "to ", last)];
  const all = createButton(lens, "All paragraphs", () => lens.act({ within: [] }));
  const names = { className: "range", role: "group", "aria-label": "Look at some paragraphs only" };
  const numberIn = (/** @type {HTMLInputElement} */ input) => Math.min(count(), Math.max(1, Number(input.value) || 1));
  const onChange = () => {
    const within = [numberIn(first), numberIn(last)].sort((a, b) => a - b);
    lens.act({ within: within[0] === 1 && within[1] === count() ? [] : within });
  };
  for (const input of [first, last]) input.addEventListener("change", onChange);
  const draw = () => {
    const [from = 1, to = count()] = lens.state().within;
    first.max = last.max = String(count());
    first.value = String(from);
    last.value = String(to);
    all.hidden = !lens.state().within.length;
  };
  return { element: h("div", names, ...labels, all), draw };
}

/**
 * The chart's numbers as a table, and the button that shows it.
 * @param {Lens} lens @param {(datum: Datum) => void} act
 */
function createTable(lens, act) {
  const { h } = lens.dom;
  const element = h("div", { className: "table", hidden: true });
  /** @type {Chart | undefined} */
  let chart;
  /** @type {Chart | undefined} */
  let drawn;
  /** @param {Datum} row @param {Chart["columns"]} columns */
  const rowOf = (row, columns) => {
    const [first, ...rest] = columns.map(([field]) => readable(row[field]));
    const linked = changesFor(row, lens.state(), lens) !== null;
    const name = linked ? createButton(lens, first, () => act(row), { className: "link" }) : first;
    return h("tr", {}, h("th", { scope: "row" }, name), ...rest.map((words) => h("td", {}, words)));
  };
  const fill = (/** @type {Chart} */ { title, columns, rows }) => {
    const headings = columns.map(([, heading]) => h("th", { scope: "col" }, heading));
    const body = rows.slice(0, MOST_ROWS).map((row) => rowOf(row, columns));
    const table = h(
      "table",
      {},
      h("caption", {}, title),
      h("thead", {}, h("tr", {}, ...headings)),
      h("tbody", {}, ...body),
    );
    const more = rows.length - MOST_ROWS;
    element.replaceChildren(table, ...(more > 0 ? [h("p", {}, `And ${more} more rows: save them as CSV.`)] : []));
  };
  const show = () => {
    button.setAttribute("aria-expanded", String(!element.hidden));
    button.textContent = element.hidden ? "Show as table" : "Hide the table";
    if (!chart || element.hidden || drawn === chart) return;
    drawn = chart;
    fill(chart);
  };
  const toggle = (/** @type {boolean} */ open) => {
    element.hidden = !open;
    show();
  };
  const button = createButton(lens, "Show as table", () => toggle(element.hidden !== false), {
    "aria-expanded": "false",
  });
  return {
    element,
    button,
    open: () => toggle(true),
    /** @param {Chart} now */
    draw(now) {
      chart = now;
      button.hidden = !now.rows.length;
      show();
    },
  };
}

/** Is the ink of an element light, so that its paper is dark? @param {Element} element */
const isDark = (element) => {
  const [red, green, blue] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue > DARK;
};

/** The Vega of a chart with its rows in it. @param {Chart} chart */
function withRows({ spec, rows }) {
  const data = spec.data?.map((one) => (one.name === "rows" ? { ...one, values: rows } : one));
  return { ...spec, data };
}

/** The chart itself. @param {Lens} lens @param {(datum: Datum) => void} act */
function createPicture(lens, act) {
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
  /** @param {Chart} chart @param {Embed} embed @param {boolean} own */
  const draw = async (chart, embed, own) => {
    clear();
    wanted = chart;
    element.className = `picture ${chart.name}`;
    if (!chart.rows.length && !own) return;
    const full = own ? { ...chart.spec, title: undefined } : withRows(chart);
    const made = await embed(element, structuredClone(full), { actions: false, renderer: "svg", ast: false });
    if (wanted !== chart) return made.finalize();
    view = made.view;
    // Vega gives a role also to marks that have no name, such as the frame of a drag.
    for (const mark of element.querySelectorAll("[role=graphics-symbol]:not([aria-label])"))
      mark.removeAttribute("role");
    view.addEventListener("click", (_, item) => item?.datum && act(item.datum));
    follow();
  };
  return { element, draw, follow, clear, view: () => view };
}

/** @typedef {ReturnType<typeof createPicture>} Picture */

/**
 * The buttons that save a chart.
 * @param {Lens} lens @param {Picture} picture @param {() => Chart | undefined} current
 */
function createSaves(lens, picture, current) {
  const { h, saveFile } = lens.dom;
  const pngOf = async (/** @type {VegaView} */ view) => {
    const canvas = await view.toCanvas(2);
    return /** @type {Promise<Blob>} */ (new Promise((done) => canvas.toBlob((blob) => done(blob ?? new Blob()))));
  };
  /** @type {Record<string, (view: VegaView) => Promise<Blob>>} */
  const pictures = { PNG: pngOf, SVG: async (view) => new Blob([await view.toSVG()], { type: "image/svg+xml" }) };
  const save = async (/** @type {string} */ kind) => {
    const chart = current();
    const view = picture.view();
    if (!chart || (kind !== "CSV" && !view)) return;
    const table = () => new Blob(["\ufeff", csv(chart.columns, chart.rows)], { type: "text/csv" });
    saveFile(view && kind !== "CSV" ? await pictures[kind](view) : table(), `${chart.name}.${kind.toLowerCase()}`);
  };
  const buttons = ["PNG", "SVG", "CSV"].map((kind) =>
    createButton(lens, kind, () => save(kind), { "aria-label": `Save as ${kind}` }),
  );
  /** @param {Chart} chart @param {boolean} own */
  const draw = (chart, own) => {
    buttons.forEach((button, at) => {
      button.hidden = !chart.rows.length && (at === 2 || !own);
    });
  };
  return { element: h("span", { className: "save" }, "Save as ", ...buttons), draw };
}

/** The same chart drawn in another way. @param {Lens} lens @param {() => void} show */
function createVariant(lens, show) {
  const button = createButton(lens, "", show);
  /** @param {Chart} chart @param {Chart[]} charts */
  const draw = (chart, charts) => {
    const variant = charts.find((one) => one.label === chart.label && one.variant);
    button.hidden = !variant;
    button.textContent = variant?.variant ?? "";
    button.setAttribute("aria-pressed", String(chart === variant));
  };
  return { button, draw };
}

/**
 * A drag over paragraphs looks at these.
 * @param {Lens} lens @param {Picture} picture @param {() => Chart | undefined} current @param {AbortSignal} signal
 */
function addDrag(lens, picture, current, signal) {
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
function watchColours(follow, signal) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow, { signal });
  const theme = new MutationObserver(follow);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  signal.addEventListener("abort", () => theme.disconnect());
}

/**
 * Has this device nothing better to do than to load what is not asked for yet? A phone keeps its battery and its data.
 */
function isIdleLaptop() {
  const { connection } = /** @type {{connection?: {saveData: boolean}}} */ (navigator);
  return matchMedia("(hover: hover) and (pointer: fine)").matches && !connection?.saveData;
}

// --- All of it

/**
 * The panel's elements and what draws them.
 * @param {Lens} lens
 * @param {{show: (name: string) => void, showNext: () => void, current: () => Chart | undefined}} panel
 */
function createParts(lens, { show, showNext, current }) {
  const { h } = lens.dom;
  const act = (/** @type {Datum} */ datum) => {
    const changes = changesFor(datum, lens.state(), lens);
    if (changes?.at) lens.open(changes.at, /** @type {HTMLElement} */ (document.activeElement));
    if (changes) lens.act(changes);
  };
  const title = h("h2", { className: "finding" });
  const summary = h("p", { className: "summary" });
  const wait = h("p", { className: "wait", role: "status" });
  const tabs = createTabs(lens, show);
  const picture = createPicture(lens, act);
  const range = createRange(lens);
  const variant = createVariant(lens, showNext);
  const table = createTable(lens, act);
  const saves = createSaves(lens, picture, current);
  const acts = h("div", { className: "acts" }, variant.button, table.button, saves.element);
  const elements = [tabs.element, title, picture.element, wait, summary, range.element, acts, table.element];
  const root = h("section", { className: "chart-panel", "aria-label": "Charts" }, ...elements);
  /** Everything but the picture. @param {Chart} chart @param {Chart[]} charts @param {boolean} own */
  const draw = (chart, charts, own) => {
    title.textContent = chart.title;
    summary.textContent = chart.summary;
    tabs.draw(chart);
    variant.draw(chart, charts);
    table.draw(chart);
    saves.draw(chart, own);
  };
  return { root, wait, tabs, picture, range, table, draw };
}

/**
 * The panel as it goes: unseen, loading, then showing one chart after another.
 * @typedef {{stage: "unseen" | "loading" | "ready", visible: boolean, reading: string, charts: Chart[], chart?: Chart,
 *   embed?: Embed, picked: string}} Stage  `picked`: the chart of this panel where the lens names none
 * @typedef {{lens: Lens, isOwn: boolean, loader: ReturnType<typeof createLoader>}} Sources
 * @typedef {Stage & Sources & {parts: ReturnType<typeof createParts>}} Panel
 */

/** @param {Panel} panel @param {string} name */
function show(panel, name) {
  panel.picked = name;
  if (panel.isOwn || !panel.lens.state().chart) draw(panel);
  else panel.lens.chart(name);
}

/** @param {Panel} panel */
function showNext(panel) {
  const among = panel.charts.filter(({ label }) => label === panel.chart?.label);
  const here = among.findIndex(({ name }) => name === panel.chart?.name);
  show(panel, among[(here + 1) % among.length].name);
}

/** @param {Panel} panel */
async function draw(panel) {
  const { lens, parts, charts, embed, isOwn } = panel;
  if (panel.reading !== lens.content.fingerprint) return renew(panel);
  parts.range.draw();
  if (panel.stage !== "ready" || !embed) return;
  const name = (isOwn ? "" : lens.state().chart) || panel.picked;
  const next = charts.find((one) => one.name === name) ?? charts[0];
  if (!next || next === panel.chart) return parts.picture.follow();
  panel.chart = next;
  parts.draw(next, charts, isOwn);
  try {
    await parts.picture.draw(next, embed, isOwn);
    parts.root.dataset.drawn = next.name;
  } catch (error) {
    parts.wait.textContent = "The chart could not be drawn here. The table has the same numbers.";
    console.warn(error);
    parts.table.open();
  }
}

/** Why there are no charts, and what to do. @param {Lens} lens */
function excuse(lens) {
  if (location.protocol !== "file:" || !lens.file())
    return ["The charts could not be loaded. Close them and open them again to try once more."];
  const href = `${lens.file()}#${lens.hash()}`;
  return [
    "Browsers load no charts into a page that was opened from a folder. ",
    lens.dom.h("a", { href }, "Open the page that has them inside"),
  ];
}

/** Load what the panel shows, unless that is done or on its way. @param {Panel} panel */
async function begin(panel) {
  const { lens, parts, loader } = panel;
  if (panel.stage !== "unseen") return;
  panel.stage = "loading";
  parts.wait.textContent = "Drawing …";
  const { fingerprint } = lens.content;
  try {
    [panel.embed, panel.charts] = await loader.load();
    panel.stage = fingerprint === lens.content.fingerprint ? "ready" : "unseen";
  } catch (error) {
    panel.stage = "unseen";
    if (fingerprint === lens.content.fingerprint) {
      parts.wait.replaceChildren(...excuse(lens));
      console.warn(error);
      return;
    }
  }
  if (panel.stage === "unseen") return begin(panel); // the reading has changed meanwhile
  parts.wait.textContent = "";
  parts.tabs.fill(panel.charts);
  await draw(panel);
}

/** The reading has changed, or where its charts are: what was drawn belongs to it no longer. @param {Panel} panel */
function renew(panel) {
  panel.reading = panel.lens.content.fingerprint;
  if (!panel.isOwn) {
    panel.loader.forget();
    panel.parts.picture.clear();
    panel.chart = undefined;
    delete panel.parts.root.dataset.drawn;
    if (panel.stage === "ready") panel.stage = "unseen";
    if (panel.visible) begin(panel);
  }
  draw(panel);
}

/** @param {View<Traits>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const own = model.get("own").map(ownChart);
  const loader = createLoader(model, lens, own);
  const parts = createParts(lens, {
    show: (name) => show(panel, name),
    showNext: () => showNext(panel),
    current: () => panel.chart,
  });
  /** @type {Panel} */
  const panel = {
    ...{ stage: "unseen", visible: false, reading: lens.content.fingerprint, charts: [], picked: "" },
    ...{ lens, isOwn: own.length > 0, loader, parts },
  };
  el.replaceChildren(parts.root);
  const onSight = (/** @type {IntersectionObserverEntry[]} */ entries) => {
    panel.visible = entries.some(({ isIntersecting }) => isIntersecting);
    if (panel.visible) begin(panel);
  };
  const sight = new IntersectionObserver(onSight);
  sight.observe(parts.root);
  if (/^[^#]/.test(model.get("vega")) && isIdleLaptop()) {
    const early = () => signal.aborted || loader.load().catch(() => {});
    setTimeout(() => (window.requestIdleCallback ?? setTimeout)(early), EARLY);
  }
  const onMoved = () => renew(panel); // where the charts are
  model.on("change:charts", onMoved);
  addDrag(lens, parts.picture, () => panel.chart, signal);
  watchColours(parts.picture.follow, signal);
  lens.observe(() => draw(panel), signal);
  draw(panel);
  return () => {
    model.off("change:charts", onMoved);
    sight.disconnect();
    parts.picture.clear();
    el.replaceChildren();
  };
}

export default { render };

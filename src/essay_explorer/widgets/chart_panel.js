// @ts-check
/** Charts that follow the lens, and that it follows. One is shown at a time; Vega is loaded with the first. */
/** @import { Chart, Content, Datum, Embed, Lens, View } from "./types.d.ts" */
/** @import { Counting } from "./chart_counts.js" */
/** @import { Traits } from "./chart_data.js" */

const PAUSE = 300; // ms after which a chart follows marks that are made
const EARLY = 600; // ms after the page is there
const LATE = 12_000; // ms: who waits so long is told for what
const BLANK = say(
  "This chart shows nothing: its data could not be loaded, or no row has the fields that the chart names.",
);
const WHY_LATE = say(
  "Still waiting for the charts. In a notebook its kernel sends them: if it was stopped or restarted, run the cells again.",
);

/**
 * Has this device nothing better to do than to load what is not asked for yet? A phone keeps its battery and its data.
 */
function isIdleLaptop() {
  const { connection } = /** @type {{connection?: {saveData: boolean}}} */ (navigator);
  return matchMedia("(hover: hover) and (pointer: fine)").matches && !connection?.saveData;
}

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
  const whose = h("p", { className: "whose" });
  const summary = h("p", { className: "summary" });
  const wait = h("p", { className: "wait", role: "status" });
  const tabs = createTabs(lens, show);
  const picture = createPicture(lens, act);
  const range = createRange(lens);
  const variant = createVariant(lens, showNext);
  const table = createTable(lens, act);
  const saves = createSaves(lens, picture, current);
  const acts = h("div", { className: "acts" }, variant.button, table.button, saves.element);
  const elements = [tabs.element, title, whose, picture.element, wait, summary, range.element, acts, table.element];
  const root = h("section", { className: "chart-panel bare", "aria-label": say("Charts") }, ...elements);
  /** Everything but the picture. @param {Chart} chart @param {Chart[]} charts @param {boolean} own */
  const draw = (chart, charts, own) => {
    title.textContent = chart.title;
    summary.textContent = chart.summary;
    variant.draw(chart, charts);
    table.draw(chart);
    saves.draw(chart, own);
  };
  const tell = (/** @type {string} */ words) => lens.dom.setText(whose, words);
  return { root, wait, tabs, picture, range, table, draw, tell };
}

/**
 * The panel as it goes: unseen, loading, then showing one chart after another.
 * @typedef {{stage: "unseen" | "loading" | "ready", visible: boolean, reading: string, charts: Chart[], chart?: Chart,
 *   embed?: Embed, counting?: Counting, picked: string}} Stage  `picked`: the chart of this panel where the lens names
 *   none
 * @typedef {{lens: Lens, isOwn: boolean, loader: ReturnType<typeof createLoader>}} Sources
 * @typedef {{layered: ReturnType<typeof createLayeredCharts>, counted?: Content,
 *   later?: ReturnType<typeof setTimeout>}} Following  `counted`: what was there when the chart was drawn
 * @typedef {Stage & Sources & Following & {parts: ReturnType<typeof createParts>}} Panel
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

/**
 * Whether what is drawn stays for now: nobody sees it, or marks are being made, one after the other.
 * @param {Panel} panel
 */
function waits(panel) {
  if (panel.isOwn || panel.counted === panel.lens.content) return false;
  if (!panel.visible) return true;
  clearTimeout(panel.later);
  panel.later = setTimeout(() => {
    panel.counted = panel.lens.content;
    draw(panel);
  }, PAUSE);
  return true;
}

/** @param {Panel} panel */
async function draw(panel) {
  const { lens, parts, charts, embed, isOwn } = panel;
  if (panel.reading !== lens.content.fingerprint) return renew(panel);
  parts.range.draw();
  if (panel.stage !== "ready" || !embed) return;
  const name = (isOwn ? "" : lens.state().chart) || panel.picked;
  const asked = charts.find((one) => one.name === name) ?? charts[0];
  if (!asked || (panel.chart?.name === asked.name && waits(panel))) return parts.picture.follow();
  const { chart: next, whose } = isOwn ? { chart: asked, whose: "" } : panel.layered.of(asked, charts, panel.counting);
  if (next === panel.chart) {
    if (!parts.root.classList.contains("bare")) parts.tell(whose);
    return parts.picture.follow();
  }
  panel.chart = next;
  panel.counted = lens.content;
  parts.tabs.draw(next);
  if (!isOwn) lens.say(next.title);
  const problem = await parts.picture.draw(next, embed, isOwn).catch((error) => error);
  if (panel.chart !== next) return; // another is wanted by now
  parts.draw(next, charts, isOwn);
  parts.tell(whose);
  parts.root.classList.remove("bare");
  parts.wait.textContent = problem ? notDrawn(problem, isOwn) : isOwn && parts.picture.isBlank() ? BLANK : "";
  if (!problem) parts.root.dataset.drawn = next.name;
  else if (!isOwn) parts.table.open();
}

/** What a reader is told of a chart that could not be drawn. @param {unknown} error @param {boolean} own */
function notDrawn(error, own) {
  console.warn(error);
  if (!own) return say("The chart could not be drawn here. The table has the same numbers.");
  const reason = error instanceof Error ? error.message : String(error);
  return say("This chart could not be drawn: {reason}", { reason });
}

/** Why there are no charts, and what to do. @param {Lens} lens */
function excuse(lens) {
  if (location.protocol !== "file:" || !lens.file())
    return [say("The charts could not be loaded. Close them and open them again to try once more.")];
  const href = `${lens.file()}#${lens.hash()}`;
  return [
    say("Browsers load no charts into a page that was opened from a folder."),
    " ",
    lens.dom.h("a", { href }, say("Open the page that has them inside")),
  ];
}

/** Load what the panel shows, unless that is done or on its way. @param {Panel} panel */
async function begin(panel) {
  const { lens, parts, loader } = panel;
  if (panel.stage !== "unseen") return;
  panel.stage = "loading";
  parts.wait.textContent = say("Drawing …");
  const late = setTimeout(() => {
    parts.wait.textContent = WHY_LATE;
  }, LATE);
  const { fingerprint } = lens.content;
  try {
    const [embed, loaded] = await loader.load();
    Object.assign(panel, { embed, ...loaded });
    panel.stage = fingerprint === lens.content.fingerprint ? "ready" : "unseen";
  } catch (error) {
    panel.stage = "unseen";
    clearTimeout(late);
    if (fingerprint === lens.content.fingerprint) {
      parts.root.classList.add("bare");
      parts.wait.replaceChildren(...excuse(lens));
      console.warn(error);
      return;
    }
  }
  clearTimeout(late);
  if (panel.stage === "unseen") return begin(panel); // the reading has changed meanwhile
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
    ...{ lens, isOwn: own.length > 0, loader, parts, layered: createLayeredCharts(lens) },
  };
  el.replaceChildren(parts.root);
  lens.dress(model, el, signal);
  const onSight = (/** @type {IntersectionObserverEntry[]} */ entries) => {
    panel.visible = entries.some(({ isIntersecting }) => isIntersecting);
    if (panel.visible && panel.stage === "ready") draw(panel);
    else if (panel.visible) begin(panel);
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
    clearTimeout(panel.later);
    parts.picture.clear();
    el.replaceChildren();
  };
}

export default { render };

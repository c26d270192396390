// @ts-check
/**
 * Charts that follow the lens, and that it follows. One is shown at a time; Vega is loaded with the first.
 *
 * @typedef {{name: string, label: string, variant?: string, title: string, summary: string, columns: [string, string][],
 *   rows: Record<string, any>[], spec: any}} Chart
 */

const MOST_ROWS = 300; // of a table on the page; the file has all
const EARLY = 600; // ms after the page is there
const DRAG = "drag"; // the selection over paragraphs that charts along the essay have

/**
 * What a click on a mark, or on a row of a table, does to the lens: the changes, and nothing where the
 * datum names neither passage nor tag nor paragraph.
 */
export function acted(datum, state, { tags, passages }) {
  const passage = [datum.passage, datum.from].find((id) => passages.has(id));
  const both = [...(datum.tags ?? []), datum.tag].filter((id) => tags.has(id));
  const chosen = both.length > 0 && both.every((id) => state.chosen.includes(id));
  const without = (/** @type {string[]} */ ids) => ids.filter((id) => !both.includes(id));
  if (passage) return { at: passage, chosen: [...without(state.chosen), ...both], excluded: without(state.excluded) };
  if (both.length) {
    const alike = both.length > 1 && new Set(both.map((id) => tags.get(id).facet)).size === 1;
    return {
      chosen: chosen ? without(state.chosen) : datum.tags ? both : [...state.chosen, ...both],
      excluded: without(state.excluded),
      ...(datum.tags ? { match: alike && !chosen ? "all" : "any" } : {}),
    };
  }
  return datum.paragraph ? { at: `p${datum.paragraph}` } : null;
}

/** The first and the last paragraph that a dragged stretch touches; [] for none. `paragraphs`: [first word, last word] of each. */
export function dragged([start, end], unit, paragraphs) {
  const touched = paragraphs.flatMap(([first, last], at) => {
    const inside = unit === "words" ? first < end && last > start : at + 1.5 > start && at + 0.5 < end;
    return inside ? [at + 1] : [];
  });
  return touched.length ? [touched[0], touched.at(-1)] : [];
}

/** A table as CSV (RFC 4180). */
export function csv(columns, rows) {
  const cell = (/** @type {any} */ value) => (/[",\r\n]/.test(String(value ?? "")) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
  const lines = [columns.map(([, heading]) => heading), ...rows.map((row) => columns.map(([field]) => row[field]))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** A number as people read it; anything else as it stands. */
const said = (/** @type {any} */ value) => (typeof value === "number" ? String(Math.round(value * 100) / 100) : String(value ?? ""));

/** A text that the kernel sends when it is asked by name. */
const fromKernel = (model, /** @type {string} */ name) => new Promise((resolve) => {
  const hear = (/** @type {any} */ message) => {
    if (!message || !(name in message)) return;
    model.off("msg:custom", hear);
    resolve(message[name]);
  };
  model.on("msg:custom", hear);
  model.send({ asked: name });
});

/** A text that lies in this very file, at an address, or with the kernel. */
async function text(model, /** @type {"charts" | "vega"} */ name) {
  const where = model.get(name);
  if (where.startsWith("#")) return document.getElementById(where.slice(1))?.textContent ?? "";
  if (!where) return fromKernel(model, name);
  const answer = await fetch(where);
  if (!answer.ok) throw new Error(`${where}: ${answer.status}`);
  return answer.text();
}

/** vega-embed; from an address the browser keeps it compiled. */
async function vega(model) {
  const where = model.get("vega");
  if (where && !where.startsWith("#")) return (await import(new URL(where, document.baseURI).href)).default;
  const address = URL.createObjectURL(new Blob([await text(model, "vega")], { type: "text/javascript" }));
  try {
    return (await import(address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The charts, each followed by the same drawn in another way. @returns {Chart[]} */
const withVariants = (entries) => entries.flatMap((entry) => [entry, ...entry.more.map(({ name, label, spec }) => ({ ...entry, name, variant: label, spec }))]);

/** Own charts have no words of ours: their title, if they have one, and no table. @returns {Chart} */
function ownChart(spec, at) {
  const title = [spec.title?.text ?? spec.title ?? `Chart ${at + 1}`].flat().join(" ");
  return { name: `own-${at + 1}`, label: title, title, summary: spec.description ?? "", columns: [], rows: [], spec };
}

/** Is the ink of an element light, so that its paper is dark? */
const isDark = (/** @type {Element} */ element) => {
  const [red, green, blue] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue > 127;
};

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { content, dom: { h } } = lens;
  const own = model.get("own").map(ownChart);
  const tabs = h("div", { className: "tabs", role: "toolbar", "aria-label": "Charts" });
  const title = h("h2", { className: "finding" });
  const summary = h("p", { className: "summary" });
  const picture = h("div", { className: "picture" });
  const wait = h("p", { className: "wait", role: "status" });
  const table = h("div", { className: "table", hidden: true });
  const button = (label, act, properties = {}) => {
    const made = h("button", { type: "button", className: "quiet", ...properties }, label);
    made.addEventListener("click", act);
    return made;
  };
  const other = button("", () => {
    const among = charts.filter(({ label }) => label === chart?.label);
    show(among[(among.findIndex(({ name }) => name === chart?.name) + 1) % among.length].name);
  });
  const twin = button("Show as table", () => {
    table.hidden = !table.hidden;
    drawTable();
  }, { "aria-expanded": "false" });
  const saves = ["PNG", "SVG", "CSV"].map((kind) => button(kind, () => save(kind), { "aria-label": `Save as ${kind}` }));
  const ends = ["From paragraph", "to"].map((label) => {
    const input = h("input", { type: "number", min: "1", max: String(content.paragraphs.length), inputMode: "numeric" });
    return { input, element: h("label", {}, `${label} `, input) };
  });
  const all = button("All paragraphs", () => lens.act({ within: [] }));
  const range = h("div", { className: "range", role: "group", "aria-label": "Look at some paragraphs only" }, ...ends.map(({ element }) => element), all);
  const root = h(
    "section", { className: "chart-panel", "aria-label": "Charts" },
    tabs, title, picture, wait, summary, range,
    h("div", { className: "acts" }, other, twin, h("span", { className: "save" }, "Save as ", ...saves)), table,
  );

  /** @type {Chart[]} */
  let charts = own;
  let chart = /** @type {Chart | undefined} */ (undefined);
  let mine = ""; // the chart of this panel where the lens names none
  let view = /** @type {any} */ (null);
  let embed = /** @type {any} */ (null); // Vega's
  let loading = /** @type {Promise<any> | null} */ (null);
  let seen = false;
  let tabled = "";

  const act = (datum) => {
    const changes = acted(datum, lens.state(), lens);
    if (!changes) return;
    if (changes.at) lens.open(changes.at, /** @type {HTMLElement} */ (document.activeElement));
    lens.act(changes);
  };
  const show = (/** @type {string} */ name) => {
    mine = name;
    if (own.length || !lens.state().chart) draw();
    else lens.act({ chart: name });
  };

  /** Bring the marks in step with the lens: what is not shown goes faint. */
  function follow() {
    if (!view) return;
    const state = lens.state();
    const news = { chosen: state.chosen, shown: lens.active() ? lens.shown().map(({ id }) => id) : null, within: state.within, dark: isDark(root) };
    for (const [name, value] of Object.entries(news)) {
      if (name in view.getState().signals) view.signal(name, value);
    }
    view.runAsync();
  }

  async function drawPicture() {
    const wanted = chart;
    view?.finalize();
    view = null;
    picture.replaceChildren();
    if (!wanted || (!wanted.rows.length && !own.length)) return;
    const { spec } = wanted;
    const withRows = (/** @type {any} */ data) => (data.name === "rows" ? { ...data, values: wanted.rows } : data);
    const full = own.length ? { ...spec, title: undefined } : { ...spec, data: spec.data.map(withRows) };
    const made = await embed(picture, structuredClone(full), { actions: false, renderer: "svg", ast: false });
    if (chart !== wanted || signal.aborted) return made.finalize();
    view = made.view;
    // Vega gives a role also to marks that have no name, such as the frame of a drag.
    for (const mark of picture.querySelectorAll("[role=graphics-symbol]:not([aria-label])")) mark.removeAttribute("role");
    view.addEventListener("click", (_, /** @type {any} */ item) => item?.datum && act(item.datum));
    follow();
  }

  function drawTable() {
    twin.setAttribute("aria-expanded", String(!table.hidden));
    twin.textContent = table.hidden ? "Show as table" : "Hide the table";
    if (!chart || table.hidden || tabled === chart.name) return;
    tabled = chart.name;
    const { columns, rows } = chart;
    const cells = (row) => columns.map(([field], at) => {
      const words = said(row[field]);
      const linked = at === 0 && acted(row, lens.state(), lens);
      return at ? h("td", {}, words) : h("th", { scope: "row" }, linked ? button(words, () => act(row), { className: "link" }) : words);
    });
    table.replaceChildren(
      h("table", {},
        h("caption", {}, chart.title),
        h("thead", {}, h("tr", {}, ...columns.map(([, heading]) => h("th", { scope: "col" }, heading)))),
        h("tbody", {}, ...rows.slice(0, MOST_ROWS).map((row) => h("tr", {}, ...cells(row))))),
      ...(rows.length > MOST_ROWS ? [h("p", {}, `And ${rows.length - MOST_ROWS} more rows: save them as CSV.`)] : []),
    );
  }

  async function save(/** @type {string} */ kind) {
    if (!chart) return;
    const blobs = {
      CSV: async () => new Blob(["\ufeff", csv(chart?.columns, chart?.rows)], { type: "text/csv" }),
      SVG: async () => new Blob([await view.toSVG()], { type: "image/svg+xml" }),
      PNG: async () => new Promise(async (done) => (await view.toCanvas(2)).toBlob(done)),
    };
    if (kind === "CSV" || view) lens.dom.save(await blobs[kind](), `${chart.name}.${kind.toLowerCase()}`);
  }

  async function draw() {
    const { within } = lens.state();
    ends.forEach(({ input }, at) => (input.value = String(within[at] ?? (at ? content.paragraphs.length : 1))));
    all.hidden = !within.length;
    if (!seen) return;
    const name = (own.length ? "" : lens.state().chart) || mine;
    const next = charts.find((one) => one.name === name) ?? charts[0];
    if (!next || next === chart) return follow();
    chart = next;
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.textContent === chart.label));
    for (const tab of tabs.querySelectorAll("[aria-pressed=true]")) tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - 40;
    const variant = charts.find((one) => one.label === chart?.label && one.variant);
    other.hidden = !variant;
    other.textContent = variant?.variant ?? "";
    other.setAttribute("aria-pressed", String(chart === variant));
    title.textContent = chart.title;
    summary.textContent = chart.summary;
    picture.className = `picture ${chart.name}`;
    for (const made of [twin, saves[2]]) made.hidden = !chart.rows.length;
    for (const made of saves.slice(0, 2)) made.hidden = !chart.rows.length && !own.length;
    drawTable();
    try {
      await drawPicture();
      root.dataset.drawn = chart.name;
    } catch (error) {
      wait.textContent = "The chart could not be drawn here. The table has the same numbers.";
      console.warn(error);
      table.hidden = false;
      drawTable();
    }
  }

  /** Vega and the charts, both at once; after a failure they may be asked for again. */
  const load = () => (loading ??= Promise.all([
    vega(model),
    own.length ? own : text(model, "charts").then((found) => withVariants(JSON.parse(found))),
  ]).catch((error) => {
    loading = null;
    throw error;
  }));

  /** The panel is on the screen for the first time. */
  async function begin() {
    if (seen) return;
    seen = true;
    wait.textContent = "Drawing …";
    try {
      [embed, charts] = await load();
      wait.textContent = "";
    } catch (error) {
      wait.textContent = "The charts could not be loaded. Close them and open them again to try once more.";
      console.warn(error);
      seen = false;
      return;
    }
    tabs.replaceChildren(...charts.filter(({ variant }) => !variant).map(({ name, label }) => button(label, () => show(name), { className: "tab" })));
    tabs.hidden = charts.length < 2;
    await draw();
  }

  ends.forEach(({ input }) => input.addEventListener("change", () => {
    const [first, last] = ends.map((one) => Math.min(content.paragraphs.length, Math.max(1, Number(one.input.value) || 1)));
    const within = [Math.min(first, last), Math.max(first, last)];
    lens.act({ within: within[0] === 1 && within[1] === content.paragraphs.length ? [] : within });
  }));
  addEventListener("pointerup", () => {
    const { drag, paragraphs } = chart?.spec.usermeta ?? {};
    if (!view || !drag || !(DRAG in view.getState().signals)) return;
    const [stretch] = Object.values(view.signal(DRAG) ?? {});
    if (!stretch) return;
    view.data(`${DRAG}_store`, []); // the faint marks show from now on what is looked at
    lens.act({ within: dragged(/** @type {[number, number]} */ (stretch), drag, paragraphs) });
  }, { signal });

  el.replaceChildren(root);
  const visible = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && begin());
  visible.observe(root);
  // A laptop with nothing to do loads them before they are asked for; a phone keeps its battery and its data.
  if (/^[^#]/.test(model.get("vega")) && matchMedia("(hover: hover) and (pointer: fine)").matches && !navigator.connection?.saveData) {
    setTimeout(() => (window.requestIdleCallback ?? setTimeout)(() => signal.aborted || load().catch(() => {})), EARLY);
  }
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", follow, { signal });
  const theme = new MutationObserver(follow); // JupyterLab's
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  lens.observe(draw, signal);
  draw();
  return () => {
    visible.disconnect();
    theme.disconnect();
    view?.finalize();
    el.replaceChildren();
  };
}

export default { render };

// @ts-check
/** What charts mean to the lens, and where they and Vega come from. Part of chart_panel.js. */
/** @import { Chart, ChartSpec, Datum, Embed, Lens, Model, Passage, State, TagInFacet } from "./types.d.ts" */

/** @import { Counting } from "./chart_counts.js" */

/**
 * @typedef {{lens: string, own: ChartSpec[], charts: string, vega: string}} Traits
 * A chart as charts/bundle.py writes it, with other ways to draw it.
 * @typedef {Omit<Chart, "variant"> & {more: {name: string, label: string, spec: ChartSpec}[]}} Entry
 */

/**
 * What a click on a mark, or on a row of a table, does to the lens: the changes, and null where the
 * datum names neither passage nor tag nor paragraph.
 * @param {Datum} datum @param {Pick<State, "chosen" | "excluded">} state
 * @param {{tags: Map<string, Pick<TagInFacet, "facet">>, passages: Map<string, Passage>}} lens
 * @returns {Partial<State> | null}
 */
export function changesFor(datum, state, { tags, passages }) {
  const passage = [datum.passage, datum.from].find((id) => id !== undefined && passages.has(id));
  const named = [...(datum.tags ?? []), datum.tag ?? ""].filter((id) => tags.has(id));
  const without = (/** @type {string[]} */ ids) => ids.filter((id) => !named.includes(id));
  const excluded = without(state.excluded);
  if (passage) return { at: passage, chosen: [...without(state.chosen), ...named], excluded };
  if (!named.length) return datum.paragraph ? { at: `p${datum.paragraph}` } : null;
  const chosen = named.every((id) => state.chosen.includes(id));
  if (!datum.tags) return { chosen: chosen ? without(state.chosen) : [...state.chosen, ...named], excluded };
  const alike = named.length > 1 && new Set(named.map((id) => tags.get(id)?.facet)).size === 1;
  return { chosen: chosen ? without(state.chosen) : named, excluded, match: alike && !chosen ? "all" : "any" };
}

/**
 * The first and the last paragraph that a dragged stretch touches; [] for none.
 * @param {[number, number]} stretch @param {"words" | "paragraphs"} unit
 * @param {[number, number][]} paragraphs the first and the last word of each
 */
export function paragraphsIn([start, end], unit, paragraphs) {
  const touched = paragraphs.flatMap(([first, last], at) => {
    const inside = unit === "words" ? first < end && last > start : at + 1.5 > start && at + 0.5 < end;
    return inside ? [at + 1] : [];
  });
  return touched.length ? [touched[0], touched[touched.length - 1]] : [];
}

/** A table as CSV (RFC 4180). @param {Chart["columns"]} columns @param {Datum[]} rows */
export function csv(columns, rows) {
  const cell = (/** @type {unknown} */ value) => {
    const text = String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(([, heading]) => heading), ...rows.map((row) => columns.map(([field]) => row[field]))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** A field of a row as people read it. @param {Chart} chart @param {Datum} row @param {string} field */
export function readable({ values }, row, field) {
  const value = row[field];
  return typeof value === "number" ? decimal(value, 2) : (values?.[field]?.[String(value)] ?? String(value ?? ""));
}

/** The charts, each followed by the same drawn in another way. @param {Entry[]} entries @returns {Chart[]} */
const withVariants = (entries) =>
  entries.flatMap((entry) => [
    entry,
    ...entry.more.map(({ name, label, spec }) => ({ ...entry, name, variant: label, spec })),
  ]);

/**
 * Own charts have no words of ours: their title, if they have one, and no table.
 * @param {ChartSpec} spec @param {number} at @returns {Chart}
 */
export function ownChart(spec, at) {
  const given = typeof spec.title === "object" ? spec.title.text : spec.title;
  const title = [given ?? say("Chart {number}", { number: at + 1 })].flat().join(" ");
  const summary = spec.description ?? "";
  return { name: `own-${at + 1}`, label: title, title, summary, how: summary, source: "", columns: [], rows: [], spec };
}

// --- Where charts and Vega come from

/**
 * A text that the kernel sends when it is asked by name.
 * @param {Model<Traits>} model @param {string} name @returns {Promise<string>}
 */
function fromKernel(model, name) {
  return new Promise((resolve) => {
    const onAnswer = (/** @type {Record<string, string> | undefined} */ message) => {
      if (!message || !(name in message)) return;
      model.off("msg:custom", onAnswer);
      resolve(message[name]);
    };
    model.on("msg:custom", onAnswer);
    model.send({ asked: name });
  });
}

/**
 * A text that lies in this very file, at an address, or with the kernel.
 * @param {Model<Traits>} model @param {"charts" | "vega"} name
 */
async function textOf(model, name) {
  const where = model.get(name);
  if (where.startsWith("#")) return document.getElementById(where.slice(1))?.textContent ?? "";
  if (!where) return fromKernel(model, name);
  const answer = await fetch(where);
  if (!answer.ok) throw new Error(`${where}: ${answer.status}`);
  return answer.text();
}

/** vega-embed; from an address the browser keeps it compiled. @param {Model<Traits>} model @returns {Promise<Embed>} */
async function vegaOf(model) {
  const where = model.get("vega");
  if (where && !where.startsWith("#")) return (await import(new URL(where, document.baseURI).href)).default;
  const address = URL.createObjectURL(new Blob([await textOf(model, "vega")], { type: "text/javascript" }));
  try {
    return (await import(address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * The reading's charts; those of another reading are never shown in their place.
 * @param {Model<Traits>} model @param {Lens} lens
 */
async function chartsOf(model, lens) {
  /** @type {{fingerprint: string, charts: Entry[], counting?: Counting}} */
  const { fingerprint, charts, counting } = JSON.parse(await textOf(model, "charts"));
  if (fingerprint !== lens.content.fingerprint) throw new Error("these charts are of another state of the reading");
  return { charts: withVariants(charts), counting };
}

/**
 * Vega and the charts, both at once; after a failure, or when the reading changes, they may be asked for again.
 * @param {Model<Traits>} model @param {Lens} lens @param {Chart[]} own
 */
export function createLoader(model, lens, own) {
  /** @type {Promise<Embed> | null} */
  let vega = null;
  /** @type {Promise<{charts: Chart[], counting?: Counting}> | null} */
  let charts = null;
  const forget = () => {
    charts = null;
  };
  const load = async () => {
    vega ??= vegaOf(model);
    charts ??= own.length ? Promise.resolve({ charts: own }) : chartsOf(model, lens);
    const asked = { vega, charts };
    try {
      return await Promise.all([asked.vega, asked.charts]);
    } catch (error) {
      if (vega === asked.vega) vega = null;
      if (charts === asked.charts) charts = null;
      throw error;
    }
  };
  return { load, forget };
}

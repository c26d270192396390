// @ts-check
/**
 * Charts of the layers that are on: what Python drew of the reading's own is drawn of all that is shown, counted here.
 * Part of chart_panel.js.
 */
/** @import { Chart, ChartSpec, Content, Datum, Lens } from "./types.d.ts" */
/** @import { Counted, Counting, Said } from "./chart_counts.js" */

const MOST_BARS = 2000; // more bars than these are a blur

/** The charts of one measure, by the first word of their names. @param {Pick<Chart, "name">} chart */
const measureOf = ({ name }) => name.split("-")[0];

/** The rows with most of a theme, for the numbers and the letters in the picture. @param {Datum[]} rows */
function peaksIn(rows) {
  const most = /** @type {Map<string, Datum>} */ (new Map());
  for (const row of rows) {
    const best = most.get(row.tag ?? "");
    if (row.words && (!best || Number(row.words) > Number(best.words))) most.set(row.tag ?? "", row);
  }
  return [...most.values()].map(({ tag, start, end, percent }) => {
    return { tag, start, end, percent, said: say("{percent}%", { percent: rounded(Number(percent), 0) }) };
  });
}

/** Each theme's code in the middle of its area. @param {Counted} counted @param {Datum[]} rows */
function codesIn(counted, rows) {
  const themes = tagsOfRole(counted, "theme");
  const peaks = new Map(peaksIn(rows).map((peak) => [peak.tag, peak]));
  const percents = new Map(rows.map(({ tag, start, percent }) => [`${tag} ${start}`, Number(percent)]));
  return themes.flatMap(({ id, code }, at) => {
    const peak = peaks.get(id);
    if (!peak) return [];
    const below = themes.slice(0, at).reduce((sum, { id }) => sum + (percents.get(`${id} ${peak.start}`) ?? 0), 0);
    const [x, y] = [(Number(peak.start) + Number(peak.end)) / 2, below + Number(peak.percent) / 2];
    return [{ tag: id, text: code, x, y }];
  });
}

/** The lanes of all tags, facet by facet, the heaviest of each first. @param {Counted} counted @param {Datum[]} rows */
function bySize({ tags }, rows) {
  const rowOf = new Map(rows.map((row) => [row.tag, row]));
  const size = (/** @type {string} */ id) => {
    const { words, passages } = rowOf.get(id) ?? {};
    return [Number(words), Number(passages)];
  };
  const facets = [...new Set(tags.map(({ facet }) => facet))];
  return facets.flatMap((facet) => {
    const ids = tags.filter((tag) => tag.facet === facet).map(({ id }) => id);
    const sorted = ids.sort((one, other) => size(other)[0] - size(one)[0] || size(other)[1] - size(one)[1]);
    return [` ${facet.id}`, ...sorted];
  });
}

/**
 * A spec with other values for its data, and other domains; Vega-Lite that nothing has compiled stays as it is.
 * @param {ChartSpec} spec
 * @param {Record<string, Datum[]>} values by the names of data @param {Record<string, unknown[]>} domains of scales
 * @returns {ChartSpec}
 */
function withValues(spec, values, domains) {
  if (!Array.isArray(spec.data)) return spec;
  const data = spec.data.map((one) => (values[one.name] ? { ...one, values: values[one.name] } : one));
  const scales = spec.scales?.map((one) => (domains[one.name] ? { ...one, domain: domains[one.name] } : one));
  return { ...spec, data, scales };
}

/** @param {Chart} chart @param {Counted} counted @param {Datum[]} rows */
function specOf({ name, spec }, counted, rows) {
  if (name === "flow") return withValues(spec, { peaks: peaksIn(rows) }, {});
  if (name === "flow-stacked") return withValues(spec, { codes: codesIn(counted, rows) }, {});
  if (measureOf({ name }) !== "weight") return spec;
  const most = Math.max(1, ...rows.map(({ words }) => Number(words)));
  return withValues(spec, {}, { x: [0, most], ...(name === "weight" ? {} : { y: bySize(counted, rows) }) });
}

/**
 * Charts as they are of the layers that are on, each counted when it is asked for.
 * @param {Lens} lens
 */
export function createLayeredCharts(lens) {
  /** @type {Content | null} */
  let content = null;
  /** @type {Counted | null} */
  let counted = null;
  /** @type {Map<string, Chart>} */
  let made = new Map();
  /** @type {Content["paragraphs"]} */
  let texts = [];
  /** @type {ReturnType<typeof wordsIn>} */
  let words = null;
  /** @param {Chart[]} charts @param {Counting | undefined} counting */
  const count = (charts, counting) => {
    const { paragraphs } = charts.find(({ name }) => name === "dispersion")?.spec.usermeta ?? {};
    if (!counting?.word || !paragraphs) return null;
    const same = texts.length === lens.content.paragraphs.length;
    if (!same || texts.some(({ text }, at) => text !== lens.content.paragraphs[at].text)) {
      texts = lens.content.paragraphs;
      words = wordsIn(lens.content, paragraphs, counting);
    }
    return words && countedIn(lens.content, paragraphs, words, counting);
  };
  /** Whether anything but the reading's own, or not all of it, is to be counted. */
  const areOthers = () => lens.layers().some(({ id, on }) => (id === "reading" ? !on : on));
  return {
    areOthers,
    /**
     * A chart of the layers that are on, and whose passages it counts, in words.
     * @param {Chart} chart @param {Chart[]} charts all of Python's @param {Counting | undefined} counting
     * @returns {{chart: Chart, whose: string}}
     */
    of(chart, charts, counting) {
      if (!counting || !areOthers()) return { chart, whose: "" };
      const said = saidIn(counting);
      if (content !== lens.content) {
        content = lens.content;
        counted = count(charts, counting);
        made = new Map();
      }
      const rowsOf = ROWS[measureOf(chart)];
      if (!rowsOf) return { chart, whose: said("own relations") };
      if (!counted) return { chart, whose: said(counting.word ? "own passages" : "long essay") };
      const known = made.get(chart.name) ?? recounted(chart, counted, rowsOf(counted, chart.rows));
      made.set(chart.name, known);
      return { chart: known, whose: known === chart ? said("long essay") : whoseAreCounted(lens.layers(), said) };
    },
  };
}

/** The chart of other rows; itself where they are too many. @param {Chart} chart @param {Counted} counted
 * @param {Datum[]} rows @returns {Chart} */
function recounted(chart, counted, rows) {
  if (rows.length > MOST_BARS) return chart;
  const title = findingIn(measureOf(chart), counted, rows);
  return { ...chart, title, rows, spec: specOf(chart, counted, rows) };
}

/**
 * Whose passages are counted: "Counted here: the reading’s own 67 passages and My marks, 3."
 * @param {{id: string, label: string, count: number, on: boolean}[]} layers @param {Said} said
 */
export function whoseAreCounted(layers, said) {
  const on = layers.filter((layer) => layer.on && layer.count);
  if (!on.length) return said("no layer");
  const names = on.map(({ id, label, count }) => {
    if (id === "reading") return said("reading", {}, count);
    return `${id === "mine" ? said("your marks") : label} (${count})`;
  });
  return said("counted", { layers: enumerated(said, names) });
}

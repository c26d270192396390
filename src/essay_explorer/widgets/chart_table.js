// @ts-check
/** A chart's numbers as a table. Part of chart_panel.js. */
/** @import { Chart, Datum, Lens } from "./types.d.ts" */

const MOST_ROWS = 300; // of a table on the page; the file has all

/**
 * The chart's numbers as a table, and the button that shows it.
 * @param {Lens} lens @param {(datum: Datum) => void} act
 */
export function createTable(lens, act) {
  const { h } = lens.dom;
  const element = h("div", { className: "table", hidden: true });
  /** @type {Chart | undefined} */
  let chart;
  /** @type {Chart | undefined} */
  let drawn;
  /** @param {Datum} row @param {Chart} chart */
  const rowOf = (row, chart) => {
    const [first, ...rest] = chart.columns.map(([field]) => readable(chart, row, field));
    const linked = changesFor(row, lens.state(), lens) !== null;
    const name = linked ? createButton(lens, first, () => act(row), { className: "link" }) : first;
    return h("tr", {}, h("th", { scope: "row" }, name), ...rest.map((words) => h("td", {}, words)));
  };
  const fill = (/** @type {Chart} */ chart) => {
    const { title, columns, rows } = chart;
    const headings = columns.map(([, heading]) => h("th", { scope: "col" }, heading));
    const body = rows.slice(0, MOST_ROWS).map((row) => rowOf(row, chart));
    const table = h(
      "table",
      {},
      h("caption", {}, title),
      h("thead", {}, h("tr", {}, ...headings)),
      h("tbody", {}, ...body),
    );
    const more = rows.length - MOST_ROWS;
    element.replaceChildren(
      table,
      ...(more > 0 ? [h("p", {}, say("And {more} more rows: save them as CSV.", { more }))] : []),
    );
  };
  const show = () => {
    button.setAttribute("aria-expanded", String(!element.hidden));
    button.textContent = element.hidden ? say("Show as table") : say("Hide the table");
    if (!chart || element.hidden || drawn === chart) return;
    drawn = chart;
    fill(chart);
  };
  const toggle = (/** @type {boolean} */ open) => {
    element.hidden = !open;
    show();
  };
  const button = createButton(lens, say("Show as table"), () => toggle(element.hidden !== false), {
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

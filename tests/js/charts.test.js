// @ts-check
/** What Vega is given to draw. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { withRows } from "../../src/essay_explorer/widgets/chart_drawing.js";

const rows = [{ tag: "trust" }];
const chart = (/** @type {object} */ spec) => /** @type {any} */ ({ name: "flow", rows, spec });

test("the rows of a chart stand in its Vega, and in its Vega-Lite where nothing has compiled it", () => {
  const compiled = { data: [{ name: "rows" }, { name: "other", values: [] }], marks: [] };
  assert.deepEqual(withRows(chart(compiled)), { data: [{ name: "rows", values: rows }, compiled.data[1]], marks: [] });
  assert.deepEqual(withRows(chart({ data: { name: "rows" }, layer: [] })), {
    data: { name: "rows", values: rows },
    layer: [],
  });
});

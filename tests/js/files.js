// @ts-check
/** The front end's files, as the tests need them. */
import { readFileSync } from "node:fs";

const SOURCE = new URL("../../src/essay_explorer/", import.meta.url);

/** @param {string} path from the package's folder */
export const textOf = (path) => readFileSync(new URL(path, SOURCE), "utf-8");

/** A widget's module in one piece, as module.py joins it. @param {string} name of the widget's Python file */
export async function widget(name) {
  const [, files] = /_esm = module\(((?:[^()]|\([^()]*\))*)\)/.exec(textOf(`widgets/${name}.py`)) ?? [];
  if (!files) throw new Error(`widgets/${name}.py joins no files`);
  const text = [...files.matchAll(/"(\w+)"/g)].map(([, file]) => textOf(`widgets/${file}.js`)).join("\n");
  return import(`data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`);
}

// @ts-check
/** What biome leaves alone: comments, which it does not break. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const COLUMNS = 120;
const FOLDERS = [
  "../../src/essay_explorer/widgets/",
  "../../src/essay_explorer/page/",
  "../../src/essay_explorer/rooms/front/",
  "./",
];

test("no comment is wider than the code", () => {
  const modules = FOLDERS.flatMap((folder) => {
    const here = new URL(folder, import.meta.url);
    return readdirSync(here)
      .filter((name) => /\.(js|ts)$/.test(name))
      .map((name) => new URL(name, here));
  });
  assert.ok(modules.length > 25);
  const wide = modules.flatMap((module) => {
    const lines = readFileSync(module, "utf-8").split("\n");
    const isWide = (/** @type {string} */ line) => line.length > COLUMNS && /^\s*(\/\*|\*|\/\/)|[^:]\/\/ /.test(line);
    return lines.flatMap((line, at) => (isWide(line) ? [`${module.pathname.split("/").at(-1)}:${at + 1}`] : []));
  });
  assert.deepEqual(wide, []);
});

// @ts-check
/** Evaluates functions on the front end's modules for the tests in Python: a line of JSON in, one out. See node.py. */
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

/** @type {Record<string, object>} */
const modules = {};
for (const path of process.argv.slice(2)) {
  const name = /([^\\/]+)\.js$/.exec(path)?.[1] ?? path;
  modules[name] = await import(pathToFileURL(path).href);
  Object.assign(globalThis, modules[name]); // as one module of the page, they share what they export
}
for await (const line of createInterface({ input: process.stdin })) {
  const { source, argument } = JSON.parse(line);
  const made = new Function(...Object.keys(modules), `return (${source});`)(...Object.values(modules))(argument);
  console.log(JSON.stringify(made ?? null));
}

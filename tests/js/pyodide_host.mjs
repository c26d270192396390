// A Python in WebAssembly that sees a folder of packages, our sources and a reading: node pyodide_host.mjs SOURCE PACKAGES SRC READING
import { loadPyodide } from "../../node_modules/pyodide/pyodide.mjs";

const [source, ...folders] = process.argv.slice(2);
const python = await loadPyodide();
for (const [at, folder] of folders.entries()) python.mountNodeFS(["/packages", "/src", "/reading"][at], folder);
await python.runPythonAsync(`import sys; sys.path += ["/src", "/packages"]`);
await python.runPythonAsync(source);

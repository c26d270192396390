// @ts-check
/**
 * The page's own widget host: it runs the widgets' modules on the state in the page, without Jupyter.
 * To them it is what anywidget is in a notebook (anywidget 0.11, front-end module guide).
 *
 * `modules`: each module by the kind of model that it draws, as a function that gives its default export;
 * `modules.boxes` draws the stock layouts. The page holds them in this very script, so that nothing is fetched
 * before they run.
 *
 * @typedef {{kind: string, state: Record<string, any>, shared: string[], layout: Record<string, string>}} Description  of a model, by page/snapshot.py
 */
/* global modules */

const PREFIX = "anywidget:";

/** A model that lives in the page. `set` tells at once; `save_changes` tells whoever listens to "save". */
function createModel(/** @type {Record<string, any>} */ state) {
  const listeners = new Map();
  const tell = (/** @type {string} */ name) => {
    for (const listener of [...(listeners.get(name) ?? [])]) listener();
  };
  return {
    get: (/** @type {string} */ key) => state[key],
    set(/** @type {string} */ key, /** @type {any} */ value) {
      if (JSON.stringify(state[key]) === JSON.stringify(value)) return;
      state[key] = value;
      tell(`change:${key}`);
      tell("change");
    },
    save_changes: () => tell("save"),
    send() {},
    on: (/** @type {string} */ name, /** @type {() => void} */ listener) => listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (/** @type {string} */ name, /** @type {() => void} */ listener) => listeners.get(name)?.delete(listener),
  };
}

const named = (/** @type {string} */ reference) => reference.slice(PREFIX.length);

/** Give an element the layout that the author set. @param {HTMLElement} el @param {Record<string, string>} layout */
function lay(el, layout) {
  for (const [property, value] of Object.entries(layout)) el.style.setProperty(property, value);
}

/** The models of a page by name, ready to be drawn, and the host through which they find each other. @param {Record<string, Description>} described */
async function wake(described) {
  const { signal } = new AbortController();
  const names = Object.keys(described);
  const boxes = modules.boxes?.() ?? {};
  const models = Object.fromEntries(names.map((name) => [name, createModel(described[name].state)]));
  const widgets = Object.fromEntries(names.map((name) => [name, modules[described[name].kind]?.() ?? boxes[described[name].kind]]));
  const exports = /** @type {Record<string, any>} */ ({});
  for (const name of names) exports[name] = await widgets[name].initialize?.({ model: models[name], signal });
  const host = {
    getModel: async (/** @type {string} */ reference) => models[named(reference)],
    getWidget: async (/** @type {string} */ reference) => ({
      exports: exports[named(reference)],
      render({ el, signal: until = signal }) {
        const name = named(reference);
        el.dataset.model = name;
        lay(el, described[name].layout);
        return widgets[name].render?.({ model: models[name], el, signal: until, host });
      },
    }),
  };
  return { models, exports, host };
}

/** Keep what the lenses look through in the address behind the "#", one after the other, and the address in them. */
function keepAddress(/** @type {{model: any, lens: any}[]} */ lenses) {
  const show = (/** @type {string} */ hash) => {
    const parts = hash.replace(/^#/, "").split(";");
    lenses.forEach(({ model, lens }, at) => {
      for (const [key, value] of Object.entries(lens.read(parts[at] ?? ""))) model.set(key, value);
      model.save_changes();
    });
  };
  const write = () => {
    due = false;
    const hash = lenses.map(({ lens }) => lens.hash()).join(";").replace(/;+$/, "");
    if (hash !== location.hash.slice(1)) history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  let due = false;
  for (const { model } of lenses) model.set("address", lenses.length === 1 ? location.href.split("#")[0] : "");
  show(location.hash || document.documentElement.dataset.view || ""); // a downloaded page opens at its view
  addEventListener("hashchange", () => show(location.hash));
  for (const { model } of lenses) {
    model.on("change", () => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => setTimeout(write)); // after the frame that shows the change: it takes a while
    });
  }
}

/** Wake the page with the descriptions of its models by name, and draw them where the page has places for them. @param {Record<string, Description>} described */
async function start(described) {
  // The text that is there already comes on the screen first; a page in the background has no frame to wait for.
  await new Promise((done) => (document.hidden ? done(null) : requestAnimationFrame(() => setTimeout(done))));
  const { models, exports, host } = await wake(described);
  const lenses = Object.keys(described).filter((name) => described[name].kind === "Lens");
  keepAddress(lenses.map((name) => ({ model: models[name], lens: exports[name] })));
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".essay-explorer-view[data-model]")]);
  await Promise.all(places.map(async (el) => (await host.getWidget(`${PREFIX}${el.dataset.model}`)).render({ el })));
  document.documentElement.dataset.essayExplorer = "ready";
  modules.kernel?.().link(described, models);
  return models;
}

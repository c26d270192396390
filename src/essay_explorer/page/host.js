// @ts-check
/**
 * The page's own widget host: it runs the widgets' modules on the state in the page, without Jupyter.
 * To them it is what anywidget is in a notebook (anywidget 0.11, front-end module guide).
 *
 * `modules`: each module by the name of its widget, as a function that gives its default export. The page
 * holds them in this very script, so that nothing is fetched before they run.
 */
/* global modules */

const PREFIX = "anywidget:";

/** A model that lives in the page. `set` tells at once; `save_changes` has nobody to save to. */
function createModel(state) {
  const listeners = new Map();
  const tell = (name) => [...(listeners.get(name) ?? [])].forEach((listener) => listener());
  return {
    get: (key) => state[key],
    set(key, value) {
      if (JSON.stringify(state[key]) === JSON.stringify(value)) return;
      state[key] = value;
      tell(`change:${key}`);
      tell("change");
    },
    save_changes: () => tell("save"),
    send() {},
    on: (name, listener) => listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (name, listener) => listeners.get(name)?.delete(listener),
  };
}

/** The widgets of a page by name, ready to be drawn, and the host through which they find each other. */
async function wake(states) {
  const { signal } = new AbortController();
  const names = Object.keys(states);
  const models = Object.fromEntries(names.map((name) => [name, createModel(states[name])]));
  const widgets = Object.fromEntries(names.map((name) => [name, modules[name]()]));
  const exports = {};
  for (const name of names) exports[name] = await widgets[name].initialize?.({ model: models[name], signal });
  const named = (reference) => reference.slice(PREFIX.length);
  const host = {
    getModel: async (reference) => models[named(reference)],
    getWidget: async (reference) => ({
      exports: exports[named(reference)],
      render: ({ el, signal: until = signal }) => widgets[named(reference)].render?.({ model: models[named(reference)], el, signal: until, host }),
    }),
  };
  return { models, exports, host };
}

/** Keep the lens in the address behind the "#", and the address in the lens. */
function keepAddress(model, lens) {
  const show = (/** @type {string} */ hash) => {
    for (const [key, value] of Object.entries(lens.read(hash))) model.set(key, value);
    model.save_changes();
  };
  model.set("address", location.href.split("#")[0]);
  show(location.hash || document.documentElement.dataset.view || ""); // a downloaded page opens at its view
  addEventListener("hashchange", () => show(location.hash));
  let due = false;
  model.on("change", () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => setTimeout(write)); // after the frame that shows the change: it takes a while
  });
  function write() {
    due = false;
    const hash = lens.hash();
    if (hash !== location.hash.slice(1)) history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
  }
}

/** Wake the page with the states of its widgets by name, and draw it. */
async function start(states) {
  // The text that is there already comes on the screen first; a page in the background has no frame to wait for.
  await new Promise((done) => (document.hidden ? done(null) : requestAnimationFrame(() => setTimeout(done))));
  const { models, exports, host } = await wake(states);
  keepAddress(models.Lens, exports.Lens);
  await (await host.getWidget(`${PREFIX}Explorer`)).render({ el: document.getElementById("essay-explorer-page") });
  document.documentElement.dataset.essayExplorer = "ready";
  modules.kernel?.().link(models.Lens);
}

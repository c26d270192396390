// @ts-check
/** The stock layouts of ipywidgets, drawn without Jupyter, and places for what only a kernel can fill. */

const PREFIX = "anywidget:";

/** An element with properties and children. @param {string} name @param {Record<string, any>} properties @param {...(Node | string)} children */
function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** The children of a box, each in an element of its own. */
async function childrenOf({ model, signal, host }) {
  return Promise.all(model.get("children").map(async (/** @type {string} */ reference) => {
    const el = h("div", { className: "essay-explorer-child" });
    await (await host.getWidget(reference)).render({ el, signal });
    return el;
  }));
}

/** A box of a certain kind: how its children lie is the style sheet's. @param {string} kind */
const box = (kind) => ({
  async render(context) {
    context.el.classList.add("essay-explorer-box", kind);
    context.el.replaceChildren(...(await childrenOf(context)));
  },
});

/** Show one child of several, by the trait `selected_index`. @param {any} model @param {AbortSignal} signal @param {(index: number | null) => void} show */
function follow(model, signal, show) {
  const draw = () => show(model.get("selected_index"));
  model.on("change:selected_index", draw);
  signal.addEventListener("abort", () => model.off("change:selected_index", draw));
  draw();
}

function choose(model, /** @type {number | null} */ index) {
  model.set("selected_index", index);
  model.save_changes();
}

const titleOf = (model, /** @type {number} */ at) => model.get("titles")?.[at] || String(at + 1);

/** Tabs after the pattern of the ARIA Authoring Practices: arrows move, Home and End go to the ends. */
const Tab = {
  async render(context) {
    const { model, el, signal } = context;
    const panels = await childrenOf(context);
    const tabs = panels.map((panel, at) => {
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-label", titleOf(model, at));
      const tab = h("button", { type: "button", role: "tab" }, titleOf(model, at));
      tab.addEventListener("click", () => choose(model, at));
      return tab;
    });
    const list = h("div", { role: "tablist", className: "essay-explorer-tabs" }, ...tabs);
    list.addEventListener("keydown", (event) => {
      const here = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = (to + tabs.length) % tabs.length;
      choose(model, next);
      tabs[next].focus();
    });
    el.classList.add("essay-explorer-box", "Tab");
    el.replaceChildren(list, ...panels);
    follow(model, signal, (index) => {
      tabs.forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(at === index));
        tab.tabIndex = at === (index ?? 0) ? 0 : -1;
        panels[at].hidden = at !== index;
      });
    });
  },
};

const Accordion = {
  async render(context) {
    const { model, el, signal } = context;
    const panels = await childrenOf(context);
    const folds = panels.map((panel, at) => {
      const fold = h("details", {}, h("summary", {}, titleOf(model, at)), panel);
      fold.addEventListener("toggle", () => {
        if (fold.open) choose(model, at);
        else if (model.get("selected_index") === at) choose(model, null);
      });
      return fold;
    });
    el.classList.add("essay-explorer-box", "Accordion");
    el.replaceChildren(...folds);
    follow(model, signal, (index) => folds.forEach((fold, at) => (fold.open = at === index)));
  },
};

const Stack = {
  async render(context) {
    const panels = await childrenOf(context);
    context.el.classList.add("essay-explorer-box", "Stack");
    context.el.replaceChildren(...panels);
    follow(context.model, context.signal, (index) => panels.forEach((panel, at) => (panel.hidden = at !== index)));
  },
};

/** A value that Python may change: text, or the author's own HTML. @param {"textContent" | "innerHTML"} property */
const shown = (property) => ({
  render({ model, el, signal }) {
    const value = h("div", {});
    const draw = () => (value[property] = model.get("value"));
    model.on("change:value", draw);
    signal.addEventListener("abort", () => model.off("change:value", draw));
    el.classList.add("essay-explorer-value");
    el.replaceChildren(...(model.get("description") ? [h("span", {}, model.get("description"))] : []), value);
    draw();
  },
});

/** A widget that needs Jupyter's front end: kernel.js fills its place when a kernel is there. */
const Live = {
  render({ el }) {
    el.classList.add("essay-explorer-live");
  },
};

export default { Box: box("Box"), HBox: box("HBox"), VBox: box("VBox"), GridBox: box("GridBox"), Tab, Accordion, Stack, Label: shown("textContent"), HTML: shown("innerHTML"), Live };

// @ts-check
/** The stock layouts of ipywidgets, drawn without Jupyter, and places for what only a kernel can fill. */
/** @import { Host, Model, View, Widget } from "./notebook.d.ts" */

/**
 * An element with properties, or attributes where it has no such property.
 * @param {string} name @param {Record<string, unknown>} properties @param {(Node | string)[]} children
 */
function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) Object.assign(made, { [key]: value });
    else made.setAttribute(key, String(value));
  }
  made.append(...children);
  return made;
}

/** The children of a box, each in an element of its own. @param {View} view */
function childrenOf({ model, signal, host }) {
  /** @type {string[]} */
  const references = model.get("children");
  return Promise.all(
    references.map(async (reference) => {
      const el = element("div", { className: "essay-explorer-child" });
      await (await host.getWidget(reference)).render({ el, signal });
      return el;
    }),
  );
}

/**
 * Call `draw` now and at each change of a trait.
 * @param {Model} model @param {string} trait @param {AbortSignal} signal @param {() => void} draw
 */
function follow(model, trait, signal, draw) {
  model.on(`change:${trait}`, draw);
  signal.addEventListener("abort", () => model.off(`change:${trait}`, draw));
  return draw();
}

/**
 * A box whose children `arrange` gives a form; they are drawn anew when Python puts others into it.
 * @param {string} kind @param {(panels: HTMLElement[], view: View) => (Node | string)[]} arrange
 * @returns {Widget}
 */
const box = (kind, arrange) => ({
  async render({ model, el, signal, host }) {
    let drawing = new AbortController();
    el.classList.add("essay-explorer-box", kind);
    await follow(model, "children", signal, async () => {
      drawing.abort();
      drawing = new AbortController();
      const view = { model, el, host, signal: AbortSignal.any([signal, drawing.signal]) };
      const panels = await childrenOf(view);
      if (!view.signal.aborted) el.replaceChildren(...arrange(panels, view));
    });
  },
});

/** @param {string} kind */
const plain = (kind) => box(kind, (panels) => panels);

/**
 * Show one child of several, by the trait `selected_index`.
 * @param {View} view @param {(index: number | null) => void} show
 */
function followChoice({ model, signal }, show) {
  follow(model, "selected_index", signal, () => show(model.get("selected_index")));
}

/** @param {Model} model @param {number | null} index */
function choose(model, index) {
  model.set("selected_index", index);
  model.save_changes();
}

/** @param {Model} model @param {number} at @returns {string} */
const titleOf = (model, at) => model.get("titles")?.[at] || String(at + 1);

/**
 * A list of tabs after the pattern of the ARIA Authoring Practices: arrows move, Home and End go to the ends.
 * @param {Model} model @param {HTMLElement[]} tabs
 */
function tabList(model, tabs) {
  const list = element("div", { role: "tablist", className: "essay-explorer-tabs" }, ...tabs);
  list.addEventListener("keydown", (event) => {
    const here = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    choose(model, next);
    tabs[next].focus();
  });
  return list;
}

const Tab = box("Tab", (panels, view) => {
  const { model } = view;
  const tabs = panels.map((panel, at) => {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", titleOf(model, at));
    const tab = element("button", { type: "button", role: "tab" }, titleOf(model, at));
    tab.addEventListener("click", () => choose(model, at));
    return tab;
  });
  followChoice(view, (index) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === index));
      tab.tabIndex = at === (index ?? 0) ? 0 : -1;
      panels[at].hidden = at !== index;
    });
  });
  return [tabList(model, tabs), ...panels];
});

const Accordion = box("Accordion", (panels, view) => {
  const { model } = view;
  const folds = panels.map((panel, at) => {
    const fold = document.createElement("details");
    fold.append(element("summary", {}, titleOf(model, at)), panel);
    fold.addEventListener("toggle", () => {
      const chosen = model.get("selected_index") === at;
      if (fold.open !== chosen) choose(model, fold.open ? at : null);
    });
    return fold;
  });
  followChoice(view, (index) => {
    folds.forEach((fold, at) => {
      fold.open = at === index;
    });
  });
  return folds;
});

const Stack = box("Stack", (panels, view) => {
  followChoice(view, (index) => {
    panels.forEach((panel, at) => {
      panel.hidden = at !== index;
    });
  });
  return panels;
});

/**
 * A value that Python may change: text, or the author's own HTML.
 * @param {"textContent" | "innerHTML"} property @returns {Widget}
 */
const shown = (property) => ({
  render({ model, el, signal }) {
    const label = element("span", {});
    const value = element("div", {});
    el.classList.add("essay-explorer-value");
    el.replaceChildren(label, value);
    follow(model, "description", signal, () => {
      label.textContent = model.get("description") ?? "";
      label.hidden = !label.textContent;
    });
    follow(model, "value", signal, () => {
      value[property] = model.get("value");
    });
  },
});

/**
 * Two traits that go together: what changes one changes the other, or only this way round.
 * @param {boolean} both @returns {Widget}
 */
const link = (both) => ({
  async initialize({ model, signal, host }) {
    const ends = await Promise.all([endOf(model.get("source"), host), endOf(model.get("target"), host)]);
    const pass = (/** @type {number} */ from, /** @type {number} */ to) => () => {
      const value = ends[from].model.get(ends[from].trait);
      if (JSON.stringify(ends[to].model.get(ends[to].trait)) === JSON.stringify(value)) return;
      ends[to].model.set(ends[to].trait, value);
      ends[to].model.save_changes();
    };
    follow(ends[0].model, ends[0].trait, signal, pass(0, 1));
    if (both) follow(ends[1].model, ends[1].trait, signal, pass(1, 0));
  },
});

/** @param {[reference: string, trait: string]} end @param {Host} host */
const endOf = async ([reference, trait], host) => ({ model: await host.getModel(reference), trait });

/** A widget that needs Jupyter's front end: islands.js fills its place when a kernel is there. @type {Widget} */
const Live = {
  render({ el }) {
    el.classList.add("essay-explorer-live");
  },
};

export default {
  ...{ Box: plain("Box"), HBox: plain("HBox"), VBox: plain("VBox"), GridBox: plain("GridBox"), Tab, Accordion, Stack },
  ...{ Label: shown("textContent"), HTML: shown("innerHTML"), Link: link(true), DirectionalLink: link(false), Live },
};

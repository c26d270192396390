// @ts-check
/** Widgets that the page cannot draw stand in their places, drawn by Voila's own front end. */
/** @import { Kernel } from "./notebook.d.ts" */

export const VIEW = "application/vnd.jupyter.widget-view+json";

/** What Voila's front end takes for a cell's output: the view of a model. @param {string} model_id */
function outputOf(model_id) {
  const view = { model_id, version_major: 2, version_minor: 0 };
  const output = { output_type: "display_data", metadata: {}, data: { [VIEW]: view } };
  const area = Object.assign(document.createElement("div"), { className: "jp-OutputArea-child" });
  const type = "application/vnd.voila.cell-output+json";
  area.append(Object.assign(document.createElement("script"), { type, text: JSON.stringify(output) }));
  return area;
}

/** Let scripts that wait for a `load` event, which is over, run at once. */
function repeatLoad() {
  const { addEventListener } = window;
  /**
   * @param {string} type @param {EventListenerOrEventListenerObject} listener
   * @param {boolean | AddEventListenerOptions} [options]
   */
  window.addEventListener = (type, listener, options) => {
    const isOver = type === "load" && document.readyState === "complete";
    if (!isOver || typeof listener !== "function") addEventListener.call(window, type, listener, options);
    else queueMicrotask(() => listener.call(window, new Event("load")));
  };
}

/** The islands of a page, by the names of their models. */
export function createIslands() {
  /** @type {Map<string, string>} */
  const found = new Map();
  let drawn = false;
  return {
    /** Note the id of the kernel's model for one of the page's. @param {string} name @param {string} id */
    add: (name, id) => drawn || found.set(name, id),
    any: () => found.size > 0,
    drawn: () => drawn,
    /** Draw them, once: Voila's front end knows one kernel. @param {Kernel} kernel */
    draw({ config, style }) {
      drawn = true;
      for (const [name, id] of found) {
        document.querySelector(`.essay-explorer-live[data-model="${CSS.escape(name)}"]`)?.replaceChildren(outputOf(id));
      }
      document.body.append(Object.assign(document.createElement("div"), { id: "rendered_cells", hidden: true }));
      repeatLoad();
      for (const src of [style, `${config.fullStaticUrl}/voila.js`]) {
        document.body.append(Object.assign(document.createElement("script"), { src }));
      }
    },
  };
}

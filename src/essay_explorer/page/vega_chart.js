// @ts-check
/** A chart that a notebook's cell put out by itself, drawn with the page's own Vega. */
/** @import { Embed } from "../widgets/types.d.ts" */
/** @import { View, Widget } from "./notebook.d.ts" */

/**
 * The page's Vega: a file beside it, or the text of an element in it.
 * @param {string} place @returns {Promise<Embed>}
 */
async function vegaOf(place) {
  if (!place.startsWith("#")) return (await import(new URL(place, location.href).href)).default;
  const source = document.getElementById(place.slice(1))?.textContent ?? "";
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return (await import(address)).default;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {View} view */
async function render({ model, el, signal }) {
  const embed = await vegaOf(model.get("vega"));
  const { finalize } = await embed(el, model.get("spec"), { actions: false, renderer: "svg" });
  signal.addEventListener("abort", finalize);
}

/** @satisfies {Widget} */
const widget = { render };
export default widget;

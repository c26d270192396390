// @ts-check
/**
 * The controls of the lens, in the order in which they are wanted: themes, what they show, whose passages, words to
 * find, what else tells passages apart, and what to take along.
 */
/** @import { Lens, LensView, View } from "./types.d.ts" */

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const facets = createFacets(lens, signal);
  const status = createStatus(lens);
  const layers = createLayerSwitches(lens);
  const finder = createFinder(lens);
  const share = createShareMenu(lens);
  const keys = createKeyHelp(lens, () => root, finder.focus, signal);
  const acts = lens.dom.h("div", { className: "acts" }, share.element, keys.button);
  const parts = [facets.themes, status.element, layers.element, finder.element, facets.others, acts];
  const hidden = [facets.definition, keys.dialog];
  const root = lens.dom.h("div", { className: "theme-filter" }, ...parts, ...hidden);
  const draw = () => {
    for (const part of [facets, status, layers, finder, share]) part.draw();
    root.classList.toggle("active", lens.active());
  };
  el.replaceChildren(root);
  lens.dress(model, el, signal);
  lens.observe(draw, signal);
  draw();
  return () => el.replaceChildren();
}

export default { render };

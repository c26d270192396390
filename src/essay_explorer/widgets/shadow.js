// @ts-check
/**
 * Hosts that draw each output in a shadow root, such as marimo: the style sheets of the page do not reach into it, and
 * what has the focus there is the root's to say. Part of lens.js.
 */
/** @import { Dress, Dressed, LensTraits, Model, State, Tell } from "./types.d.ts" */

/** What has the focus, as it is seen from an element; the body where nothing has. @param {Node} element */
export function focused(element) {
  const tree = element.getRootNode();
  return (tree instanceof ShadowRoot ? tree.activeElement : document.activeElement) ?? document.body;
}

/**
 * Dresses views in shadow roots: each brings its own style sheet and the lens's, in this order.
 * @param {Model<LensTraits>} lens @param {() => State} state
 * @param {(draw: () => void, signal: AbortSignal) => void} observe
 */
export function createDressing(lens, state, observe) {
  /** @type {WeakMap<ShadowRoot, Set<string>>} */
  const worn = new WeakMap();
  const wear = (/** @type {ShadowRoot} */ root, /** @type {string} */ css) => {
    const sheets = worn.get(root) ?? new Set();
    if (!css || sheets.has(css)) return;
    worn.set(root, sheets.add(css));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
  };
  /** A host that asks the view for its value is told what the lens sees. @type {Tell} */
  const tell = (model, signal) => {
    let said = "";
    const report = () => {
      const seen = state();
      if (said === JSON.stringify(seen)) return;
      said = JSON.stringify(seen);
      model.set("seen", seen);
      model.save_changes();
    };
    observe(report, signal);
    report();
  };
  /** Says whether it stands in a shadow root. @type {Dress} */
  return (model, el, signal) => {
    const root = el.getRootNode();
    if (!(root instanceof ShadowRoot)) return false;
    const view = /** @type {Dressed} */ (/** @type {unknown} */ (model));
    const shared = /** @type {Dressed} */ (/** @type {unknown} */ (lens));
    for (const one of [shared, view]) wear(root, one.get("_css"));
    if (!el.closest(".essay-explorer")) tell(view, signal);
    return true;
  };
}

// @ts-check
/**
 * The layers of annotations: which are shown, and the way to compare two of them. Seen where there is more than one.
 * Part of theme_filter.js.
 */
/** @import { Lens } from "./types.d.ts" */

const REVEAL = say("Show the reading’s own marks");
const FAILED = say("The reading’s own marks could not be fetched. Try once more.");

/** A layer's switch, and a button that compares mine with it. @param {Lens} lens @param {string} id */
function createRow(lens, id) {
  const { h, setText } = lens.dom;
  const box = h("input", { type: "checkbox" });
  const ends = ["reading", "mine"].includes(id) ? id : "other";
  const sample = h("span", { className: `sample ${ends}`, "aria-hidden": "true" });
  const [name, count] = [h("span", { className: "label" }), h("span", { className: "count" })];
  const compare = h("button", { type: "button", className: "quiet compare" }, say("Compare with mine"));
  box.addEventListener("change", () => lens.turnLayer(id, box.checked));
  compare.addEventListener("click", () => {
    lens.compare(lens.state().differ === id ? "" : id);
    lens.unfold(false);
  });
  const element = h("div", { className: "layer" }, h("label", {}, box, sample, name, " ", count), compare);
  /** @param {ReturnType<Lens["layers"]>[number]} layer @param {boolean} comparable */
  const draw = (layer, comparable) => {
    box.checked = layer.on;
    setText(name, layer.label);
    setText(count, String(layer.count));
    compare.hidden = id === "mine" || !comparable;
    compare.setAttribute("aria-label", say("Compare with mine: {label}", { label: layer.label }));
    compare.setAttribute("aria-pressed", String(lens.state().differ === id));
  };
  return { element, draw };
}

/** What fetches the reading's own layer for a page that is without it. @param {Lens} lens */
function createReveal(lens) {
  const { h, setText } = lens.dom;
  const button = h("button", { type: "button", className: "quiet reveal" }, REVEAL);
  const fault = h("p", { className: "fault", role: "status" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    setText(fault, (await lens.reveal()) ? "" : FAILED);
    button.disabled = false;
  });
  const element = h("div", {}, button, fault);
  return {
    element,
    draw() {
      const marked = lens.layers().some(({ id, count }) => id === "mine" && count);
      element.hidden = !(lens.content.blind && marked);
    },
  };
}

/** @param {Lens} lens */
export function createLayerSwitches(lens) {
  const { h } = lens.dom;
  const rows = /** @type {Map<string, ReturnType<typeof createRow>>} */ (new Map());
  const reveal = createReveal(lens);
  const list = h("div", { role: "group", "aria-label": say("Whose passages are shown") });
  const element = h("section", { className: "layers" }, h("h2", {}, say("Layers")), list, reveal.element);
  const draw = () => {
    const layers = lens.layers();
    const comparable = layers.some(({ id, count }) => id === "mine" && count);
    reveal.draw();
    list.hidden = layers.length < 2;
    element.hidden = list.hidden && reveal.element.hidden;
    for (const id of rows.keys()) if (!layers.some((layer) => layer.id === id)) rows.delete(id);
    for (const { id } of layers) if (!rows.has(id)) rows.set(id, createRow(lens, id));
    const elements = layers.map(({ id }) => rows.get(id)?.element ?? "");
    if (elements.some((one, at) => list.children[at] !== one) || list.children.length !== elements.length)
      list.replaceChildren(...elements);
    for (const layer of layers) rows.get(layer.id)?.draw(layer, comparable);
  };
  return { element, draw };
}

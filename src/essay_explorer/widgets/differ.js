// @ts-check
/**
 * Where the reader's marks and another layer agree and where they differ: in words, in numbers, step by step, and as a
 * table. Nobody is right here.
 */
/** @import { Lens, LensView, View } from "./types.d.ts" */
/** @import { Compared, Kind } from "./differences.js" */

/** @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, ArrowLeft: -1 };

/** The frame of the view. @param {Lens} lens */
function createPanel({ dom: { h, signButton } }) {
  const title = h("h2", { tabIndex: -1 });
  const close = h("button", { type: "button", className: "step close", title: say("Close (Esc)") }, "×");
  close.setAttribute("aria-label", say("Close the comparison"));
  const finding = h("p", { className: "found" });
  const kinds = h("ul", { className: "kinds", "aria-label": say("The signs in the text") });
  const [back, next] = [signButton("‹", say("Previous difference")), signButton("›", say("Next difference"))];
  const where = h("p", { className: "among", role: "status" });
  const current = h("div", { className: "current" });
  const rows = h("div", { className: "rows" });
  const table = h("details", {}, h("summary", {}, say("Show as table")), rows);
  const bar = h("div", { className: "bar" }, title, close);
  const stepper = h("div", { className: "way" }, back, where, next);
  const body = h("div", { className: "body" }, finding, kinds, stepper, current, table);
  const parts = h("div", { className: "parts" }, bar, body);
  const root = h("section", { className: "differ-panel", "aria-label": say("Comparison") }, parts);
  return { root, parts, title, close, finding, kinds, back, next, where, current, table, rows };
}

/**
 * What stands where the comparison will, for one that is not in an explorer: what begins it, once something is marked.
 * @param {Lens} lens
 */
function createOffer(lens) {
  const { h } = lens.dom;
  const begin = h("button", { type: "button", className: "quiet" }, say("Compare with mine"));
  begin.addEventListener("click", () => lens.compare("reading"));
  const unmarked = h("p", {}, say("What you mark can be compared with the reading here."));
  const element = h("div", { className: "offer" }, unmarked, begin);
  return {
    element,
    draw() {
      element.hidden = lens.compared() !== null;
      unmarked.hidden = lens.layers().some(({ id, count }) => id === "mine" && count);
      begin.hidden = !unmarked.hidden;
    },
  };
}

/**
 * How many sentences there are of each kind, with the signs that they have in the text.
 * @param {Lens} lens @param {Compared[]} rows @param {string} other what the other is called
 */
function kindsView({ signs, dom: { h } }, rows, other) {
  return /** @type {[Kind, string][]} */ (Object.entries(signs)).map(([kind, sign]) => {
    const count = rows.filter((row) => row.kind === kind).length;
    const mark = h("span", { className: "sign", "aria-hidden": "true" }, sign);
    return h("li", {}, mark, h("b", {}, String(count)), ` ${wordsOf(kind, other)}`);
  });
}

/**
 * Where one is among the differences, in words.
 * @param {Compared[]} rows @param {number} number of the sentence that is looked at; 0 for none
 */
export function placeAmong(rows, number) {
  const differing = rows.filter(({ kind }) => kind !== "alike");
  const at = differing.findIndex((row) => row.number === number);
  if (at >= 0) return say("{number} of {all}", { number: at + 1, all: differing.length });
  return differing.length ? sayN("{count} difference", "{count} differences", differing.length) : say("No differences");
}

/**
 * Arrow keys step, Esc closes.
 * @param {HTMLElement} root @param {(by: number) => void} step @param {() => void} close @param {AbortSignal} signal
 */
function addKeys(root, step, close, signal) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const by = KEYS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || !(by || event.key === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (by) step(by);
    else close();
  };
  root.addEventListener("keydown", onKey, { signal });
}

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const panel = createPanel(lens);
  const offer = el.closest(".essay-explorer") ? null : createOffer(lens);
  if (offer) panel.root.prepend(offer.element);
  /** @type {Element | null} */
  let opener = null; // where the focus was when it was opened
  /** @type {ReturnType<Lens["compared"]>} */
  let drawn = null;
  let looked = -1;
  const step = (/** @type {number} */ by) => {
    const next = differenceBeside(lens.compared()?.rows ?? [], lens.sentenceAt(), by);
    if (next) lens.lookAt(next.number);
  };
  const close = () => lens.compare("");
  const fill = (/** @type {NonNullable<typeof drawn>} */ { rows, names, finding }) => {
    const [, name] = names;
    panel.title.textContent =
      name === say("the reading")
        ? say("Your marks and the reading’s")
        : say("Your marks and those by {name}", { name });
    panel.finding.textContent = finding;
    panel.kinds.replaceChildren(...kindsView(lens, rows, names[1]));
    panel.rows.replaceChildren(...tableView(lens, rows, names, lens.lookAt));
  };
  const look = (/** @type {NonNullable<typeof drawn>} */ { rows, names }) => {
    const number = lens.sentenceAt();
    const row = rows.find((one) => one.number === number);
    panel.root.classList.toggle("looking", row !== undefined);
    panel.current.replaceChildren(...(row ? sentenceView(lens, row, names) : []));
    lens.dom.setText(panel.where, placeAmong(rows, number));
    panel.back.disabled = !differenceBeside(rows, number, -1);
    panel.next.disabled = !differenceBeside(rows, number, 1);
  };
  const draw = () => {
    const now = lens.compared();
    const [before, number] = [drawn, lens.sentenceAt()];
    drawn = now;
    panel.parts.hidden = !now;
    offer?.draw();
    if (now && now !== before) fill(now);
    if (now && (now !== before || number !== looked)) look(now);
    looked = number;
    const active = lens.dom.focused(panel.root);
    if (now && !before) {
      opener = active;
      if (lens.steps()) queueMicrotask(() => panel.title.focus({ preventScroll: true })); // when there is room for it
    } else if (!now && before && (active === document.body || panel.root.contains(active)))
      /** @type {HTMLElement | null} */ (opener)?.focus({ preventScroll: true });
  };
  panel.back.addEventListener("click", () => step(-1));
  panel.next.addEventListener("click", () => step(1));
  panel.close.addEventListener("click", close);
  addKeys(panel.root, step, close, signal);
  lens.observe(draw, signal);
  draw();
  el.replaceChildren(panel.root);
  lens.dress(model, el, signal);
  return () => el.replaceChildren();
}

export default { render };

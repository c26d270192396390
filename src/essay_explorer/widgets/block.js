// @ts-check
/**
 * What a block of the essay is on the page: its element, its lines or cells, what it stands in. Part of essay_text.js.
 */
/** @import { Frame, Lens, Segment, Shape } from "./types.d.ts" */

/**
 * A block in the article. `outers`: the elements of the frames that start with it, from the outermost.
 * @typedef {{element: HTMLElement, frames: Frame[], outers: HTMLElement[]}} Leaf
 */

/** @type {Record<string, keyof HTMLElementTagNameMap>} */
const ELEMENTS = { code: "pre", row: "tr", picture: "figure", rule: "hr" };
/** @type {Record<string, string>} */
const NAMES = { heading: "section", code: "listing", "list item": "entry" }; // of their classes
/** @type {Record<Frame["kind"], keyof HTMLElementTagNameMap>} */
const FRAMES = { quotation: "blockquote", "ordered list": "ol", list: "ul", item: "li", table: "div" };

/** The element of a block. @param {Shape} shape @param {Lens} lens */
export function createBlock({ kind, level = 2 }, { dom: { h } }) {
  const name = kind === "heading" ? /** @type {"h2"} */ (`h${level}`) : (ELEMENTS[kind ?? ""] ?? "p");
  const className = ["paragraph", NAMES[kind ?? ""] ?? kind].filter(Boolean).join(" ");
  return /** @type {HTMLElement} */ (h(name, { className, dir: kind === "code" ? "ltr" : "auto" }));
}

/** A block without text: a rule, or pictures that nobody described. @param {Shape} shape @param {Lens} lens */
export function createBare(shape, lens) {
  const element =
    shape.kind === "rule" ? lens.dom.h("hr", {}) : lens.dom.h("figure", { className: "bare" }, ...figures(shape, lens));
  return /** @type {Leaf} */ ({ element, frames: shape.frames ?? [], outers: [] });
}

/**
 * Fill a block: its number, and its segments in their lines or cells.
 * @param {HTMLElement} element @param {HTMLElement} number @param {Shape} shape
 * @param {{segment: Segment, nodes: Node[]}[]} parts @param {Lens} lens
 */
export function fillBlock(element, number, shape, parts, lens) {
  const { h } = lens.dom;
  const pieces = [...Map.groupBy(parts, ({ segment }) => segment.piece ?? 0).values()];
  const inner = pieces.map((piece) => piece.flatMap(({ nodes }) => nodes));
  if (shape.kind === "row") {
    const cells = inner.map((nodes, at) => {
      const cell = shape.header ? h("th", { scope: "col" }) : h("td");
      cell.dir = "auto";
      cell.style.textAlign = shape.columns?.[at] ?? "";
      cell.append(...(at ? [] : [number]), ...nodes);
      return cell;
    });
    element.replaceChildren(...cells);
  } else if (shape.kind === "verse" || shape.kind === "code") {
    const lines = inner.map((nodes, at) => {
      const line = h("span", { className: "verse-line" }, ...nodes);
      const [indent, gap] = [shape.indents?.[at], shape.gaps?.[at]];
      if (indent) line.style.setProperty("--indent", String(indent));
      if (gap) line.style.setProperty("--gap", String(gap));
      return line;
    });
    element.replaceChildren(number, ...lines);
  } else if (shape.pictures) {
    element.replaceChildren(...figures(shape, lens), h("span", { className: "shown" }, number, ...inner.flat()));
  } else {
    element.replaceChildren(number, ...inner.flat());
  }
}

/**
 * Pictures, each with its caption. What they show stands below them, for everybody.
 * @param {Shape} shape @param {Lens} lens
 */
function figures({ pictures = [] }, { dom: { h } }) {
  return pictures.flatMap(({ source, caption }) => [
    ...(source ? [h("img", { src: source, alt: "" })] : []),
    ...(caption ? [h("span", { className: "caption" }, caption)] : []),
  ]);
}

/**
 * Blocks in their frames, as elements. `open`: the numbers of the frames that are open before the first.
 * @param {Leaf[]} leaves @param {Set<number>} open @param {Lens} lens @returns {HTMLElement[]}
 */
export function framed(leaves, open, lens, depth = 0) {
  const made = [];
  for (let start = 0, end = 0; start < leaves.length; start = end) {
    const frame = leaves[start].frames[depth];
    end = start + 1;
    while (frame && leaves[end]?.frames[depth]?.id === frame.id) end += 1;
    made.push(frame ? outer(frame, leaves.slice(start, end), open, lens, depth) : leaves[start].element);
  }
  return made;
}

/**
 * The element of a frame with the blocks in it; the one that its first block had is used again.
 * @param {Frame} frame @param {Leaf[]} within @param {Set<number>} open @param {Lens} lens @param {number} depth
 */
function outer(frame, within, open, lens, depth) {
  const { outers } = within[0];
  const kept = outers[depth]?.localName === FRAMES[frame.kind] ? outers[depth] : createFrame(frame, lens);
  outers[depth] = kept;
  kept.dir = frame.rtl ? "rtl" : "ltr";
  kept.classList.toggle("more", open.has(frame.id));
  if (frame.value !== undefined) /** @type {HTMLLIElement} */ (kept).value = frame.value;
  if (frame.figures) /** @type {HTMLLIElement} */ (kept).type = frame.figures;
  kept.style.listStyleType = frame.marker ? `"${frame.marker} "` : "";
  arrange(kept.querySelector("tbody") ?? kept, framed(within, open, lens, depth + 1));
  return kept;
}

/** @param {Frame} frame @param {Lens} lens */
function createFrame({ kind }, { dom: { h } }) {
  if (kind !== "table") return /** @type {HTMLElement} */ (h(FRAMES[kind]));
  const scroll = h("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": say("Table") });
  scroll.append(h("table", {}, h("tbody")));
  return h("div", { className: "table" }, scroll);
}

/**
 * Make these the children of an element; those that stay where they are keep the focus and what is selected in them.
 * @param {Element} parent @param {Element[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}

// @ts-check
/**
 * The strip beside the essay, its fingerprint: where each theme runs, where the reader is, and arcs from the passage in
 * focus to those that it is related to. Decoration: the card has the same as links. Part of essay_text.js.
 */
/** @import { Content, Lens, Tag } from "./types.d.ts" */
/** @import { Arc } from "./fingerprint.js" */
/** @import { Look } from "./paragraph.js" */

const UNIT = 1000; // of the strip's height
const CLOSEST = 0.3; // of the room for arcs: what the shortest of several takes
const MOST_LETTERS = 90; // of a passage that is only named

/** @param {string} name @param {Record<string, string | number>} attributes @param {...Node} children */
function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Stretches as the course of a line. @param {number} x @param {[start: number, end: number][]} stretches */
export const course = (x, stretches) =>
  stretches.map(([start, end]) => `M${x} ${(UNIT * start).toFixed(1)}V${(UNIT * end).toFixed(1)}`).join("");

/**
 * The course of an arc from one height to another.
 * @param {number} from @param {number} to @param {number} depth of the room for arcs, 1 for all of it
 */
export function bow(from, to, depth) {
  const far = (depth * 4 * UNIT) / 3;
  const [start, end] = [from, to].map((share) => (UNIT * share).toFixed(1));
  return `M0 ${start}C${far.toFixed(0)} ${start} ${far.toFixed(0)} ${end} 0 ${end}`;
}

/** The lanes of the themes. @param {Lens} lens */
function createLanes(lens) {
  const element = svg("svg", { class: "lanes", preserveAspectRatio: "none" });
  /** Where each tag runs in the whole essay, worked out once. @type {Map<string, string>} */
  const whole = new Map();
  /** @type {Content | null} */
  let drawn = null;
  /** @param {Tag} tag @param {string} name @param {string} d */
  const lane = (tag, name, d) => {
    const path = svg("path", { class: name, "data-tag": tag.id, d });
    if (tag.colour) path.style.setProperty("--c", `light-dark(${tag.colour[0]}, ${tag.colour[1]})`);
    return path;
  };
  /** @param {Look} look */
  const draw = ({ state, shown }) => {
    const { content, extent } = lens;
    const tags = lens.lanesOf(content.facets, state.chosen);
    const passages = content.passages.filter(({ id }) => shown.has(id));
    const runOf = (/** @type {string} */ id, /** @type {number} */ at, /** @type {typeof passages} */ among) =>
      course(at + 0.5, lens.barsOf(id, among, extent.stretches));
    if (drawn !== content) whole.clear();
    drawn = content;
    element.setAttribute("viewBox", `0 0 ${Math.max(tags.length, 1)} ${UNIT}`);
    element.classList.toggle("resting", !lens.active());
    element.replaceChildren(
      ...tags.flatMap((tag, at) => {
        const lit = lens.active() && (!state.chosen.length || state.chosen.includes(tag.id));
        const key = `${tag.id} ${at}`;
        const run = whole.get(key) ?? runOf(tag.id, at, content.passages);
        whole.set(key, run);
        return [lane(tag, "under", run), ...(lit ? [lane(tag, "on", runOf(tag.id, at, passages))] : [])];
      }),
    );
  };
  return { element, draw };
}

/** The relations of the passage in focus. @param {Lens} lens */
function createArcs(lens) {
  const element = svg("svg", { class: "arcs", viewBox: `0 0 ${UNIT} ${UNIT}`, preserveAspectRatio: "none" });
  const named = (/** @type {string} */ kind, /** @type {string} */ id) => {
    const text = [...(lens.texts.get(id) ?? "")];
    const title = svg("title", {});
    title.textContent = `${kind}: ${text.slice(0, MOST_LETTERS).join("")}${text.length > MOST_LETTERS ? "…" : ""}`;
    return title;
  };
  const dot = (/** @type {string} */ name, /** @type {number} */ at) =>
    svg("path", { class: name, d: `M0 ${(UNIT * at).toFixed(1)}h0.01` });
  element.addEventListener("click", (event) => {
    const to = /** @type {Element} */ (event.target).closest("[data-to]")?.getAttribute("data-to");
    if (!to) return;
    event.stopPropagation(); // the strip would scroll to where it was touched
    lens.open(to);
  });
  const draw = () => {
    const { at } = lens.state();
    const relations = lens.content.relations.filter(({ from, to }) => from === at || to === at);
    const far = (/** @type {Arc} */ { start, end }) => Math.abs(end - start);
    const related = lens.arcsOf(relations, lens.extent.stretches).sort((a, b) => far(b) - far(a));
    const other = (/** @type {Arc} */ { from, to, start, end }) =>
      /** @type {[string, number]} */ (from === at ? [to, end] : [from, start]);
    /** One inside the other. @param {Arc} arc @param {number} rank */
    const courseOf = ({ start, end }, rank) => bow(start, end, 1 - ((1 - CLOSEST) * rank) / related.length);
    const group = (/** @type {Arc} */ arc, /** @type {Node[]} */ parts) =>
      svg("g", { class: arc.kind, "data-to": other(arc)[0] }, named(arc.kind, other(arc)[0]), ...parts);
    const here = related[0] && (related[0].from === at ? related[0].start : related[0].end);
    const touches = related.map((arc, rank) => group(arc, [svg("path", { class: "touch", d: courseOf(arc, rank) })]));
    const drawn = related.map((arc, rank) =>
      group(arc, [svg("path", { class: "arc", d: courseOf(arc, rank) }), dot("end", other(arc)[1])]),
    );
    element.replaceChildren(...touches, ...drawn, ...(here === undefined ? [] : [dot("here", here)]));
  };
  return { element, draw };
}

/**
 * @param {Lens} lens @param {() => boolean} isLong whether it is drawn once the text is on the screen, for which a long
 * essay has reason
 */
export function createStrip(lens, isLong) {
  const here = lens.dom.h("b");
  const [lanes, arcs] = [createLanes(lens), createArcs(lens)];
  const element = lens.dom.h("div", { className: "strip", "aria-hidden": "true" }, lanes.element, here, arcs.element);
  /** @type {Look | null} */
  let wanted = null;
  const draw = () => {
    if (wanted) lanes.draw(wanted);
    wanted = null;
    arcs.draw();
  };
  return {
    element,
    /** @param {Look} look */
    draw(look) {
      const due = wanted !== null;
      wanted = look;
      if (!isLong()) draw();
      else if (!due) requestAnimationFrame(() => setTimeout(draw));
    },
    /**
     * Show which part of the essay is on the screen.
     * @param {HTMLElement} article @param {{top: number, bottom: number}} view
     */
    place(article, view) {
      const box = article.getBoundingClientRect();
      const share = (/** @type {number} */ y) => Math.min(1, Math.max(0, (y - box.top) / (box.height || 1)));
      here.style.top = `${100 * share(view.top)}%`;
      here.style.height = `${100 * (share(view.bottom) - share(view.top))}%`;
    },
    /** How many letters of the essay lie before this height on the screen. @param {number} y */
    lettersBefore(y) {
      const box = element.getBoundingClientRect();
      return (lens.extent.total * (y - box.top)) / box.height;
    },
  };
}

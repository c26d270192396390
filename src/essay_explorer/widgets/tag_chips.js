// @ts-check
/** The tags of each facet as chips: to choose or to exclude. Part of theme_filter.js. */
/** @import { Facet, Lens, Tag, TagInFacet } from "./types.d.ts" */
/** @import { Definition } from "./tag_definition.js" */

/**
 * How many passages of a tag are shown, of how many: "2/9", or one number where both are the same, and 0 for none.
 * @param {number} count of its passages @param {number} shown of them
 */
export const tally = (count, shown) => (shown && shown < count ? `${shown}/${count}` : String(shown && count));

/**
 * A chip, and the button beside it that excludes its tag. What it means is said on it, or shown at it.
 * @param {TagInFacet} tag @param {Lens} lens @param {Definition | null} definition null where it is said
 */
function createChip(tag, lens, definition) {
  const { h, paint, setText, signButton } = lens.dom;
  const count = h("span", { className: "count" });
  const code = tag.code ? [h("b", { "aria-hidden": "true" }, tag.code)] : [];
  const means = definition ? [] : [h("span", { className: "means", "aria-hidden": "true" }, tag.definition)];
  const label = h("span", { className: "label" }, tag.label, ...means);
  const choose = h("button", { type: "button", className: "choose" }, ...code, label, " ", count);
  const leave = signButton("−", say("Exclude {label}", { label: tag.label }), "leave");
  if (!definition) choose.setAttribute("aria-description", tag.definition);
  choose.addEventListener("click", () => lens.choose(tag.id));
  leave.addEventListener("click", () => lens.exclude(tag.id));
  const element = h("div", { className: tag.colour ? "chip coloured" : "chip" }, choose, leave);
  element.dataset.tag = tag.id;
  if (definition) define(definition, tag, element, choose);
  paint(element, tag);
  const draw = () => {
    const state = lens.state();
    const chosen = state.chosen.includes(tag.id);
    const excluded = state.excluded.includes(tag.id);
    const would = chosen || excluded || lens.would(tag.id);
    const { count: all } = lens.tags.get(tag.id) ?? tag;
    const shown = lens.count(tag.id);
    choose.setAttribute("aria-pressed", String(chosen));
    leave.setAttribute("aria-pressed", String(excluded));
    element.classList.toggle("chosen", chosen);
    element.classList.toggle("excluded", excluded);
    element.classList.toggle("none", !would || !all);
    count.classList.toggle("zero", !shown);
    setText(count, tally(all, shown));
  };
  return { element, draw };
}

/** Arrow keys go from button to button of a group, which is one stop for the Tab key. @param {HTMLElement} group */
function addArrowKeys(group) {
  const buttons = [...group.querySelectorAll("button")];
  const stopAt = (/** @type {EventTarget | null} */ one) => {
    for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
  };
  stopAt(buttons[0]);
  group.addEventListener("focusin", (event) => stopAt(event.target));
  group.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const steps = { ArrowRight: here + 1, ArrowDown: here + 2, ArrowLeft: here - 1, ArrowUp: here - 2 };
    const to = { ...steps, Home: 0, End: buttons.length - 2 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
}

/** Is a facet always in sight? The others are folded. @param {Facet} facet */
const isOpen = ({ role, tags }) => role === "theme" || tags.some((tag) => tag.colour);

/**
 * The tags of a facet that are chosen or excluded, so that its name says it while it is folded.
 * @param {Facet} facet @param {Lens} lens
 */
function pickedOf(facet, lens) {
  const { chosen, excluded } = lens.state();
  const label = (/** @type {Tag} */ tag) =>
    chosen.includes(tag.id) ? tag.label : excluded.includes(tag.id) ? say("not {label}", { label: tag.label }) : [];
  return facet.tags.flatMap(label);
}

/**
 * The chips of a facet under its name, or folded behind it.
 * @param {Facet} facet @param {Lens} lens @param {Definition} definition
 */
function createFacet(facet, lens, definition) {
  const { h, setText, facetName } = lens.dom;
  const name = facetName(facet);
  const open = isOpen(facet);
  const isSaid = !open && facet.tags.every((tag) => tag.definition);
  const chips = facet.tags.map((tag) => createChip({ ...tag, facet }, lens, isSaid ? null : definition));
  const toolbar = h("div", { className: "chips", role: "toolbar", "aria-label": name });
  toolbar.append(...chips.map(({ element }) => element));
  addArrowKeys(toolbar);
  const isRows = isSaid || facet.tags.some((tag) => tag.colour);
  const className = isRows ? "facet rows" : "facet";
  const title = { title: facet.definition };
  const picked = h("span", { className: "picked" });
  const element = open
    ? h("section", { className }, h("h2", title, name), toolbar)
    : h("details", { className }, h("summary", title, h("span", {}, name), " ", picked), toolbar);
  if (element instanceof HTMLDetailsElement) element.open = pickedOf(facet, lens).length > 0;
  const draw = () => {
    for (const chip of chips) chip.draw();
    const labels = pickedOf(facet, lens);
    setText(picked, labels.length ? String(labels.length) : "");
    picked.title = labels.join(", ");
  };
  return { element, open, draw };
}

/**
 * In a bar that shows a few of the chips, one that is chosen comes into sight where none of them is.
 * @param {HTMLElement} themes
 */
function reveal(themes) {
  const chosen = [...themes.querySelectorAll(".chip.chosen")];
  const bar = chosen[0]?.parentElement;
  if (!bar || bar.scrollWidth <= bar.clientWidth) return;
  const { left, right } = bar.getBoundingClientRect();
  const boxes = chosen.map((chip) => chip.getBoundingClientRect());
  if (!boxes.some((box) => box.left >= left && box.left < right)) bar.scrollLeft += boxes[0].left - left;
}

/**
 * The codebook as it looks: what chips are made of, without what changes when a passage comes or goes.
 * @param {Facet[]} facets
 */
const looksOf = (facets) => JSON.stringify(facets, (key, value) => (key === "count" ? undefined : value));

/**
 * The chips of all facets, made anew when the codebook changes; the focus stays on the chip where it is.
 * @param {Lens} lens @param {AbortSignal} signal
 */
export function createFacets(lens, signal) {
  const { h } = lens.dom;
  const definition = createDefinition(lens, signal);
  const themes = h("div", { className: "themes" });
  const others = h("div", { className: "others" });
  const roots = [themes, others];
  /** @type {ReturnType<typeof createFacet>[]} */
  let facets = [];
  let looks = "";
  const build = () => {
    const active = lens.dom.focused(themes);
    const focused = active.closest(".chip");
    const kind = active.classList.contains("leave") ? "leave" : "choose";
    const isHere = focused && roots.some((root) => root.contains(focused));
    const tag = isHere ? /** @type {HTMLElement} */ (focused).dataset.tag : "";
    facets = lens.content.facets
      .filter((facet) => facet.tags.length)
      .map((facet) => createFacet(facet, lens, definition));
    const elements = (/** @type {boolean} */ open) => facets.filter((one) => one.open === open);
    themes.replaceChildren(...elements(true).map(({ element }) => element));
    others.replaceChildren(...elements(false).map(({ element }) => element));
    const selector = `.chip[data-tag="${CSS.escape(tag ?? "")}"] .${kind}`;
    const again = tag ? roots.map((root) => root.querySelector(selector)).find(Boolean) : null;
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };
  let picked = "";
  const draw = () => {
    const now = looksOf(lens.content.facets);
    if (now !== looks) build();
    looks = now;
    for (const facet of facets) facet.draw();
    const picks = [lens.opened().unfolded, ...lens.state().chosen].join(" ");
    if (picks !== picked) requestAnimationFrame(() => reveal(themes));
    picked = picks;
  };
  return { themes, others, definition: definition.element, draw };
}

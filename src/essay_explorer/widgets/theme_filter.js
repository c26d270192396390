// @ts-check
/** The controls of the lens: find, chips for the tags of each facet, any or all, mark, dim or only. */
/** @import { Facet, Lens, LensView, State, TagInFacet, View } from "./types.d.ts" */

const MATCH = { any: "Any of them", all: "All of them" };
const SHOW = { mark: "Mark", dim: "Dim the rest", only: "Only these" };

/**
 * What a chip says after its label: how many passages; none of a tag that is left out, or that would show nothing.
 * @param {{count: number}} tag @param {{chosen: boolean, excluded: boolean, would: number}} state
 */
export function tally(tag, { chosen, excluded, would }) {
  return String(excluded || !(chosen || would) ? 0 : tag.count);
}

/**
 * Set a text if it changes: a new one is laid out anew, and a live region speaks.
 * @param {HTMLElement} element @param {string} text
 */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A chip, and the button beside it that leaves its tag out. @param {TagInFacet} tag @param {Lens} lens */
function createChip(tag, lens) {
  const { h, paint } = lens.dom;
  const count = h("span", { className: "count" });
  const code = tag.code ? [h("b", { "aria-hidden": "true" }, tag.code)] : [];
  const label = h("span", { className: "label" }, tag.label);
  const choose = h(
    "button",
    { type: "button", className: "choose", title: tag.definition },
    ...code,
    label,
    " ",
    count,
  );
  const minus = h("span", { "aria-hidden": "true" }, "−");
  const leave = h("button", { type: "button", className: "leave", title: `Leave out: ${tag.label}` }, minus);
  leave.setAttribute("aria-label", `Leave out ${tag.label}`);
  choose.addEventListener("click", () => lens.choose(tag.id));
  leave.addEventListener("click", () => lens.exclude(tag.id));
  const element = h("div", { className: tag.colour ? "chip coloured" : "chip" }, choose, leave);
  element.dataset.tag = tag.id;
  paint(element, tag);
  const draw = () => {
    const state = lens.state();
    const chosen = state.chosen.includes(tag.id);
    const excluded = state.excluded.includes(tag.id);
    const would = chosen || excluded ? 1 : lens.would(tag.id);
    const now = lens.tags.get(tag.id) ?? tag;
    choose.setAttribute("aria-pressed", String(chosen));
    leave.setAttribute("aria-pressed", String(excluded));
    element.classList.toggle("chosen", chosen);
    element.classList.toggle("excluded", excluded);
    element.classList.toggle("none", !would || !now.count);
    setText(count, tally(now, { chosen, excluded, would }));
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

/** The chips of a facet under its name. @param {Facet} facet @param {Lens} lens */
function createFacet(facet, lens) {
  const { h } = lens.dom;
  const chips = facet.tags.map((tag) => createChip({ ...tag, facet }, lens));
  const toolbar = h("div", { className: "chips", role: "toolbar", "aria-label": facet.label });
  toolbar.append(...chips.map(({ element }) => element));
  addArrowKeys(toolbar);
  const className = facet.tags.some((tag) => tag.colour) ? "facet rows" : "facet";
  const element = h("section", { className }, h("h2", { title: facet.definition }, facet.label), toolbar);
  const draw = () => {
    for (const chip of chips) chip.draw();
  };
  return { element, draw };
}

/**
 * The codebook as it looks: what chips are made of, without what changes when a passage comes or goes.
 * @param {Facet[]} facets
 */
const looksOf = (facets) => JSON.stringify(facets, (key, value) => (key === "count" ? undefined : value));

/**
 * The chips of all facets, made anew when the codebook changes; the focus stays on the chip where it is.
 * @param {Lens} lens @param {HTMLElement} root
 */
function createFacets(lens, root) {
  /** @type {ReturnType<typeof createFacet>[]} */
  let facets = [];
  let looks = "";
  const build = () => {
    const focused = document.activeElement?.closest(".chip");
    const kind = document.activeElement?.classList.contains("leave") ? "leave" : "choose";
    const tag = focused && root.contains(focused) ? /** @type {HTMLElement} */ (focused).dataset.tag : "";
    for (const { element } of facets) element.remove();
    facets = lens.content.facets.filter((facet) => facet.tags.length).map((facet) => createFacet(facet, lens));
    const [first, ...others] = facets.map(({ element }) => element);
    if (first) root.prepend(first);
    root.append(...others);
    const again = tag ? root.querySelector(`.chip[data-tag="${CSS.escape(tag)}"] .${kind}`) : null;
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };
  const draw = () => {
    const now = looksOf(lens.content.facets);
    if (now !== looks) build();
    looks = now;
    for (const facet of facets) facet.draw();
  };
  return { draw };
}

/**
 * Buttons of which one is pressed.
 * @template {string} Value
 * @param {Lens} lens @param {string} name @param {Record<Value, string>} labels @param {(value: Value) => void} pick
 */
function createSwitch({ dom: { h } }, name, labels, pick) {
  const buttons = /** @type {[Value, string][]} */ (Object.entries(labels)).map(([value, label]) => {
    const button = h("button", { type: "button" }, label);
    button.dataset.value = value;
    button.addEventListener("click", () => pick(value));
    return button;
  });
  const element = h("div", { className: "switch", role: "group", "aria-label": name }, ...buttons);
  const draw = (/** @type {Value} */ now) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === now));
  };
  return { element, draw };
}

/** The field for words, and the steps from hit to hit. @param {Lens} lens */
function createFinder(lens) {
  const { h } = lens.dom;
  const field = { type: "search", placeholder: "Find words", autocomplete: "off", spellcheck: false, maxLength: 200 };
  const input = h("input", field);
  input.setAttribute("aria-label", "Find words in the text");
  const count = h("span", { className: "hits", role: "status" });
  const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ label) => {
    const button = h(
      "button",
      { type: "button", className: "step", title: label },
      h("span", { "aria-hidden": "true" }, sign),
    );
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => lens.step(by));
    return button;
  };
  const steps = h("span", { className: "steps" }, count, step(-1, "↑", "Previous hit"), step(1, "↓", "Next hit"));
  input.addEventListener("input", () => lens.act({ query: input.value }));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && !(event.key === "Escape" && input.value)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") lens.step(event.shiftKey ? -1 : 1);
    else lens.act({ query: "" });
  });
  const draw = () => {
    const { query } = lens.state();
    const { length } = lens.hits();
    if (input.value !== query) input.value = query;
    steps.classList.toggle("idle", !query.trim());
    const where = lens.hit() >= 0 ? `${lens.hit() + 1} of ` : "";
    setText(count, length ? `${where}${length} ${length === 1 ? "hit" : "hits"}` : "no hits");
  };
  return { element: h("div", { className: "find" }, input, steps), draw };
}

/** Are two tags of one facet chosen, so that any or all of them matters? @param {Lens} lens @param {State} state */
const hasSeveral = ({ content }, { chosen }) =>
  content.facets.some((facet) => facet.tags.filter(({ id }) => chosen.includes(id)).length > 1);

/** What the lens shows in words, and how it shows it. @param {Lens} lens */
function createControls(lens) {
  const { h } = lens.dom;
  const says = h("p", { className: "says", role: "status" });
  const setMatch = (/** @type {State["match"]} */ match) => lens.act({ match });
  const setShow = (/** @type {State["show"]} */ show) => lens.act({ show });
  const match = createSwitch(lens, "With several tags of a kind, show passages with", MATCH, setMatch);
  const show = createSwitch(lens, "How to show the passages", SHOW, setShow);
  const draw = () => {
    const state = lens.state();
    setText(says, lens.sentence());
    match.draw(state.match);
    show.draw(state.show);
    match.element.classList.toggle("idle", !hasSeveral(lens, state));
  };
  return { elements: [says, h("div", { className: "controls" }, show.element, match.element)], draw };
}

/** Copy, download; clear, and once more what was cleared. @param {Lens} lens */
function createActs(lens) {
  const { h, copyButton } = lens.dom;
  const clear = h("button", { type: "button", className: "quiet clear" });
  clear.addEventListener("click", () => (lens.active() ? lens.clear() : lens.undo()));
  const copy = copyButton("Copy link to this view", () => lens.link());
  const file = h("button", { type: "button", className: "quiet" }, "Download this view");
  file.addEventListener("click", () => lens.download());
  const picture = h("button", { type: "button", className: "quiet" }, "Picture of this view");
  picture.addEventListener("click", () => lens.picture());
  const draw = () => {
    setText(clear, lens.active() || !lens.cleared() ? "Clear" : "Undo");
    clear.classList.toggle("idle", !lens.active() && !lens.cleared());
    copy.hidden = !lens.link();
    file.hidden = !lens.file() || location.protocol === "file:"; // nothing can be fetched from a folder
  };
  return { element: h("div", { className: "acts" }, copy, file, picture, clear), draw };
}

/** @param {View<LensView>} view */
async function render({ model, el, signal, host }) {
  const lens = /** @type {Lens} */ ((await host.getWidget(model.get("lens"))).exports);
  const controls = createControls(lens);
  const finder = createFinder(lens);
  const acts = createActs(lens);
  const root = lens.dom.h("div", { className: "theme-filter" }, ...controls.elements, finder.element, acts.element);
  const facets = createFacets(lens, root);
  const draw = () => {
    for (const part of [facets, controls, finder, acts]) part.draw();
    root.classList.toggle("active", lens.active());
  };
  el.replaceChildren(root);
  lens.observe(draw, signal);
  draw();
  return () => el.replaceChildren();
}

export default { render };

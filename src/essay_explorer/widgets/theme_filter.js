// @ts-check
/** The controls of the lens: find, chips for the tags of each facet, any or all, mark, dim or only. */

const MATCH = { any: "Any of them", all: "All of them" };
const SHOW = { mark: "Mark", dim: "Dim the rest", only: "Only these" };

/** What a chip says after its label: how many passages, or that there would be none. */
export function tally(tag, { chosen, excluded, would }) {
  if (excluded) return "left out";
  if (!tag.count) return "none";
  if (!chosen && !would) return "none here";
  return String(tag.count);
}

/** A chip and the button beside it that leaves its tag out. */
function chip(tag, lens) {
  const { h, paint } = lens.dom;
  const count = h("span", { className: "count" });
  const code = tag.code ? [h("b", { "aria-hidden": "true" }, tag.code)] : [];
  const choose = h("button", { type: "button", className: "choose", title: tag.definition }, ...code, h("span", { className: "label" }, tag.label), " ", count);
  const leave = h("button", { type: "button", className: "leave", title: `Leave out: ${tag.label}` }, h("span", { "aria-hidden": "true" }, "−"));
  leave.setAttribute("aria-label", `Leave out ${tag.label}`);
  choose.addEventListener("click", () => lens.choose(tag.id));
  leave.addEventListener("click", () => lens.exclude(tag.id));
  const element = h("div", { className: tag.colour ? "chip coloured" : "chip" }, choose, leave);
  element.dataset.tag = tag.id;
  paint(element, tag);
  return { tag, element, choose, leave, count };
}

/** Buttons of which one is pressed. */
function switcher(name, labels, pick, h) {
  const buttons = Object.entries(labels).map(([value, label]) => {
    const button = h("button", { type: "button" }, label);
    button.dataset.value = value;
    button.addEventListener("click", () => pick(value));
    return button;
  });
  const element = h("div", { className: "switch", role: "group", "aria-label": name }, ...buttons);
  const draw = (/** @type {string} */ now) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.value === now)));
  return { element, draw };
}

/** Arrow keys go from button to button of a group, which is one stop for the Tab key. */
function rove(group, signal) {
  const buttons = () => /** @type {HTMLElement[]} */ ([...group.querySelectorAll("button")]);
  const stop = (/** @type {HTMLElement} */ one) => buttons().forEach((button) => (button.tabIndex = button === one ? 0 : -1));
  stop(buttons()[0]);
  group.addEventListener("focusin", (event) => stop(event.target), { signal });
  group.addEventListener("keydown", (event) => {
    const all = buttons();
    const here = all.indexOf(event.target);
    const to = { ArrowRight: here + 1, ArrowDown: here + 2, ArrowLeft: here - 1, ArrowUp: here - 2, Home: 0, End: all.length - 2 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    all[(to + all.length) % all.length].focus();
  }, { signal });
}

function finder(lens) {
  const { h } = lens.dom;
  const input = h("input", { type: "search", placeholder: "Find words", autocomplete: "off", spellcheck: false, maxLength: 200 });
  input.setAttribute("aria-label", "Find words in the text");
  const count = h("span", { className: "hits", role: "status" });
  const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ label) => {
    const button = h("button", { type: "button", className: "step", title: label }, h("span", { "aria-hidden": "true" }, sign));
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
    steps.hidden = !query.trim();
    const where = lens.hit() >= 0 ? `${lens.hit() + 1} of ` : "";
    count.textContent = length ? `${where}${length} ${length === 1 ? "hit" : "hits"}` : "no hits";
  };
  return { element: h("div", { className: "find" }, input, steps), draw };
}

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { content, dom: { h } } = lens;
  const says = h("p", { className: "says", role: "status" });
  const find = finder(lens);
  const match = switcher("With several tags of a kind, show passages with", MATCH, (value) => lens.act({ match: value }), h);
  const show = switcher("How to show the passages", SHOW, (value) => lens.act({ show: value }), h);
  const clear = h("button", { type: "button", className: "quiet clear" }, "Clear ", h("kbd", {}, "Esc"));
  clear.addEventListener("click", () => lens.clear());
  const copy = lens.dom.copier("Copy link to this view", () => lens.link());
  const file = h("button", { type: "button", className: "quiet" }, "Download this view");
  file.addEventListener("click", () => lens.download());
  const groups = content.facets.filter((facet) => facet.tags.length).map((facet) => {
    const chips = facet.tags.map((tag) => chip(tag, lens));
    const toolbar = h("div", { className: "chips", role: "toolbar", "aria-label": facet.label }, ...chips.map(({ element }) => element));
    rove(toolbar, signal);
    const title = h("h2", { title: facet.definition }, facet.label);
    return { chips, element: h("section", { className: chips.some(({ tag }) => tag.colour) ? "facet rows" : "facet" }, title, toolbar) };
  });
  const [first, ...others] = groups.map(({ element }) => element);
  const root = h(
    "div", { className: "theme-filter" },
    ...(first ? [first] : []),
    says,
    h("div", { className: "controls" }, show.element, match.element),
    find.element,
    h("div", { className: "acts" }, clear, copy, file),
    ...others,
  );

  function draw() {
    const state = lens.state();
    for (const { tag, element, choose, leave, count } of groups.flatMap(({ chips }) => chips)) {
      const chosen = state.chosen.includes(tag.id);
      const excluded = state.excluded.includes(tag.id);
      const would = chosen || excluded ? 1 : lens.would(tag.id);
      choose.setAttribute("aria-pressed", String(chosen));
      leave.setAttribute("aria-pressed", String(excluded));
      element.classList.toggle("chosen", chosen);
      element.classList.toggle("excluded", excluded);
      element.classList.toggle("none", !would || !tag.count);
      const words = tally(tag, { chosen, excluded, would });
      if (count.textContent !== words) count.textContent = words; // new text is laid out anew
    }
    const words = lens.sentence();
    if (says.textContent !== words) says.textContent = words; // a live region speaks when it changes
    match.draw(state.match);
    show.draw(state.show);
    find.draw();
    root.classList.toggle("active", lens.active());
    match.element.hidden = !content.facets.some((facet) => facet.tags.filter(({ id }) => state.chosen.includes(id)).length > 1);
    clear.hidden = !lens.active();
    copy.hidden = !lens.link();
    file.hidden = !lens.file();
  }
  el.replaceChildren(root);
  lens.observe(draw, signal);
  draw();
  return () => el.replaceChildren();
}

export default { render };

// @ts-check
/** The whole explorer: filter, text and card side by side, or one over the other where there is little room. */

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { h } = lens.dom;
  const place = (/** @type {string} */ name) => h("div", { className: `place ${name}` });
  const places = { filter: place("filter"), text: place("text"), card: place("card") };
  const sheet = h("button", { type: "button", className: "sheet", "aria-expanded": "false" }, "Filters");
  const larger = h("button", { type: "button", className: "larger", "aria-pressed": "false", title: "Larger, for a projector" }, h("span", { "aria-hidden": "true" }, "A"), " Larger");
  const grid = h("div", { className: "grid" }, places.filter, places.text, places.card);
  const root = h("div", { className: "essay-explorer" }, grid);
  root.classList.toggle("framed", model.get("frame") === "notebook");
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // else JupyterLab takes single keys away
  await Promise.all(Object.entries(places).map(async ([name, target]) => (await host.getWidget(model.get(name))).render({ el: target, signal })));
  places.filter.prepend(sheet);
  places.filter.append(larger);

  const unfold = (/** @type {boolean} */ open) => {
    root.classList.toggle("unfolded", open);
    sheet.setAttribute("aria-expanded", String(open));
    sheet.textContent = open ? "Done" : "Filters";
  };
  sheet.addEventListener("click", () => unfold(!root.classList.contains("unfolded")));
  larger.addEventListener("click", () => larger.setAttribute("aria-pressed", String(root.classList.toggle("large"))));
  // Esc leaves one thing at a time: the sheet, the card, the filter.
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (root.classList.contains("unfolded")) {
      unfold(false);
      sheet.focus();
    } else if (lens.state().at) lens.close();
    else if (lens.active()) lens.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("keydown", leave, { signal });
  const draw = () => root.classList.toggle("carded", Boolean(lens.state().at));
  lens.observe(draw, signal);
  draw();
  if (!root.classList.contains("framed")) {
    // The page is the explorer: keys count also where nothing has the focus.
    document.addEventListener("keydown", (event) => event.target === document.body && leave(event), { signal });
  }
  el.replaceChildren(root);
  return () => el.replaceChildren();
}

export default { render };

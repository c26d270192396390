// @ts-check
/** The whole explorer: filter, text, card and charts side by side, or one over the other where there is little room. */

async function render({ model, el, signal, host }) {
  const lens = (await host.getWidget(model.get("lens"))).exports;
  if (lens.drawn) return;
  const { h } = lens.dom;
  const place = (/** @type {string} */ name) => h("div", { className: `place ${name}` });
  const places = { filter: place("filter"), text: place("text"), card: place("card") };
  const charts = model.get("charts") && place("charts");
  const sheet = h("button", { type: "button", className: "sheet", "aria-expanded": "false" }, "Filters");
  const larger = h("button", { type: "button", className: "larger", "aria-pressed": "false", title: "Larger, for a projector" }, h("span", { "aria-hidden": "true" }, "A"), " Larger");
  const chartsButton = h("button", { type: "button", className: "charts", "aria-pressed": "false" }, "Charts");
  const grid = h("div", { className: "grid" }, places.filter, places.text, ...(charts ? [charts] : []), places.card);
  const root = h("div", { className: "essay-explorer" }, grid);
  root.classList.toggle("framed", model.get("frame") === "notebook");
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // else JupyterLab takes single keys away
  const show = async (/** @type {string} */ name, /** @type {HTMLElement} */ target) => (await host.getWidget(model.get(name))).render({ el: target, signal });
  await Promise.all(Object.entries(places).map(([name, target]) => show(name, target)));
  places.filter.prepend(h("div", { className: "tools" }, sheet, ...(charts ? [chartsButton] : []), larger));

  /** @type {Element | null | undefined} */
  let seen; // what the reader looked at when the text was laid out anew, and how high on the screen it was
  let height = 0;
  const topOf = (/** @type {Element} */ one) => one.getBoundingClientRect().top;
  /** Do what lays the text out anew, and keep what the reader looks at where it is. */
  const inPlace = (/** @type {() => void} */ act) => {
    const frame = root.classList.contains("framed") ? root : document.documentElement;
    const start = frame === root ? topOf(root) : 0;
    const { left, width } = places.text.getBoundingClientRect();
    const at = (/** @type {number} */ share) =>
      document.elementFromPoint(left + 0.4 * width, start + share * frame.clientHeight)?.closest(".essay-text :is(.segment, .paragraph, .head *)");
    const here = places.text.querySelector("mark.here");
    if (here && topOf(here) >= start && topOf(here) < start + frame.clientHeight) seen = here;
    else if (!seen || Math.abs(topOf(seen) - height) > 2) seen = at(0.3) ?? at(0.36) ?? at(0.5); // not between two paragraphs
    height = seen ? topOf(seen) : 0;
    act();
    if (seen) frame.scrollBy({ top: topOf(seen) - height, behavior: "instant" });
  };
  const unfold = (/** @type {boolean} */ open) => {
    root.classList.toggle("unfolded", open);
    sheet.setAttribute("aria-expanded", String(open));
    sheet.textContent = open ? "Done" : "Filters";
  };
  const showCharts = (/** @type {boolean} */ open) => {
    lens.act({ chart: open ? "dispersion" : "" });
    if (open) unfold(false);
    else chartsButton.focus();
  };
  chartsButton.addEventListener("click", () => showCharts(!lens.state().chart));
  if (charts) {
    const close = h("button", { type: "button", className: "step", title: "Close the charts (Esc)", "aria-label": "Close the charts" }, "×");
    close.addEventListener("click", () => showCharts(false));
    const fill = async () => {
      await show("charts", charts);
      charts.prepend(close);
    };
    if (lens.state().chart) await fill();
    else setTimeout(() => signal?.aborted || fill()); // the text and its filter come first
  }
  sheet.addEventListener("click", () => unfold(!root.classList.contains("unfolded")));
  larger.addEventListener("click", () => inPlace(() => larger.setAttribute("aria-pressed", String(root.classList.toggle("large")))));
  // Esc leaves one thing at a time: the sheet, the card, the charts, the filter.
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (root.classList.contains("unfolded")) {
      unfold(false);
      sheet.focus();
    } else if (lens.state().at) lens.close();
    else if (charts && lens.state().chart) showCharts(false);
    else if (lens.active()) lens.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("keydown", leave, { signal });
  const draw = () => {
    root.classList.toggle("carded", Boolean(lens.state().at));
    const charted = Boolean(charts && lens.state().chart);
    if (charted !== root.classList.contains("charted")) inPlace(() => root.classList.toggle("charted", charted));
    chartsButton.setAttribute("aria-pressed", String(charted));
  };
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

// @ts-check
/**
 * The page's own widget host: it runs the widgets' modules on the state in the page, without Jupyter. To them it is
 * what anywidget is in a notebook (anywidget 0.11, front-end module guide).
 */
/** @import { Opened } from "../widgets/types.d.ts" */
/** @import { Descriptions, Host, LensExports, Listener, Model, Models, State, Widget } from "./notebook.d.ts" */

const PREFIX = "anywidget:";

/**
 * A model that lives in the page. Whoever listens to "save" and "send" tells a kernel.
 * @param {State} state @returns {Model}
 */
function createModel(state) {
  /** @type {Map<string, Set<Listener>>} */
  const listeners = new Map();
  const tell = (/** @type {string} */ name, /** @type {unknown[]} */ ...news) => {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(...news);
  };
  return {
    get: (key) => state[key],
    set(key, value) {
      if (JSON.stringify(state[key]) === JSON.stringify(value)) return;
      state[key] = value;
      tell(`change:${key}`);
      tell("change");
    },
    save_changes: () => tell("save"),
    send: (content) => tell("send", content),
    receive: (content) => tell("msg:custom", content),
    on: (name, listener) => listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (name, listener) => listeners.get(name)?.delete(listener),
  };
}

/** The name of a model in a reference to it. @param {string} reference */
const named = (reference) => reference.slice(PREFIX.length);

/** The widget that draws models of a kind. @param {string} kind @returns {Widget} */
const widgetOf = (kind) => /** @type {Widget} */ (modules[kind]?.()) ?? modules.boxes?.()[kind] ?? {};

/**
 * The models of a page by name, ready to be drawn, and the host through which they find each other.
 * @param {Descriptions} described
 */
async function wake(described) {
  const { signal } = new AbortController();
  const names = Object.keys(described);
  /** @type {Models} */
  const models = Object.fromEntries(names.map((name) => [name, createModel(described[name].state)]));
  const widgets = Object.fromEntries(names.map((name) => [name, widgetOf(described[name].kind)]));
  /** @type {Record<string, unknown>} */
  const exports = {};
  /** @type {Host} */
  const host = {
    getModel: async (reference) => models[named(reference)],
    getWidget: async (reference) => ({
      exports: exports[named(reference)],
      render({ el, signal: until = signal }) {
        const name = named(reference);
        el.dataset.model = name;
        for (const [property, value] of Object.entries(described[name].layout)) el.style.setProperty(property, value);
        return widgets[name].render?.({ model: models[name], el, signal: until, host });
      },
    }),
  };
  for (const name of names) exports[name] = await widgets[name].initialize?.({ model: models[name], signal, host });
  return { models, exports, host };
}

/**
 * Whether a lens has the reading that the page was made of. While Python shows another one, nothing of the page leads
 * there: it has no address and no file, and its charts are the kernel's.
 * @param {Model} lens @param {Model[]} panels its charts
 */
function watchReading(lens, panels) {
  const fingerprint = () => lens.get("content").fingerprint;
  const own = fingerprint();
  const [address, file] = [lens.get("address"), lens.get("file")];
  const charts = panels.map((panel) => panel.get("charts"));
  lens.on("change:content", () => {
    const isOwn = fingerprint() === own;
    lens.set("address", isOwn ? address : "");
    lens.set("file", isOwn ? file : "");
    for (const [at, panel] of panels.entries()) panel.set("charts", isOwn ? charts[at] : "");
  });
  return () => fingerprint() === own;
}

/**
 * What this step of the history knows: what was open at each that led to it, itself the last, and the visit that they
 * belong to, which begins with an address that somebody opened.
 * @returns {{trail: Opened[][], visit: number}}
 */
const stepNow = () => ({ trail: history.state?.trail ?? [], visit: history.state?.visit ?? 0 });

/** @param {Opened[]} one @param {Opened[]} other */
const isOpenAlike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Whether a link has just been followed that leads to another page: a step back in the history would call that off.
 * @returns {() => boolean}
 */
function watchLeaving() {
  const plain = (/** @type {string} */ address) => address.split("#")[0];
  let leaves = false;
  addEventListener("click", ({ target }) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (target).closest?.("a[href]"));
    leaves = link !== null && !link.target && !link.download && plain(link.href) !== plain(location.href);
  });
  addEventListener("pageshow", () => {
    leaves = false; // it has come back
  });
  return () => leaves;
}

/**
 * Keep what the lenses look through in the address behind the "#", one after the other. Opening something is a step in
 * the history, so that "Back" closes it; all else replaces the step. Closing goes back to the step from before, as far
 * as there is one, so that "Back" never seems to do nothing.
 * @param {{model: Model, lens: LensExports, isOwn: () => boolean}[]} lenses
 */
function keepAddress(lenses) {
  const show = (/** @type {string} */ hash) => {
    const parts = hash.replace(/^#/, "").split(";");
    lenses.forEach(({ model, lens }, at) => {
      for (const [key, value] of Object.entries(lens.read(parts[at] ?? ""))) model.set(key, value);
      model.save_changes();
    });
  };
  const opened = () => lenses.map(({ lens }) => lens.opened());
  const steps = () => lenses.reduce((sum, { lens }) => sum + lens.steps(), 0);
  let [due, leaving, taken] = [false, false, steps()];
  let visit = stepNow().visit || Date.now();
  const leaves = watchLeaving();
  const write = () => {
    due = false;
    if (leaving) return;
    const hash = lenses
      .map(({ lens, isOwn }) => (isOwn() ? lens.hash() : ""))
      .join(";")
      .replace(/;+$/, "");
    const now = opened();
    const { trail: before } = stepNow();
    const isLeft = before.at(-1)?.some(({ menu }, at) => menu && !now[at]?.menu); // a menu yields to what it opened
    const isStep = steps() > taken && !isLeft && !isOpenAlike(now, before.at(-1) ?? []);
    taken = steps();
    const back = isStep || leaves() ? -1 : before.slice(0, -1).findLastIndex((one) => isOpenAlike(one, now));
    if (back >= 0 && !isOpenAlike(now, before.at(-1) ?? [])) {
      leaving = true;
      return history.go(back - before.length + 1);
    }
    const state = { ...history.state, visit, trail: [...(isStep ? before : before.slice(0, -1)), now] };
    const address = hash ? `#${hash}` : location.pathname + location.search;
    if (isStep) {
      history.scrollRestoration = "manual"; // between our steps nothing scrolls by itself
      history.pushState(state, "", address);
    } else if (hash !== location.hash.slice(1) || !isOpenAlike(now, before.at(-1) ?? []))
      history.replaceState(state, "", address);
  };
  const onStep = () => {
    const then = stepNow();
    const here = then.trail.at(-1);
    if (here && then.visit === visit) {
      for (const [at, { lens }] of leaving ? [] : lenses.entries()) lens.reopen(here[at]); // the filter stays
    } else {
      visit = then.visit || Date.now();
      show(location.hash);
    }
    if (!leaving) taken = steps(); // what was opened meanwhile is a step
    leaving = false;
    write();
  };
  const asked = location.hash || document.documentElement.dataset.view || ""; // a downloaded page opens at its view
  if (asked) show(asked);
  write();
  addEventListener("popstate", onStep);
  addEventListener("pagehide", () => {
    history.scrollRestoration = "auto"; // who comes back to the page comes back to the place
  });
  for (const { lens } of lenses) {
    const onChange = () => {
      if (steps() > taken) return write(); // a step is there before anybody can go back
      if (due) return;
      due = true;
      requestAnimationFrame(() => setTimeout(write)); // after the frame that shows the change: it takes a while
    };
    lens.observe(onChange, new AbortController().signal);
  }
}

/** Where others find this page; a file knows only where it was downloaded from. */
const ownAddress = () =>
  location.protocol === "file:" ? (document.documentElement.dataset.address ?? "") : location.href.split("#")[0];

/**
 * The lenses of a page, with what belongs to each.
 * @param {Descriptions} described @param {Models} models @param {Record<string, unknown>} exports
 */
function lensesOf(described, models, exports) {
  const names = Object.keys(described);
  const lenses = names.filter((name) => described[name].kind === "Lens");
  return lenses.map((name) => {
    const panels = names.filter(
      (one) => described[one].kind === "ChartPanel" && described[one].state.lens === PREFIX + name,
    );
    const model = models[name];
    model.set("address", lenses.length === 1 ? ownAddress() : "");
    const watched = modules.kernel
      ? watchReading(
          model,
          panels.map((one) => models[one]),
        )
      : () => true;
    return { model, lens: /** @type {LensExports} */ (exports[name]), isOwn: watched };
  });
}

/** What a button is, so that the one that takes its place is found. @param {HTMLButtonElement} button */
const nameOf = (button) =>
  [button.className, button.closest(".chip")?.getAttribute("data-tag") ?? button.textContent].join(" ");

/**
 * Take up what a reader pressed in a place before the page was awake (pressed.js): themes are chosen before the place
 * is drawn for the first time, all else is pressed again when it is there.
 * @param {HTMLElement} place @param {LensExports | undefined} lens the one that the place shows, if it shows one
 * @returns {() => void} presses what is left
 */
function takePressed(place, lens) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...place.querySelectorAll("button[data-pressed]")]);
  const isChoice = (/** @type {HTMLElement} */ one) => lens !== undefined && one.matches(".chip .choose");
  const tags = buttons.filter(isChoice).map((one) => one.closest(".chip")?.getAttribute("data-tag") ?? "");
  for (const tag of tags) lens?.choose(tag);
  const left = buttons.filter((one) => !isChoice(one)).map(nameOf);
  return () => {
    for (const name of left) [...place.querySelectorAll("button")].find((one) => nameOf(one) === name)?.click();
  };
}

/**
 * Wake the page with the descriptions of its models by name, and draw them where it has places for them.
 * @param {Descriptions} described
 */
export async function start(described) {
  const { models, exports, host } = await wake(described);
  keepAddress(lensesOf(described, models, exports));
  const link = modules.kernel?.().listen(described, models);
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".essay-explorer-view[data-model]")]);
  const show = async (/** @type {HTMLElement} */ el) => {
    const model = models[el.dataset.model ?? ""];
    const press = takePressed(el, /** @type {LensExports} */ (exports[named(String(model.get("lens") ?? ""))]));
    await (await host.getWidget(`${PREFIX}${el.dataset.model}`)).render({ el });
    press();
  };
  document.documentElement.dataset.essayExplorer = "awake";
  await Promise.all(places.map(show));
  document.documentElement.dataset.essayExplorer = "ready";
  link?.();
  return models;
}

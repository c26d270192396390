// @ts-check
/** Single keys: "/" goes to the field for words, "?" shows all keys. Part of theme_filter.js. */
/** @import { Lens } from "./types.d.ts" */

const KEY_HELP = "keys";
const OFF = "keys"; // what the device remembers
const TYPED = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';
const KEYS = [
  [["/"], say("Find words")],
  [["Enter", say("Shift+Enter")], say("In the field: next match, previous match")],
  [["←", "→", "↑", "↓"], say("From theme to theme, passage to passage, stop to stop")],
  [["Enter"], say("Choose the theme, open the passage")],
  [[say("Esc")], say("Close or clear one thing")],
  [["?"], say("Show these keys")],
];

/**
 * Is a key meant for these controls? Where the page is the explorer, keys count also where nothing has the focus.
 * @param {HTMLElement} root @param {KeyboardEvent} event
 */
function isOurs(root, { target, altKey, ctrlKey, metaKey, isComposing }) {
  if (!(target instanceof HTMLElement) || altKey || ctrlKey || metaKey || isComposing || target.closest(TYPED))
    return false;
  if ((root.closest(".essay-explorer") ?? root).contains(target)) return true;
  const isPage = document.documentElement.dataset.essayExplorer !== undefined && !root.closest(".framed");
  return isPage && target === document.body && document.querySelector(".theme-filter") === root;
}

/** The keys in a dialog, where they can be turned off. @param {Lens} lens */
function createDialog({ dom: { h, memory } }) {
  const rows = KEYS.map(([keys, what]) => {
    const caps = /** @type {string[]} */ (keys).flatMap((key, at) => [at ? " " : "", h("kbd", {}, key)]);
    return h("tr", {}, h("th", { scope: "row" }, ...caps), h("td", {}, /** @type {string} */ (what)));
  });
  const single = h("input", { type: "checkbox", checked: memory.get(OFF) !== "off" });
  single.addEventListener("change", () => memory.set(OFF, single.checked ? "" : "off"));
  const close = h("button", { type: "button", className: "quiet", autofocus: true }, say("Close"));
  const parts = [
    h("div", { className: "bar" }, h("h2", {}, say("Keys")), close),
    h("table", {}, h("tbody", {}, ...rows)),
    h("label", {}, single, ` ${say("Use / and ? as keys")}`),
  ];
  const dialog = h("dialog", { className: "keys over", "aria-label": say("Keys") }, ...parts);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // Esc closes one thing
  return { dialog, isOn: () => single.checked };
}

/**
 * @param {Lens} lens @param {() => HTMLElement} rootOf the controls @param {() => void} find goes to the field
 * @param {AbortSignal} signal
 */
export function createKeyHelp(lens, rootOf, find, signal) {
  const { h } = lens.dom;
  const { dialog, isOn } = createDialog(lens);
  const button = h("button", { type: "button", className: "quiet help" }, say("Keys"));
  const open = () => {
    lens.menu(KEY_HELP);
    dialog.showModal();
  };
  button.addEventListener("click", open);
  dialog.addEventListener("close", () => lens.menu(KEY_HELP, false));
  /** @type {Record<string, () => void>} */
  const acts = { "/": find, "?": open };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const act = acts[event.key];
    if (!act || event.defaultPrevented || dialog.open || !isOn() || !isOurs(rootOf(), event)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  document.addEventListener("keydown", onKey, { signal });
  lens.observe(() => lens.opened().menu !== KEY_HELP && dialog.close(), signal);
  return { button, dialog };
}

// @ts-check
/** What a reader takes along or hands on: a link, a file, a picture, paper. Part of theme_filter.js. */
/** @import { Lens } from "./types.d.ts" */

const SHARE = "share";
const GAP = 6; // px between the button and its menu

/** @typedef {{element: HTMLElement, draw: () => void}} Item it hides where there is no such thing */

/** @param {Lens} lens @returns {Item} */
function createLink(lens) {
  const element = lens.dom.copyButton(say("Copy link to this view"), () => lens.link());
  const draw = () => {
    element.hidden = !lens.link();
  };
  return { element, draw };
}

/** @param {Lens} lens @returns {Item} */
function createFile(lens) {
  const element = lens.dom.h("button", { type: "button", className: "quiet" }, say("Download as one file"));
  element.addEventListener("click", () => lens.download());
  const draw = () => {
    element.hidden = !lens.file() || location.protocol === "file:"; // nothing can be fetched from a folder
  };
  return { element, draw };
}

/** @param {Lens} lens @returns {Item} */
function createImage(lens) {
  const element = lens.dom.h("button", { type: "button", className: "quiet" }, say("Picture of this view"));
  element.addEventListener("click", () => lens.picture());
  return { element, draw: () => {} };
}

/** @param {Lens} lens @returns {Item} */
function createCell(lens) {
  return { element: lens.dom.copyButton(say("Copy as Python"), () => lens.cell()), draw: () => {} };
}

/** On a hub each reader has a JupyterLab of their own. @param {Lens} lens @returns {Item} */
function createLab(lens) {
  const element = lens.dom.h("a", { className: "quiet" }, say("Open in JupyterLab"));
  const draw = () => {
    const { lab } = lens.content;
    element.hidden = !lab;
    if (lab) element.href = lab;
  };
  return { element, draw };
}

/** A page of ours can be printed; a notebook prints itself. @param {Lens} lens @returns {Item} */
function createPrint(lens) {
  const element = lens.dom.h("button", { type: "button", className: "quiet" }, say("Print or save as PDF"));
  element.addEventListener("click", () => print());
  const draw = () => {
    element.hidden = !document.getElementById("essay-explorer-state");
  };
  return { element, draw };
}

const ITEMS = [createLink, createFile, createImage, createPrint, createCell, createLab]; // in the order of the menu

/**
 * Put the menu beside its button, above it where there is more room.
 * @param {HTMLElement} menu @param {Element} button
 */
function place(menu, button) {
  const { left, top, bottom } = button.getBoundingClientRect();
  const isAbove = top > innerHeight - bottom;
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - menu.offsetWidth - GAP))}px`;
  menu.style.top = isAbove ? "auto" : `${bottom + GAP}px`;
  menu.style.bottom = isAbove ? `${innerHeight - top + GAP}px` : "auto";
}

/** @param {Lens} lens */
export function createShareMenu(lens) {
  const { h } = lens.dom;
  const items = ITEMS.map((create) => create(lens));
  const menu = h("div", { className: "menu", popover: "auto" }, ...items.map(({ element }) => element));
  const look = { type: "button", className: "quiet open", "aria-expanded": "false" };
  const button = h("button", look, say("Share"), h("span", { "aria-hidden": "true" }, " ▾"));
  const element = h("div", { className: "share" }, button, menu);
  button.popoverTargetElement = menu;
  menu.addEventListener("beforetoggle", (event) => lens.menu(SHARE, event.newState === "open"));
  menu.addEventListener("toggle", () => {
    const isOpen = menu.matches(":popover-open");
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) place(menu, button);
  });
  menu.addEventListener("click", ({ target }) => {
    if (!(/** @type {Element} */ (target).closest(".copy"))) menu.hidePopover(); // that one says that it has copied
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.matches(":popover-open")) return;
    event.preventDefault();
    event.stopPropagation(); // Esc closes one thing
    menu.hidePopover();
    button.focus();
  });
  const draw = () => {
    if (lens.opened().menu !== SHARE) menu.hidePopover();
    for (const item of items) item.draw();
    element.hidden = items.every((item) => item.element.hidden);
  };
  return { element, draw };
}

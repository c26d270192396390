// @ts-check
/**
 * What a tag means, shown while the pointer or the focus is on its chip, and by a long press. It covers chips and never
 * the text, the pointer can go to it, and Esc dismisses it (WCAG 1.4.13). Part of theme_filter.js.
 */
/** @import { Lens, Tag } from "./types.d.ts" */

const HOVER = 400; // ms of pointing until it shows, so that it is in nobody's way
const PRESS = 500; // ms of a long press
const GRACE = 200; // ms for the pointer to get from the chip to it
const GAP_TO_CHIP = 4; // px

/**
 * Put the definition above its chip, below it where there is no room.
 * @param {HTMLElement} box @param {Element} chip
 */
function placeBox(box, chip) {
  const { left, top, bottom, width } = chip.getBoundingClientRect();
  box.style.width = `${Math.min(Math.max(width, 200), innerWidth - 2 * GAP_TO_CHIP)}px`;
  box.style.left = `${Math.max(GAP_TO_CHIP, Math.min(left, innerWidth - box.offsetWidth - GAP_TO_CHIP))}px`;
  const above = top - box.offsetHeight - GAP_TO_CHIP;
  box.style.top = `${above >= 0 ? above : bottom + GAP_TO_CHIP}px`;
}

/** The one box for all definitions. @param {Lens} lens @param {AbortSignal} signal */
export function createDefinition({ dom: { h, paint } }, signal) {
  const name = h("b", {});
  const text = h("p", {});
  const box = h("div", { className: "definition over", popover: "manual", "aria-hidden": "true" }, name, text);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let at = /** @type {HTMLElement | null} */ (null); // the chip of the one that is shown
  const isShown = () => box.matches(":popover-open");
  const hide = () => {
    clearTimeout(timer);
    if (isShown()) box.hidePopover();
  };
  const after = (/** @type {number} */ wait, /** @type {() => void} */ act) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  /** @param {Tag} tag @param {HTMLElement} chip */
  const show = (tag, chip) => {
    clearTimeout(timer); // the pointer may have left another chip just now
    if (!chip.isConnected) return;
    at = chip;
    name.textContent = tag.label;
    text.textContent = tag.definition;
    paint(box, tag);
    if (!isShown()) box.showPopover();
    placeBox(box, chip);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !isShown()) return;
    event.preventDefault();
    event.stopPropagation(); // Esc closes one thing
    hide();
  };
  document.addEventListener("keydown", onKey, { signal, capture: true });
  const onScroll = () => at && isShown() && placeBox(box, at);
  document.addEventListener("scroll", onScroll, { signal, capture: true, passive: true });
  document.addEventListener("pointerdown", hide, { signal, capture: true });
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => after(GRACE, hide));
  signal.addEventListener("abort", hide);
  return { element: box, isShown, show, hide, after };
}

/** @typedef {ReturnType<typeof createDefinition>} Definition */

/**
 * Show the definition of a tag at its button. A long press shows it and does nothing else.
 * @param {Definition} definition @param {Tag} tag @param {HTMLElement} chip @param {HTMLElement} button
 */
export function define({ show, hide, isShown, after }, tag, chip, button) {
  if (!tag.definition) return;
  let pressed = false;
  const open = () => show(tag, chip);
  const onMouse = (/** @type {() => void} */ act) => (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "mouse") act();
  };
  const onTouch = (/** @type {() => void} */ act) => (/** @type {PointerEvent} */ event) => {
    if (event.pointerType !== "mouse") act();
  };
  const press = () => {
    pressed = false;
    after(PRESS, () => {
      pressed = true;
      open();
    });
  };
  const release = () => pressed || after(0, hide);
  const onClick = (/** @type {Event} */ event) => {
    if (pressed) event.stopImmediatePropagation();
    else hide();
    pressed = false;
  };
  button.setAttribute("aria-description", tag.definition);
  button.addEventListener(
    "pointerenter",
    onMouse(() => after(isShown() ? GRACE : HOVER, open)),
  );
  button.addEventListener(
    "pointerleave",
    onMouse(() => after(GRACE, hide)),
  );
  button.addEventListener("pointerdown", onTouch(press));
  for (const end of ["pointerup", "pointercancel"])
    button.addEventListener(/** @type {"pointerup"} */ (end), onTouch(release));
  button.addEventListener("contextmenu", (event) => pressed && event.preventDefault());
  button.addEventListener("click", onClick, { capture: true });
  button.addEventListener("focus", () => button.matches(":focus-visible") && open());
  button.addEventListener("blur", hide);
}

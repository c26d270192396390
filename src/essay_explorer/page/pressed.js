// @ts-check
/**
 * What a reader presses before the page is awake: it looks pressed at once, and host.js does it as soon as it can.
 */
addEventListener(
  "click",
  ({ target }) => {
    const button = /** @type {Element} */ (target).closest?.("button");
    if (!button || document.documentElement.dataset.essayExplorer !== undefined) return;
    button.dataset.pressed = "";
    if (!button.matches(".chip .choose")) return;
    button.setAttribute("aria-pressed", "true");
    button.closest(".chip")?.classList.add("chosen");
  },
  true,
);

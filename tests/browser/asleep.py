"""A page that is held before it wakes: `page.add_init_script(ASLEEP)`, then `wake(page)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The page wakes by the script that it adds to its body; that one is not added before `awake()`.
ASLEEP = """
const append = Element.prototype.append;
const held = [];
Element.prototype.append = function (...nodes) {
  if (this === document.body && nodes[0].tagName === "SCRIPT") held.push(...nodes);
  else append.apply(this, nodes);
};
window.awake = () => {
  Element.prototype.append = append;
  document.body.append(...held);
};
"""


def wake(page: Page) -> None:
    """Let the page wake, and wait until it is drawn."""
    page.evaluate("awake()")
    page.wait_for_function("document.documentElement.dataset.essayExplorer === 'ready'")

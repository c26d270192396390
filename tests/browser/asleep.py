"""A page that is held before it wakes: `page.add_init_script(ASLEEP)`, then `wake(page)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The page waits for a frame before it wakes; it gets none before `awake()`.
ASLEEP = """
const frame = requestAnimationFrame.bind(window);
const waiting = [];
window.requestAnimationFrame = (then) => waiting.push(then);
window.awake = () => {
  window.requestAnimationFrame = frame;
  waiting.forEach(frame);
};
"""


def wake(page: Page) -> None:
    """Let the page wake, and wait until it is drawn."""
    page.evaluate("awake()")
    page.wait_for_function("document.documentElement.dataset.essayExplorer === 'ready'")

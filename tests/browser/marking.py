"""Marking on a real page: what a reader does, and where what is chosen and its sheet lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from lens_at_hand import take_lens

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def begin(page: Page, url: str) -> None:
    """Open a page, with `marks` at hand, in marking mode."""
    take_lens(page, url)
    page.get_by_role("button", name="Mark", exact=True).click()
    expect(bar(page)).to_be_visible()


def bar(page: Page) -> Any:
    return page.locator(".mark-sheet .bar")


def says(page: Page) -> Any:
    return bar(page).locator(".said-last")


def count(page: Page) -> Any:
    return bar(page).locator(".count")


def sheet(page: Page) -> Any:
    return page.locator(".at-passage")


# A point of the text that a tap meets, by the number of a sentence: the middle of its first line's beginning.
POINT = """(number) => {
  const { start, end } = marks.sentences()[number - 1];
  const starts = marks.text().starts;
  const at = starts.findLastIndex((one) => one <= start);
  const paragraph = document.querySelectorAll("article .paragraph")[at];
  const segments = [...paragraph.querySelectorAll(".segment")];
  let left = start - starts[at] + 3; // well inside it
  for (const segment of segments) {
    if (left < segment.textContent.length) {
      const inside = document.createTreeWalker(segment, NodeFilter.SHOW_TEXT);
      for (let node = inside.nextNode(); node; left -= node.length, node = inside.nextNode()) {
        if (left >= node.length) continue;
        const range = document.createRange();
        range.setStart(node, left);
        range.setEnd(node, left + 1);
        segment.scrollIntoView({ block: "SCROLL", behavior: "instant" });
        const box = range.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      }
    }
    left -= segment.textContent.length;
  }
  throw new Error(`sentence ${number} is not there`);
}"""


def point(page: Page, number: int, block: str = "center") -> tuple[float, float]:
    """Where sentence `number` begins on the screen, scrolled there."""
    x, y = page.evaluate(POINT.replace("SCROLL", block), number)
    return x, y


def tap(page: Page, number: int, block: str = "center") -> None:
    """Tap sentence `number`, by its number from 1."""
    page.touchscreen.tap(*point(page, number, block))


def click(page: Page, number: int, block: str = "center") -> None:
    page.mouse.click(*point(page, number, block))


def mark(page: Page, number: int, *tags: str, reason: str = "") -> str:
    """Mark sentence `number` as a reader's act does; the id of the mark."""
    given = {"number": number, "tags": tags, "reason": reason}
    return str(
        page.evaluate(
            """({ number, tags, reason }) => {
              const { start, end } = marks.sentences()[number - 1];
              return marks.addAll([{ start, end, tags, reason }])[0];
            }""",
            given,
        )
    )


def quotes(page: Page) -> list[str]:
    return page.evaluate("marks.list().map(({ quote }) => quote)")


def sentence(page: Page, number: int) -> str:
    return str(
        page.evaluate(
            "(number) => { const { start, end } = marks.sentences()[number - 1]; return marks.text().text.slice(start, end); }",
            number,
        )
    )


def choice(page: Page) -> dict[str, float]:
    """The box of what is chosen."""
    return page.evaluate("(({ top, bottom, left, right }) => ({ top, bottom, left, right }))(marks.box())")


def box(page: Page, selector: str) -> dict[str, float]:
    return page.locator(selector).evaluate(
        "(one) => (({ top, bottom, left, right }) => ({ top, bottom, left, right }))(one.getBoundingClientRect())"
    )

"""What axe says of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def expect_accessible(page: Page, part: str | None = None, state: str = "") -> None:
    """Axe finds nothing wrong on the page, or in the part of it that a selector names.

    It is asked for nothing else: to list all that is right takes it three times as long.
    """
    found = Axe().run(page, context=part, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.violations_count == 0, f"{state} {found.generate_report()}"

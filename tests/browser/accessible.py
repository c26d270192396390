"""What axe says of a page, and what a screen reader would say of its buttons."""

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
    if part is None:
        assert badly_named(page) == [], state


def badly_named(page: Page) -> list[tuple[str, str]]:
    """The name and the description of each button that is told twice, or by a sign alone."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    told = [
        tuple(node.get(what, {}).get("value", "") for what in ("name", "description"))
        for node in nodes
        if not node["ignored"] and node["role"]["value"] == "button"
    ]
    return [(name, more) for name, more in told if name in more or not any(map(str.isalnum, name))]

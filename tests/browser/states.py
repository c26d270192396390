"""Every state in which a reader sees the page, in the language that is spoken: name -> (address, act)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

THEMES = "#theme=trust,alienness,ending"
CHARTS = ("dispersion", "flow", "weight", "together", "argument", "rhythm")


def unfold(page: Page) -> None:
    """On a phone what filters is a sheet."""
    filters = page.get_by_role("button", name=say("Filters"), exact=True)
    if filters.is_visible():
        filters.click()


def _open(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        unfold(page)
        page.get_by_role("button", name=say(name)).first.click()

    return act


def _find(page: Page) -> None:
    unfold(page)
    page.get_by_role("searchbox").first.fill("mind")


def _unfold_all(page: Page) -> None:
    unfold(page)
    for one in page.locator(".theme-filter summary").all():
        one.click()


def _present(page: Page) -> None:
    _open("How the text looks")(page)
    page.get_by_role("button", name=say("Present"), exact=True).click()


def _mark(page: Page) -> None:
    page.get_by_role("button", name=say("Mark"), exact=True).first.click()
    page.locator(".paragraph [data-sentence]").nth(1).click()
    page.locator(".mark-sheet .tag").first.click()
    page.get_by_label(say("Why?")).fill("It says so.")


def _table(page: Page) -> None:
    page.wait_for_selector(".chart-panel[data-drawn]")
    page.get_by_role("button", name=say("Show as table")).click()


def _stay(_page: Page) -> None:
    return


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "at rest": ("", _stay),
    "the sheet": ("", unfold),
    "three themes": (f"{THEMES}&match=any", _stay),
    "six themes": (f"{THEMES},questions,loneliness,real", unfold),
    "none of them": (f"{THEMES},questions,loneliness,real&match=all", unfold),
    "a theme left out": ("#theme=trust,alienness&not=ending", unfold),
    "only the passages": ("#theme=mirror&show=only", _stay),
    "dimmed, with words": ("#theme=ending&not=trust&show=dim&find=film", unfold),
    "found": (THEMES, _find),
    "all facets": ("#move=claim", _unfold_all),
    "a card": ("#theme=trust&at=a32", _stay),
    "a relation": ("#at=a34", lambda page: page.locator(".passage-card .relations, .passage-card a").first.hover()),
    "a paragraph": ("#at=p5", _stay),
    "a stop": ("#tour=5", _stay),
    "the last stop": ("#tour=9", _stay),
    "the ending": ("", lambda page: page.locator(".ending").scroll_into_view_if_needed()),
    "comforts": (THEMES, _open("How the text looks")),
    "the share menu": (THEMES, _open("Share")),
    "the keys": ("", lambda page: page.keyboard.press("?")),
    "the wall": (THEMES, _present),
    "marking": ("", _mark),
    **{f"the chart {name}": (f"{THEMES}&chart={name}", _stay) for name in CHARTS},
    "a table": (f"{THEMES}&chart=together", _table),
}


def show(page: Page, state: str) -> None:
    """Bring a page that was opened at the state's address into it, and wait until it stands still."""
    address, act = STATES[state]
    if "chart=" in address:
        page.wait_for_selector(".chart-panel[data-drawn]")
    act(page)
    page.wait_for_timeout(300)

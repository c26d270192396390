"""The place where one stopped: the page offers it to who comes back, and moves nobody there by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
"""


def read_to(page: Page, number: int) -> None:
    page.locator(f'.paragraph[data-paragraph="{number}"]').evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    page.wait_for_function("localStorage.getItem('essay-explorer-places')?.includes('number')")


def come_back(page: Page, address: str = "") -> None:
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.evaluate(SHIFTS)
    page.wait_for_selector("html[data-essay-explorer=ready]")


@pytest.mark.parametrize("width", [390, 1280])
def test_who_comes_back_is_offered_the_place_and_stays_at_the_top(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    address = page.url
    read_to(page, 7)
    come_back(page, address)
    offer = page.get_by_role("button", name="Go on where you stopped: paragraph 7")
    expect_painted(offer, "text")
    expect(offer).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("shifted") < 0.02
    expect_accessible(page)
    offer.click()
    expect(offer).to_be_hidden()
    expect(page.locator('.paragraph[data-paragraph="7"]')).to_be_in_viewport()
    expect(page.locator('.paragraph[data-paragraph="7"] .number')).to_be_focused()


def test_who_declines_or_opens_a_view_is_not_asked(visit: Callable[..., Page]) -> None:
    page = visit()
    address = page.url
    read_to(page, 7)
    come_back(page, f"{address}#theme=trust")
    expect(page.locator(".place.bookmark")).to_be_hidden()
    come_back(page, address)
    page.get_by_role("button", name="Do not go on there").click()
    expect(page.locator(".place.bookmark")).to_be_hidden()
    come_back(page, address)
    expect(page.locator(".place.bookmark")).to_be_hidden()


def test_who_has_read_to_the_end_begins_anew(visit: Callable[..., Page]) -> None:
    page = visit()
    address = page.url
    read_to(page, 7)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function("!localStorage.getItem('essay-explorer-places').includes('number')")
    come_back(page, address)
    expect(page.locator(".place.bookmark")).to_be_hidden()

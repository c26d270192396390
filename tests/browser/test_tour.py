"""The tour on the real page: what is lit, how one steps, and where one comes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from essay_explorer import open_reading
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

TOUR = open_reading("her").tour
BEGIN = f"Follow the argument, {len(TOUR)} stops"


def at_stop(page: Page, number: int) -> None:
    """The page shows this stop: its title is painted, its passage lit and on the screen, its number in the address."""
    expect(page.locator(".tour-panel h2")).to_have_text(TOUR[number - 1].title)
    expect_painted(page.locator(".tour-panel h2"), "text")
    expect_painted(page.locator("mark.stop"), "background")
    expect(page.locator("mark.stop").first).to_be_in_viewport()
    assert TOUR[number - 1].at in (page.locator("mark.stop").first.get_attribute("data-ids") or "")
    expect(page.locator(".tour-panel [role=status]")).to_have_text(
        f"Stop {number} of {len(TOUR)}: {TOUR[number - 1].title}"
    )
    page.wait_for_function("(hash) => location.hash === hash", arg=f"#tour={number}")


@pytest.mark.parametrize("width", [1280, 390])
def test_buttons_keys_and_back_lead_through_the_tour(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    expect(page.locator(".tour-panel .inner")).to_be_hidden()
    page.get_by_role("button", name=BEGIN).first.click()
    at_stop(page, 1)
    page.get_by_role("button", name="Next").click()
    at_stop(page, 2)
    page.keyboard.press("ArrowRight")
    at_stop(page, 3)
    page.keyboard.press("PageUp")
    at_stop(page, 2)
    page.go_back()
    expect(page.locator(".tour-panel .inner")).to_be_hidden()
    assert "tour" not in page.url
    assert page.url.startswith("http")
    expect(page.locator("mark.stop")).to_have_count(0)


def test_escape_ends_the_tour_and_gives_the_focus_back(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("button", name=BEGIN).first.press("Enter")
    at_stop(page, 1)
    expect(page.locator(".tour-panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".tour-panel .inner")).to_be_hidden()
    expect(page.get_by_role("button", name=BEGIN).first).to_be_focused()


def test_an_address_opens_a_stop_and_its_card_comes_back_to_it(visit: Callable[..., Page]) -> None:
    page = visit("#tour=5")
    at_stop(page, 5)
    page.get_by_role("button", name="About this passage").click()
    expect(page.locator(".tour-panel .inner")).to_be_hidden()
    expect_painted(page.locator(".passage-card blockquote"), "text")
    page.keyboard.press("Escape")
    at_stop(page, 5)


def test_scrolling_goes_from_stop_to_stop(visit: Callable[..., Page]) -> None:
    page = visit("#tour=1", reduced_motion="reduce")
    at_stop(page, 1)
    page.mouse.move(600, 400)
    for _ in range(60):
        page.mouse.wheel(0, 120)
        page.wait_for_timeout(50)
        if "tour=1" not in page.url:
            break
    number = int(page.url.rpartition("=")[2])
    assert number > 1
    at_stop(page, number)


def test_what_is_not_lit_stays_readable(visit: Callable[..., Page]) -> None:
    for scheme in ("light", "dark"):
        page = visit("#tour=3", color_scheme=scheme, reduced_motion="reduce")
        at_stop(page, 3)
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found] == []


def test_paper_has_the_remarks_as_numbered_notes(visit: Callable[..., Page]) -> None:
    page = visit("#tour=1")
    at_stop(page, 1)
    page.emulate_media(media="print")
    expect_painted(page.locator(".tour-notes li"), "text", count=len(TOUR))
    expect(page.locator(".tour-panel .inner")).to_be_hidden()
    numbers = page.locator("[data-stop]").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::after').content)"
    )
    assert len(numbers) == len(TOUR)
    assert '"[" attr(data-stop) "]"' not in numbers
    assert all("[" in number for number in numbers)


def test_the_ending_leads_to_the_passage_most_others_lean_on(visit: Callable[..., Page]) -> None:
    page = visit()
    expect_painted(page.locator(".ending .question"), "text")
    page.locator(".ending blockquote a").click()
    expect_painted(page.locator("mark.here"), "background")
    expect(page.locator("mark.here").first).to_be_in_viewport()

"""Presenting: for the wall there is the text alone, large, and a clicker goes through it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import open_reading
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

TOUR = open_reading("her").tour
LETTERS = "Math.min(...[...document.querySelectorAll('.essay-text :is(h1, .subtitle, .segment)')].filter((one) => one.getClientRects().length).map((one) => parseFloat(getComputedStyle(one).fontSize)))"


def present(page: Page) -> None:
    page.get_by_role("button", name="How the text looks").click()
    page.get_by_role("button", name="Present", exact=True).click()
    expect_painted(page.locator(".wall .reached"), "text")


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_text_is_alone_and_its_least_letters_have_40_px(visit: Callable[..., Page], width: int) -> None:
    page = visit("#theme=trust&chart=weight", width=width, height=1080)
    present(page)
    assert page.evaluate(LETTERS) >= 40
    for panel in (".theme-filter", ".passage-card", ".chart-panel", ".strip", ".ending"):
        expect(page.locator(panel)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")  # the themes stay
    expect_accessible(page)


def test_a_clicker_goes_through_the_paragraphs_and_escape_comes_back_to_the_one(visit: Callable[..., Page]) -> None:
    page = visit(width=1920, height=1080)
    present(page)
    says = page.locator(".wall .reached")
    expect(says).to_have_text("Paragraph 1 of 10")
    seen = {1}
    for _ in range(12):
        page.keyboard.press("PageDown")
        number = int(re.findall(r"\d+", says.inner_text())[0])
        seen.add(number)
        lit = page.locator(f'.paragraph[data-paragraph="{number}"]')
        expect(lit).to_be_in_viewport()
        if number == 5:
            break
    assert seen == {1, 2, 3, 4, 5}  # none is passed over
    ink = "(one) => getComputedStyle(one).color"
    assert lit.evaluate(ink) != page.locator('.paragraph[data-paragraph="6"]').evaluate(ink)
    page.keyboard.press("Escape")
    expect(page.locator(".wall")).to_be_hidden()
    expect_painted(page.locator(".theme-filter h2").first, "text")
    expect(lit).to_be_in_viewport()
    expect(page.get_by_role("button", name="How the text looks")).to_be_focused()


def test_all_of_a_long_paragraph_is_seen_before_the_next_one_comes(visit: Callable[..., Page]) -> None:
    page = visit(width=1280, height=600)
    present(page)
    first = page.locator('.paragraph[data-paragraph="1"]')
    for _ in range(9):
        if "Paragraph 2" in page.locator(".wall .reached").inner_text():
            break
        bottom = first.bounding_box()["y"] + first.bounding_box()["height"]
        page.keyboard.press("ArrowDown")
    assert bottom <= page.locator(".wall").bounding_box()["y"]
    page.keyboard.press("PageUp")
    expect(page.locator(".wall .reached")).to_contain_text("Paragraph 1")


def test_on_a_tour_a_clicker_goes_from_stop_to_stop_and_back_ends_presenting(visit: Callable[..., Page]) -> None:
    page = visit("#tour=2", width=1920, height=1080)
    page.locator(".tour-panel").get_by_role("button", name="Present").click()
    says = page.locator(".wall .reached")
    expect(says).to_have_text(f"Stop 2 of {len(TOUR)}: {TOUR[1].title}")
    page.keyboard.press("PageDown")
    expect(says).to_have_text(f"Stop 3 of {len(TOUR)}: {TOUR[2].title}")
    expect_painted(page.locator("mark.stop"), "background")
    expect(page.locator("mark.stop").first).to_be_in_viewport()
    expect(page.locator(".tour-panel .inner")).to_be_hidden()
    page.keyboard.press("PageUp")
    expect(says).to_contain_text("Stop 2")
    remark = page.locator(".wall .remark")
    expect(remark).to_have_text(TOUR[1].text)
    assert remark.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)") >= 40
    assert remark.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")  # all of it
    for shown in (says, remark):  # read in one line with the text
        assert abs(shown.bounding_box()["x"] - page.locator("article").bounding_box()["x"]) < 1
    stop, wall = page.locator("mark.stop").last.bounding_box(), page.locator(".wall").bounding_box()
    assert stop["y"] + stop["height"] <= wall["y"]
    page.go_back()
    expect(page.locator(".wall")).to_be_hidden()
    expect(page.locator(".tour-panel h2")).to_have_text(TOUR[1].title)

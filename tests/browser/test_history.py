"""Opening something is a step in the browser's history, so that "Back" closes it; choosing is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

CARD = ".passage-card blockquote"


def steps(page: Page) -> int:
    """How many steps there are, once what was done last has been written into the address."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))")
    return page.evaluate("history.length")


def test_back_closes_a_card_and_forward_opens_it_again(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    page.locator("mark.on").first.click()
    expect(page.locator(CARD)).to_have_count(1)
    expect(page).to_have_url(re.compile("at="))
    page.go_back()
    expect(page.locator(CARD)).to_have_count(0)
    expect(page).to_have_url(re.compile("#theme=trust$"))
    page.go_forward()
    expect(page.locator(CARD)).to_have_count(1)


@pytest.mark.parametrize("opener", ["mark.on", ".begin-tour", ".tools .charts", ".tools .mark", ".comforts .looks"])
def test_back_at_once_closes_what_has_not_been_painted_yet(visit: Callable[..., Page], opener: str) -> None:
    page = visit("#theme=trust")
    before = page.evaluate("history.length")
    page.evaluate(
        """async (opener) => {
            window.same = true;
            const frame = window.requestAnimationFrame;
            window.requestAnimationFrame = () => 0; // a slow device has not come to the next frame yet
            document.querySelector(opener).click();
            await null; // what is to be done at once is done
            await null;
            window.requestAnimationFrame = frame;
            history.back();
        }""",
        opener,
    )
    page.wait_for_function("history.state?.trail.length === 1")
    assert page.evaluate("history.length") == before + 1
    assert page.evaluate("window.same")
    expect(page).to_have_url(re.compile("#theme=trust$"))
    expect(page.locator(".essay-explorer")).not_to_have_class(re.compile("carded|touring|charted|marking"))


def test_back_returns_from_a_relation_to_where_it_was_followed(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator('mark[data-ids~="a32"]').first.click()
    before = page.locator(CARD).inner_text()
    page.locator(".passage-card .group a").last.click()
    expect(page.locator(CARD)).not_to_have_text(before)
    page.go_back()
    expect(page.locator(CARD)).to_have_text(before)
    page.go_back()
    expect(page.locator(CARD)).to_have_count(0)


def test_back_closes_the_charts_and_keeps_what_was_chosen_meanwhile(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    page.get_by_role("button", name="Charts", exact=True).click()
    page.wait_for_selector(".chart-panel[data-drawn=dispersion]")
    page.locator('.chip[data-tag="ending"] .choose').click()
    page.locator(".chart-panel .tab").nth(1).click()
    page.go_back()
    expect(page.locator(".chart-panel")).to_be_hidden()
    expect(page.locator(".says")).to_have_text("35 of 67 passages about trust or the ending critique.")
    expect(page).to_have_url(re.compile("#theme=trust,ending$"))


def test_back_closes_the_sheet_of_a_phone(visit: Callable[..., Page]) -> None:
    page = visit(width=390, height=844, has_touch=True)
    page.get_by_role("button", name="Filters").tap()
    expect(page.get_by_role("button", name="Done")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Filters")).to_be_visible()


MENUS = {"Share": ".share .menu", "How the text looks": ".comforts .menu", "Keys": "dialog.keys"}


@pytest.mark.parametrize("width", [390, 1280])
def test_back_closes_a_menu_and_the_sheet_of_a_phone_stays(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width, height=844)
    if sheet := width == 390:
        page.get_by_role("button", name="Filters").click()
    before = steps(page)
    for opener, opened in MENUS.items():
        page.get_by_role("button", name=opener, exact=True).click()
        expect(page.locator(opened)).to_be_visible()
        assert steps(page) == before + 1
        page.go_back()
        expect(page.locator(opened)).to_be_hidden()
        expect(page.get_by_role("button", name="Done")).to_have_count(int(sheet))
    page.get_by_role("button", name="Share", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator(MENUS["Share"])).to_be_hidden()
    page.wait_for_function("!history.state.trail.at(-1).some(({ menu }) => menu)")  # no step that does nothing
    if sheet:
        page.go_back()
        expect(page.get_by_role("button", name="Filters")).to_be_visible()


@pytest.mark.parametrize(
    ("opener", "state"), [("Mark", "marking"), ("Follow the argument", "touring"), ("Present", "presenting")]
)
def test_back_leaves_a_way_of_reading(visit: Callable[..., Page], opener: str, state: str) -> None:
    page = visit()
    if opener == "Present":
        page.get_by_role("button", name="How the text looks").click()
    page.get_by_role("button", name=opener).first.click()
    expect(page.locator(f".essay-explorer.{state}")).to_be_visible()
    page.go_back()
    expect(page.locator(f".essay-explorer.{state}")).to_have_count(0)
    expect(page.locator(".theme-filter")).to_be_visible()
    expect(page.locator(".comforts .menu")).to_be_hidden()


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_what_is_closed_leaves_no_step_that_does_nothing(visit: Callable[..., Page], way: str) -> None:
    page = visit("?first")
    page.goto(page.url.replace("?first", "?second"))
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.locator('mark[data-ids~="a32"]').first.click()
    expect(page).to_have_url(re.compile("at="))
    if way == "button":
        page.get_by_role("button", name="Close (Esc)", exact=True).click()
    else:
        page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("at="))
    page.go_back(wait_until="commit")
    expect(page).to_have_url(re.compile(r"\?first"))


def test_choosing_typing_and_stepping_are_no_steps(visit: Callable[..., Page]) -> None:
    page = visit("#at=a32")
    before = steps(page)
    page.locator('.chip[data-tag="trust"] .choose').click()
    page.get_by_role("searchbox").fill("mind")
    page.get_by_role("button", name="Next passage").click()
    page.locator(".passage-card h2").press("ArrowRight")
    assert steps(page) == before
    assert "find=mind" in page.url


def test_an_address_that_is_written_by_hand_shows_all_of_it_and_back_too(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    says = page.locator(".says")
    page.evaluate("location.hash = '#theme=mirror&at=a32'")
    expect(says).to_contain_text("the critic on himself")
    expect(page.locator(CARD)).to_have_count(1)
    page.go_back()
    expect(says).to_have_text("23 of 67 passages about trust.")
    expect(page.locator(CARD)).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "open_then"),
    [
        ("#theme=trust&chart=flow", ".chart-panel[data-drawn=flow]"),
        ("#theme=trust&chart=flow&at=a32", CARD),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_who_reloads_in_the_middle_of_the_text_stays_there_with_what_was_open(
    visit: Callable[..., Page], address: str, open_then: str, width: int
) -> None:
    page = visit(address, width=width)
    page.wait_for_selector(open_then)
    page.wait_for_timeout(500)  # the way to the passage is scrolled
    page.evaluate("scrollBy({ top: 900, behavior: 'instant' })")
    before = page.evaluate("scrollY")
    page.reload()
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.wait_for_selector(open_then)
    if "at=" not in address:  # a passage comes on the screen
        assert page.evaluate("scrollY") == pytest.approx(before, abs=4)

"""The tour on the real page: what is lit, how one steps, and where one comes back to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import open_reading
from paint import expect_painted
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import Reader

TOUR = open_reading("her").tour
APART = """() => {
  const panel = document.querySelector(".tour-panel .inner").getBoundingClientRect();
  const stop = document.querySelector("mark.stop").getBoundingClientRect();
  return stop.top > 0 && (stop.bottom <= panel.top || stop.right <= panel.left);
}"""
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
    page.locator(".tour-panel").get_by_role("button", name="Next").click()
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


def test_a_stop_is_about_as_wide_as_a_card_on_a_wide_screen(visit: Callable[..., Page]) -> None:
    page = visit("#tour=5", width=1920)
    stop = page.locator(".tour-panel .inner").bounding_box()["width"]
    page.get_by_role("button", name="About this passage").click()
    card = page.locator(".passage-card").bounding_box()["width"]
    assert card <= stop <= 1.2 * card


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


def test_a_swipe_goes_a_stop_on_and_a_stop_back_and_leaves_no_page(visit: Callable[..., Page]) -> None:
    page = visit("#tour=2", width=390, height=844, has_touch=True, is_mobile=True, reduced_motion="reduce")
    hand = page.context.new_cdp_session(page)
    for start, end, number in ((320, 80, 3), (80, 320, 2), (40, 340, 1), (40, 340, 1)):
        box = page.locator(".tour-panel .remark").bounding_box()
        for step in range(9):
            point = {"x": start + (end - start) * step / 8, "y": box["y"] + 8}
            kind = "touchMove" if step else "touchStart"
            hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(300)  # in which a browser would go back a page
        at_stop(page, number)


def test_what_is_not_lit_stays_readable(visit: Callable[..., Page]) -> None:
    for scheme in ("light", "dark"):
        page = visit("#tour=3", color_scheme=scheme, reduced_motion="reduce")
        at_stop(page, 3)
        expect_accessible(page, state=scheme)


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


def test_a_teacher_projects_the_remarks_in_large_letters_beside_the_passage(visit: Callable[..., Page]) -> None:
    page = visit("#tour=3", width=1280, height=800)
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    before = page.locator(".tour-panel .remark").evaluate(size)
    page.get_by_role("button", name="How the text looks").click()
    for _ in range(3):
        page.get_by_role("button", name="Larger text").click()
    page.keyboard.press("Escape")
    assert page.locator(".tour-panel .remark").evaluate(size) == pytest.approx(1.7 * before, rel=0.01)
    at_stop(page, 3)
    page.locator(".tour-panel").get_by_role("button", name="Next").click()
    at_stop(page, 4)
    page.wait_for_function(APART)  # the panel does not lie over the passage, once the page has scrolled there


def test_who_wants_less_motion_is_at_a_stop_at_once(visit: Callable[..., Page]) -> None:
    page = visit(reduced_motion="reduce")
    moves = page.evaluate("""async () => {
      const seen = [];
      addEventListener("scroll", () => seen.push(Math.round(scrollY)));
      document.querySelector(".begin-tour").click();
      await new Promise((done) => setTimeout(done, 600));
      document.querySelector(".tour-panel .next").click();
      await new Promise((done) => setTimeout(done, 600));
      return new Set(seen).size;
    }""")
    assert moves <= 2  # one jump a stop
    assert page.locator(".tour-panel .progress i").evaluate("(one) => getComputedStyle(one).transitionDuration") in {
        "0s",
        "none",
    }


def test_a_screen_reader_hears_the_stop_and_finds_its_remark_next(visit: Callable[..., Page]) -> None:
    page = visit()
    begin = page.get_by_role("button", name=BEGIN).first
    begin.press("Enter")
    at_stop(page, 1)
    tour = page.get_by_role("region", name="Tour", exact=True)
    expect(tour.get_by_role("heading", name=TOUR[0].title)).to_be_focused()
    tree = tour.aria_snapshot()
    places = [tree.find(part) for part in ("Stop 1 of", TOUR[0].title, TOUR[0].text[:20], "Next")]
    assert -1 not in places
    assert places == sorted(places)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tour-panel [role=status]")).to_contain_text(f"Stop 2 of {len(TOUR)}")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_of_the_ending_is_cut_off_on_a_phone(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    page.locator(".ending").scroll_into_view_if_needed()
    expect_painted(page.locator(".ending h2"), "text")
    heading = page.locator(".ending h2", has_text="Leaned on most")
    assert heading.evaluate("(one) => one.clientHeight < 2 * parseFloat(getComputedStyle(one).lineHeight)")  # one line
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_ending_leads_to_the_original(visit: Callable[..., Page]) -> None:
    page = visit()
    link = page.locator(".ending").get_by_role("link", name="“Her Review” by Matt Jacobson")
    expect_painted(link, "text")
    assert link.get_attribute("href") == open_reading("her").essay.url
    own = page.get_by_role("link", name="Read the original, with its own passages marked")
    expect(own).to_have_attribute("href", "essay-explorer/her-review.html")
    expect(page.locator(".ending")).not_to_contain_text("Next on the shelf")  # there is no other


def test_the_ending_leads_to_the_next_reading_of_the_shelf(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text("---\ntitle: Mine & <b>yours</b>\n---\n\nA text.\n", encoding="utf-8")
    with dashboard("her", str(folder), "--pool", "0") as server:
        page = reader.page()
        page.goto(f"{server.url}her/")
        page.get_by_role("link", name="Mine & <b>yours</b>").click()
        expect(page.locator("h1")).to_have_text("Mine & <b>yours</b>")
        page.locator(".ending").get_by_role("link", name="The Film That Asks and Won’t Answer").click()
        expect(page.locator("h1")).to_have_text("The Film That Asks and Won’t Answer")


def test_the_ending_leads_to_the_passage_most_others_lean_on(visit: Callable[..., Page]) -> None:
    page = visit()
    expect_painted(page.locator(".ending .question"), "text")
    page.locator(".ending blockquote a").click()
    expect_painted(page.locator("mark.here"), "background")
    expect(page.locator("mark.here").first).to_be_in_viewport()


def test_a_finger_to_the_side_steps(visit: Callable[..., Page]) -> None:
    page = visit("#tour=3", width=390, height=844, has_touch=True, is_mobile=True)
    expect(page.locator(".tour-panel .where")).to_have_text("Stop 3 of 9")
    hand = page.context.new_cdp_session(page)
    for way, stop in ((1, 2), (-1, 3), (-1, 4)):
        box = page.locator(".tour-panel .inner").bounding_box()
        for step in range(9):
            point = {"x": 195 + way * (step * 25 - 100), "y": box["y"] + 60}
            hand.send(
                "Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": [point]}
            )
            page.evaluate("new Promise(requestAnimationFrame)")  # no finger is faster than the screen
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(page.locator(".tour-panel .where")).to_have_text(f"Stop {stop} of 9")
    expect(page).to_have_url(re.compile("#tour=4$"))

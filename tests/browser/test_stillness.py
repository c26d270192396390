"""Nothing moves that the reader did not move: neither the text nor the controls, whatever is chosen, typed or opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from paint import expect_painted
from shifts import SHIFTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SIX = "trust,alienness,ending,mirror,loneliness,real"
# Where each line of the text starts, and how wide it may be, across the page.
ACROSS = """[...document.querySelectorAll(".paragraph")].map((one) => {
  const { x, width } = one.getBoundingClientRect();
  return [Math.round(x), Math.round(width)];
})"""
CONTROLS = """[...document.querySelectorAll(".theme-filter :is(button, input, h2)")].map((one) => {
  const { x, y, width } = one.getBoundingClientRect();
  return [one.textContent.replace(/[\\d/]+/g, ""), Math.round(x), Math.round(y), Math.round(width)].join(" ");
})"""


@pytest.mark.parametrize("width", [390, 768, 1024, 1100, 1280, 1440, 1920])
def test_the_text_keeps_its_measure(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    rest = page.evaluate(ACROSS)
    for address in (f"theme={SIX}", "at=a32", "chart=weight", f"theme={SIX}&at=a32&chart=dispersion"):
        page.evaluate("(address) => { location.hash = address; }", address)
        page.wait_for_function("document.querySelector('.says').textContent !== ''")
        if "chart" in address:
            page.wait_for_selector(f".chart-panel[data-drawn={address.split('chart=')[1]}]")
        assert [place for place in page.evaluate(ACROSS) if place not in rest] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [768, 1280, 1440])
def test_controls_keep_their_places_while_one_types(visit: Callable[..., Page], width: int) -> None:
    page = visit("#theme=trust", width=width)
    before = page.evaluate(CONTROLS)
    field = page.get_by_role("searchbox")
    for word in ("m", "mind", "mindz", ""):
        field.fill(word)
        assert page.evaluate(CONTROLS) == before
    assert page.locator(".hits").is_hidden()


@pytest.mark.parametrize("width", [390, 768, 1121, 1280, 1440])
def test_a_longer_count_widens_no_row_and_nothing_sticks_out(visit: Callable[..., Page], width: int) -> None:
    rows = """[...document.querySelectorAll(".theme-filter .rows .chip")].filter((one) => one.checkVisibility())
      .map((one) => Math.round(one.getBoundingClientRect().width * 8))"""
    page = visit("#theme=trust", width=width)
    if width < 700:
        page.get_by_role("button", name="Filters").click()
    before = page.evaluate(rows)
    page.evaluate("location.hash = 'not=trust'")  # "10/12" in place of "1/12"
    page.wait_for_function("document.querySelector('.says').textContent.includes('without trust')")
    assert page.evaluate(rows) == before
    assert (
        page.evaluate(
            "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.place.filter'))"
        )
        == 0
    )


def test_a_line_keeps_its_lane_all_through_a_paragraph(visit: Callable[..., Page]) -> None:
    page = visit(f"#theme={SIX}")
    lanes = page.evaluate("""[...document.querySelectorAll(".paragraph")].map((paragraph) => {
      const lanes = {};
      for (const line of paragraph.querySelectorAll(".line.on")) {
        const colour = getComputedStyle(line).textDecorationColor;
        (lanes[colour] ??= new Set()).add(getComputedStyle(line).textUnderlineOffset);
      }
      return Object.values(lanes).map((offsets) => offsets.size);
    })""")
    assert {size for paragraph in lanes for size in paragraph} == {1}


def test_a_line_has_the_letter_of_a_theme_once_and_at_most_three(visit: Callable[..., Page]) -> None:
    everything = f"{SIX},questions,metaphor,craft"
    page = visit("#theme=trust", width=1440)
    letters = """Object.values(Object.groupBy(
      [...document.querySelectorAll(".code.on")].filter((one) => getComputedStyle(one).visibility === "visible"),
      (one) => Math.round(one.getBoundingClientRect().top / 8),
    )).map((line) => line.map((one) => [
      getComputedStyle(one, "::before").content.replaceAll('"', ""), Math.round(one.getBoundingClientRect().left)]))"""
    lines = page.evaluate(letters)
    assert [[letter for letter, _ in line] for line in lines] == [["T"]] * len(lines)
    assert 10 < len(lines) < page.locator(".code.on").count()  # two passages start on one line somewhere
    page = visit(f"#theme={everything}", width=1440)
    page.evaluate("document.documentElement.dataset.essayMeasure = 'wide'")  # more passages start on a line
    page.locator(".code.on[data-more]").first.wait_for()
    lines = page.evaluate(letters)
    assert max(map(len, lines)) == 3
    assert any(line[2][0].startswith("+") for line in lines if len(line) == 3)
    assert all(len({left for _, left in line}) == len(line) for line in lines)  # none lies over another
    expect_painted(page.locator(".code.on:not(.over)"), "before")
    strip = page.locator(".strip").bounding_box()["x"]
    assert all(left + 10 < strip for line in lines for _, left in line)


def test_escape_clears_one_thing_and_what_was_cleared_comes_back(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust&not=ending&within=2-8&find=mind")
    says, clear = page.locator(".says"), page.locator(".theme-filter .clear")
    before = says.inner_text()
    for gone in ("“mind”", "paragraphs 2 to 8", "about trust"):
        assert gone in says.inner_text()
        page.keyboard.press("Escape")
        expect(says).not_to_contain_text(gone)
    expect(clear).to_have_text("Undo")
    expect_painted(clear, "text")
    clear.click()
    expect(says).to_have_text(before)
    clear.click()
    expect(says).to_contain_text("Nothing marked")
    page.locator('.chip[data-tag="ending"] .choose').click()
    expect(clear).to_have_text("Clear")
    page.locator('.chip[data-tag="ending"] .choose').click()
    expect(clear).to_be_hidden()  # nothing was cleared since


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 1920])
def test_nothing_shifts_over_a_whole_visit(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    page.evaluate(SHIFTS)
    is_phone = width < 700
    if is_phone:
        page.get_by_role("button", name="Filters").click()
    for tag in SIX.split(","):
        page.locator(f'.chip[data-tag="{tag}"] .choose').click()
    page.get_by_role("button", name="Dim other text").click()
    page.get_by_role("button", name="All together").click()
    expect(page.locator(".says")).to_have_text("No passage combines all six themes.")
    page.get_by_role("button", name="Any theme").click()
    page.get_by_text("What each passage does").click()
    page.locator('.chip[data-tag="claim"] .choose').click()
    page.get_by_role("button", name="Next of these").click()  # on a phone this closes the sheet
    expect(page.locator(".passage-card")).to_be_visible()
    page.mouse.move(width / 2, 200)
    page.mouse.wheel(0, 600)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Charts", exact=True).click()
    page.wait_for_selector(".chart-panel[data-drawn]")
    page.get_by_role("button", name="Close the charts").click()
    page.wait_for_timeout(1000)  # what comes late would shift now
    assert page.evaluate("shifted") < 0.02


@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_charts_that_come_late_shift_nothing(visit: Callable[..., Page], size: tuple[int, int]) -> None:
    """What moves over half a second after a tap is no answer to it any more."""
    page = visit(width=size[0], height=size[1], has_touch=True)
    page.evaluate(SHIFTS)
    page.route(re.compile("vega|charts"), lambda route: (page.wait_for_timeout(800), route.continue_()))
    page.get_by_role("button", name="Charts", exact=True).click()
    expect(page.locator(".chart-panel .wait")).to_have_text("Drawing …")
    expect(page.get_by_role("button", name="Show as table")).to_be_hidden()  # of no chart
    page.wait_for_selector(".chart-panel[data-drawn]")
    expect(page.get_by_role("button", name="Show as table")).to_be_visible()
    expect_painted(page.locator(".chart-panel .picture [aria-roledescription=bar]"), "shape")
    page.wait_for_timeout(500)  # what comes late would shift now
    assert page.evaluate("shifted") < 0.005

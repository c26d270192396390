"""The charts of the dashboard: they follow the lens, and the lens follows them, with a mouse and without one."""

from __future__ import annotations

import csv
import io
import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import open_reading
from essay_explorer.charts import CHARTS
from paint import unpainted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Reader
    from servers import Server

READING = open_reading("her")
FAINT = 0.3  # less than this is faint
STEPS, RESTS = 15, 8  # of a finger that moves, and then stays, so that nothing runs on


def drawn(page: Page, name: str) -> None:
    """Wait until a chart is there."""
    page.wait_for_selector(f".chart-panel[data-drawn={name}]")


def bars(page: Page) -> dict[str, float]:
    """The opacity of each bar of the dispersion, by what it says of itself."""
    found = page.eval_on_selector_all(
        ".picture [aria-roledescription=bar]",
        "all => all.map((one) => [one.getAttribute('aria-label'), one.getAttribute('opacity') ?? '1'])",
    )
    return {label: float(opacity) for label, opacity in found}


def test_charts_open_beside_the_text_and_esc_closes_them(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.locator(".chart-panel")).to_be_hidden()
    page.get_by_role("button", name="Charts", exact=True).click()
    drawn(page, "dispersion")
    expect(page.locator(".finding")).to_contain_text("Trust runs through 8 of 10 paragraphs")
    expect(page).to_have_url(re.compile(r"#chart=dispersion$"))
    page.keyboard.press("Escape")
    expect(page.locator(".chart-panel")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("chart"))


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [320, 1280])
def test_each_chart_is_drawn_and_fits(visit: Callable[..., Page], name: str, width: int) -> None:
    page = visit(f"#chart={name}", width=width)
    drawn(page, name)
    painted = unpainted(page.locator(".picture [role=graphics-symbol][aria-label]"), "shape").count("")
    assert painted > 5  # some marks of a chart are thin air, for the pointer
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture, panel = (page.locator(one).bounding_box() for one in (".picture svg", ".chart-panel"))
    assert picture["height"] > 80
    assert picture["x"] + picture["width"] <= panel["x"] + panel["width"] + 1


def test_what_is_not_chosen_goes_faint(visit: Callable[..., Page]) -> None:
    page = visit("#chart=dispersion")
    drawn(page, "dispersion")
    assert min(bars(page).values()) > FAINT
    page.locator(".theme-filter").get_by_role("button", name="Trust").first.click()
    page.wait_for_function(
        "[...document.querySelectorAll('.picture [aria-roledescription=bar]')].some((one) => Number(one.getAttribute('opacity') ?? 1) < 0.3)"
    )
    assert sum(opacity > FAINT for opacity in bars(page).values()) == len(READING.passages(theme="trust"))


def test_a_click_on_a_bar_opens_its_passage(visit: Callable[..., Page]) -> None:
    page = visit("#chart=dispersion")
    drawn(page, "dispersion")
    page.locator(".picture [aria-roledescription=bar]").first.click()
    first = READING.passages(theme="trust")[0]
    expect(page.locator(".passage-card")).to_contain_text(first.text)
    expect(page).to_have_url(re.compile(f"at={first.id}"))
    expect(page.locator(".says")).to_contain_text("about trust")


def test_the_table_does_what_the_chart_does_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("#chart=weight")
    drawn(page, "weight")
    page.get_by_role("button", name="Show as table").press("Enter")
    table = page.locator(".chart-panel table")
    expect(table.locator("caption")).to_have_text(page.locator(".finding").text_content())
    row = table.get_by_role("row").filter(has_text="Trust")
    expect(row).to_contain_text(str(len(READING.passages(theme="trust"))))
    row.get_by_role("button").press("Enter")
    expect(page.locator(".says")).to_have_text("23 of 67 passages about trust.")


def test_dragging_over_paragraphs_looks_at_these_and_two_fields_do_the_same(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust&chart=dispersion")
    drawn(page, "dispersion")
    box = page.locator(".picture svg").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.35, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=4)
    page.mouse.up()
    page.wait_for_function("location.hash.includes('within=')")
    first, last = map(int, re.search(r"within=(\d+)-(\d+)", page.url).groups())
    assert 2 <= first < last <= 6
    expect(page.locator(f'[data-paragraph="{first}"]')).to_be_in_viewport()  # the text has gone there
    expect(page.locator(".says")).to_contain_text(f"in paragraphs {first} to {last}")
    for label, number in (("to", "8"), ("From paragraph", "7")):
        page.get_by_label(label, exact=True).fill(number)
        page.get_by_label(label, exact=True).press("Enter")
    expected = len(READING.passages(theme="trust", within=(7, 8)))
    expect(page.locator(".says")).to_have_text(f"{expected} of 67 passages about trust, in paragraphs 7 to 8.")
    page.get_by_role("button", name="All paragraphs").click()
    expect(page.locator(".says")).to_have_text("23 of 67 passages about trust.")


def test_the_same_rows_are_drawn_in_another_way(visit: Callable[..., Page]) -> None:
    page = visit("#chart=flow")
    drawn(page, "flow")
    page.get_by_role("button", name="Stacked").click()
    drawn(page, "flow-stacked")
    expect(page.get_by_role("button", name="Stacked")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Stacked").click()
    drawn(page, "flow")


def test_a_chart_is_saved_as_it_is_and_as_a_table(visit: Callable[..., Page], tmp_path: Path) -> None:
    page = visit("#chart=weight")
    drawn(page, "weight")
    saved = {}
    for kind in ("PNG", "SVG", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {kind}").click()
        assert download.value.suggested_filename == f"weight.{kind.lower()}"
        saved[kind] = Path(download.value.path()).read_bytes()
    assert saved["PNG"].startswith(b"\x89PNG")
    said = " ".join(ET.fromstring(saved["SVG"]).itertext())
    for words in (
        page.locator(".finding").text_content(),
        "Each bar is as long as",
        "Source: The Film That Asks and Won’t Answer",
    ):
        assert " ".join(words.split()) in " ".join(said.split())
    wide, tall = struct.unpack(">II", saved["PNG"][16:24])
    chart = page.locator(".picture svg").bounding_box()
    assert wide >= 2 * chart["width"]
    assert tall >= 2 * chart["height"] + 2 * 100  # the words above and below
    rows = list(csv.DictReader(io.StringIO(saved["CSV"].decode("utf-8-sig"))))
    assert any("Trust" in row.values() and "23" in row.values() for row in rows)


def test_charts_are_kept_by_the_browser_and_come_before_they_are_asked_for(reader: Reader, served: Server) -> None:
    page = reader.page()
    kept = {}
    page.on("response", lambda response: kept.update({response.url: response.headers.get("cache-control", "")}))
    page.goto(served.url)
    page.wait_for_function(
        "performance.getEntriesByType('resource').filter(({name}) => name.includes('/essay-explorer/') && !/(news|next.json|page-)/.test(name)).length === 2"
    )
    loaded = {url: cache for url, cache in kept.items() if is_part(url)}
    assert all("immutable" in cache for cache in loaded.values())
    page.get_by_role("button", name="Charts", exact=True).click()
    drawn(page, "dispersion")
    assert len(list(filter(is_part, kept))) == 2  # nothing was loaded twice


def is_part(url: str) -> bool:
    """Whether an address is of something that a page loads for its charts."""
    return "/essay-explorer/" in url and not re.search("/(news|next.json|page-)", url)


def test_a_phone_loads_no_chart_before_it_is_asked_for(reader: Reader, served: Server) -> None:
    page = reader.page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.url)
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.wait_for_timeout(1500)  # longer than a laptop would wait
    assert not list(filter(is_part, asked))


def test_charts_that_cannot_be_loaded_say_so(reader: Reader, served: Server) -> None:
    page = reader.page()
    page.route("**/essay-explorer/charts-*", lambda route: route.fulfill(status=500, body=""))
    page.goto(served.url)
    page.get_by_role("button", name="Charts", exact=True).click()
    expect(page.locator(".chart-panel .wait")).to_contain_text("could not be loaded")
    buttons = page.locator(".chart-panel button:visible").all()
    assert all(button.inner_text().strip() for button in buttons), "a button of a chart that is not there is empty"
    page.unroute("**/essay-explorer/charts-*")
    page.get_by_role("button", name="Charts", exact=True).click()
    page.get_by_role("button", name="Charts", exact=True).click()
    drawn(page, "dispersion")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*CHARTS, "flow-stacked"])
def test_axe_finds_nothing_in_the_charts(visit: Callable[..., Page], name: str, scheme: str) -> None:
    page = visit(f"#theme=trust&chart={name}", color_scheme=scheme)
    drawn(page, name)
    page.get_by_role("button", name="Show as table").click()
    expect_accessible(page)


def touched(visit: Callable[..., Page], address: str) -> Page:
    """A phone in the hand, with a chart on it."""
    page = visit(address, width=390, height=844, has_touch=True, is_mobile=True)
    drawn(page, re.search("chart=(.*)", address)[1])
    return page


def swipe(page: Page, x: int, y: int) -> None:
    """A finger moves over the lower half of the screen, where the chart is, so many pixels to the right and down."""
    hand = page.context.new_cdp_session(page)
    for step in [*range(STEPS), *[STEPS] * RESTS]:
        point = {"x": 195 - x / 2 + x * step / STEPS, "y": 650 - y / 2 + y * step / STEPS}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": [point]})
        page.evaluate("new Promise(requestAnimationFrame)")
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.evaluate("new Promise(requestAnimationFrame)")


def test_a_tap_on_a_bar_does_what_a_click_does(visit: Callable[..., Page]) -> None:
    page = touched(visit, "#chart=dispersion")
    page.locator(".picture [aria-roledescription=bar]").first.tap()
    first = READING.passages(theme="trust")[0]
    page.wait_for_function(f"location.hash.includes('at={first.id}') && location.hash.includes('theme=trust')")
    card = page.locator(".passage-card")  # it lies over the charts
    assert card.evaluate("""(one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return [0.1, 0.5, 0.9].every((y) => one.contains(document.elementFromPoint(left + width / 2, top + y * height)));
    }""")
    page = touched(visit, "#chart=weight")
    page.locator(".picture [aria-roledescription=bar]").first.tap()
    expect(page.locator(".says")).to_have_text("23 of 67 passages about trust.")
    page.locator(".picture [aria-roledescription=bar]").first.tap()
    page.wait_for_function("!location.hash.includes('theme')")


@pytest.mark.parametrize("name", CHARTS)
def test_a_finger_on_a_chart_scrolls_and_filters_nothing(visit: Callable[..., Page], name: str) -> None:
    page = touched(visit, f"#chart={name}")
    picture, address = page.locator(".picture svg"), page.url
    top = picture.bounding_box()["y"]
    assert page.evaluate("document.elementFromPoint(195, 650).closest('.picture') !== null")
    swipe(page, 0, -150)
    below = picture.bounding_box()["y"]
    assert below < top - 80
    swipe(page, -150, 0)
    assert picture.bounding_box()["y"] == pytest.approx(below, abs=5)
    swipe(page, -60, 120)
    assert picture.bounding_box()["y"] > below + 60
    assert page.url == address
    expect(page.locator("#vg-tooltip-element")).to_be_hidden()  # it would lie over what the finger has brought


def test_a_finger_chooses_paragraphs_in_two_fields(visit: Callable[..., Page]) -> None:
    page = touched(visit, "#chart=dispersion")
    for label, number in (("to", "8"), ("From paragraph", "7")):
        page.get_by_label(label, exact=True).tap()
        page.keyboard.press("Control+A")
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.locator(".says")).to_contain_text("in paragraphs 7 to 8")
    page.get_by_role("button", name="All paragraphs").tap()
    page.wait_for_function("!location.hash.includes('within')")

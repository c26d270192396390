"""An essay of hundreds of paragraphs: the page builds what is near the screen, and everything can be reached."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import Reading, measures
from essay_explorer.core.folding import fold
from essay_explorer.measures import StretchedMeasure
from essay_explorer.page.export import write_page
from paint import expect_painted

sys.path.append(str(Path(__file__).parents[1] / "bench"))
from long import REFRAIN, texts

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Reader

READING = Reading.from_texts(texts(60_000), name="long")
PARAGRAPHS = len(READING.essay.paragraphs)
PASSAGES = READING.passages(theme="theme1")
BUILT = "document.querySelectorAll('.essay-text mark').length"
IN_VIEW = "(one) => { const box = one.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; }"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.html"
    write_page(READING, path, charts=False)
    return path


@pytest.fixture
def page(reader: Reader, file: Path) -> Page:
    page = reader.page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-essay-explorer=ready]")
    return page


def test_the_whole_text_is_there_and_few_passages_are_built(page: Page) -> None:
    assert page.locator("article .paragraph").count() == PARAGRAPHS
    last = READING.essay.text.split("\n\n")[-1]
    assert page.locator(".paragraph").last.evaluate("(one) => one.textContent").endswith(last)
    assert 0 < page.evaluate(BUILT) < len(READING.passages()) / 3


def test_what_comes_near_is_built_with_its_lines(page: Page) -> None:
    page.locator(".theme-filter").get_by_role("button", name="theme1").first.click()
    far = PASSAGES[len(PASSAGES) // 2]
    page.locator(f'[data-paragraph="{far.paragraph}"]').evaluate("(one) => one.scrollIntoView()")
    mark = page.locator(f'mark[data-ids~="{far.id}"].on .line.on').first
    expect_painted(mark, "underline")


def test_find_steps_to_a_hit_far_away(page: Page) -> None:
    page.get_by_role("searchbox").fill(REFRAIN)
    page.get_by_role("searchbox").press("Shift+Enter")  # the last one
    hits = fold(READING.essay.text).count(REFRAIN)
    expect(page.locator(".hits")).to_have_text(f"{hits} of {hits} matches")
    last = max(
        number
        for number, (start, end) in enumerate(READING.essay.paragraphs, 1)
        if REFRAIN in fold(READING.essay.text[start:end])
    )
    paragraph = page.locator(f'[data-paragraph="{last}"]')
    page.wait_for_function(IN_VIEW, arg=paragraph.element_handle())


def test_a_permalink_reaches_the_last_passage_and_the_keyboard_the_one_before(reader: Reader, file: Path) -> None:
    page = reader.page()
    page.goto(f"{file.as_uri()}#theme=theme1&at={PASSAGES[-1].id}")
    last = page.locator(f'mark[data-ids~="{PASSAGES[-1].id}"]').first
    page.wait_for_function(IN_VIEW, arg=last.element_handle())
    expect(page.locator(".passage-card")).to_contain_text(PASSAGES[-1].text[:40])
    last.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".passage-card")).to_contain_text(PASSAGES[-2].text[:40])


def test_only_these_leaves_no_empty_room(page: Page) -> None:
    page.locator(".theme-filter").get_by_role("button", name="theme1").first.click()
    page.get_by_role("button", name="Show only these").click()
    shown = {number for one in PASSAGES for number in range(one.paragraph, READING.essay.paragraph_at(one.end - 1) + 1)}
    assert page.locator(".paragraph:not(.empty)").count() == len(shown)


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_phone_shows_all_of_its_width_and_the_bar_of_filters(reader: Reader, file: Path, width: int) -> None:
    page = reader.page(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(file.as_uri() + "#theme=theme1")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    bar = page.get_by_role("button", name="Filters" if width < 700 else "How the text looks")
    box = bar.bounding_box()
    assert box["x"] + box["width"] <= width
    expect_painted(bar, "text")


def test_print_builds_every_passage(page: Page) -> None:
    page.locator(".theme-filter").get_by_role("button", name="theme1").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    marks = page.evaluate(
        "new Set([...document.querySelectorAll('mark.on')].flatMap((one) => one.dataset.ids.split(' '))).size"
    )
    assert marks >= len(PASSAGES)
    page.emulate_media(media="print")
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")


# Charts of an essay so long that paragraphs share a bar.

LONGER = Reading.from_texts(texts(100_000), name="longer")
CHARTED = ("dispersion", "flow", "rhythm")
BAR = ".picture [aria-label*='Paragraphs: ']"


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("longer") / "longer.html"
    write_page(LONGER, path)
    return path


def chart(reader: Reader, file: Path, name: str, **context: object) -> Page:
    page = reader.page(**context)
    page.goto(f"{file.as_uri()}#chart={name}")
    page.wait_for_selector(f".chart-panel[data-drawn={name}]")
    return page


@pytest.mark.parametrize("name", CHARTED)
def test_the_table_has_the_stretches_of_the_chart(reader: Reader, charted: Path, name: str) -> None:
    measure = getattr(measures, name)(LONGER)
    assert isinstance(measure, StretchedMeasure)
    page = chart(reader, charted, name)
    expect(page.locator(".summary")).to_have_text(measure.summary)
    page.get_by_role("button", name="Show as table").click()
    first = [str(getattr(measure.rows[0], field)) for field, _ in measure.columns]
    cells = page.locator(".chart-panel tbody tr").first.locator("th, td")
    assert [re.sub(r"\.0$", "", said) for said in cells.all_inner_texts()] == [
        said.removesuffix(".0") for said in first
    ]
    assert page.locator(BAR).count() >= len(measure.rows)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*CHARTED, "flow-stacked"])
def test_axe_finds_nothing_in_charts_of_stretches(reader: Reader, charted: Path, name: str, scheme: str) -> None:
    page = chart(reader, charted, name, color_scheme=scheme)
    expect_accessible(page, ".chart-panel")


def test_a_click_on_a_stretch_opens_the_first_of_its_passages(reader: Reader, charted: Path) -> None:
    page = chart(reader, charted, "dispersion")
    row = measures.dispersion(LONGER).rows[30]
    page.locator(BAR).nth(30).click()
    page.wait_for_function(f"location.hash.includes('at={row.passage}&') || location.hash.endsWith('{row.passage}')")
    expect(page.locator(".says")).to_contain_text(f"about {row.label}")


def test_a_click_on_a_stretch_of_sentences_goes_to_its_first_paragraph(reader: Reader, charted: Path) -> None:
    page = chart(reader, charted, "rhythm")
    row = measures.rhythm(LONGER).rows[30]
    page.locator(BAR).nth(30).click()
    paragraph = page.locator(f'[data-paragraph="{row.paragraph}"]')
    page.wait_for_function(IN_VIEW, arg=paragraph.element_handle())


def test_a_drag_over_stretches_looks_at_their_paragraphs(reader: Reader, charted: Path) -> None:
    page = chart(reader, charted, "dispersion")
    bars = page.locator(BAR)
    first, last = bars.nth(20).bounding_box(), bars.nth(24).bounding_box()
    page.mouse.move(first["x"] + 1, first["y"] + 4)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, first["y"] + 4, steps=4)
    page.mouse.up()
    page.wait_for_function("location.hash.includes('within=')")
    found = [*map(int, re.search(r"within=(\d+)-(\d+)", page.url).groups())]
    rows = measures.dispersion(LONGER).rows
    step = rows[0].last
    assert found == pytest.approx([rows[20].paragraph, rows[24].last], abs=step // 2)
    faint = "document.querySelectorAll(`.picture path[opacity='0.18']`).length"
    page.wait_for_function(f"{faint} > {len(rows) // 2}")

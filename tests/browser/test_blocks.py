"""The blocks of an essay as a reader sees them: verse, lists, tables, pictures, on a phone and on a large screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import Essay, Reading, open_reading
from essay_explorer.page.export import write_page
from kept import write_kept
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Reader

READINGS = Path(__file__).parents[1] / "readings"
STARTS = """(lines) => lines.flatMap((line) => {
  const range = document.createRange();
  range.selectNodeContents(line);
  const rows = Map.groupBy([...range.getClientRects()].filter(({ width }) => width > 1), ({ top }) => Math.round(top / 8));
  return [[...rows.values()].map((rects) => Math.round(Math.min(...rects.map(({ left }) => left))))];
})"""


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Callable[..., Page]:
    """Opens a reading of the tests as one file."""

    def opened(name: str, address: str = "", width: int = 1280, **context: object) -> Page:
        path = tmp_path / f"{name}.html"
        write_kept(open_reading(READINGS / name), path)
        page = reader.page(viewport={"width": width, "height": 800}, **context)
        page.goto(path.as_uri() + address)
        page.wait_for_selector("html[data-essay-explorer=ready]")
        return page

    return opened


def test_a_line_of_verse_that_is_too_long_goes_on_further_right(read: Callable[..., Page]) -> None:
    page = read("sonnet", width=320)
    lines = page.locator(".verse .verse-line").evaluate_all(STARTS)
    assert len(lines) == 14
    first = lines[0][0]
    assert {starts[0] for starts in lines[:12]} == {first}
    assert all(start > first for starts in lines for start in starts[1:])
    assert any(len(starts) > 1 for starts in lines)
    assert all(starts[0] > first for starts in lines[12:])  # the couplet stands further right


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("name", ["sonnet", "scene", "lighthouse"])
def test_nothing_is_wider_than_the_page(read: Callable[..., Page], name: str, width: int) -> None:
    page = read(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect_painted(page.locator("article .paragraph"))


def test_a_wide_table_scrolls_by_itself(read: Callable[..., Page]) -> None:
    page = read("lighthouse", width=320)
    scroll = page.get_by_role("region", name="Table")
    assert scroll.evaluate("(one) => one.scrollWidth > one.clientWidth")
    scroll.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("columnheader", name="First lit")).to_be_attached()
    page.wait_for_function("(one) => one.scrollLeft > 0", arg=scroll.element_handle())


def test_blocks_are_what_they_look_like(read: Callable[..., Page]) -> None:
    page = read("lighthouse")
    expect(page.locator("article").get_by_role("heading", level=2)).to_have_count(3)
    expect(page.get_by_role("heading", name="Three coasts", level=3)).to_be_visible()
    assert page.locator("article ol > li").evaluate_all("(all) => all.map(({ value }) => value)") == [1, 2, 3]
    expect(page.locator("article ol > li:last-child > ul > li")).to_have_count(2)
    pictures = page.locator("article img").evaluate_all("(all) => all.map(({ naturalWidth }) => naturalWidth)")
    assert pictures == [640, 640]
    ways = "(all) => all.filter((one) => getComputedStyle(one).direction === 'rtl').map((one) => one.dataset.paragraph)"
    assert page.locator("article .paragraph").evaluate_all(ways) == ["26"]
    assert page.locator("article .number").all_inner_texts() == [str(number) for number in range(1, 30)]
    sides = page.locator("article .number").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
    assert max(sides) - min(sides) < 3  # in one column, however deep the block


def test_passages_lie_on_every_kind_of_block(read: Callable[..., Page]) -> None:
    page = read("lighthouse", "#theme=language,power")
    kinds = "(all) => all.map((one) => one.closest('.paragraph').className.replace('paragraph', '').trim())"
    found = page.locator("mark.on").evaluate_all(kinds)
    assert set(found) == {"", "quotation", "entry", "row", "picture", "section", "verse"}
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    page.get_by_role("searchbox").fill("the ship was sold")
    expect(page.locator(".hits")).to_contain_text("1 ")
    page.get_by_role("button", name="Only these").click()
    for one in page.locator("article :is(li, blockquote, .table):visible").all():
        expect(one.locator(".paragraph:visible").first).to_be_visible()


def test_a_new_content_keeps_the_elements_and_the_focus(read: Callable[..., Page]) -> None:
    """Blocks that stay are not built anew, even where one before them goes."""
    page = read("lighthouse", "#theme=language,power&at=l3")
    page.locator("li mark.on").first.focus()
    page.evaluate("document.querySelector('li mark.on').closest('li').dataset.old = 'yes'")
    page.evaluate("""() => {
      const content = structuredClone(lens.get("content"));
      content.paragraphs[2].text += " More.";
      lens.set("content", content);
    }""")
    expect(page.locator(".paragraph", has_text="More.")).to_be_visible()
    expect(page.locator("li mark.on").first).to_be_focused()
    expect(page.locator("li[data-old=yes]")).to_have_count(1)


def test_the_contents_of_a_long_text_lead_to_its_headings(reader: Reader, tmp_path: Path) -> None:
    parts = (f"## Part {number}\n\n" + "Some words. " * 100 + "\n\n" + "More words. " * 100 for number in range(40))
    path = tmp_path / "long.html"
    write_page(Reading(Essay.from_markdown("\n\n".join(parts)), name="long"), path, charts=False)
    page = reader.page(viewport={"width": 390, "height": 800})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.get_by_text("Contents").click()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Part 33").click()
    heading = page.get_by_role("heading", name="Part 33")
    expect(heading).to_be_in_viewport()
    expect(heading.locator(".number")).to_be_focused()
    assert heading.evaluate("(one) => one.getBoundingClientRect().top") < 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_the_blocks(read: Callable[..., Page], width: int, scheme: str) -> None:
    page = read("lighthouse", "#theme=language,power", width=width, color_scheme=scheme)
    expect_accessible(page)


def test_what_has_no_italics_is_not_slanted_but_where_it_is_stressed(reader: Reader, tmp_path: Path) -> None:
    book = "facets:\n- id: theme\n  tags: [{id: trust, label: 信任, questions: [你在什麼時候信任機器？]}]\n"
    texts = {"essay.md": "信任不是*一個決定*，而是一個過程。", "codebook.yml": book}
    reading = Reading.from_texts(texts | {"annotations.csv": "id,quote,theme\na1,信任不是,trust\n"}, name="zh")
    write_page(reading, tmp_path / "zh.html", charts=False)
    page = reader.page()
    page.goto((tmp_path / "zh.html").as_uri() + "#at=a1")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    for selector, is_slanted in ((".passage-card .question", False), (".paragraph em", True)):
        text = page.locator(selector).first
        before = text.screenshot()
        text.evaluate("(one) => { one.style.fontStyle = 'normal'; }")
        assert (text.screenshot() != before) == is_slanted, selector

"""Layers of passages beside each other: whose a line is shows in its shape, and everything speaks of what is on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import Reading, open_reading
from essay_explorer.page.export import write_page
from lens_at_hand import lay, layer, take_lens
from paint import columns_of_ends, end_of_line, expect_painted, rows_of_lines
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Page

    from conftest import Reader
    from servers import Server

TOTAL = len(open_reading("her").passages())
KIM = "7d0c1c7e-0f7c-4b07-9a51-d6f0a2f5a111"
MINE = layer("mine", "My marks", (2, ["trust"], "Because."), (3, ["ending"]), (4, ["ending"]), (9, ["trust"]))
THEIRS = layer(KIM, "Kim", (1, ["trust"]), (3, ["ending"], "He says so."), (4, ["trust"]), (9, ["trust", "alienness"]))


@pytest.fixture
def layered(reader: Reader, served: Server) -> Callable[..., Page]:
    """`layered("#theme=trust", width=390)`: the page with the reader's marks and Kim's."""

    def layered(address: str = "", *, width: int = 1280, height: int = 900, **context: Any) -> Page:
        page = reader.page(viewport={"width": width, "height": height}, **context)
        take_lens(page, served.url + address)
        mine = page.locator('mark[data-ids~="mine-1"]').first
        for _ in range(20):  # the reader's own, once they come from the device, take the place of others
            lay(page, MINE, THEIRS)
            page.wait_for_timeout(100)
            if mine.is_visible():
                break
        expect(mine).to_be_visible()
        expect(page.locator(f'mark[data-ids~="{KIM}-1"]').first).to_be_attached()
        return page

    return layered


def line(page: Page, mark: str, kind: str) -> Any:
    return page.locator(f'mark[data-ids~="{mark}"] .line.on{kind}').first


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ends_of_a_line_tell_whose_it_is(layered: Callable[..., Page], scheme: str) -> None:
    page = layered("#theme=trust", color_scheme=scheme)
    lay(page, MINE)
    above, below, _ = end_of_line(line(page, "mine-4", ".mine.starts"))
    assert (above >= 3, below <= 1) == (True, True), "upright: a bracket under the text"
    lay(page, THEIRS)
    above, below, _ = end_of_line(line(page, f"{KIM}-1", ".other.starts"))
    assert (above >= 1, below >= 1) == (True, True), "round: on both sides of the line"
    lay(page)
    above, below, thick = end_of_line(page.locator("mark.on > .line.on").first)
    assert (above, below) == (0, 0)
    assert thick >= 1


# What is marked in a text, and on which side of its first and of its last letter the ends of its line stand.
@pytest.mark.parametrize(
    ("text", "quote", "starts", "ends"),
    [
        ("Then they said שלום עולם גדול in one voice.", "שלום עולם גדול", "right", "left"),
        ("Then they said שלום עולם גדול in one voice.", "שלום", "right", "left"),
        ("Then they said שלום עולם גדול in one voice.", "גדול", "right", "left"),
        ("They wrote مرحبا يا عالم there.", "مرحبا", "right", "left"),
        ("קראנו peace be with you וזהו.", "peace", "left", "right"),
        ("קראנו peace be with you וזהו.", "with you", "left", "right"),
        ("Then they said שלום עולם גדול in one voice.", "in one", "left", "right"),
        ("הם אמרו שלום עולם וזהו.", "שלום", "right", "left"),
    ],
)
def test_a_line_ends_at_its_own_words_whichever_way_they_are_written(
    reader: Reader, tmp_path: Path, text: str, quote: str, starts: str, ends: str
) -> None:
    reading = Reading.from_texts({"essay.md": text}).with_tag("theme", id="trust")
    write_page(reading, tmp_path / "page.html", charts=False)
    page = reader.page(viewport={"width": 800, "height": 600})
    take_lens(page, (tmp_path / "page.html").as_uri())
    before = page.evaluate(LETTERS)
    at = text.index(quote)
    marked = {"id": "m1", "tags": ["trust"], "note": "", "creator": "", "spans": [[1, at, at + len(quote)]]}
    page.evaluate("(layer) => lens.setLayers([layer])", {"id": "mine", "label": "My marks", "annotations": [marked]})
    expect(page.locator(".line.mine.on")).to_have_count(1)
    after = page.evaluate(LETTERS)
    assert [one["left"] for one in after] == pytest.approx([one["left"] for one in before], abs=2), "nothing moves"
    first, last = after[at], after[at + len(quote) - 1]
    assert columns_of_ends(page.locator(".paragraph")) == pytest.approx((first[starts], last[ends]), abs=3)


# Where each letter of the text stands.
LETTERS = """() => {
  const inside = document.createTreeWalker(document.querySelector(".paragraph"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = inside.nextNode(); node; node = inside.nextNode())
    for (let at = 0; at < node.length && !node.parentElement.closest(".number"); at += 1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { left, right } = range.getBoundingClientRect();
      found.push({ left, right });
    }
  return found;
}"""


@pytest.mark.parametrize("mark", ["mine-4", f"{KIM}-1"])
def test_in_forced_colours_the_ends_are_there_too(layered: Callable[..., Page], mark: str) -> None:
    page = layered("#theme=trust", forced_colors="active")
    start = line(page, mark, ".starts")
    start.scroll_into_view_if_needed()
    box = start.evaluate("(one) => (({ x, y, height }) => ({ x, y, height }))(one.getClientRects()[0])")
    around = {"x": box["x"] - 3, "y": box["y"], "width": 12, "height": box["height"] + 24}
    without = ".line::before { content: none !important; }"
    assert page.screenshot(clip=around) != page.screenshot(clip=around, style=without)


def test_on_paper_brackets_are_drawn_without_backgrounds(layered: Callable[..., Page]) -> None:
    page = layered("#theme=trust")
    page.emulate_media(media="print")
    assert end_of_line(line(page, "mine-4", ".mine.starts"))[0] >= 3


def test_marks_are_drawn_while_nothing_is_chosen_and_others_are_not(layered: Callable[..., Page]) -> None:
    page = layered()
    expect_painted(page.locator('mark[data-ids~="mine-2"] .line.mine.on'), "underline")
    expect(page.locator(".line.other.on")).to_have_count(0)
    expect(page.locator(".says")).to_have_text("Your 4 marks are in the text. Choose a theme to light up its passages.")
    page.get_by_role("checkbox", name=re.compile("My marks")).uncheck()
    expect(page.locator(".line.mine.on")).to_have_count(0)


def test_four_lines_under_one_stretch_of_text_stand_apart(layered: Callable[..., Page]) -> None:
    page = layered("#theme=trust,ending,alienness")
    deep = page.locator(f'mark[data-ids~="{KIM}-3"][data-ids~="mine-3"]').first
    lanes = deep.evaluate(
        "(one) => [...one.querySelectorAll('.line.on')].map((line) => line.style.getPropertyValue('--lane'))"
    )
    assert len(lanes) == len(set(lanes)) >= 3
    offsets = deep.evaluate(
        "(one) => [...one.querySelectorAll('.line.on')].map((line) => parseFloat(getComputedStyle(line).textUnderlineOffset))"
    )
    gaps = [lower - upper for upper, lower in zip(sorted(offsets), sorted(offsets)[1:], strict=False)]
    assert min(gaps) >= 4


LINES = """[...document.querySelectorAll('article .segment')].map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return [...range.getClientRects()].filter(({ width }) => width > 8).map(({ left, top }) => [left, top]);
})"""


def test_lines_and_their_ends_move_no_letter(layered: Callable[..., Page]) -> None:
    page = layered("#theme=trust,ending")
    marked = page.evaluate(LINES)
    page.add_style_tag(content=".essay-text .line::before, .essay-text .line::after { content: none !important; }")
    plain = page.evaluate(LINES)
    assert [len(one) for one in plain] == [len(one) for one in marked]
    for one, other in zip(plain, marked, strict=True):
        for (left, top), (marked_left, marked_top) in zip(one, other, strict=True):
            assert marked_top == top
            assert abs(marked_left - left) < 2, "no more than two letters are closer to each other by themselves"


RIGHT_TO_LEFT = {
    "he": ("זה משפט ראשון על אמון והיה היה פעם.", "ראשון על אמון"),
    "ar": ("هذه جملة مستقبلية أولى عن الثقة.", "جملة مستقبلية"),
}
MARK_WORDS = """(words) => {
  const start = marks.text().text.indexOf(words);
  for (const tag of ["t0", "t1", "t2", "t3"]) marks.addAll([{ start, end: start + words.length, tags: [tag], reason: "" }]);
}"""


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_the_ends_of_lines_move_no_line_in_a_right_to_left_text(reader: Reader, tmp_path: Path, language: str) -> None:
    text, words = RIGHT_TO_LEFT[language]
    made = Reading.from_texts({"essay.md": f"---\ntitle: A\nlanguage: {language}\n---\n{text}\n"})
    for number in range(4):
        made = made.with_tag("theme", id=f"t{number}", label=f"Theme {number}", definition="One of four.")
    write_page(made, tmp_path / "a.html", charts=False)
    page = reader.page()
    take_lens(page, (tmp_path / "a.html").as_uri())
    page.evaluate(MARK_WORDS, words)
    innermost = page.locator(".line.mine.on").last
    expect(page.locator("mark .line.mine.on.ends")).to_have_count(4)
    plain = ".essay-text .line::before, .essay-text .line::after { content: none !important; }"
    lines = rows_of_lines(innermost, style=plain)
    assert len(lines) >= 5
    assert rows_of_lines(innermost) == lines


def test_what_is_said_is_of_the_layers_that_are_on(layered: Callable[..., Page]) -> None:
    page = layered("#theme=trust")
    says = page.locator(".says")
    own = len(open_reading("her").passages(theme="trust"))
    all_of = TOTAL + 8
    expect(says).to_have_text(
        f"{own + 5} of {all_of} passages about trust. Of these, {own} are the reading’s own, 2 yours and 3 by Kim."
    )
    expect(page.locator('.chip[data-tag="trust"] .count')).to_have_text(str(own + 5))
    page.get_by_role("checkbox", name=re.compile("The reading’s own")).uncheck()
    page.get_by_role("checkbox", name=re.compile("Kim")).uncheck()
    expect(says).to_have_text("2 of your 4 marks about trust.")
    expect(page.locator('.chip[data-tag="trust"] .count')).to_have_text("2")
    expect(page).to_have_url(re.compile(f"off=reading,{KIM}$"))
    page.locator('mark[data-ids~="mine-1"]').first.click()
    expect(page.locator(".passage-card .whose").first).to_have_text("My marks")
    expect(page.locator(".passage-card .note")).to_have_text("Because.")
    page.get_by_role("checkbox", name=re.compile("My marks")).uncheck()
    expect(says).to_have_text("Nothing is shown: all layers with passages are off.")
    expect(page.locator(".passage-card h2")).to_have_text("Passage")


def test_a_screen_reader_hears_whose_a_line_is(layered: Callable[..., Page]) -> None:
    page = layered("#theme=trust")
    mark = page.locator(f'mark[data-ids~="mine-4"][data-ids~="{KIM}-4"]').first
    expect(mark).to_have_attribute("aria-description", re.compile(r"My marks: Trust; Kim: Trust"))


def test_switches_are_there_only_where_there_is_more_than_one_layer(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.locator(".theme-filter .layers")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_with_layers_and_in_the_comparison(
    layered: Callable[..., Page], width: int, scheme: str
) -> None:
    page = layered("#theme=trust", width=width, color_scheme=scheme)
    for act in ("() => {}", f"() => lens.compare('{KIM}')", "() => lens.lookAt(3)"):
        page.evaluate(act)
        page.wait_for_timeout(200)
        expect_accessible(page)


def test_differences_are_named_signed_and_stepped_through(layered: Callable[..., Page]) -> None:
    page = layered()
    page.get_by_role("button", name="Compare with mine: Kim").click()
    panel = page.get_by_role("region", name="Comparison", exact=True)
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    expect(panel.locator(".found")).to_have_text(
        "Both marked 1 of 66 sentences alike. On 1 they agree in part. On 1 they chose another theme. "
        "Only you marked 1 more, only Kim marked 1 more. Worth a talk: sentences 4 and 9."
    )
    signs = "[...document.querySelectorAll('[data-differ]')].map((one) => [one.dataset.sentence, one.dataset.differ])"
    assert page.evaluate(signs) == [["1", "○"], ["2", "●"], ["3", "="], ["4", "≠"], ["9", "≈"]]
    expect_painted(page.locator("[data-differ]"), "before", count=5)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".among")).to_have_text("3 of 4")
    expect(panel.locator("h3")).to_have_text("Sentence 4, paragraph 1: different themes")
    expect_painted(page.locator(".looked-at").first, "background")
    expect(page).to_have_url(re.compile(f"differ={KIM}$"))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Compare with mine: Kim")).to_be_focused()
    expect(page.locator("[data-differ]")).to_have_count(0)


def test_the_table_has_the_same_and_leads_to_the_sentence(layered: Callable[..., Page]) -> None:
    page = layered(f"#differ={KIM}")
    panel = page.get_by_role("region", name="Comparison", exact=True)
    panel.get_by_text("Show as table").click()
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.nth(3).locator("td").nth(3)).to_have_text("different themes")
    rows.nth(4).get_by_role("button").click()
    expect(page.locator(".looked-at").first).to_be_in_viewport()


def test_back_closes_the_comparison(layered: Callable[..., Page]) -> None:
    page = layered()
    page.get_by_role("button", name="Compare with mine: Kim").click()
    expect(page).to_have_url(re.compile("differ="))
    page.go_back()
    expect(page.get_by_role("region", name="Comparison", exact=True)).to_be_hidden()


def test_on_a_phone_the_sentence_stands_above_the_sheet(layered: Callable[..., Page]) -> None:
    page = layered(f"#differ={KIM}", width=390, height=844, has_touch=True)
    panel = page.get_by_role("region", name="Comparison", exact=True)
    for _ in range(4):
        panel.get_by_role("button", name="Next difference").tap()
    expect(panel.locator(".among")).to_have_text("4 of 4")
    page.wait_for_timeout(600)
    text = page.locator(".looked-at").first.bounding_box()
    assert text["y"] + text["height"] <= page.locator(".place.differ").bounding_box()["y"]
    assert text["y"] >= 0


def test_a_blind_page_shows_the_readings_own_once_something_is_marked(reader: Reader) -> None:
    with dashboard("her", "--blind") as server:
        page = reader.page()
        take_lens(page, f"{server.url}#theme=trust&chart=dispersion")
        expect(page.locator(".says")).to_have_text(
            "Nothing marked yet. Once you have marked a passage, you can show the reading’s own."
        )
        expect(page.locator(".tools .charts")).to_be_hidden()
        reveal = page.get_by_role("button", name="Show the reading’s own marks")
        expect(reveal).to_be_hidden()
        lay(page, layer("mine", "My marks", (2, ["trust"])))
        expect(page.locator(".says")).to_have_text("1 of your 1 mark about trust.")
        reveal.click()
        expect(page.locator(".says")).to_contain_text("are the reading’s own and 1 yours.")
        expect(reveal).to_be_hidden()
        expect(page.locator(".tools .charts")).to_be_visible()
        page.wait_for_selector(".chart-panel[data-drawn=dispersion]")


def test_charts_count_the_layers_that_are_on_and_say_so(layered: Callable[..., Page]) -> None:
    page = layered("#chart=weight")
    whose, table = page.locator(".chart-panel .whose"), page.locator(".chart-panel table")
    own = sum("ending" in passage.tags for passage in open_reading("her").passages())
    expect(whose).to_have_text(f"Counted: the reading’s own ({TOTAL}), your marks (4) and Kim (4).")
    expect_painted(whose, "text")
    page.get_by_role("button", name="Show as table").click()
    ending = table.get_by_role("row", name="Ending critique")
    expect(ending.get_by_role("cell").nth(1)).to_have_text(str(own + 3))
    page.get_by_role("checkbox", name=re.compile("The reading")).uncheck()
    expect(whose).to_have_text("Counted: your marks (4) and Kim (4).")
    expect(ending.get_by_role("cell").nth(1)).to_have_text("3")
    page.get_by_role("button", name="Argument", exact=True).click()
    expect(whose).to_have_text(re.compile("^Relations belong to the reading’s own passages"))
    page.get_by_role("checkbox", name=re.compile("The reading")).check()
    for name in ("My marks", "Kim"):
        page.get_by_role("checkbox", name=re.compile(name)).uncheck()
    expect(whose).to_be_hidden()

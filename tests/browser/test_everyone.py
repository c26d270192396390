"""Everyone can read it: narrow and wide, dark, printed, without colours, without a mouse, with a screen reader."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from essay_explorer import Reading, open_reading
from essay_explorer.page.export import write_page
from paint import contrast_at, contrast_within, expect_painted, painted_contrast
from servers import dashboard
from states import CHARTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from conftest import Reader

FIELD = re.compile(r"(^|; )[a-z]\w*: ")  # as the data of a chart call it
LIGHTHOUSE = Path(__file__).parents[1] / "readings" / "lighthouse"

STATES = {
    "at rest": "",
    "three themes": "#theme=trust,alienness,ending&match=any",
    "a card": "#theme=trust&at=a32",
    "only the passages": "#theme=mirror&show=only",
    "dimmed, with words": "#theme=ending&not=trust&show=dim&find=film",
}


def test_a_line_of_text_holds_about_66_letters(visit: Callable[..., Page]) -> None:
    page = visit(width=1440)
    letters = page.evaluate("""() => {
      const lines = [...document.querySelectorAll(".paragraph")].reduce((sum, p) => sum + Math.round(p.clientHeight / parseFloat(getComputedStyle(p).lineHeight)), 0);
      return document.querySelector("article").textContent.length / lines;
    }""")
    assert 58 <= letters <= 72


def test_on_a_phone_the_filter_is_a_sheet_and_the_card_covers_the_lower_half(visit: Callable[..., Page]) -> None:
    page = visit(width=390, height=844, has_touch=True)
    sheet = page.locator(".place.filter")
    assert sheet.bounding_box()["y"] > 700
    expect(page.get_by_role("button", name="Claim", exact=False).first).to_be_hidden()
    page.get_by_role("button", name="Filters").tap()
    page.get_by_text("What each passage does").tap()
    expect_painted(page.get_by_role("button", name="Claim", exact=False).first)
    assert sheet.bounding_box()["y"] < 300
    sheet.evaluate("(one) => one.scrollTo(0, 333)")  # nothing shows above or beside the buttons that stay
    assert sheet.evaluate("""(one) => {
      const { left, top, width } = one.getBoundingClientRect();
      const { bottom } = one.querySelector(".sheet").getBoundingClientRect();
      return [2, (bottom - top) / 2, bottom - top - 2].every((y) =>
        document.elementFromPoint(left + width / 5, top + y).closest(".tools"));
    }""")
    page.get_by_role("button", name="Done").tap()
    page.locator('.chip[data-tag="trust"] .choose').tap()
    page.locator("mark.on").first.tap()
    box = page.locator(".passage-card").bounding_box()
    assert box["y"] == pytest.approx(844 / 2, abs=12)
    assert box["y"] + box["height"] == pytest.approx(844, abs=2)
    here = page.locator("mark.here").first
    page.wait_for_function("document.querySelector('mark.here').getBoundingClientRect().bottom < innerHeight / 2")
    expect(here).to_be_in_viewport()
    page.get_by_role("button", name="Close").tap()
    expect(page.locator(".passage-card")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_sheet_of_a_mark_leaves_its_sentence_in_sight(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width, height=844, has_touch=True, reduced_motion="reduce")
    page.get_by_role("button", name="Mark", exact=True).first.tap()
    expect(page.get_by_text("Tap a sentence to mark it.")).to_be_visible()
    page.wait_for_timeout(300)  # the bar has come
    line = page.evaluate("""() => {
      const bar = document.querySelector(".mark-sheet .bar").getBoundingClientRect().top;
      const lines = [...document.querySelectorAll(".paragraph mark")].flatMap((one) => [...one.getClientRects()]);
      const { left, bottom } = lines.filter((one) => one.bottom < bar && one.width > 40).at(-1);
      return { x: left + 9, y: bottom - 9 };
    }""")
    page.touchscreen.tap(line["x"], line["y"])
    sheet = page.locator(".mark-sheet .at-passage")
    expect(sheet).to_be_visible()
    page.wait_for_function("""() => {
      const [chosen] = CSS.highlights.get("essay-explorer-chosen") ?? [];
      return chosen && chosen.getBoundingClientRect().bottom < document.querySelector(".at-passage").getBoundingClientRect().top;
    }""")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_the_sheet_of_charts_has_a_margin_and_its_tabs_at_its_top(visit: Callable[..., Page], width: int) -> None:
    page = visit("#theme=trust&chart=flow", width=width)
    page.wait_for_selector(".chart-panel[data-drawn=flow]")
    sheet, tabs = (page.locator(one).bounding_box() for one in (".place.charts", ".chart-panel .tabs"))
    assert page.locator(".chart-panel .finding").bounding_box()["x"] - sheet["x"] >= 12
    assert tabs["y"] - sheet["y"] <= 20
    end = {"x": tabs["x"] + tabs["width"] - 3, "y": tabs["y"] + 4, "width": 3, "height": tabs["height"] - 10}
    assert contrast_at(page, end) < 1.5  # no name ends in a hard edge


def test_lines_and_colours_follow_the_dark_page(visit: Callable[..., Page]) -> None:
    look = """() => {
      const line = document.querySelector("mark.on:not(.gap) .line.on");
      return [getComputedStyle(document.querySelector(".essay-explorer")).backgroundColor, getComputedStyle(line).textDecorationColor];
    }"""
    assert visit("#theme=trust").evaluate(look) == ["rgb(253, 251, 247)", "rgb(0, 103, 177)"]
    assert visit("#theme=trust", color_scheme="dark").evaluate(look) == ["rgb(22, 22, 26)", "rgb(108, 182, 245)"]


def test_each_chosen_tag_has_a_line_of_its_own_in_a_lane_of_its_own(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust,alienness")
    lines = page.evaluate("""() => [...document.querySelectorAll('mark[data-ids~="a32"] .line.on')].map(line => {
      const style = getComputedStyle(line);
      return [style.textDecorationStyle, style.textDecorationColor, parseFloat(style.textUnderlineOffset)];
    })""")
    expect_painted(page.locator('mark[data-ids~="a32"] .line.on'), "underline")
    (solid, dashed) = sorted(lines, key=lambda line: line[2])
    assert solid[:2] == ["solid", "rgb(0, 103, 177)"]
    assert dashed[:2] == ["dashed", "rgb(192, 80, 12)"]
    assert dashed[2] - solid[2] > 3
    codes = page.evaluate("""() => [...document.querySelectorAll('mark[data-ids~="a32"] .code.on')].map(code => [
      getComputedStyle(code, "::before").content,
      Math.abs(code.getBoundingClientRect().top - code.parentElement.getClientRects()[0].top) < 12])""")
    assert sorted(codes) == [['"A"', True], ['"T"', True]]
    expect_painted(page.locator('mark[data-ids~="a32"] .code.on'), "before", count=2)


@pytest.mark.parametrize("address", ["", "#theme=trust&at=a32&find=mind", *(f"#chart={name}" for name in CHARTS)])
def test_a_screen_reader_hears_a_name_once_and_no_sign_nor_field(visit: Callable[..., Page], address: str) -> None:
    page = visit(address, width=1440)
    if "chart" in address:
        page.wait_for_selector(".chart-panel[data-drawn]")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [[node.get(part, {}).get("value", "") for part in ("role", "name", "description")] for node in tree]
    assert [name for _, name, more in heard if name and name == more] == []
    assert [name for role, name, _ in heard if role != "StaticText" and {"›", "→", "−"}.intersection(name)] == []
    marks = [name for role, name, _ in heard if role == "graphics-symbol" and "axis" not in name]
    assert [name for name in marks if FIELD.search(name)] == []
    assert bool(marks) == ("chart" in address)
    assert all(marks)


def test_the_status_is_a_live_region_and_marks_tell_their_tags(visit: Callable[..., Page]) -> None:
    page = visit()
    says = page.locator(".theme-filter .says")
    assert says.get_attribute("role") == "status"
    mark = page.locator('mark[data-ids~="a32"]').first
    assert mark.get_attribute("role") == "none"
    page.locator('.chip[data-tag="trust"] .choose').click()
    expect(says).to_have_text("23 of 67 passages about trust.")
    assert mark.get_attribute("role") is None
    assert mark.get_attribute("aria-description") == "Trust"


def test_print_shows_the_lines_and_says_what_they_mean(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust,ending&at=a32")
    page.emulate_media(media="print")
    expect(page.locator(".legend")).to_contain_text("35 of 67 passages about trust or the ending critique.")
    expect(page.locator(".legend .key")).to_have_text(["T Trust", "E The ending critique"])
    for gone in (".theme-filter", ".passage-card", ".strip"):
        expect(page.locator(gone)).to_be_hidden()
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    expect_painted(page.locator(".legend"), "text")
    expect_painted(page.locator(".legend .key .line"), "underline", count=2)
    assert page.pdf(print_background=False).startswith(b"%PDF")


def dotted(facts: Locator) -> list[tuple[bool, bool]]:
    """Of each fact of a line: whether it stands beside the one before it, and whether a dot is painted before it."""
    boxes = [one.bounding_box() for one in facts.all()]
    beside = [False, *(right["y"] + 2 < left["y"] + left["height"] for left, right in pairwise(boxes))]
    before = [{"x": box["x"] - 10, "y": box["y"], "width": 8, "height": box["height"]} for box in boxes]
    return [(is_beside, contrast_at(facts.page, box) > 1.5) for is_beside, box in zip(beside, before, strict=True)]


def test_no_line_of_facts_begins_or_ends_in_a_dot(reader: Reader) -> None:
    page = reader.page()
    seen = set()
    with dashboard("her", str(LIGHTHOUSE)) as server:
        shelf, reading = (
            (server.url, ".facts", "html"),
            (f"{server.url}her/", ".credit", "html[data-essay-explorer=ready]"),
        )
        for address, facts, there in (shelf, reading):
            page.goto(address)
            page.wait_for_selector(there)  # waking draws the line anew
            line = page.locator(facts).first.locator("> span")
            expect(line).to_have_count(3)
            for width in (320, 360, 390, 470, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                found = dotted(line)
                assert all(is_beside == has_dot for is_beside, has_dot in found), f"{address} {width}: {found}"
                seen.update(found)
    assert seen == {(True, True), (False, False)}


def test_the_keys_have_their_title_on_a_phone_too(visit: Callable[..., Page]) -> None:
    page = visit(width=390)
    page.keyboard.press("?")
    title, close = page.locator(".keys h2"), page.locator(".keys .bar button")
    expect_painted(title, "text")
    assert title.bounding_box()["x"] < close.bounding_box()["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_text_is_readable_where_the_system_forces_its_colours(
    visit: Callable[..., Page], state: str, scheme: str
) -> None:
    page = visit(STATES[state], forced_colors="active", color_scheme=scheme)
    for kind in ("mark.on:not(.gap)", "mark.here", "mark:not(.on, .gap)"):
        for mark in page.locator(kind).filter(visible=True).all()[:3]:
            assert painted_contrast(mark) >= 7
    assert painted_contrast(page.locator(".choose").first) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_codes_and_numbers_are_readable_where_the_system_forces_its_colours(
    visit: Callable[..., Page], scheme: str
) -> None:
    """What a style puts before the words of a passage would have the colour that browsers give a mark there: black."""
    themes = "trust,alienness,ending,questions,loneliness,real,metaphor,craft,mirror"
    page = visit(f"#theme={themes}", width=1440, forced_colors="active", color_scheme=scheme)
    page.evaluate("document.documentElement.dataset.essayMeasure = 'wide'")  # more passages start on a line
    codes = page.locator(".code.on:not(.over)")
    said = [codes.first, page.locator(".code.on[data-more]").first]
    assert [contrast_within(one) >= 7 for one in said] == [True, True]
    page.get_by_role("button", name="How the text looks").click()
    page.get_by_role("group", name="Sentence numbers").get_by_role("button", name="On").click()
    colours = """[...document.querySelectorAll(".essay-text mark, .essay-text mark *")]
      .map((one) => getComputedStyle(one, "::before")).filter(({ content }) => !["none", "normal", '""'].includes(content))
      .map(({ color }) => color)"""
    assert page.evaluate(f"[...new Set({colours})]") == ["rgb(255, 255, 255)" if scheme == "dark" else "rgb(0, 0, 0)"]
    assert page.evaluate("document.querySelectorAll('mark[data-sentence], mark [data-sentence]').length") > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_stay_where_the_system_forces_its_colours(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("#theme=alienness", forced_colors="active", color_scheme=scheme)
    style = page.locator("mark.on:not(.gap) .line.on").first.evaluate("e => getComputedStyle(e).textDecoration")
    assert "dashed" in style
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    expect_painted(page.locator(".strip .on"), "shape")
    pressed = page.locator('.chip[data-tag="alienness"] .choose')
    assert pressed.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


FROM_THE_RIGHT = {
    "essay.md": "---\ntitle: البحر\nlanguage: ar\n---\n\nكان البحر هادئا في ذلك الصباح. لم يكن أحد يثق بالريح.",
    "codebook.yml": "facets:\n- {id: theme, label: Themes, tags: [{id: trust, label: الثقة, definition: ثقة}]}",
    "annotations.csv": "id,quote,theme,note\na1,لم يكن أحد يثق بالريح,trust,ملاحظة عن الريح",
}
GAP = """(sign) => {
  const range = document.createRange();
  range.selectNodeContents(sign.parentElement);
  range.setStartAfter(sign);
  return sign.getBoundingClientRect().left - range.getClientRects()[0].right;
}"""


def test_a_number_stands_off_text_that_runs_from_the_right(reader: Reader, tmp_path: Path) -> None:
    write_page(Reading.from_texts(FROM_THE_RIGHT), tmp_path / "sea.html", charts=False)
    page = reader.page(viewport={"width": 390, "height": 900})
    page.goto((tmp_path / "sea.html").as_uri() + "#theme=trust")
    number = page.locator(".paragraph .number").first
    expect_painted(number, "text")
    assert number.evaluate(GAP) >= 4


def test_who_wants_less_motion_is_not_scrolled_smoothly(visit: Callable[..., Page]) -> None:
    page = visit(reduced_motion="reduce")
    top = page.evaluate("""async () => {
      document.querySelector(".strip").dispatchEvent(new MouseEvent("click", {bubbles: true, clientY: innerHeight - 60}));
      return scrollY;
    }""")
    assert top > 500


def test_the_essay_does_not_move_when_the_page_wakes_up(visit: Callable[..., Page]) -> None:
    """The HTML of the first bytes and what the module draws have the same layout."""
    places = "[...document.querySelectorAll('h1, .credit, .paragraph')].map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height].map(Math.round); })"
    for width in (390, 768, 1440):
        page = visit(width=width)
        awake = page.evaluate(places)
        still = page.evaluate(f"""async () => {{
          const text = await (await fetch(location.href)).text();
          const page = new DOMParser().parseFromString(text, "text/html");
          document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
          return {places};
        }}""")
        assert still == awake
        assert len(awake) == 12


def test_print_numbers_every_sentence_once_and_leaves_a_margin(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust", width=794)
    numbers = "all => all.map((one) => getComputedStyle(one, '::before').content.replace(/\\D/g, ''))"
    sentences = page.locator(".essay-text [data-sentence]")
    assert set(sentences.evaluate_all(numbers)) == {""}  # nothing of it on the screen
    page.emulate_media(media="print")
    expected = [str(number) for number, _ in enumerate(open_reading("her").essay.sentences(), 1)]
    assert sentences.evaluate_all(numbers) == expected
    paragraph = page.locator(".paragraph").first.bounding_box()
    assert 794 - paragraph["x"] - paragraph["width"] > 150
    expect_painted(page.locator(".legend .key .line"), "underline", count=1)
    expect_painted(sentences, "before")

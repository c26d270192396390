"""How the text looks is the reader's choice: it is painted so, it is remembered, and nothing shifts for it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import open_reading
from essay_explorer.page.export import write_page
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import Reader

MENU = "How the text looks"
FIRST = ".essay-text .paragraph"
STYLE = "(one) => { const { fontSize, lineHeight, fontFamily, color } = getComputedStyle(one); return [parseFloat(fontSize), parseFloat(lineHeight), fontFamily, color]; }"
PLACES = "[...document.querySelectorAll('h1, .paragraph')].map((one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height].map(Math.round); })"


def menu(page: Page) -> None:
    page.get_by_role("button", name=MENU, exact=True).click()
    expect_painted(page.locator(".comforts .menu"), "border")


def pick(page: Page, group: str, name: str) -> None:
    page.get_by_role("group", name=group, exact=True).get_by_role("button", name=name, exact=True).click()


def test_the_text_takes_each_comfort_and_the_controls_stay(visit: Callable[..., Page]) -> None:
    page = visit(width=1440)
    first, label = page.locator(FIRST).first, page.locator(".choose .label").first
    menu(page)
    size, line, face, _ = first.evaluate(STYLE)
    controls = label.evaluate(STYLE)[0]
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Larger text").click()
    assert first.evaluate(STYLE)[0] == pytest.approx(1.4 * size, rel=0.01)
    assert label.evaluate(STYLE)[0] == controls
    expect(page.locator(".comforts .size")).to_have_text("140%")
    pick(page, "Line spacing", "Loose")
    assert first.evaluate(STYLE)[1] > 1.1 * 1.4 * line
    pick(page, "Typeface", "Sans")
    assert first.evaluate(STYLE)[2] != face
    page.get_by_role("button", name="As it was at first").click()
    assert first.evaluate(STYLE)[:3] == [size, line, face]
    width = first.bounding_box()["width"]
    pick(page, "Width", "Narrow")
    assert first.bounding_box()["width"] < 0.9 * width


@pytest.mark.parametrize(
    ("language", "switch", "step", "subject"),
    [
        ("de", ["Aus", "An"], "Weiter", "Thema"),
        ("fr", ["Non", "Oui"], "Suivant", "Sujet"),
        ("es", ["No", "Sí"], "Siguiente", "Tema"),
    ],
)
def test_one_english_word_that_means_three_things_is_three_elsewhere(
    visit: Callable[..., Page], language: str, switch: list[str], step: str, subject: str
) -> None:
    page = visit(width=1440, locale=language)
    page.locator(".about summary").click()
    expect(page.locator(".about")).to_contain_text(f"{subject}: ")
    page.locator(".comforts > button").click()
    expect(page.locator(".comforts .numbers button")).to_have_text(switch)
    page.locator(".comforts .present").click()
    expect(page.locator(".wall .step").nth(1)).to_have_attribute("title", step)


def test_escape_and_a_click_elsewhere_close_the_menu(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    menu(page)
    pick(page, "Typeface", "Sans")
    page.keyboard.press("Escape")
    expect(page.locator(".comforts .menu")).to_be_hidden()
    expect(page.get_by_role("button", name=MENU, exact=True)).to_be_focused()
    expect(page.locator(".says").first).to_contain_text("trust")  # Esc did nothing else
    menu(page)
    page.locator("h1").click()
    expect(page.locator(".comforts .menu")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_what_was_chosen_is_there_with_the_first_word(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    if width < 700:
        page.get_by_role("button", name="Filters").click()
    menu(page)
    for _ in range(2):
        page.get_by_role("button", name="Larger text").click()
    for group, name in (("Line spacing", "Loose"), ("Typeface", "Sans"), ("Sentence numbers", "On")):
        pick(page, group, name)
    page.reload(wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    awake = page.evaluate(PLACES)
    still = page.evaluate(f"""async () => {{
      const text = await (await fetch(location.href)).text();
      const page = new DOMParser().parseFromString(text, "text/html");
      document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
      return {PLACES};
    }}""")
    assert still == awake
    assert page.locator(FIRST).first.evaluate(STYLE)[0] > 22


@pytest.mark.parametrize("width", [320, 768, 1024, 1280, 1440, 1920])
@pytest.mark.parametrize("size", ["small", "big", "large", "larger", "largest"])
def test_no_size_makes_the_page_wider_than_the_screen(visit: Callable[..., Page], size: str, width: int) -> None:
    page = visit("#theme=trust,alienness,ending&at=a32", width=width)
    page.evaluate("(size) => document.documentElement.setAttribute('data-essay-size', size)", size)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect_painted(page.locator(".passage-card blockquote"), "text")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("width", [740, 1024, 1280])
def test_no_size_cuts_a_control_off(visit: Callable[..., Page], width: int, language: str) -> None:
    page = visit("#theme=trust,ending", width=width, locale=language)
    for size in ("", "large", "largest"):
        page.evaluate("(size) => { document.documentElement.dataset.essaySize = size; }", size)
        out = page.locator(".place.filter").evaluate("""(column) => {
          const { left, right } = column.getBoundingClientRect();
          const isOut = (box) => box.width && (box.left < left || box.right > right);
          return [...column.querySelectorAll("*")].filter((one) => one.checkVisibility() && isOut(one.getBoundingClientRect())).map((one) => one.className);
        }""")
        assert out == [], size


@pytest.mark.parametrize(
    ("colours", "paper"), [("Dark", (22, 22, 26)), ("Light", (253, 251, 247)), ("Sepia", (246, 238, 218))]
)
def test_colours_are_the_readers_and_axe_finds_nothing(
    visit: Callable[..., Page], colours: str, paper: tuple[int, ...]
) -> None:
    page = visit("#theme=trust,alienness,ending&at=a32", color_scheme="light" if colours == "Dark" else "dark")
    menu(page)
    pick(page, "Colours", colours)
    pick(page, "Sentence numbers", "On")
    for place in ("document.documentElement", "document.querySelector('.essay-explorer')"):
        assert page.evaluate(f"getComputedStyle({place}).backgroundColor") == "rgb({}, {}, {})".format(*paper)
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    expect_accessible(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_sentence_numbers_are_those_of_the_hand_out_and_move_no_word(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    before = page.evaluate(PLACES)
    if width < 700:
        page.get_by_role("button", name="Filters").click()
    menu(page)
    pick(page, "Sentence numbers", "On")
    assert page.evaluate(PLACES) == before
    sentences = page.locator(".essay-text [data-sentence]")
    expect_painted(sentences, "before")
    numbers = sentences.evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::before').content.replace(/\\D/g, ''))"
    )
    assert numbers == [str(number) for number, _ in enumerate(open_reading("her").essay.sentences(), 1)]


def test_where_nothing_can_be_remembered_it_lasts_as_long_as_the_page(reader: Reader, tmp_path: Path) -> None:
    write_page(open_reading("her"), tmp_path / "her.html", charts=False)
    page = reader.page()
    refused = "get() { throw new DOMException('no', 'SecurityError'); }"
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ {refused} }})")
    page.goto((tmp_path / "her.html").as_uri())
    page.wait_for_selector("html[data-essay-explorer=ready]")
    menu(page)
    pick(page, "Typeface", "Sans")
    pick(page, "Line spacing", "Tight")
    assert "Iowan" not in page.locator(FIRST).first.evaluate(STYLE)[2]
    page.reload()
    page.wait_for_selector("html[data-essay-explorer=ready]")
    assert "Iowan" in page.locator(FIRST).first.evaluate(STYLE)[2]

"""Marking: by touch, by mouse, by keys alone; what is chosen stays in sight, and a mark is told by its shape."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from marking import PHONE, bar, begin, box, choice, click, count, mark, point, quotes, says, sentence, sheet, tap
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Reader
    from firefox import Firefox
    from servers import Server


@pytest.fixture
def marking(reader: Reader, served: Server) -> Callable[..., Page]:
    """`marking(width=390)`: the page of *Her* in marking mode."""

    def marking(address: str = "", *, width: int = 1280, height: int = 900, **context) -> Page:
        page = reader.page(**{"viewport": {"width": width, "height": height}, **context})
        begin(page, served.url + address)
        return page

    return marking


def test_a_mark_redraws_its_paragraph_and_nothing_else_once(marking: Callable[..., Page]) -> None:
    page = marking()
    page.evaluate("""() => {
      window.made = [];
      const nameOf = (node) => node.getAttribute?.("class") ?? "";
      const note = (all) => made.push(...all.flatMap(({ addedNodes }) => [...addedNodes].map(nameOf)));
      new MutationObserver(note).observe(document.querySelector(".essay-text"), { childList: true, subtree: true });
      window.title = document.querySelector(".head h1");
    }""")
    mark(page, 2, "Trust")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    made = page.evaluate("made")
    paragraphs = [name for name in made if name.split()[:1] == ["paragraph"]]
    assert (len(paragraphs), made.count("credit")) == (1, 1), made
    assert page.evaluate("title.isConnected")


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_a_mark_moves_nothing_and_its_sheet_keeps_off_the_edge(marking: Callable[..., Page], width: int) -> None:
    page = marking(width=width)
    tops = "['h1', 'article'].map((one) => document.querySelector(one).getBoundingClientRect().top)"
    before = page.evaluate(tops)
    mark(page, 2, "Trust")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    assert page.evaluate(tops) == before
    assert box(page, ".at-passage")["right"] <= width - 8


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_on_a_phone_what_is_done_with_a_mark_stands_in_one_row(visit: Callable[..., Page], language: str) -> None:
    page = visit(width=360, locale=language, has_touch=True)
    page.locator(".tools .mark").tap()
    expect_painted(page.locator(".mark-sheet .done"), "background")
    buttons = page.locator(".mark-sheet .buttons > :is(button, .more > button)")
    boxes = [one.bounding_box() for one in buttons.all() if one.is_visible()]
    assert len({round(one["y"]) for one in boxes}) == 1, boxes
    assert all(one["x"] >= 0 and one["x"] + one["width"] <= 360 and one["height"] >= 44 for one in boxes)


def test_on_a_phone_a_tap_chooses_a_second_extends_and_a_theme_marks(marking: Callable[..., Page]) -> None:
    page = marking(**PHONE, reduced_motion="reduce")
    tap(page, 2)
    expect(says(page)).to_have_text(re.compile(r"^Sentence 2: "))
    tap(page, 4, "start")
    expect(says(page)).to_have_text(re.compile(r"^Sentences 2 to 4: "))
    sheet(page).get_by_role("button", name="Trust").tap()
    expect(says(page)).to_have_text("Marked Trust. 1 mark.")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    sheet(page).get_by_role("button", name="Alienness").tap()
    page.get_by_label("Why?").fill("She says <b>so</b>.")
    sheet(page).get_by_role("button", name="End one word earlier").tap()
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    (made,) = page.evaluate("marks.list()")
    assert (made["tags"], made["reason"]) == (["trust", "alienness"], "She says <b>so</b>.")
    assert made["quote"].startswith(sentence(page, 2))
    assert sentence(page, 4).startswith(made["quote"].rpartition(sentence(page, 3))[2].strip())
    page.reload(wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.get_by_role("button", name="Mark", exact=True).tap()
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    for _ in range(4):
        bar(page).get_by_role("button", name="Undo").tap()
    expect(says(page)).to_have_text("Undone. No marks.")
    for _ in range(4):
        bar(page).get_by_role("button", name="Redo").tap()
    expect(says(page)).to_have_text("Done again. 1 mark.")
    assert page.evaluate("marks.list()[0].quote") == made["quote"]
    tap(page, 2)
    sheet(page).get_by_role("button", name="Remove").tap()
    expect(says(page)).to_have_text("Removed. No marks. Undo brings it back.")


@pytest.mark.parametrize("number", [2, 40, -1])
def test_on_a_phone_the_sheet_leaves_what_is_chosen_in_sight(marking: Callable[..., Page], number: int) -> None:
    page = marking(**PHONE)
    number = number if number > 0 else page.evaluate("marks.sentences().length")
    tap(page, number)
    expect(sheet(page)).to_be_visible()
    page.wait_for_function("marks.box().bottom < document.querySelector('.at-passage').getBoundingClientRect().top")
    chosen, above = choice(page), box(page, ".at-passage")["top"]
    assert chosen["top"] >= 0
    assert chosen["bottom"] <= above


def test_on_a_wide_screen_the_sheet_stands_beside_the_text(marking: Callable[..., Page]) -> None:
    page = marking(width=1440)
    for number in (2, 30):
        click(page, number)
        expect(sheet(page)).to_be_visible()
        lies, text = box(page, ".at-passage"), box(page, ".essay-text article")
        assert lies["left"] >= text["right"], "nothing of the text is covered"
        assert (lies["top"] >= 0, lies["bottom"] <= 900) == (True, True)
        page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "size"), [(768, ""), (1024, ""), (1440, "large"), (1024, "largest")])
def test_the_sheet_stands_in_the_column_of_the_text(marking: Callable[..., Page], width: int, size: str) -> None:
    page = marking(width=width)
    page.evaluate("(size) => { document.documentElement.dataset.essaySize = size; }", size)
    click(page, 2)
    expect(sheet(page)).to_be_visible()
    lies, text, themes = box(page, ".at-passage"), box(page, ".place.text"), box(page, ".place.filter")
    assert lies["left"] >= max(text["left"], themes["right"])
    assert lies["right"] <= text["right"]
    assert lies["right"] - lies["left"] >= 400


def test_at_768_px_the_sheet_covers_nothing_of_what_is_chosen(marking: Callable[..., Page]) -> None:
    page = marking(width=768, height=1024)
    for number in (2, 25, 50):
        click(page, number)
        expect(sheet(page)).to_be_visible()
        lies, chosen = box(page, ".at-passage"), choice(page)
        assert lies["bottom"] <= chosen["top"] or lies["top"] >= chosen["bottom"]
        page.keyboard.press("Escape")


def test_by_keys_alone(marking: Callable[..., Page]) -> None:
    page = marking()
    article = page.get_by_role("application")
    article.focus()
    page.keyboard.press("ArrowDown")
    first = page.evaluate("marks.choice().anchor") + 1
    expect(says(page)).to_have_text(re.compile(f"^Sentence {first}: "))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    expect(says(page)).to_have_text(re.compile(f"^Sentences {first + 1} to {first + 2}: "))
    page.keyboard.press("t")
    expect(says(page)).to_have_text("Marked Trust. 1 mark.")
    page.keyboard.press("n")
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.type("Because it is so")
    page.keyboard.press("Enter")
    expect(says(page)).to_have_text("Kept.")
    page.keyboard.type(", I say")
    page.keyboard.press("Escape")  # at once: it is kept, and one is back in the text
    assert page.evaluate("marks.list()[0].reason") == "Because it is so, I say"
    expect(article).to_be_focused()
    page.keyboard.press("a")
    expect(says(page)).to_have_text("Marked Trust, Alienness.")
    page.keyboard.press("Delete")
    expect(says(page)).to_have_text("Removed. No marks. Undo brings it back.")
    page.keyboard.press("z")
    expect(says(page)).to_have_text("Undone. 1 mark.")
    assert page.evaluate("marks.list()[0].reason") == "Because it is so, I say"
    page.keyboard.press("Shift+z")
    expect(says(page)).to_have_text("Done again. No marks.")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Mark", exact=True)).to_be_focused()


@pytest.mark.parametrize("ending", ["lens.mark(false)", "marks.choose(null)", "history.back()"])
def test_what_one_was_writing_is_kept_whatever_ends_it(marking: Callable[..., Page], ending: str) -> None:
    page = marking()
    mark(page, 2, "trust")
    click(page, 2)
    page.get_by_label("Why?").press_sequentially("So")
    page.evaluate(ending)
    page.wait_for_function("marks.list()[0].reason === 'So'")


SELECT = """([from, to]) => {
  const segments = [...document.querySelectorAll("article .segment")];
  const node = document.createTreeWalker(segments[9], NodeFilter.SHOW_TEXT).nextNode();
  getSelection().setBaseAndExtent(node, from, node, to);
  return getSelection().toString();
}"""


def test_a_drag_with_the_mouse_chooses_what_it_has_selected(marking: Callable[..., Page]) -> None:
    page = marking()
    x, y = point(page, 9)
    page.mouse.move(x, y)
    page.mouse.down()
    for by in range(10, 140, 10):
        page.mouse.move(x + by, y)
        page.wait_for_timeout(20)  # as a hand moves
    assert page.evaluate("getSelection().toString().length") > 3
    assert page.evaluate("marks.choice()") is None, "a selection that goes on is not taken"
    page.mouse.up()
    expect(says(page)).to_have_text(re.compile("^Part of sentence 9: "))
    assert 3 <= len(page.evaluate("marks.text().text.slice(marks.choice().start, marks.choice().end)")) < 40


def test_a_selection_by_keys_is_taken_when_shift_is_up(marking: Callable[..., Page]) -> None:
    page = marking()
    page.keyboard.down("Shift")
    words = page.evaluate(SELECT, [0, 14])
    assert page.evaluate("marks.choice()") is None
    page.keyboard.up("Shift")
    expect(says(page)).to_have_text(re.compile(": " + re.escape(words.strip())))


def test_handles_of_a_touch_wait_until_they_are_asked_for(marking: Callable[..., Page]) -> None:
    page = marking(**PHONE)
    article = page.locator(".essay-text article")
    article.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    page.evaluate(SELECT, [0, 6])
    use = bar(page).get_by_role("button", name="Use the selected words")
    expect(use).to_be_visible()
    assert page.evaluate("marks.choice()") is None
    words = page.evaluate(SELECT, [0, 14])
    use.tap()
    expect(says(page)).to_have_text(re.compile(": " + re.escape(words.strip())))


def test_the_menu_that_a_long_touch_brings_takes_the_selection(marking: Callable[..., Page]) -> None:
    page = marking(**PHONE)
    article = page.locator(".essay-text article")
    article.dispatch_event("pointerdown", {"pointerType": "touch", "bubbles": True})
    words = page.evaluate(SELECT, [0, 14])
    article.dispatch_event("contextmenu")
    expect(says(page)).to_have_text(re.compile(": " + re.escape(words.strip())))
    assert page.evaluate("getSelection().toString()") == words, "the handles stay"


def test_mark_again_marks_with_each_tap(marking: Callable[..., Page]) -> None:
    page = marking()
    click(page, 2)
    sheet(page).get_by_role("button", name="Trust").click()
    again = sheet(page).get_by_role("button", name="Mark again: Trust")
    again.click()
    expect(again).to_have_attribute("aria-pressed", "true")
    for number in (5, 9):
        click(page, number)
    expect(count(page)).to_have_text("3 marks · Saved on this device")
    bar(page).get_by_role("button", name="Stop marking again").click()
    click(page, 12)
    assert quotes(page) == [sentence(page, number) for number in (2, 5, 9)]


def test_all_matches_are_looked_at_and_marked_in_one_step(marking: Callable[..., Page]) -> None:
    page = marking("#find=the")
    hits = page.evaluate("lens.hits().length")
    bar(page).get_by_role("button", name=f"Mark all {hits} matches").click()
    dialog = page.locator("dialog.question")
    sentences = int(re.findall(r"\d+", dialog.locator("h2").inner_text())[0])
    assert 5 < sentences <= hits
    expect(dialog.locator("h2")).to_have_text(f"Mark {sentences} sentences with “the”")
    expect(dialog.locator("li")).to_have_count(5)
    expect(dialog.locator("p")).to_have_text(f"And {sentences - 5} more.")
    expect_accessible(page, "dialog.question")
    dialog.get_by_role("button", name="Metaphor").click()
    dialog.get_by_role("button", name=f"Mark {sentences} sentences").click()
    expect(count(page)).to_have_text(f"{sentences} marks · Saved on this device")
    assert all("the" in quote.lower() for quote in quotes(page))
    bar(page).get_by_role("button", name="Undo").click()
    expect(says(page)).to_have_text("Undone. No marks.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_four_marks_on_one_sentence_stay_legible(marking: Callable[..., Page], scheme: str) -> None:
    page = marking(color_scheme=scheme)
    for tag in ("trust", "ending", "alienness", "metaphor"):
        mark(page, 7, tag)
    page.evaluate("lens.mark(false)")
    piece = page.locator(f'mark[data-ids~="{page.evaluate("marks.list()[0].id")}"]').first
    piece.scroll_into_view_if_needed()
    lines = piece.locator(".line.mine.on")
    expect(lines).to_have_count(4)
    offsets = lines.evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).textUnderlineOffset)).sort((a, b) => a - b)"
    )
    gaps = [lower - upper for upper, lower in pairwise(offsets)]
    assert min(gaps) >= 3
    for at in range(4):
        expect_painted(lines.nth(at), "underline")
    height = piece.evaluate("(one) => parseFloat(getComputedStyle(one).lineHeight)")
    size = piece.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert offsets[-1] < height - size * 0.7, "the lowest line does not touch the next line of text"


def test_the_address_of_a_mark_opens_it_again(marking: Callable[..., Page]) -> None:
    page = marking()
    made = mark(page, 6, "trust", reason="It is mine.")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    page.evaluate("(at) => { lens.mark(false); lens.open(at); }", made)
    expect(page).to_have_url(re.compile(f"at={made}"))
    page.reload(wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    expect(page.locator(".passage-card .note")).to_have_text("It is mine.")
    expect(page).to_have_url(re.compile(f"at={made}"))


def test_a_place_that_never_comes_takes_nothing_from_the_reader(marking: Callable[..., Page]) -> None:
    page = marking("#at=7d0c1c7e-0f7c-4b07-9a51-d6f0a2f5a111")
    page.evaluate("lens.mark(false)")
    page.locator("mark").first.click()
    expect(page.locator(".passage-card .note").first).to_be_visible()
    mark(page, 6, "trust")
    expect(page).not_to_have_url(re.compile("7d0c1c7e"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_axe_finds_nothing_while_one_marks(marking: Callable[..., Page], width: int, scheme: str) -> None:
    page = marking(width=width, color_scheme=scheme)
    for opened in (False, True):
        if opened:
            mark(page, 3, "trust")
            click(page, 2)
            expect(sheet(page)).to_be_visible()
        expect_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.locator(".mark-sheet button:visible, .mark-sheet summary:visible").evaluate_all(
        "(all) => all.map((one) => (({ width, height }) => [one.textContent, Math.min(width, height)])(one.getBoundingClientRect()))"
    )
    assert len(sizes) > 15
    assert [one for one in sizes if one[1] < 24] == []


MARK = """async (number) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const { start, end } = marks.sentences()[number];
  marks.choose({ start, end, anchor: number, head: number, id: "" });
  await frame();
  const lines = () => document.querySelectorAll(".line.mine.on").length;
  const [before, from] = [lines(), performance.now()];
  document.querySelector(".at-passage .tag").click();
  while (lines() === before) await frame();
  return performance.now() - from;
}"""


def test_a_mark_is_on_the_screen_at_once(marking: Callable[..., Page]) -> None:
    page = marking()
    took = sorted(page.evaluate(MARK, number) for number in range(2, 42))
    assert took[37] < 250, "the bench holds 50 ms where nothing else runs"


def test_marking_in_firefox(fox: Firefox, served: Server) -> None:
    url = served.url.replace("127.0.0.1", "localhost")  # a storage of its own: other tests find nothing marked
    fox.go(url)
    fox.until("document.documentElement.dataset.essayExplorer === 'ready'")
    fox.until("document.querySelector('.tools .mark')")
    fox.evaluate("document.querySelector('.tools .mark').click()")
    fox.until("!document.querySelector('.mark-sheet .bar')?.hidden")
    fox.evaluate("document.querySelectorAll('article .segment')[3].click()")
    fox.until("!document.querySelector('.at-passage').hidden")
    fox.evaluate("document.querySelector('.at-passage .tag').click()")
    fox.until("document.querySelector('.mark-sheet .count').textContent === '1 mark · Saved on this device'")
    fox.go(url + "#")
    fox.evaluate("location.reload()")
    fox.until("document.querySelector('.line.mine.on')")

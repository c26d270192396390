"""The notes of the passages shown, beside their lines on a wide screen, and behind the essay on paper."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import Reading, open_reading
from essay_explorer.page.export import write_page
from kept import write_kept
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import Reader

READING = open_reading("her")
EVERYTHING = "trust,alienness,ending,mirror,loneliness,real,questions,metaphor,craft"
GAP = 10  # px between two notes
NEAR = 6  # px between the top of a line and that of its note
SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(done)))))"
NOTES = """[...document.querySelectorAll(".margin-note")].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  const line = document.querySelector(`mark.on[data-ids~="${one.dataset.id}"]`).getClientRects()[0];
  const read = one.classList.contains("unfolded"); // it keeps its place under the pointer
  return { id: one.dataset.id, read, left, top, right, bottom, line: line.top };
})"""
VISIBLE = ".margin-note:visible"
TEXT = """[...document.querySelectorAll(".essay-text :is(.paragraph, .segment)")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x, y, width, height].map(Math.round).join(" ");
})"""


def notes_of(page: Page) -> list[dict[str, Any]]:
    """Where the notes stand now, and that each has its place: over no other, at its line or right below another."""
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.evaluate(SETTLED)
    notes = page.evaluate(NOTES)
    for one in notes:
        assert one["bottom"] > one["top"] > one["line"] - 2 * NEAR, one
    for before, one in pairwise(notes):
        assert before["bottom"] <= one["top"], (before, one)
    for before, one in pairwise([{"bottom": -GAP}, *notes]):
        pushed = one["top"] == pytest.approx(before["bottom"] + GAP, abs=1)
        assert pushed or one["read"] or abs(one["top"] - one["line"]) <= NEAR, (before, one)
    return notes


def shown(**asked: list[str]) -> list[str]:
    return [passage.id for passage in READING.passages(**asked)]


@pytest.mark.parametrize("width", [1144, 1280, 1440, 1920])
def test_notes_stand_beside_their_lines_and_over_no_other(visit: Callable[..., Page], width: int) -> None:
    page = visit("#theme=trust", width=width)
    notes = notes_of(page)
    assert [one["id"] for one in notes] == shown(theme=["trust"])
    strip = page.locator(".strip").bounding_box()
    assert all(strip["x"] + strip["width"] <= one["left"] < one["right"] <= width for one in notes)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect_painted(page.locator(".margin-note .said"), "text", count=len(notes))
    expect(page.locator(".margin-note").first).to_contain_text(READING.passages(theme=["trust"])[0].annotation.note)
    expect(page.locator(".passage-card")).to_be_hidden()  # its hint would lie over them


@pytest.mark.parametrize("width", [1280, 1440])
def test_where_notes_crowd_each_shows_a_line(visit: Callable[..., Page], width: int) -> None:
    page = visit(f"#theme={EVERYTHING}", width=width)
    assert len(notes_of(page)) == len(READING.passages())
    expect_painted(page.locator(".margin-note .said"), "text", count=len(READING.passages()))


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_a_narrow_screen_has_none(visit: Callable[..., Page], width: int) -> None:
    page = visit("#theme=trust", width=width)
    page.evaluate(SETTLED)
    expect(page.locator(".margin-note")).to_have_count(0)


def test_quiet_text_has_none_and_the_filter_decides_which_there_are(visit: Callable[..., Page]) -> None:
    page = visit(width=1440)
    expect(page.locator(VISIBLE)).to_have_count(0)
    expect(page.locator(".passage-card .hint")).to_be_visible()
    page.locator('.chip[data-tag="mirror"] .choose').click()
    assert [one["id"] for one in notes_of(page)] == shown(theme=["mirror"])
    page.locator('.chip[data-tag="mirror"] .choose').click()
    expect(page.locator(VISIBLE)).to_have_count(0)


def test_they_follow_their_lines_when_the_text_is_laid_out_anew(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust", width=1440)
    first = notes_of(page)
    page.set_viewport_size({"width": 1150, "height": 900})
    narrower = notes_of(page)
    assert [one["line"] for one in narrower] != [one["line"] for one in first]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate("document.querySelector('article').style.fontSize = '1.3em'")
    assert [one["line"] for one in notes_of(page)] != [one["line"] for one in first]
    page.evaluate("document.querySelector('article').style.fontSize = ''")
    page.get_by_role("button", name="Show only these").click()
    only = notes_of(page)
    assert only[-1]["line"] < first[-1]["line"]


def test_the_card_and_the_charts_take_their_place_and_no_text_moves(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust", width=1440)
    notes_of(page)
    notes, before = page.locator(VISIBLE), page.evaluate(TEXT)
    page.locator("mark.on").first.click()
    expect(page.locator(".passage-card blockquote")).to_be_visible()
    expect(notes).to_have_count(0)
    assert page.evaluate(TEXT) == before
    page.keyboard.press("Escape")
    expect(notes).not_to_have_count(0)
    page.get_by_role("button", name="Charts", exact=True).click()
    expect(notes).to_have_count(0)


def test_a_note_opens_its_passage_and_back_brings_it_again(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust", width=1440)
    note = page.locator(".margin-note").nth(1)
    said = note.inner_text()
    note.click()
    expect(page).to_have_url(re.compile(f"at={shown(theme=['trust'])[1]}$"))
    assert page.locator(".passage-card .note").inner_text() in said
    page.go_back()
    expect(page.locator(".passage-card blockquote")).to_have_count(0)
    expect(note).to_be_visible()


def test_keys_go_from_note_to_note_open_one_and_return_to_it(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust", width=1440)
    notes_of(page)
    notes = page.locator(".margin-note")
    assert notes.evaluate_all("(all) => all.filter((one) => one.tabIndex === 0).length") == 1
    page.locator('.essay-text [tabindex="0"]').last.focus()
    expect(notes.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(notes.nth(1)).to_be_focused()
    lit = page.locator("mark.lit")
    assert shown(theme=["trust"])[1] in lit.first.get_attribute("data-ids").split()
    expect_painted(lit.filter(has_text=re.compile(r"\S")), "background")
    page.keyboard.press("Enter")
    expect(page.locator(".passage-card h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(notes.nth(1)).to_be_focused()


@pytest.fixture
def long_note(tmp_path: Path) -> Path:
    """A page with two passages on one line, each with a note of many lines."""
    words = "A note that says much more than fits beside a line of text. " * 8
    rows = f"quote,note,theme\nFirst words,{words}One.,trust\nlater words,{words}Two.,trust\n"
    path = tmp_path / "notes.html"
    book = "facets:\n- {id: theme, role: theme, tags: [{id: trust, label: Trust}]}\n"
    text = f"First words and later words.{' And more of them.' * 300}"
    write_kept(Reading.from_texts({"essay.md": text, "codebook.yml": book, "annotations.csv": rows}), path)
    return path


def test_a_long_note_unfolds_under_the_pointer_and_under_the_focus(reader: Reader, long_note: Path) -> None:
    page = reader.page(viewport={"width": 1440, "height": 900})
    page.goto(f"{long_note.as_uri()}#theme=trust")
    folded = notes_of(page)
    first, second = page.locator(".margin-note").all()
    height = first.bounding_box()["height"]
    for turn in (first.hover, second.hover, first.focus):
        turn()
        page.wait_for_timeout(400)
        notes_of(page)
    assert first.bounding_box()["height"] > height + 100
    assert second.bounding_box()["height"] == pytest.approx(height, abs=1)
    page.mouse.move(10, 10)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function("!document.querySelector('.margin-note.unfolded')")
    assert notes_of(page) == folded


def test_another_content_brings_its_notes(reader: Reader, long_note: Path) -> None:
    page = reader.page(viewport={"width": 1440, "height": 900})
    page.goto(f"{long_note.as_uri()}#theme=trust")
    notes_of(page)
    page.evaluate("""() => {
      const content = structuredClone(lens.get("content"));
      content.paragraphs[0].text = content.paragraphs[0].text.replace("later", "other");
      content.passages[0].note = "Short.";
      content.passages[1].note = "";
      lens.set("content", content);
    }""")
    expect(page.locator(".margin-note")).to_have_count(1)
    expect(page.locator(".margin-note .said")).to_have_text("TShort.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_them(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("#theme=trust,ending", width=1440, color_scheme=scheme)
    notes_of(page)
    page.locator(".margin-note").first.focus()
    expect_accessible(page)


@pytest.mark.parametrize("address", ["#theme=trust", "#theme=trust&show=only"])
def test_paper_has_them_behind_the_essay(visit: Callable[..., Page], address: str) -> None:
    page = visit(address, width=794)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    passages = READING.passages(theme=["trust"])
    items = page.locator(".end-note")
    expect_painted(items, "text", count=len(passages))
    for item, passage in zip(items.all(), passages, strict=True):
        expect(item).to_contain_text(passage.annotation.note)
        expect(item.locator(".where")).to_have_text(str(passage.paragraph))
    expect(page.locator(VISIBLE)).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".end-notes")).to_be_hidden()


def test_a_long_essay_has_the_notes_that_are_near_the_screen(reader: Reader, tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {number} starts here. {'It goes on and on. ' * 30}" for number in range(200)]
    rows = "".join(f"Paragraph {number} starts here,Note {number}.,trust\n" for number in range(200))
    book = "facets:\n- {id: theme, role: theme, tags: [{id: trust, label: Trust}]}\n"
    texts = {"essay.md": "\n\n".join(paragraphs), "codebook.yml": book, "annotations.csv": f"quote,note,theme\n{rows}"}
    write_page(Reading.from_texts(texts), tmp_path / "long.html", charts=False)
    page = reader.page(viewport={"width": 1440, "height": 900})
    page.goto(f"{(tmp_path / 'long.html').as_uri()}#theme=trust")
    expect(page.get_by_role("button", name="Note 0.", exact=True)).to_be_visible()
    assert len(notes_of(page)) < 80
    page.locator('[data-paragraph="150"]').evaluate("(one) => one.scrollIntoView()")
    expect(page.get_by_role("button", name="Note 149.", exact=True)).to_be_in_viewport()
    assert len(notes_of(page)) < 80

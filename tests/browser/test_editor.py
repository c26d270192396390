"""The editor in a real browser: an author makes a reading of a document, and never sees a file."""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from essay_explorer.library.opening import open_quietly
from pandoc_files import by_pandoc
from servers import ADDRESS, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from conftest import Reader

SUBJECTS = ["Trust", "Doubt", "Hope", "The end"]
SENTENCES = [f"Sentence number {number} of this essay is about {SUBJECTS[number % 4].lower()}." for number in range(15)]
ESSAY = "# On four things\n\n" + "\n\n".join(f"{one} Nothing else in it matters." for one in SENTENCES)


@contextmanager
def editor(what: Path | str, library: Path) -> Iterator[str]:
    """The editor of a reading, or of a new one made of a file: its address with the token."""
    command = [sys.executable, "-m", "essay_explorer", "edit", str(what), "--port", str(free_port())]
    with serving(command, ADDRESS, env={**os.environ, "ESSAY_EXPLORER_LIBRARY": str(library)}) as server:
        yield re.search(r"http://\S+\?token=[\w-]+", server.printed())[0]


def arrive(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    assert "token" not in page.url


def tab(page: Page, name: str) -> None:
    page.locator(".essay-editor .tabs button", has_text=name).click()


def done(page: Page, words: str) -> None:
    expect(page.locator(".essay-editor .says")).to_contain_text(words)


def select(page: Page, words: str) -> None:
    """Choose words of the text with the mouse."""
    box = page.evaluate(
        """words => {
          for (const one of document.querySelectorAll(".essay-text .segment")) {
            const at = one.textContent.indexOf(words);
            if (at < 0) continue;
            one.scrollIntoView({block: "center"});
            const range = document.createRange();
            const node = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const rects = [...range.getClientRects()];
            const [first, last] = [rects[0], rects.at(-1)];
            return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 0.5, box[3], steps=4)
    page.mouse.up()


def test_four_themes_and_fifteen_passages_of_a_document_without_a_file(reader: Reader, tmp_path: Path) -> None:
    document = tmp_path / "four-things.docx"
    document.write_bytes(by_pandoc(ESSAY, "docx"))
    with editor(document, tmp_path / "library") as address:
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        for subject in SUBJECTS:
            page.get_by_label("New theme").fill(subject)
            page.keyboard.press("Enter")
            done(page, f'Added "{subject}"')
        for number in range(15):
            subject = SUBJECTS[number % 4]
            select(page, SENTENCES[number])
            page.locator(".essay-editor .chip", has_text=subject).click()
            done(page, f"as {subject}")
            expect(page.locator(".essay-text mark")).to_have_count(number + 1)
        made = open_quietly(tmp_path / "library" / "four-things")
    assert made.faults == ()
    assert [tag.label for tag in made.codebook.tags_of("theme")] == SUBJECTS
    assert [made.codebook.tags[tag].label for entry in made.annotations for tag in entry.tags] == [
        SUBJECTS[number % 4] for number in range(15)
    ]


def test_a_relation_a_stop_and_a_corrected_text_are_written_and_undone(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(Path(__file__).parents[1] / "readings" / "lighthouse", folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with editor(folder, tmp_path / "library") as address:
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        one, other = [passage.id for passage in open_quietly(folder).passages()][:2]
        tab(page, "Relations")
        page.get_by_label("This passage").select_option(one)
        page.get_by_label("to that one").select_option(other)
        page.get_by_role("button", name="Draw it").click()
        done(page, "supports")
        expect(page.locator(".essay-editor .listed li").last).to_contain_text("supports")
        tab(page, "Tour")
        page.evaluate("id => document.querySelector(`mark[data-ids~='${id}']`).click()", one)
        page.get_by_label("Heading").fill("Where it begins")
        page.get_by_role("button", name="Stop here").click()
        done(page, "Added the stop")
        tab(page, "Text")
        page.locator('.paragraph[data-paragraph="1"] .segment').first.click()
        field = page.get_by_role("textbox", name="Paragraph 1")
        field.fill(field.input_value().replace("all night long", "until dawn").replace("all night", "until dawn"))
        page.keyboard.press("Control+Enter")
        done(page, "Corrected paragraph 1")
        expect(page.locator('.paragraph[data-paragraph="1"]')).to_contain_text("until dawn")
        assert b"*here*" in (folder / "essay.md").read_bytes()
        for undone in ("Corrected paragraph 1", "Added the stop", "supports"):
            page.get_by_role("button", name="Undo").click()
            done(page, "Undone: ")
            done(page, undone)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before

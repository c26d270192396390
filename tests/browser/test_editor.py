"""The editor in a real browser: an author makes a reading of a document, and never sees a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from editing import arrive, chosen, coded, done, editor, select, tab, tap
from essay_explorer.library.opening import open_quietly
from lab import lab_in, open_notebook, run
from notebooks import write_notebook
from pandoc_files import by_pandoc

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from conftest import Reader

SUBJECTS = ["Trust", "Doubt", "Hope", "The end"]
SENTENCES = [f"Sentence number {number} of this essay is about {SUBJECTS[number % 4].lower()}." for number in range(15)]
ESSAY = "# On four things\n\n" + "\n\n".join(f"{one} Nothing else in it matters." for one in SENTENCES)


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
            tap(page, SENTENCES[number])
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
        page.get_by_role("button", name="Change: ").last.click()
        page.get_by_role("textbox", name="Note").last.fill("Since it says so.")
        page.keyboard.press("Enter")
        done(page, "Changed the note")
        assert open_quietly(folder).relations[-1].note == "Since it says so."
        tab(page, "Tour")
        page.locator(f"mark[data-ids~='{one}']").first.click()
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
        page.get_by_label("Title", exact=True).fill("The Keeper")
        page.keyboard.press("Enter")
        done(page, "Changed the title of the text")
        expect(page.locator(".essay-text h1")).to_have_text("The Keeper")
        for undone in ("Changed the title", "Corrected paragraph 1", "Added the stop", "Changed the note", '"'):
            page.get_by_role("button", name="Undo").click()
            done(page, f"Undone: {undone}")
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def rows(folder: Path) -> list[tuple[str, str, str]]:
    """Of each annotation its quote, its tags and its note."""
    return [(entry.quote, ";".join(entry.tags), entry.note) for entry in open_quietly(folder).annotations]


def test_passages_are_coded_by_keys_alone(reader: Reader, tmp_path: Path) -> None:
    with coded(tmp_path) as (folder, address):
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        page.locator(".essay-text article").focus()
        page.keyboard.press("ArrowDown")
        chosen(page, "Trust is chosen.")
        page.keyboard.press("Shift+ArrowDown")
        chosen(page, "Trust is chosen. It is not proved.")
        expect(page.locator(".essay-editor .heard")).to_contain_text("Sentences 1 to 2: Trust is chosen.")
        page.keyboard.press("t")
        done(page, "as Trust")
        expect(page.locator(".essay-editor .choice-edges")).to_be_visible()
        expect(page.get_by_role("textbox", name="Note")).to_be_visible()
        page.keyboard.press("n")
        page.keyboard.type("Chosen, it says.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        done(page, "Changed the note")
        assert rows(folder)[1:] == [("Trust is chosen. It is not proved.", "trust", "Chosen, it says.")]
        page.locator(".essay-text article").focus()
        page.keyboard.press("x")
        done(page, "Changed the tags")
        page.keyboard.press("z")
        done(page, "Undone: Changed the tags")
        page.keyboard.press("Delete")
        done(page, "Removed")
        assert rows(folder) == [("The end is near.", "end", "")]


def test_passages_are_coded_and_trimmed_by_a_finger(reader: Reader, tmp_path: Path) -> None:
    with coded(tmp_path) as (folder, address):
        page = reader.page(viewport={"width": 390, "height": 844}, has_touch=True)
        arrive(page, address)
        tap(page, "Trust is", finger=True)
        tap(page, "Nobody", finger=True)
        chosen(page, "Trust is chosen. It is not proved. Nobody minds.")
        page.get_by_role("button", name="Start one word later").tap()
        page.locator(".essay-editor .chip", has_text="Trust").tap()
        done(page, "as Trust")
        assert rows(folder)[1:] == [("is chosen. It is not proved. Nobody minds.", "trust", "")]
        expect(page.get_by_role("textbox", name="Note")).to_be_visible()
        page.get_by_role("button", name="Start one word later").tap()
        page.get_by_role("button", name="Start one word later").tap()
        chosen(page, "It is not proved. Nobody minds.")
        done(page, "Changed the words")
        tap(page, "The end", finger=True)
        chosen(page, "The end is near.")
        page.locator(".essay-editor .chip", has_text="Trust").tap()
        done(page, "Changed the tags")
        assert rows(folder) == [("The end is near.", "end;trust", ""), ("It is not proved. Nobody minds.", "trust", "")]


def test_who_is_faster_than_the_server_marks_one_passage_after_the_other(reader: Reader, tmp_path: Path) -> None:
    with coded(tmp_path) as (folder, address):
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        held: list[Route] = []
        page.route("**/essay-explorer/edit", lambda route: held.append(route))
        tap(page, "Trust is")
        page.locator(".essay-editor .chip", has_text="Trust").click()
        tap(page, "Nobody")
        chosen(page, "Nobody minds.")
        held.pop().continue_()
        page.unroute("**/essay-explorer/edit")
        done(page, "as Trust")
        chosen(page, "Nobody minds.")
        page.locator(".essay-editor .chip", has_text="The end").click()
        done(page, "as The end")
        assert rows(folder)[1:] == [("Trust is chosen.", "trust", ""), ("Nobody minds.", "end", "")]


def test_words_chosen_with_the_mouse_are_a_passage_too(reader: Reader, tmp_path: Path) -> None:
    with coded(tmp_path) as (folder, address):
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        select(page, "not proved")
        chosen(page, "not proved")
        page.locator(".essay-editor .chip", has_text="Trust").click()
        done(page, "as Trust")
        assert rows(folder)[1:] == [("not proved", "trust", "")]


def test_a_note_that_a_spreadsheet_changed_meanwhile_is_asked_about(reader: Reader, tmp_path: Path) -> None:
    with coded(tmp_path) as (folder, address):
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        tap(page, "The end")
        note = page.get_by_role("textbox", name="Note")
        note.fill("Mine.")
        (folder / "annotations.csv").write_text("id,quote,theme,note\na1,The end is near.,trust,Theirs.\n", "utf-8")
        expect(page.locator(".essay-editor .chip[aria-pressed=true]")).to_have_text("Trust")
        expect(note).to_have_value("Mine.")
        page.get_by_role("button", name="Save the note").click()
        asked = page.get_by_role("alertdialog")
        expect(asked).to_contain_text('was changed elsewhere meanwhile, to "Theirs.". Write yours over it?')
        asked.get_by_role("button", name="No, leave it").click()
        done(page, "Left as it was.")
        assert rows(folder) == [("The end is near.", "trust", "Theirs.")]
        page.get_by_role("button", name="Save the note").click()
        asked.get_by_role("button", name="Yes").click()
        done(page, "Changed the note")
        assert rows(folder) == [("The end is near.", "trust", "Mine.")]


def test_a_correction_that_would_lose_a_passage_is_asked_about_and_the_passage_placed_anew(
    reader: Reader, tmp_path: Path
) -> None:
    with coded(tmp_path) as (folder, address):
        page = reader.page(viewport={"width": 1440, "height": 900})
        arrive(page, address)
        tab(page, "Text")
        page.locator('.paragraph[data-paragraph="2"] .segment').first.click()
        field = page.get_by_role("textbox", name="Paragraph 2")
        field.fill("Something else altogether stands here by now.")
        page.keyboard.press("Control+Enter")
        asked = page.get_by_role("alertdialog")
        expect(asked).to_contain_text('would lose its place: "The end is near."')
        asked.get_by_role("button", name="Yes").click()
        done(page, "Corrected paragraph 2")
        assert rows(folder) == [("The end is near.", "end", "")]
        expect(page.get_by_text("The words of one passage are gone: see Passage.")).to_be_visible()
        tab(page, "Passage")
        tap(page, "Nobody minds")
        page.get_by_role("button", name="It is this now: The end is near.").click()
        done(page, "Changed the words")
        assert rows(folder) == [("Nobody minds.", "end", "")]
        assert open_quietly(folder).faults == ()


STATES = {
    "a sentence": ["text:Trust is"],
    "a passage": ["text:The end"],
    "themes": ["tab:Themes", "Edit Trust"],
    "relations": ["tab:Relations"],
    "the tour": ["tab:Tour"],
    "the text": ["tab:Text", "paragraph"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_form_of_the_editor(reader: Reader, tmp_path: Path, scheme: str) -> None:
    with coded(tmp_path) as (_, address):
        for width in (390, 1440):
            page = reader.page(viewport={"width": width, "height": 844}, color_scheme=scheme)
            arrive(page, address)
            page.locator(".essay-editor").wait_for()
            for state, steps in STATES.items():
                for step in steps:
                    kind, _, what = step.partition(":")
                    if kind == "tab":
                        tab(page, what)
                    elif kind == "text":
                        tap(page, what)
                    elif kind == "paragraph":
                        page.locator('.paragraph[data-paragraph="1"] .segment').first.click()
                    else:
                        page.get_by_role("button", name=step, exact=True).click()
                expect_accessible(page, state=f"{state}, {width}")
                page.keyboard.press("Escape")
            page.close()


def test_a_theme_and_a_passage_are_added_in_jupyterlab(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "library" / "mine"
    folder.mkdir(parents=True)
    (folder / "essay.md").write_text("Trust is chosen. It is not proved.\n", encoding="utf-8")
    show = "from essay_explorer import Explorer, open_reading\nexplorer = Explorer(open_reading('mine'), edit=True)\nexplorer"
    library = f"import os\nos.environ['ESSAY_EXPLORER_LIBRARY'] = {str(tmp_path / 'library')!r}\n"
    (tmp_path / "books").mkdir()
    write_notebook(tmp_path / "books" / "book.ipynb", library + show)
    with lab_in(tmp_path / "books") as lab:
        page = open_notebook(reader.page(viewport={"width": 1440, "height": 1000}), lab, "book.ipynb")
        cell = run(page, 0)
        field = cell.get_by_role("textbox", name="New theme")
        field.fill("Trust")
        field.press("Enter")
        done(page, 'Added "Trust"')
        cell.locator(".essay-text .segment").first.click()
        chosen(page, "Trust is chosen.")
        page.keyboard.press("Shift+ArrowRight")
        chosen(page, "Trust is chosen. It is not proved.")
        page.keyboard.press("t")
        done(page, "as Trust")
        expect(cell.locator(".essay-text mark").first).to_be_visible()
    assert rows(folder) == [("Trust is chosen. It is not proved.", "trust", "")]

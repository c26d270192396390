"""A reading saved from Python: what is opened again equals it, letter by letter where it came from files."""

from __future__ import annotations

import shutil
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.core.annotation import Annotation, Relation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError, ReadingWarning
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.core.tour import Stop
from essay_explorer.files.reading_files import texts_in
from essay_explorer.library.finding import bundled, own_names
from essay_explorer.library.opening import open_reading
from essay_explorer.library.saving import texts_of

READINGS = [bundled("data") / "her", *sorted((Path(__file__).parents[1] / "readings").iterdir())]


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ESSAY_EXPLORER_LIBRARY", str(tmp_path / "library"))
    return tmp_path / "library"


@pytest.mark.parametrize("folder", READINGS, ids=lambda folder: folder.name)
def test_what_is_opened_again_equals_what_was_saved(folder: Path, library: Path) -> None:
    reading = open_reading(folder)
    assert reading.save("copy") == library / "copy"
    again = open_reading("copy")
    assert replace(again, name=reading.name) == reading
    assert again.fingerprint == reading.fingerprint
    assert (library / "copy" / "essay.md").read_bytes() == (folder / "essay.md").read_bytes()


def test_a_revised_reading_is_saved_with_what_is_new_in_it() -> None:
    mine = (
        open_reading("her")
        .without("a05", "a19", "a30")
        .with_tag("theme", id="silence", definition="What nobody says: “hush”.", questions=["Who?", "- Why: so?"])
        .annotate("Phoenix is superb.", theme=["craft", "silence"], note="=SUM(1)\n\nand “more”", creator="Ada; Bo")
        .annotate("Perhaps", suffix="the irritation", note="'tis")
    )
    mine.save("mine")
    assert open_reading("mine").fingerprint == mine.fingerprint
    assert not open_reading("mine").faults


def test_a_reading_made_of_nothing_but_python_is_saved() -> None:
    essay = Essay(
        "# No heading, *no* emphasis\n\n1. No list: 2 < 3 & 4 > 3\n\nTwo lines\nof verse", "A `title`", author="Ada"
    )
    book = Codebook("Ours", (Facet("theme", "Themes", tags=(Tag("trust", "Trust"), Tag("tact", "Tact"))),))
    entry = Annotation("a1", "lines\nof verse", tags=("tact",))
    made = Reading(essay, book, (entry, replace(entry, id="a2")), (Relation("a1", "supports", "a2"),))
    made = replace(made, tour=(Stop("a2", "Here"),))
    made.save("made")
    assert open_reading("made").fingerprint == made.fingerprint


def test_notes_alone_need_no_codebook() -> None:
    made = Reading(Essay("Trust is chosen.", keywords=("a", "b: c"))).annotate("chosen", note="By whom?")
    made.save("notes")
    assert open_reading("notes").fingerprint == made.fingerprint


def test_emphasis_of_an_essay_made_in_python_is_saved() -> None:
    source = Essay.from_markdown("Some *leaning*, **strong** and ***both*** words.\n\nPlain.")
    assert Reading.from_texts(texts_of(Reading(replace(source, source="")))).essay == source


def test_pictures_are_saved_too(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pictured"
    (folder / "pictures").mkdir(parents=True)
    shutil.copy(READINGS[1] / "north-head.png", folder / "pictures" / "one.png")
    (folder / "essay.md").write_text("Text.\n\n![A picture](pictures/one.png)\n\n## Part\n\n- item\n", encoding="utf-8")
    reading = open_reading(folder)
    reading.save("copy")
    assert open_reading("copy").fingerprint == reading.fingerprint
    assert (library / "copy" / "pictures" / "one.png").read_bytes() == (READINGS[1] / "north-head.png").read_bytes()


def test_a_name_that_is_taken_is_refused_and_nothing_is_overwritten(library: Path) -> None:
    her = open_reading("her")
    her.save("mine")
    before = texts_in(library / "mine")
    for name in ("mine", "MINE", "her"):
        with pytest.raises(ReadingError, match=f'The name "{name}" is taken. Take another'):
            her.without("a05").save(name)
    assert texts_in(library / "mine") == before
    assert own_names() == ["mine"]
    assert sorted(path.name for path in library.iterdir()) == ["mine"]


def test_a_name_that_no_folder_can_have_is_refused(library: Path) -> None:
    with pytest.raises(ReadingError, match="A reading cannot be called"):
        open_reading("her").save("../mine")
    assert not library.exists()


def test_what_could_not_be_read_is_named_when_the_rest_is_saved(tmp_path: Path) -> None:
    folder = tmp_path / "faulty"
    shutil.copytree(bundled("data") / "her", folder)
    with (folder / "relations.csv").open("a", encoding="utf-8") as file:
        file.write("a01,supports,nobody,\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reading = open_reading(folder)
    with pytest.warns(ReadingWarning, match='(?s)"copy" is saved. Not in it is what could not be read:.*"nobody"'):
        reading.save("copy")
    assert not open_reading("copy").faults


def test_a_lost_quote_is_kept_with_its_fault() -> None:
    lost = replace(open_reading("her"), annotations=(Annotation("a1", "nowhere to be found"),), relations=(), tour=())
    lost.save("lost")
    with pytest.warns(ReadingWarning, match="quote not found"):
        assert open_reading("lost").fingerprint == lost.fingerprint


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (Reading(Essay("Two  spaces")), "This essay has what its Markdown would not say again"),
        (Reading(Essay("x", title="é\ud800")), "This essay has what its Markdown"),
        (Reading(Essay("x"), annotations=(Annotation("a1", " x "),)), "annotations of this reading cannot be written"),
        (Reading(Essay("x"), Codebook("Only a title")), "The codebook of this reading cannot be written"),
    ],
)  # fmt: skip
def test_what_files_would_not_say_again_is_refused(reading: Reading, said: str, library: Path) -> None:
    with pytest.raises(ReadingError, match=said):
        reading.save("mine")
    assert not library.exists()


def test_an_essay_that_was_changed_is_not_saved_as_its_source() -> None:
    essay = Essay.from_markdown("Trust is *chosen*.")
    changed = Reading(replace(essay, title="Another", author="Bo"))
    assert Reading.from_texts(texts_of(changed)) == replace(changed, name="reading")


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=200)
def test_any_essay_is_saved_as_it_is_or_refused(paragraphs: list[str], title: str, note: str) -> None:
    try:
        essay = Essay("\n\n".join(paragraphs), title)
        made = Reading(essay, annotations=(Annotation("a1", "x", note=note),))
        texts = texts_of(made)
    except ReadingError:
        return
    again = Reading.from_texts({name: text.encode().decode() for name, text in texts.items()})
    assert again.fingerprint == made.fingerprint


@given(source=st.text(max_size=120))
@settings(max_examples=200)
def test_any_markdown_is_saved_letter_by_letter(source: str) -> None:
    essay = Essay.from_markdown(source, report=lambda fault: fault)
    assert essay.source == source
    if source.strip() and essay.text:
        assert texts_of(Reading(essay))["essay.md"] == source

"""What becomes of an opened file: a reading without faults, new or from a sealed set."""

from __future__ import annotations

import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.library import new_reading as module
from essay_explorer.library.finding import bundled
from essay_explorer.library.new_reading import new_reading, opened
from essay_explorer.library.starter import starter
from essay_explorer.library.summaries import summary
from essay_explorer.sealed.sealing import seal

if TYPE_CHECKING:
    from pathlib import Path

TEXT = b"On Trust\n\nTrust is chosen, and it is never proved.\n\nTrust is chosen."


@pytest.fixture(autouse=True)
def nothing_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "sealed_sets", lambda: ())


def test_an_essay_makes_a_reading_to_start_with() -> None:
    made = new_reading(TEXT, "On_Trust (2).txt")
    reading = Reading.from_texts(made.texts, name=made.reading.name)
    assert (made.reading.name, reading.essay.title, reading.faults) == ("on-trust-2", "On Trust", ())
    assert [(passage.text, passage.tags) for passage in reading.passages()] == [
        ("Trust is chosen, and it is never proved.", ("theme-1", "claim"))
    ]
    assert [[tag.id for tag in facet.tags] for facet in reading.codebook.facets] == [
        ["theme-1", "theme-2", "theme-3"],
        ["claim", "evidence", "question"],
    ]


def test_a_file_without_a_title_gives_its_name() -> None:
    made = new_reading(b"Only one paragraph.", "my_own-essay.txt")
    assert 'title: "my own essay"' in made.texts["essay.md"]
    assert made.reading.name == "my-own-essay"


def test_what_was_left_out_and_lost_is_reported() -> None:
    made = new_reading(b"<p>Trust is chosen.<img src=x><p>Share this:", "a.html", clean=True)
    assert made.sentences == (
        "1 picture left out.",
        "Skipped 1 paragraph around the essay (menus, notices). To keep one, copy it into essay.md:",
        '  "Share this:"',
    )


def test_a_copy_of_a_sealed_text_makes_the_reading_of_its_set(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bundled("data") / "her"
    files = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    reading = Reading.from_texts(files, name="her-copy")
    sealed = seal(reading)
    monkeypatch.setattr(module, "sealed_sets", lambda: (sealed,))
    made = new_reading(f"Her\n\n{reading.essay.text}".encode(), "copy.txt")
    opened = Reading.from_texts(made.texts, name=made.reading.name)
    assert (made.reading.name, opened.faults) == ("her-copy", ())
    assert [passage.text for passage in opened.passages()] == [passage.text for passage in reading.passages()]
    assert made.sentences[0] == 'This is a copy of the text of "her-copy".'
    assert made.sentences[1].startswith("67 of 67 passages attached: 67 exactly")
    assert new_reading(TEXT, "other.txt").reading.name == "other"


@pytest.mark.slow
@pytest.mark.parametrize("file", ["a.txt", "a.md", "a.html"])
def test_an_opened_file_takes_at_most_ten_times_its_size(file: str) -> None:
    dice = random.Random(5)
    words = ["".join(dice.choices("abcdefghij", k=dice.randint(2, 9))) for _ in range(5000)]
    paragraphs = [" ".join(dice.choices(words, k=90)).capitalize() + "." for _ in range(700)]
    content = ("<p>" * (file == "a.html") + ("\n\n<p>" if file == "a.html" else "\n\n").join(paragraphs)).encode()
    new_reading(TEXT, file)  # imports
    tracemalloc.start()
    try:
        new_reading(content, file)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(content) + 2**22  # a book's different words are a part that does not grow


def test_a_broken_sealed_set_is_in_nobodys_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ReadingError("sealed.json: broken")

    monkeypatch.setattr(module, "sealed_sets", broken)
    assert new_reading(TEXT, "other.txt").reading.name == "other"


def test_an_essay_that_repeats_itself_has_no_row_to_start_with() -> None:
    for source in ("Again.\n\nAgain.", ""):
        assert set(starter(source, Essay.from_markdown(source))) == {"essay.md", "codebook.yml"}


def test_a_text_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = []
    blocks = MarkdownIt("commonmark").block
    real = type(blocks).parse

    def parse(self, source, *rest):
        parsed.append(source)
        return real(self, source, *rest)

    monkeypatch.setattr(type(blocks), "parse", parse)
    made = new_reading(b"# On trust\n\nTrust is *chosen*, and it is never proved.\n", "a.md")
    assert summary(made.reading) == "“On trust”, 1 passage, no faults"
    assert [source.strip() for source in parsed] == ["Trust is *chosen*, and it is never proved."]


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=200))
def test_a_reading_to_start_with_has_no_faults(text: str) -> None:
    source = f"A word.\n\n{text}".encode(errors="replace")
    if b"\0" not in source:
        made = new_reading(source, "a.txt")
        assert Reading.from_texts(made.texts).faults == ()


def test_the_pictures_beside_a_markdown_file_come_along(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nWords.\n\n![x](a.png)\n\n![y](gone.png)", encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    made = opened(tmp_path / "a.md")
    assert [image.source for image in made.reading.images] == ["a.png"]
    assert 'the picture "gone.png" is not in this folder' in str(made.reading.faults[0])

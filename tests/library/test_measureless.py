"""Essays without measure: a file of one long line opens in time, or is refused, and loses no letter."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from essay_explorer import Essay, Reading, ReadingError, import_annotations
from essay_explorer.core import table
from essay_explorer.core.annotation import annotations_from_csv, relations_from_csv
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.prose import Prose
from essay_explorer.core.tour import tour_from_csv
from essay_explorer.files import reading_files
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.library.adding import add
from essay_explorer.library.finding import LIBRARY
from essay_explorer.library.new_reading import new_reading
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.whole_reading import OPENS, in_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from essay_explorer.core.fault import Fault, Report

SIZE = 100_000  # letters; a step for each pair of them would take minutes
LINES = {
    "spaces": " " * SIZE + "x",
    "tabs": "\t" * SIZE + "x",
    "spaces inside": f"x{' ' * SIZE}x",
    "spaces at ends": f"x{' ' * SIZE}\nx",
    "a heading of spaces": f"# a{' ' * SIZE}#x\n\nx",
    "a heading of tabs": "# a" + "\t#" * (SIZE // 2) + "x\n\nx",
    "lists": "- " * (SIZE // 2) + "x",
    "starred lists": "* " * (SIZE // 2) + "x",
    "numbered lists": "1. " * (SIZE // 3) + "x",
    "quotations": "> " * (SIZE // 2) + "x",
    "tight quotations": ">" * SIZE + "x",
    "mixed": "> - 1) " * (SIZE // 7) + "x",
    "backslashes": "\\" * SIZE + "x",
    "stars": "x " + "*" * SIZE + "x",
    "brackets": "[" * SIZE + "x",
    "marks and spaces": "`*_" * 3000 + " " * SIZE + "\nx",
    "code of blank lines": "    x" + ("\n" + " " * 100) * (SIZE // 100) + "\n    x",
    "accents": "e" + "\u0301" * SIZE + "x",
}


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("kind", ["md", "txt", "html"])
def test_one_long_line_opens_in_time_and_keeps_its_letters(line: str, kind: str) -> None:
    start = time.process_time()
    made = new_reading(LINES[line].encode(), f"a.{kind}")
    again = Reading.from_texts(made.texts)
    assert time.process_time() - start < 5
    assert again.essay == made.reading.essay
    assert again.essay.text.endswith("x")


WORDS = "<p>" + "Some words here and there. " * 200
MILLION = 1_000_000
PAGES = {
    "a style without a rule": f"<style>{'a' * MILLION}</style>{WORDS}",
    "comments in a style": f"<style>{'/*' * (MILLION // 2)}</style>{WORDS}",
    "an address of notes": f"{WORDS}<a href='#{'fn' * (MILLION // 2)}#'>1</a>",
    "a tag of one name": f"{WORDS}<a href='x' {'a' * MILLION}>1</a>",
    "tags without an end": WORDS + '<a href="' * (MILLION // 9),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_one_kind_of_sign_opens_in_time(page: str) -> None:
    start = time.process_time()
    assert new_reading(PAGES[page].encode(), "a.html").reading.essay.text.startswith("Some words")
    assert time.process_time() - start < 10


def test_a_page_that_opens_its_files_again_and_again_is_searched_once(tmp_path: Path) -> None:
    start = time.process_time()
    assert in_file(OPENS * 20_000, "a.html") is None
    assert time.process_time() - start < 5


@pytest.mark.parametrize("line", ["- " * SIZE, "* " * SIZE, " " * SIZE, "\n" * 100, "#" * 3 + " " * SIZE])
def test_a_file_that_leaves_no_text_makes_no_reading(line: str) -> None:
    with pytest.raises(ReadingError, match="holds no text"):
        new_reading(line.encode(), "a.md")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("- " * 25 + "x", "- " * 25 + "x"),
        ("1. " * 25 + "x", "1. " * 25 + "x"),
        (">" * 25 + " x", ">" * 25 + " x"),
        ("  > - " * 25 + "x", "> -   " * 24 + "> - x"),
        ("> " * 12 + "x", "x"),
        ("- " * 12 + "x", "x"),
        ("a\n\n" + "* " * 40 + "\n\nb", "a\n\nb"),
        ("a\n\n" + "-" * 400 + "\n\nb", "a\n\nb"),
    ],
)
def test_lists_deeper_than_any_are_text_and_rules_are_rules(source: str, text: str) -> None:
    assert Prose.from_markdown(source).text == text


@pytest.mark.parametrize(
    ("line", "title"),
    [("# A", "A"), ("# A #", "A"), ("# A ##  ", "A"), ("# A#", "A#"), ("# C# #", "C#"), ("#  A B  ", "A B")],
)
def test_the_signs_that_close_a_heading_are_not_its_title(line: str, title: str) -> None:
    made = new_reading(f"{line}\n\nSome text.".encode(), "a.md")
    assert made.reading.essay == Essay("Some text.", title=title)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "essay.md").write_text("Trust is chosen.", encoding="utf-8")
    (tmp_path / "codebook.yml").write_text("facets:\n- id: theme\n  tags: [{id: trust}]\n", encoding="utf-8")
    (tmp_path / "annotations.csv").write_text("id,quote,theme\na1,chosen,trust\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["essay.md", "codebook.yml", "annotations.csv", "relations.csv"])
def test_a_file_of_three_gigabytes_is_reported_before_it_is_read(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.truncate(3 * 1024**3)
    most = reading_files.MOST[name]
    tracemalloc.start()
    try:
        faults = open_quietly(folder).faults
    except ReadingError as error:
        assert name == "essay.md"
        faults = error.faults
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 64 * 1024**2
    assert f"{name}: is larger than {most // 1024**2} MB, the largest that is read. Split it into parts" in map(
        str, faults
    )


def test_no_command_makes_a_file_that_is_too_large_to_be_read_again(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_files, "MOST", {"essay.md": 100, "annotations.csv": 100})
    other = tmp_path_factory.mktemp("other") / "b.csv"
    other.write_text(f"id,quote,theme,note\nb1,Trust,trust,{'x' * 100}\n", encoding="utf-8")
    before = (folder / "annotations.csv").read_bytes()
    with pytest.raises(ReadingError, match=r"annotations\.csv: is larger than"):
        import_annotations(other, into=str(folder))
    assert (folder / "annotations.csv").read_bytes() == before
    monkeypatch.setenv(LIBRARY, str(folder / "library"))
    with pytest.raises(ReadingError, match=r"essay\.md: is larger than"):
        add("long", {"essay.md": "x" * 101})
    assert list((folder / "library").iterdir()) == []


def test_a_table_of_more_lines_than_any_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_LINES", 5)
    faults = []
    assert annotations_from_csv("quote\n" + "x\n" * 5, Codebook(), report=faults.append) == ()
    assert list(map(str, faults)) == ["annotations.csv: has more than 5 lines and is not read. Split it into parts"]


def test_a_table_of_more_columns_than_any_is_not_read() -> None:
    faults = []
    header = "quote," + "x," * table.MOST_COLUMNS
    assert annotations_from_csv(f"{header}\nwords\n", Codebook(), report=faults.append) == ()
    told = "annotations.csv: has more than 1,000 columns and is not read. Take those away that are not needed"
    assert list(map(str, faults)) == [told]


@pytest.mark.parametrize(
    "read",
    [
        lambda ids, report: tour_from_csv(
            "at,title\n" + "".join(f"q{at},x\n" for at in range(8_000)), ids, report=report
        ),
        lambda ids, report: relations_from_csv(
            "from,relation,to\n" + "".join(f"q{at},supports,a1\n" for at in range(8_000)), ids, report=report
        ),
    ],
    ids=["a tour", "relations"],
)
def test_rows_that_lead_nowhere_are_reported_in_time(read: Callable[[Iterable[str], Report], object]) -> None:
    faults: list[Fault] = []
    start = time.process_time()
    assert read([f"a{at}" for at in range(20_000)], faults.append) == ()
    assert time.process_time() - start < 5
    assert len(faults) == 8_000


def test_rich_text_deeper_than_any_is_refused_before_pandoc_reads_it() -> None:
    start = time.process_time()
    with pytest.raises(ReadingError, match="has groups more than 100 deep, which no essay has"):
        manuscript_of(b"{\\rtf1 " + b"{\\b " * 600_000, "deep.rtf")
    assert time.process_time() - start < 1
    assert manuscript_of(rb"{\rtf1 " + b"{\\i " * 60 + rb"so \{\{" + b"}" * 60 + b"}", "a.rtf").blocks == ("*so {{*",)

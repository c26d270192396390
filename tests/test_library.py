"""Readings on disk, as a teacher's computer leaves them there."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from essay_explorer import ReadingError, ReadingWarning, open_reading
from essay_explorer.library import ASKED_FOR, bundled, folder_of, names

ESSAY = "---\ntitle: On trust\n---\n\nTrust is chosen, not proved. “Who knows?”\n"
BOOK = "facets:\n- id: theme\n  tags: [{id: trust}]\n"
ANNOTATIONS = 'id,quote,theme\na1,"chosen, not proved",trust\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small reading without faults."""
    write(tmp_path, {"essay.md": ESSAY, "codebook.yml": BOOK, "annotations.csv": ANNOTATIONS})
    return tmp_path


def write(folder: Path, files: dict[str, str | bytes | None]) -> None:
    for name, content in files.items():
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def faults_of(folder: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)
        return [str(fault) for fault in open_reading(folder).faults]


def test_the_reading_of_her_opens_by_its_name() -> None:
    assert names() == ["her"]
    assert open_reading("her") == open_reading() == open_reading(bundled("data") / "her")


def test_a_reading_opens_from_its_folder_or_one_of_its_files(folder: Path) -> None:
    made = open_reading(folder)
    assert (made.name, made.essay.title, made.faults) == (folder.name, "On trust", ())
    assert [passage.text for passage in made.passages()] == ["chosen, not proved"]
    assert open_reading(str(folder / "essay.md")) == open_reading(f"{folder}{os.sep}") == made


def test_the_reading_that_was_asked_for_opens_without_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ASKED_FOR, str(folder))
    assert open_reading().essay.title == "On trust"
    assert open_reading("her").name == "her"


@pytest.mark.parametrize("name", ["hre", "no/such/folder", "~nobody-at-all/essay", "x" * 5000, "a\0b"])
def test_a_name_that_leads_nowhere_is_answered_with_those_that_exist(name: str) -> None:
    with pytest.raises(ReadingError, match=r"Give the path of a folder with essay\.md in it, or a name\.") as caught:
        folder_of(name)
    assert str(caught.value).startswith(f'There is no reading "{name}".')
    assert str(caught.value).endswith("Known: her.")


def test_a_folder_without_an_essay_is_told() -> None:
    with pytest.raises(ReadingError, match=r"essay\.md: is missing\. The text of the essay belongs in a file"):
        open_reading(bundled("data"))


def test_a_reading_with_faults_opens_and_warns(folder: Path) -> None:
    write(folder, {"annotations.csv": ANNOTATIONS.replace("proved", "prooved")})
    with pytest.warns(ReadingWarning) as caught:
        made = open_reading(folder)
    fault = (
        'annotations.csv, row 2 (a1): quote not found in essay.md: "chosen, not prooved". '
        'Nearest: "chosen, not proved". Copy the passage again'
    )
    assert [str(found) for found in made.faults] == [fault]
    assert str(caught[0].message) == f'The reading "{folder.name}" has 1 fault:\n{fault}'
    assert caught[0].filename == __file__


@pytest.mark.parametrize(
    "files",
    [
        {"annotations.csv": "\ufeff" + ANNOTATIONS.replace("\n", "\r\n")},
        {"annotations.csv": 'id,quote,theme,,\r\na1,"chosen, not proved",trust; ,,\r\n,,,,\r\n'},
        {
            "essay.md": "\ufeff" + ESSAY.replace("\n", "\r\n"),
            "codebook.yml": "\ufeff" + BOOK.replace("\n", "\r\n"),
        },
        {"essay.md": "Trust is chosen, not proved."},
        {"essay.md": ESSAY.replace("title: On trust", "tags: film")},
        {"relations.csv": "from,relation,to\na1,supports,a1\n"},
        {"notes.txt": "mine", "essay (1).md": "old"},
    ],
)
def test_what_editors_and_spreadsheets_add_is_no_fault(folder: Path, files: dict[str, str | bytes | None]) -> None:
    write(folder, files)
    (folder / "relations").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = open_reading(folder)
    assert [(passage.text, passage.tags) for passage in made.passages()] == [("chosen, not proved", ("trust",))]


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        (
            {"essay.md": ESSAY.encode("cp1252")},
            ["essay.md: not UTF-8: byte 0x93 in line 5, shown as \ufffd. Save the file again with the encoding UTF-8"],
        ),
        (
            {"annotations.csv": ANNOTATIONS.encode("utf-16")},
            ["annotations.csv: is in UTF-16. Save the file again with the encoding UTF-8"],
        ),
        (
            {"annotations.csv": b"PK\3\4\0\0"},
            ["annotations.csv: is no text file. Save the file again with the encoding UTF-8, as plain text"],
        ),
        ({"annotations.csv": ""}, ["annotations.csv: this file is empty"]),
        (
            {"annotations.csv": None, "Annotations.xlsx": b"PK"},
            ['annotations.csv: is missing. Is it "Annotations.xlsx"? Save that as annotations.csv'],
        ),
        (
            {"relations.csv.txt": "x"},
            ['relations.csv: is missing. Is it "relations.csv.txt"? Save that as relations.csv'],
        ),
        (
            {"annotations.csv": "id,quote,theme\n"},
            ["annotations.csv, row 1: holds nothing below its header. Write one entry in each row"],
        ),
        (
            {"annotations.csv": ANNOTATIONS.replace(",", ";")},
            [
                'annotations.csv, row 1: the cells are not parted by commas: "id;quote;theme". '
                "Save it as CSV with commas between the cells"
            ],
        ),
    ],
)
def test_a_file_in_the_wrong_form_is_told(
    folder: Path, files: dict[str, str | bytes | None], faults: list[str]
) -> None:
    write(folder, files)
    assert faults_of(folder) == faults


def test_a_codebook_under_another_name_is_told_once(folder: Path) -> None:
    write(folder, {"codebook.yml": None, "codebook.yaml": BOOK})
    first, second = faults_of(folder)
    assert first == 'codebook.yml: is missing. Is it "codebook.yaml"? Save that as codebook.yml'
    assert second.startswith('annotations.csv, row 1: column "theme" is not known.')


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, r"essay\.md: is missing\. The text of the essay belongs in a file of this name$"),
        ("", r"essay\.md: this file is empty$"),
        (b"PK\3\4\0\0", r"essay\.md: is no text file\."),
    ],
)
def test_an_essay_that_cannot_be_read_opens_no_reading(folder: Path, content: str | bytes | None, fault: str) -> None:
    write(folder, {"essay.md": content})
    with pytest.raises(ReadingError, match=fault) as caught:
        open_reading(folder)
    assert len(caught.value.faults) == 1


def test_an_essay_in_another_encoding_opens_with_what_could_be_read(folder: Path) -> None:
    write(folder, {"essay.md": ESSAY.encode("cp1252")})
    with pytest.warns(ReadingWarning, match="not UTF-8"):
        made = open_reading(folder)
    assert made.essay.text == "Trust is chosen, not proved. \ufffdWho knows?\ufffd"
    assert len(made.passages()) == 1


def test_a_folder_in_the_place_of_a_file_is_a_missing_file(folder: Path) -> None:
    write(folder, {"essay.md": None})
    (folder / "essay.md").mkdir()
    with pytest.raises(ReadingError, match="is missing"):
        open_reading(folder)


@pytest.mark.parametrize("depth", ["[", "{a: ", "- "])
def test_a_codebook_that_nests_without_end_does_not_hang(folder: Path, depth: str) -> None:
    write(folder, {"codebook.yml": "facets: " + depth * 50_000})
    first, *_ = faults_of(folder)
    assert first.startswith("codebook.yml: not readable as YAML")


def test_a_codebook_that_multiplies_itself_does_not_hang(folder: Path) -> None:
    laughs = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 12))
    write(folder, {"codebook.yml": f"b0: &b0 [ha, ha]\n{laughs}facets: *b11\n"})
    first, *_ = faults_of(folder)
    assert first.startswith("codebook.yml: not readable as YAML (line 2): *b0 would repeat another part")

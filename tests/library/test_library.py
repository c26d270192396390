"""Readings on disk, as a teacher's computer leaves them there."""

from __future__ import annotations

import os
import warnings
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer import ReadingError, ReadingWarning, open_reading
from essay_explorer.library import adding
from essay_explorer.library.adding import add, folder_to_change, name_for, remove, rename
from essay_explorer.library.finding import ASKED_FOR, LIBRARY, bundled, folder_of, names, own_names
from pandoc_files import by_pandoc

ESSAY = "---\ntitle: On trust\n---\n\nTrust is chosen, not proved. “Who knows?”\n"
BOOK = "facets:\n- id: theme\n  tags: [{id: trust}]\n"
ANNOTATIONS = 'id,quote,theme\na1,"chosen, not proved",trust\n'


FILES = {"essay.md": ESSAY, "codebook.yml": BOOK, "annotations.csv": ANNOTATIONS}


@pytest.fixture(autouse=True)
def own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library of one's own."""
    path = tmp_path_factory.mktemp("own") / "library"
    monkeypatch.setenv(LIBRARY, str(path))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small reading without faults."""
    write(tmp_path, FILES)
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


@pytest.mark.parametrize("name", ["trust.docx", "texts/trust.md", "C:\\texts\\trust.txt", "hre.pdf"])
def test_a_file_that_is_not_there_is_missed_as_a_file_and_not_as_a_folder(name: str) -> None:
    with pytest.raises(ReadingError) as caught:
        open_reading(name)
    assert str(caught.value).startswith(f'There is no file "{name}" where this runs. Give its whole path')
    assert str(caught.value).endswith("Known: her.")


def test_a_folder_without_an_essay_is_reported() -> None:
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
        {"annotations.csv": ANNOTATIONS.encode("utf-16")},
        {
            "annotations.csv": ANNOTATIONS.replace('"', "")
            .replace(", not", "\0")
            .replace(",", "\t")
            .replace("\0", ", not")
            .encode("utf-16")
        },
        {"annotations.csv": "sep=;\r\nid;quote;theme\r\na1;chosen, not proved;trust;;\r\n"},
        {"annotations.csv": 'id;quote;theme\r\na1;chosen, not proved;"trust; "\r\n'},
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
            [
                "essay.md: not UTF-8: byte 0x93 in line 5, read as Windows-1252, which may show wrong letters. "
                "Save the file again with the encoding UTF-8"
            ],
        ),
        (
            {"essay.md": ESSAY.encode().replace(b"\x9c", b"")},
            ["essay.md: not UTF-8: byte 0xe2 in line 5, shown as \ufffd. Save the file again with the encoding UTF-8"],
        ),
        (
            {"annotations.csv": ANNOTATIONS.encode("utf-16") + b"\0"},
            [
                "annotations.csv: is in UTF-16 and damaged. Save the file again with the encoding UTF-8",
                "annotations.csv, row 3 (\ufffd): no quote. Copy the passage from essay.md into this cell",
            ],
        ),
        (
            {"annotations.csv": b"PK\3\4\0\0"},
            ["annotations.csv: is not a text file. Save the file again with the encoding UTF-8, as plain text"],
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
    ],
)
def test_a_file_in_the_wrong_form_is_reported(
    folder: Path, files: dict[str, str | bytes | None], faults: list[str]
) -> None:
    write(folder, files)
    assert faults_of(folder) == faults


def test_a_codebook_under_another_name_is_reported_once(folder: Path) -> None:
    write(folder, {"codebook.yml": None, "codebook.yaml": BOOK})
    first, second = faults_of(folder)
    assert first == 'codebook.yml: is missing. Is it "codebook.yaml"? Save that as codebook.yml'
    assert second.startswith('annotations.csv, row 1: column "theme" is not known.')


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, r"essay\.md: is missing\. The text of the essay belongs in a file of this name$"),
        ("", r"essay\.md: this file is empty$"),
        (b"PK\3\4\0\0", r"essay\.md: is not a text file\."),
    ],
)
def test_an_essay_that_cannot_be_read_opens_no_reading(folder: Path, content: str | bytes | None, fault: str) -> None:
    write(folder, {"essay.md": content})
    with pytest.raises(ReadingError, match=fault) as caught:
        open_reading(folder)
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (ESSAY.encode("cp1252"), "Trust is chosen, not proved. “Who knows?”"),
        (ESSAY.encode().replace(b"\x9c", b""), "Trust is chosen, not proved. \ufffdWho knows?”"),
        (ESSAY.encode("cp1252").replace(b"W", b"\x81"), "Trust is chosen, not proved. “\ufffdho knows?”"),
    ],
)
def test_an_essay_in_another_encoding_opens_with_what_could_be_read(folder: Path, content: bytes, text: str) -> None:
    write(folder, {"essay.md": content})
    with pytest.warns(ReadingWarning, match="not UTF-8"):
        made = open_reading(folder)
    assert made.essay.text == text
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


TODAY = date(2014, 1, 2)


def test_a_reading_that_was_added_opens_by_its_name_whatever_the_case(own: Path) -> None:
    assert add("trust", FILES) == own / "trust"
    assert (own_names(), names()) == (["trust"], ["her"])
    assert open_reading("trust") == open_reading("Trust") == open_reading(own / "trust")
    files = {path.name: path.read_bytes().decode() for path in (own / "trust").iterdir() if path.is_file()}
    assert files == FILES


def test_a_name_that_is_taken_gets_a_number(own: Path) -> None:
    assert [add(name, FILES).name for name in ("on-trust", "On-Trust", "on-trust", "her")] == [
        "on-trust", "On-Trust-2", "on-trust-3", "her-2",
    ]  # fmt: skip
    (own / "free").mkdir()
    (own / "free" / "notes.txt").write_text("mine")
    assert add("free", FILES).name == "free-2"
    assert (own / "free" / "notes.txt").read_text() == "mine"


def test_a_reading_is_added_whole_or_not_at_all(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnicodeEncodeError):
        add("trust", {**FILES, "relations.csv": "\ud800"})
    assert list(own.iterdir()) == []

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(adding.os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        add("trust", FILES)
    assert caught.value.filename == str(own / "trust")
    assert list(own.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["", "a/b", "..", ".a", "a.b", "a b", "-a", "a-", "_recycled", "CON", "com¹", "nul", "a:b", "a\0", "x" * 61, "a\n"],
)
def test_a_name_that_some_file_system_cannot_hold_is_refused(own: Path, name: str) -> None:
    with pytest.raises(ReadingError, match="expected letters, digits and hyphens, at most 60"):
        add(name, FILES)
    add("mine", FILES)
    with pytest.raises(ReadingError, match="A reading cannot be called"):
        rename("mine", name)
    assert own_names() == ["mine"]


@given(st.text())
def test_a_name_that_is_made_is_one_that_can_be_had(title: str) -> None:
    adding._check_name(name_for(title))


@pytest.mark.parametrize(
    ("title", "name"),
    [("Her Review", "her-review"), ("Größe: 1!", "größe-1"), ("???", "essay"), ("con", "essay-con"), ("信頼", "信頼")],
)
def test_a_name_is_made_from_a_title(title: str, name: str) -> None:
    assert name_for(title) == name


def test_a_reading_is_renamed(own: Path) -> None:
    add("one", FILES)
    add("two", FILES)
    assert rename("One", "three") == own / "three"
    assert rename("three", "Three") == own / "Three"
    for taken in ("TWO", "her"):
        with pytest.raises(ReadingError, match=f'The name "{taken}" is taken'):
            rename("three", taken)
    assert own_names() == ["Three", "two"]


def test_a_reading_that_is_removed_is_kept(own: Path) -> None:
    for number in ("", "-2"):
        add("trust", FILES)
        kept = remove("trust", today=TODAY)
        assert kept == own / "_recycled" / f"2014-01-02-trust{number}"
        assert open_reading(kept).faults == ()
    assert own_names() == []


def test_what_comes_with_the_project_and_what_is_not_there_stays() -> None:
    add("mine", FILES)
    with pytest.raises(
        ReadingError, match=r'"her" comes with the project and stays as it is\. Your own readings: mine'
    ):
        remove("her", today=TODAY)
    with pytest.raises(ReadingError, match=r'no reading of your own named "mien"\. Did you mean "mine"\?'):
        rename("mien", "yours")


def test_the_name_of_what_comes_with_the_project_is_not_written_into_and_its_path_is(own: Path) -> None:
    her = bundled("data") / "her"
    with pytest.raises(ReadingError, match=r'"her" comes with the project and stays as it is\. Make one of your own'):
        folder_to_change("her")
    assert folder_to_change(str(her)) == her
    (own / "her").mkdir(parents=True)
    write(own / "her", FILES)
    assert folder_to_change("her") == own / "her"


def test_a_name_leads_to_ones_own_reading_before_that_of_the_project(own: Path) -> None:
    folder = own / "her"
    folder.mkdir(parents=True)
    write(folder, FILES)
    assert folder_of("her") == folder
    assert names() == ["her"]


def test_a_reading_whose_text_is_not_here_says_how_to_open_it() -> None:
    if not list(bundled("data").glob("her-review/sealed.json")):
        pytest.skip("no sealed set is here")
    with pytest.raises(
        ReadingError, match=r"is published at .+ Open your own copy of it first: essay-explorer open COPY"
    ):
        folder_of("her-review")


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_a_file_opens_as_the_reading_that_it_makes_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("ESSAY_EXPLORER_LIBRARY", str(tmp_path / "library"))
    file = tmp_path / f"my-essay.{kind}"
    text = "My title\n\nOne paragraph of mine, and nothing else."
    file.write_bytes(text.encode() if kind == "txt" else by_pandoc(text, "docx"))
    assert "One paragraph of mine" in open_reading(file).essay.text
    assert open_reading(str(file)).name == "my-essay"
    assert not (tmp_path / "library").exists()

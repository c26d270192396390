"""What is wrong with a reading's files, and with a file that a pupil handed in, is said in its reader's language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from essay_explorer import Reading, ReadingError, open_reading
from essay_explorer.files import revising
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.widgets.content import content_of
from essay_explorer.words import speaking
from said_outside import said_outside

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.fault import Fault

ESSAY = "---\ntitel: Zz\nauthor: {z: z}\n---\n\nZzz zz. ![z](https://z.zz/z.png) ![z](../z.png) ![z](z.png)\n"
BOOK = """\
facets:
- {id: theme, lable: Zz, tags: [{id: z, code: ZZZ, colour: red, line: bent, questions: [[z]]}, {id: z}, {id: "z z"}]}
- {id: move, label: [z], tags: zz}
- {id: match, tags: []}
- {id: quote, tags: []}
- {id: move, tags: []}
- zz
"""
ROWS = """\
id,quote,theme,zzz
p1,Zzz,z,
p1,zz.,z,
z z,zz.,z,,zz
a9,"zz" z,z,
"""
RELATIONS = "from,relation,to\np1,likes,p1\n"
FRONTS = ["---\ntitle: z\n\nZz.", "---\n\ntitle: z\n---\nZz.", "---\nzz zz\n---\nZz.", "---\ntitle: z: z\n---\nZz."]
BOOKS = [
    *("facets: [", "zz: z", "a: *z", "a: {[z]: z}", "a: z\n---\nb: z", "a: 1\na: 2", "a: z: z", 'a: "z', "a: \x01z"),
    *("a:\n\t- z", 'a: "\\z"', "a: [z", "a: b\n c: d", f"a: {'[' * 20}{']' * 20}", "facets: [{id: theme, tags: [{id: z}]}]\nzz: z"),
]  # fmt: skip
TABLES = ["id,quote,quote\n", "id\nz", 'id,quote\na1,"z', 'id,quote\na1,"z\nz"z\n', "id,quote\n", "id,quote\na1,z\n"]
HEAD = {"format": "marks", "version": 1, "essay": "0123456789abcdef"}
MARKS = [
    *("", "{", "[1", '{"a": NaN}', '{"a": 1, "a": 2}', '{"a": 1e999}', f"{'[' * 70}{']' * 70}", b"\xff\xfe\x00", b"\x89PNG\r\n\0\0"),
    *(json.dumps({"essay-explorer": HEAD, "first": {"items": [item]}}) for item in (
        7, {"id": "z"}, {"id": "z z", "target": {"selector": {"exact": "z"}}},
        {"id": "z", "target": {"selector": {"exact": 7}}}, {"id": "z", "target": {"selector": {"exact": "z"}}, "body": [{"purpose": "tagging", "value": 7}]},
    )),
    json.dumps({"essay-explorer": {**HEAD, "removed": {str(number): "" for number in range(4999)}}, "first": {"items": [{}] * 10_001}}),
    b"z" * (17 * 1024 * 1024),
]  # fmt: skip


def of_texts(**texts: str) -> list[Fault]:
    files = {"essay.md": "Zzz zz.", **{name.replace("__", "."): text for name, text in texts.items()}}
    return list(Reading.from_texts(files).faults)


def outside(faults: list[Fault]) -> list[tuple[str, set[str]]]:
    """The faults of which something is in no catalogue."""
    assert faults
    with speaking("en-XA"):
        said = [(fault.said(), said_outside(fault.said(), fault.file, fault.entry)) for fault in faults]
    return [one for one in said if one[1]]


def test_faults_of_a_readings_files_are_said() -> None:
    assert outside(of_texts(essay__md=ESSAY, codebook__yml=BOOK, annotations__csv=ROWS, relations__csv=RELATIONS)) == []


@pytest.mark.parametrize("text", FRONTS)
def test_faults_of_front_matter_are_said(text: str) -> None:
    assert outside(of_texts(essay__md=text)) == []


@pytest.mark.parametrize("text", BOOKS)
def test_faults_of_a_codebook_are_said(text: str) -> None:
    assert outside(of_texts(codebook__yml=text)) == []


@pytest.mark.parametrize("text", TABLES)
def test_faults_of_a_table_are_said(text: str) -> None:
    assert outside(of_texts(annotations__csv=text)) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("essay.md", ESSAY.encode()),
        ("essay.md", b"Z\xe4h\xe4 z\xe4."),
        ("annotations.csv", b"id,quote\na1,\xff\x80\x81"),
        ("codebook.yml", b"\x89PNG\r\n\0\0\0\1"),
        ("codebook.yaml", b"facets: []"),
    ],
)
def test_faults_of_letters_and_pictures_are_said(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "essay.md").write_text("Zzz zz.", encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    with pytest.warns(match=r"."):
        reading = open_reading(tmp_path)
    assert outside(list(reading.faults)) == []


@pytest.mark.parametrize("content", MARKS, ids=range(len(MARKS)))
def test_faults_of_what_was_handed_in_are_said(content: str | bytes) -> None:
    found: list[Fault] = []
    try:
        MarkFile.from_json(content, "z.json", report=found.append)
    except ReadingError as error:
        found += error.faults
    assert outside(found) == []


def test_a_fault_in_a_file_is_whole_in_german() -> None:
    (fault,) = of_texts(codebook__yml="facets: [{id: theme, tags: [{id: z, code: ZZZ}]}]")
    assert str(fault) == 'codebook.yml (z): code "ZZZ": expected a letter or two'
    with speaking("de"):
        assert fault.said() == "codebook.yml (z): Kürzel „ZZZ“: Erwartet werden ein oder zwei Buchstaben"


def test_a_facet_without_a_label_has_the_word_for_its_id() -> None:
    book = "facets: [{id: theme, tags: [{id: z}]}, {id: move, label: Zz, tags: []}, {id: mood, tags: []}]"
    reading = Reading.from_texts({"essay.md": "Zzz.", "codebook.yml": book})
    with speaking("de"):
        assert [facet["label"] for facet in content_of(reading)["facets"]] == ["Themen", "Zz", "mood"]
    assert content_of(reading)["facets"][0]["label"] == "Themes"


def test_what_cannot_be_changed_on_the_page_is_said_there() -> None:
    texts = {"essay.md": "Zzz.", "annotations.csv": "id,quote\nz1,Zzz\n"}
    before = Reading.from_texts(texts)
    with speaking("de"), pytest.raises(ReadingError) as error:
        revising._check(texts, before, before.without("z1"))
    with speaking("de"):
        assert error.value.said().startswith("Nichts wurde geändert: annotations.csv: ist so geschrieben, dass")
    assert str(error.value).startswith("Nothing was changed: annotations.csv: is written in a way that")

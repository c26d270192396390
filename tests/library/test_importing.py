"""What joins a reading from the files of a class, and what does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from essay_explorer import ReadingError, import_annotations, open_reading
from essay_explorer.core.essay import Essay
from essay_explorer.exchange import Author
from essay_explorer.library.authors import authors_of
from essay_explorer.library.updating import update
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.mark_file import MarkFile

LAMP = """\
---
title: The lamp and the café
---

The lamp stood in the café window. Nobody lit it, “not even once”, said Zoë.

She paid 5 € and left – slowly. The lamp stood in the café window.

=SUM is not a feeling. -5 degrees outside, and +1 friend inside.
"""
BOOK = """\
facets:
- {id: theme, tags: [{id: theme-1}, {id: theme-2}, {id: theme-3}]}
- {id: move, tags: [{id: claim}, {id: evidence}, {id: question}]}
"""
OWN = """\
id,quote,suffix,theme,move,note,creator,created
1e5,“not even once”,,theme-1,claim,Zoë says so,Ada,2024-03-05
0012,She paid 5 €,,theme-2;theme-3,evidence,-5 is cold,Ben,2024-03-06
a3,=SUM is not a feeling.,,theme-1,question,"=1+1, she said",Ada,2024-03-07T10:00:00Z
a4,The lamp stood in the café window.,Nobody lit,theme-1,claim,"Two
lines",Ben,
"""


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    folder = tmp_path / "lamp"
    folder.mkdir()
    for name, text in {"essay.md": LAMP, "codebook.yml": BOOK, "annotations.csv": "id,quote,theme\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def said_by(folder: Path) -> Counter[str]:
    return Counter(entry.creator for entry in open_reading(folder).annotations)


QUOTES = ("Nobody lit it", "She paid 5 €", "left – slowly", "said Zoë")


def test_a_class_of_twelve_with_the_same_ids_joins_whole_and_once(lamp: Path, tmp_path: Path) -> None:
    """Each marks four sentences out of four, so that many rows are equal letter by letter."""
    names = [f"pupil {letter}" for letter in "abcdefghijkl"]
    files = [
        written(tmp_path / f"{name}.csv", "id,quote,theme\n" + "".join(f"a{at},{quote},theme-{(number + at) % 3 + 1}\n" for at, quote in enumerate(QUOTES)))
        for number, name in enumerate(names)
    ]  # fmt: skip
    made = import_annotations(*files, into=str(lamp))
    assert said_by(lamp) == dict.fromkeys(names, 4)
    assert (made.added, made.states) == ("48 annotations", ("exact",) * 48)
    before = (lamp / "annotations.csv").read_bytes()
    again = import_annotations(*files, into=str(lamp))
    assert (again.added, again.replaced, (lamp / "annotations.csv").read_bytes()) == ("", 0, before)
    assert import_annotations(files[3], into=str(lamp)).added == ""


def test_who_says_it_again_replaces_what_they_said(lamp: Path, tmp_path: Path) -> None:
    first = written(tmp_path / "ada.csv", "id,quote,theme,note\na1,Nobody lit it,theme-1,One\na2,said Zoë,theme-2,\n")
    import_annotations(
        written(tmp_path / "ben.csv", "id,quote,theme\na1,Nobody lit it,theme-3\n"), first, into=str(lamp)
    )
    second = written(tmp_path / "ada.csv", "id,quote,theme,note\na1,lit it,theme-2,Two\na3,5 €,theme-2,\n")
    made = import_annotations(second, into=str(lamp))
    reading = open_reading(lamp)
    assert {(entry.creator, entry.quote, entry.tags, entry.note) for entry in reading.annotations} == {
        ("ben", "Nobody lit it", ("theme-3",), ""),
        ("ada", "lit it", ("theme-2",), "Two"),
        ("ada", "said Zoë", ("theme-2",), ""),
        ("ada", "5 €", ("theme-2",), ""),
    }
    assert (made.added, made.replaced) == ("1 annotation", 1)
    assert [str(fault) for fault in made.faults] == ["ada.csv: 1 annotation of the same person replaced: a1-2"]


def test_the_same_id_elsewhere_in_the_text_is_another_mark(lamp: Path, tmp_path: Path) -> None:
    """As from a tool that counts from a1 in each session."""
    for quote in ("Nobody lit it", "said Zoë"):
        import_annotations(
            written(tmp_path / "x.csv", f"id,quote,theme\na1,{quote},theme-1\n"), into=str(lamp), by="Ada"
        )
    assert [entry.quote for entry in open_reading(lamp).annotations] == ["Nobody lit it", "said Zoë"]
    assert said_by(lamp) == {"Ada": 2}


def test_a_pupil_who_agrees_with_the_teacher_is_not_taken_for_the_teacher(lamp: Path, tmp_path: Path) -> None:
    """The ids and sentences were handed out; what the pupil adds is a tag, and it is the same."""
    written(lamp / "annotations.csv", "id,quote,theme,note\na1,Nobody lit it,theme-1,\na2,said Zoë,theme-2,Who?\n")
    file = written(tmp_path / "ada.csv", "id,quote,theme,note\na1,Nobody lit it,theme-1,\na2,said Zoë,theme-2,Who?\n")
    import_annotations(file, into=str(lamp), by="Ada")
    assert [(one.id, one.quote, one.creator) for one in open_reading(lamp).annotations] == [
        ("a1", "Nobody lit it", ""),
        ("a2", "said Zoë", ""),  # with its note: it came with the file that was handed out
        ("a1-2", "Nobody lit it", "Ada"),
    ]


def test_an_own_export_comes_back_without_a_name_and_without_a_double(lamp: Path, tmp_path: Path) -> None:
    written(lamp / "annotations.csv", "id,quote,theme,note\na1,Nobody lit it,theme-1,\na2,said Zoë,theme-2,Who?\n")
    before = (lamp / "annotations.csv").read_bytes()
    made = import_annotations(written(tmp_path / "exported.csv", before.decode()), into=str(lamp))
    assert (made.added, (lamp / "annotations.csv").read_bytes()) == ("", before)


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["ada.csv"], ["ada"]),
        (["annotations.csv"], [""]),
        (["lamp.csv"], [""]),
        (["2024-03-05.csv"], [""]),
        (["annotations-Ada B.csv"], ["Ada B"]),
        (["Ada_Lovelace_annotations (1).csv"], ["Ada Lovelace"]),
        (["Ada Lovelace_123_assignsubmission_file_annotations.csv"], ["Ada Lovelace"]),
        (["ada/annotations.csv", "ben/annotations.csv"], ["ada", "ben"]),
        (["Ada L_1_assignsubmission_file/x.csv", "Ben M_2_assignsubmission_file/annotations.csv"], ["x", "Ben M"]),
        (["ada/annotations.csv", "ada/relations.csv"], ["", ""]),
        (["Mark.csv"], ["Mark"]),
        (["recogito-utf16.json"], [""]),
        (["notes.jsonld", "Ada.csv"], ["", "Ada"]),
        (["Mark Twain.csv"], ["Mark Twain"]),
    ],
)
def test_a_files_name_says_whose_it_is(paths: list[str], expected: list[str]) -> None:
    made = authors_of([Path("/x") / path for path in paths], by="", not_names=("lamp",))
    assert [author.name if author else "" for author in made] == expected


def test_a_name_that_is_given_overrules_those_of_files() -> None:
    assert authors_of([Path("a.csv"), Path("b.csv")], by=" Zoe  B ", not_names=()) == [Author("Zoe B"), Author("Zoe B")]


def test_relations_join_with_the_annotations_they_connect(lamp: Path, tmp_path: Path) -> None:
    written(lamp / "annotations.csv", "id,quote,theme\na1,Nobody,theme-1\n")
    for name in ("ada", "ben"):
        written(
            tmp_path / name / "annotations.csv",
            f"id,quote,theme,note\na1,Nobody lit it,theme-1,{name}\na2,said Zoë,theme-2,\n",
        )
        written(tmp_path / name / "relations.csv", "from,relation,to,note\na1,supports,a2,because\n")
    files = [tmp_path / name / f"{kind}.csv" for kind in ("relations", "annotations") for name in ("ada", "ben")]
    made = import_annotations(*files, into=str(lamp))
    reading = open_reading(lamp)
    by = {entry.id: entry.creator for entry in reading.annotations}
    assert [(by[link.source], link.kind, by[link.target], link.note) for link in reading.relations] == [
        ("ada", "supports", "ada", "because"),
        ("ben", "supports", "ben", "because"),
    ]
    assert made.added == "4 annotations, 2 relations"
    assert import_annotations(*files, into=str(lamp)).added == ""
    assert import_annotations(tmp_path / "ben" / "relations.csv", into=str(lamp), by="ben").added == ""


def test_relations_alone_join_by_the_ids_of_the_reading_and_a_wrong_one_is_reported(lamp: Path, tmp_path: Path) -> None:
    written(lamp / "annotations.csv", "id,quote,theme\na1,Nobody lit it,theme-1\na2,said Zoë,theme-2\n")
    made = import_annotations(
        written(tmp_path / "r.csv", "to;relation;from\na1;opposes;a2\na9;supports;a1\n"), into=str(lamp)
    )
    assert [(link.source, link.kind, link.target) for link in open_reading(lamp).relations] == [("a2", "opposes", "a1")]
    assert [str(fault) for fault in made.faults] == [
        'r.csv, row 3: "a9" is not the id of an annotation in annotations.csv'
    ]


def test_a_file_of_another_essay_is_refused_with_its_title_and_nothing_is_written(lamp: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in lamp.iterdir() if path.is_file()}
    good = written(tmp_path / "ada.csv", "id,quote,theme\na1,Nobody lit it,theme-1\n")
    her = open_reading("her")
    wrong = written(tmp_path / "ben.csv", "quote\n" + "".join(f'"{entry.quote}"\n' for entry in her.annotations[:5]))
    expected = r'ben\.csv: none of its 5 quotes can be found in "The lamp and the café"\. Nothing was written\. They are in ".*": use --into her'
    with pytest.raises(ReadingError, match=expected):
        import_annotations(good, wrong, into=str(lamp))
    assert {path.name: path.read_bytes() for path in lamp.iterdir() if path.is_file()} == before


EXCEL_DE = """id;quote;prefix;suffix;theme;move;note;creator;created;Spalte1\r
1,00E+05;“not even once”;;;theme-1;claim;Zoë says so;Ada;05.03.2024;\r
12;She paid 5 €;;;"theme-2;theme-3";evidence;-5 is cold;Ben;06.03.2024;\r
a3;#NAME?;;;theme-1;question;=1+1, she said;Ada;2024-03-07T10:00:00Z;\r
a4;The lamp stood in the café window.;;Nobody lit;theme-1;claim;"Two\nlines";Ben;;\r
"""
EXCEL_US = EXCEL_DE.replace("1,00E+05", "1.00E+05").replace("=1+1, she said", '"=1+1, she said"').replace("05.03.2024", "3/5/2024").replace("06.03.2024", "3/6/2024").replace(";Spalte1", "").replace("2024;\r", "2024\r").replace("Z;\r", "Z\r").replace(";;\r", ";\r").replace('"theme-2;theme-3"', "THEMES").replace(";", ",").replace("THEMES", "theme-2;theme-3")  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (EXCEL_DE.encode("cp1252"), ["Read as cp1252", 'column "Spalte1"', "It gets a new one", "#NAME?"]),
        (b"\xef\xbb\xbf" + EXCEL_US.encode(), ["#NAME?"]),
        (EXCEL_US.replace(",", "\t").replace("1+1\t", "1+1,").encode("utf-16"), ["#NAME?"]),
        (OWN.encode().decode("cp1252", errors="replace").encode(), ["letters such as"]),
        (OWN.replace("\n", "\r").encode("mac_roman"), ["Read as mac_roman"]),
        (OWN.replace("\n", "\r").encode("utf-8-sig"), []),
    ],
    ids=["German", "US", "Unicode text", "mojibake", "an old Mac", "line ends of an old Mac"],
)
def test_through_a_spreadsheet_nothing_changes_on_the_way(
    lamp: Path, tmp_path: Path, content: bytes, told: list[str]
) -> None:
    written(lamp / "annotations.csv", OWN)
    (tmp_path / "back.csv").write_bytes(content)
    made = import_annotations(tmp_path / "back.csv", into=str(lamp))
    assert (made.added, made.replaced) == ("", 0)
    assert (lamp / "annotations.csv").read_text(encoding="utf-8") == OWN
    assert len(made.faults) == len(told)
    assert [some in str(fault) for some, fault in zip(told, made.faults, strict=True)] == [True] * len(told)


def test_dates_that_a_spreadsheet_rewrote_make_no_doubles(lamp: Path, tmp_path: Path) -> None:
    written(lamp / "annotations.csv", "id,quote,theme,note,creator,created\na1,“not even once”,theme-1,One,Ada,2024-03-05\na2,She paid 5 €,theme-2,Two,Ada,2024-03-06\n")  # fmt: skip
    rows = "id;quote;theme;note;creator;created\r\na1;“not even once”;theme-1;One;Ada;05.03.2024\r\na2;She paid 5 €;theme-2;Two;Ada;06.03.2024\r\ns1;-5 degrees outside;theme-3;Mine;Sam;07.03.2024\r\n"  # fmt: skip
    made = import_annotations(written(tmp_path / "class.csv", rows, "utf-8-sig"), into=str(lamp))
    assert made.added == "1 annotation"
    assert [(one.id, one.created) for one in open_reading(lamp).annotations] == [("a1", "2024-03-05"), ("a2", "2024-03-06"), ("s1", "2024-03-07")]  # fmt: skip


def test_marks_that_a_pupil_handed_in_join_as_theirs_and_survive_an_edit_of_the_essay(
    lamp: Path, tmp_path: Path
) -> None:
    essay = Essay.from_markdown(LAMP).fingerprint
    marks = [
        Mark("7f1c2a90-0000-4000-8000-000000000001", "Nobody lit it", tags=("theme-1",), reason="=1+1", created="2026-11-26T08:30:00.123Z"),
        Mark("7f1c2a90-0000-4000-8000-000000000002", "The lamp stood in the café window.", suffix="Nobody lit", creator="Eve"),
    ]  # fmt: skip
    file = written(tmp_path / "her-Ann.json", MarkFile(essay, "The lamp", Kept.of(marks), "Ann \x00Lee").to_json())
    made = import_annotations(file, into=str(lamp))
    assert (made.faults, made.counts) == ((), "")
    assert said_by(lamp) == {"Ann \ufffdLee": 1, "Eve": 1}
    assert [(one.text, one.tags, one.annotation.note) for one in open_reading(lamp).passages()] == [
        ("The lamp stood in the café window.", (), ""), ("Nobody lit it", ("theme-1",), "=1+1"),
    ]  # fmt: skip
    assert import_annotations(file, into=str(lamp)).added == ""  # the same person replaces, and never doubles
    written(lamp / "essay.md", LAMP.replace("Nobody lit it", "Nobody ever lit it"))
    assert update(lamp)[0] == "2 annotations: 0 exact, 1 moved, 1 changed, 0 lost"
    again = MarkFile(essay, "The lamp", Kept.of([replace(marks[0], reason="Since.")]), "Ann \x00Lee").to_json()
    assert import_annotations(written(file, again), into=str(lamp)).replaced == 1
    assert said_by(lamp) == {"Ann \ufffdLee": 1, "Eve": 1}

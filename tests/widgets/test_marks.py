"""What Python does with a reader's marks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from essay_explorer import Explorer, compare, open_reading
from essay_explorer.core.fault import ReadingError, ReadingWarning
from essay_explorer.exchange import exported
from essay_explorer.library.notebook_marks import NOTEBOOK
from essay_explorer.library.saving import texts_of
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.paper.handout import Handout
from essay_explorer.sealed.sealing import seal
from essay_explorer.widgets import Lens, Marks
from handing_in import KNOWS, READING, THEN, hand_in

if TYPE_CHECKING:
    from pathlib import Path

ONE = Mark("m1", "Who knows?", tags=("ending",), reason="=1+1", creator="Ann", created=THEN, changed=THEN)
LOST = Mark("m2", "Not in this text.", tags=("trust",), created=THEN, changed=THEN)


def marks_of(*several: Mark, **rest) -> Marks:
    return Marks(Lens(READING), marks=[mark.to_json() for mark in several], **rest)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file beside a notebook whose kernel this is."""
    monkeypatch.setenv(NOTEBOOK, str(tmp_path / "a.ipynb"))
    return tmp_path / "trust.marks.json"


def kept(path: Path) -> list[str]:
    return [mark.id for mark in MarkFile.from_json(path.read_bytes(), path.name).kept.marks]


def test_marks_are_annotations_with_their_reasons_as_notes() -> None:
    [made] = marks_of(ONE).annotations
    assert (made.id, made.quote, made.tags, made.note, made.creator, made.created) == (
        "m1", "Who knows?", ("ending",), "=1+1", "Ann", THEN,
    )  # fmt: skip


def test_marks_are_a_reading_like_any_other() -> None:
    made = marks_of(ONE, LOST).reading()
    assert [(passage.id, passage.paragraph) for passage in made.passages()] == [("m1", 2)]
    assert "m2" in str(made.faults[0])
    assert compare(marks_of(ONE).reading(), READING).rows
    assert "annotations.csv" in texts_of(marks_of(ONE).reading())


def test_such_a_reading_is_exported_sealed_and_printed() -> None:
    her = open_reading("her")
    some = [Mark(one.id, *one.anchor, one.tags, one.note) for one in her.annotations[:5]]
    mine = Marks(Lens(her), marks=[mark.to_json() for mark in some]).reading()
    assert len(seal(mine).annotations) == 5
    assert exported(mine, "her.jsonld").count(b"TextQuoteSelector") == 5
    assert Handout().pdf(mine).startswith(b"%PDF")


def test_marks_are_a_table() -> None:
    frame = marks_of(ONE, LOST).to_frame()
    assert list(frame.columns) == ["id", "paragraph", "quote", "tags", "reason", "creator", "created", "changed"]
    assert frame["paragraph"].isna().tolist() == [False, True]
    assert frame["tags"].tolist() == ["ending", "trust"]
    assert str(frame["created"].dtype).startswith("datetime64")
    assert len(marks_of().to_frame()) == 0


def test_marks_are_saved_and_opened_again(tmp_path: Path) -> None:
    path = marks_of(ONE, LOST, removed={"m3": THEN}, creator="Ann").save(tmp_path / "mine.json")
    again = Marks.open(path, READING)
    assert (again.marks, again.removed, again.creator) == (
        [ONE.to_json(), LOST.by("Ann").to_json()], {"m3": THEN}, "Ann",
    )  # fmt: skip
    table = marks_of(ONE).save(str(tmp_path / "mine.csv")).read_text(encoding="utf-8-sig")
    assert table.splitlines()[1].startswith("m1,Who knows?,,,ending,'=1+1,Ann,")


def test_a_table_of_marks_is_opened_with_its_reading(tmp_path: Path) -> None:
    table = marks_of(ONE, LOST).save(tmp_path / "mine.CSV")
    assert Marks.open(table, READING).annotations == marks_of(ONE, LOST).annotations
    strange = replace(ONE, tags=("ending", "gone", "gone-too"))
    again = Marks.open(marks_of(strange).save(tmp_path / "strange.csv"), READING)
    assert again.annotations == (strange.annotation,), "its theme has left the codebook meanwhile, and not the mark"
    with pytest.raises(ReadingError, match=r"^mine\.CSV: a table does not say of which text it is\. Give a reading"):
        Marks.open(table)
    for text, wrong in (
        ("a,b\n1,2\n", "quote"),
        ("quote,theme\n,trust\n", "has no quote"),
        ('quote,theme\nWho knows?,"a b,c"\n', "theme"),
        ("{}", "quote"),
    ):
        table.write_text(text, encoding="utf-8")
        with pytest.raises(ReadingError, match=wrong):
            Marks.open(table, READING)


def test_a_hand_in_is_opened_with_the_reading_of_its_text(tmp_path: Path) -> None:
    her = open_reading("her")
    (tmp_path / "her-Ann.json").write_text(
        replace(hand_in("Ann"), essay=her.essay.fingerprint).to_json(), encoding="utf-8"
    )
    assert Marks.open(tmp_path / "her-Ann.json").reading().essay == her.essay
    (tmp_path / "x.json").write_text(hand_in("Ann", KNOWS).to_json(), encoding="utf-8")
    with pytest.raises(
        ReadingError, match=r'^x\.json: no reading in your library has the text .*, "Of trust"\. Give one'
    ):
        Marks.open(tmp_path / "x.json")
    assert Marks.open(tmp_path / "x.json", READING).annotations[0].creator == "Ann"


def test_a_notebook_keeps_marks_in_a_file_beside_it(notebook: Path) -> None:
    marks = Explorer(READING).marks
    assert marks.file == "trust.marks.json"
    assert not notebook.exists()  # before there is a mark
    marks.marks = [ONE.to_json()]
    assert kept(notebook) == ["m1"]
    assert marks_of().marks == [ONE.to_json()]  # when the kernel has restarted
    marks.marks, marks.removed = [], {"m1": "2027-01-01T00:00:00.000Z"}
    assert kept(notebook) == []
    assert marks_of(ONE).marks == []


def test_two_notebooks_on_one_file_do_not_undo_each_other(notebook: Path) -> None:
    one, other = marks_of(), marks_of()
    one.marks = [ONE.to_json()]
    other.marks = [LOST.to_json()]
    assert kept(notebook) == ["m1", "m2"]
    assert [mark["id"] for mark in other.marks] == ["m1", "m2"]


def test_what_is_forgotten_is_in_no_file(notebook: Path) -> None:
    marks = marks_of(ONE)
    assert notebook.exists()
    marks.marks = []
    assert not notebook.exists()


def test_where_the_file_cannot_be_kept_the_browser_alone_keeps_marks(notebook: Path) -> None:
    marks = marks_of()
    notebook.mkdir()
    with pytest.warns(
        ReadingWarning, match=r"^Marks are kept in this browser alone, .*: trust\.marks\.json: cannot be"
    ):
        marks.marks = [ONE.to_json()]
    assert (marks.file, marks.marks) == ("", [ONE.to_json()])


def test_another_essay_has_another_file_and_none_of_these_marks(notebook: Path) -> None:
    explorer = Explorer(READING)
    explorer.marks.marks = [ONE.to_json()]
    explorer.reading = open_reading("her")
    assert (explorer.marks.file, explorer.marks.marks) == ("her.marks.json", [])
    explorer.reading = READING
    assert [mark["id"] for mark in explorer.marks.marks] == ["m1"]


def test_an_opened_file_is_not_mixed_with_one_s_own(notebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    path.write_text(hand_in("Ann", KNOWS).to_json(), encoding="utf-8")
    Marks.open(path, READING)
    assert not notebook.exists()


def test_marks_where_a_reading_is_wanted_say_how_to_get_one() -> None:
    with pytest.raises(TypeError, match=r"this is a Marks\. Give it the reading of that one: marks\.reading\(\)$"):
        compare(READING, marks_of(ONE))  # type: ignore[arg-type]


GOOD = {"id": "m1", "quote": "Who knows?"}


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("marks", [{"quote": "x"}], 'marks, number 1: its id "None": expected one word'),
        ("marks", [GOOD, {"id": "m2"}], "marks, number 2: has no quote. A mark is a dict with an id and a quote"),
        ("marks", [GOOD, GOOD], 'marks, number 2: number 1 has the id "m1" too. Give one another'),
        ("marks", [GOOD | {"tag": ["trust"]}], 'marks, number 1: "tag" is not known. Did you mean "tags"?'),
        (
            "marks",
            [GOOD | {"created": "yesterday"}],
            'marks, number 1: created "yesterday": expected a day or a moment',
        ),
        ("marks", [GOOD | {"changed": "soon"}], 'marks, number 1: changed "soon": expected a day or a moment'),
        ("removed", {"m1": "yesterday"}, 'removed: m1 "yesterday": expected a day or a moment'),
        ("removed", {"m1": 5}, "removed: expected moments by the ids of marks; found 'm1': 5"),
        ("removed", {"two words": THEN}, 'removed "two words": expected one word'),
        ("others", [{"id": "kim", "marks": []}], "others, number 1: expected a text as its label, and this is None"),
        ("others", [{"id": "kim", "label": "Kim"}], "others, number 1: expected a list as its marks, and this is None"),
        ("others", [{"id": "kim", "label": "Kim", "marks": [{}]}], "others, number 1, marks, number 1: has no quote"),
        ("task", {"mark": 5}, 'task: "mark" is not known. Did you mean "marks"?'),
        ("task", {"marks": "many"}, "task, marks: expected a whole number, and this is a str"),
        ("task", {"reasons": -1}, "task, reasons: -1 is not in the range 0 to 1000"),
        ("task", {"tags": ["trsut"]}, 'tag "trsut" is not in the codebook. Did you mean "trust"?'),
        ("task", {"due": "tomorrow"}, 'task: due "tomorrow": expected a day or a moment'),
        ("task", {"blind": "no"}, "task, blind: expected True or False, and this is a str"),
    ],
)
def test_what_cannot_be_meant_is_refused_when_it_is_given(trait: str, value: object, said: str) -> None:
    with pytest.raises((ValueError, TypeError), match=f"^{re.escape(said)}"):
        Marks(Lens(READING), kept=False, **{trait: value})
    marks = Marks(Lens(READING), kept=False)
    with pytest.raises((ValueError, TypeError), match=f"^{re.escape(said)}"):
        setattr(marks, trait, value)
    assert getattr(marks, trait) == type(value)()

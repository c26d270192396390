"""What a teacher gets of a class's hand-ins."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from essay_explorer.core.fault import Fault
from essay_explorer.library.collecting import Collected
from essay_explorer.marks.gradebook import Pupil
from essay_explorer.marks.hand_in import Clock
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.task import Task
from essay_explorer.page.results import Results
from handing_in import CHOSEN, JOKE, KNOWS, READING, hand_in

HOSTILE = '<script>alert(1)</script> #read("/etc/passwd") *x* & "q"'
CLASS = (
    hand_in("Ann Lee", CHOSEN, KNOWS),
    hand_in(HOSTILE, (CHOSEN[0], "trust", HOSTILE), JOKE),
    hand_in("Ann Lee", JOKE, account="moodle 2"),
)
CLOCK = Clock(datetime(2026, 12, 10, tzinfo=UTC), UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("results") / "class"
    collected = Collected(
        CLASS, missing=(Pupil("Cleo Fox", ("moodle 4799",)),), said=[Fault("x.json", "is no file of marks")]
    )
    Results.of(collected, READING, Task(2, 1), clock=CLOCK).write(made)
    return made


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_the_folder_has_all_a_teacher_needs(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "class-layer.json", "class.csv", "class.html", "differences.csv", "gradebook-canvas.csv", "gradebook-moodle.csv", "sheets",
    ]  # fmt: skip
    assert len(list((folder / "sheets").iterdir())) == 6
    assert {"ann-lee.html", "ann-lee-2.pdf"} <= {path.name for path in (folder / "sheets").iterdir()}


def test_the_shares_are_a_table(folder: Path) -> None:
    rows = table(folder / "class.csv")
    assert [(row["sentence"], row["label"], row["count"], row["share"], row["class"], row["reading"]) for row in rows] == [
        ("1", "Trust", "2", "0.67", "agreed", "no"), ("2", "Trust", "0", "0.00", "none", "yes"),
        ("4", "The ending", "2", "0.67", "agreed", "no"), ("5", "The ending", "1", "0.33", "split", "yes"),
    ]  # fmt: skip
    assert [row["sentence"] for row in table(folder / "differences.csv")] == ["1", "2", "4", "5"]


def test_a_sentence_stands_once_beside_all_in_which_the_class_differs(tmp_path: Path) -> None:
    several = (hand_in("Ann Lee", KNOWS, JOKE), hand_in("Bo", (KNOWS[0], "trust", "")))
    Results.of(Collected(several, missing=(), said=[]), READING, Task(2, 1), clock=CLOCK).write(tmp_path / "class")
    texts = [row["text"] for row in table(tmp_path / "class" / "differences.csv")]
    twice = max(texts, key=texts.count)
    page = (tmp_path / "class" / "class.html").read_text(encoding="utf-8")
    assert texts.count(twice) == 2
    assert f'<td rowspan="2" lang="" dir="auto">{twice}</td>' in page
    assert page.count(f">{twice}</td>") == 1


def test_the_missing_stand_in_the_gradebooks(folder: Path) -> None:
    rows = table(folder / "gradebook-moodle.csv")
    assert [rows[-1][name] for name in ("Full name", "Identifier")] == ["Cleo Fox", "Participant 4799"]
    assert [row["Feedback comments"] for row in rows] == [
        "2 of 2 marks, 1 of 1 reason", "2 of 2 marks, 2 reasons", "1 of 2 marks, 1 of 1 reason", "",
    ]  # fmt: skip


def test_names_and_reasons_are_letters_on_every_page(folder: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in [folder / "class.html", *(folder / "sheets").glob("*.html")]]
    assert not any("<script" in page for page in pages)
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)
    assert "Missing: Cleo Fox" in pages[0]
    assert "x.json: is no file of marks" in pages[0]


def test_the_pdf_has_the_same_words(folder: Path) -> None:
    pdf = next(path for path in (folder / "sheets").glob("*.pdf") if "ann" not in path.name)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    assert '#read("/etc/passwd") *x* & "q"' in text
    assert "Trust is chosen, not proved." in text
    assert "What you marked" in text


def test_the_class_layer_is_read_as_marks(folder: Path) -> None:
    made = MarkFile.from_json((folder / "class-layer.json").read_bytes(), "class-layer.json")
    assert made.person == "The class (3 hand-ins)"
    assert len(made.kept.marks) == 3

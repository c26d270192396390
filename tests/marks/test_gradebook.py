"""Lists of a class, and tables for the gradebooks of Moodle and Canvas."""

from __future__ import annotations

import csv
import io

import pytest

from essay_explorer.marks.gradebook import Pupil, Row, pupils_in, to_canvas, to_moodle

ROWS = [
    Row("Ann Lee", "moodle 4711", 6, 3, "2026-12-01 10:00", late=False, done="6 of 6 marks, 3 of 3 reasons"),
    Row("=cmd()", "canvas 5501", 2, 0, "2026-12-10 10:00", late=True, done="2 of 6 marks, 0 of 3 reasons"),
    Row("Ben Ito", "", 0, 0, "", late=False, done=""),
]


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee\n\n  Ben   Ito \r\n", [Pupil("Ann Lee"), Pupil("Ben Ito")]),
        (
            "Identifier,Full name,Email address,Status,Grade\nParticipant 4711,Ann Lee,a@b.c,,\n",
            [Pupil("Ann Lee", ("moodle 4711",))],
        ),
        ("\ufeffSurname;First name\nLee;Ann\n", [Pupil("Ann Lee")]),
        (
            'Student,ID,SIS User ID,SIS Login ID,Section,Her\n    Points Possible,,,,,10\n"Lee, Ann",5501,,ann,9b,\n"Student, Test",1,,,,\n',
            [Pupil("Ann Lee", ("canvas 5501",))],
        ),
        ("name\nAnn\n", [Pupil("Ann")]),
        ("", []),
    ],
)
def test_a_list_of_a_class_is_understood(text, expected) -> None:
    assert list(pupils_in(text)) == expected


def test_moodle_gets_a_grading_worksheet_without_a_grade() -> None:
    header, first, second, third = table(to_moodle(ROWS))
    assert header[:5] == ["Identifier", "Full name", "Grade", "Last modified (grade)", "Feedback comments"]
    assert first == [
        "Participant 4711",
        "Ann Lee",
        "",
        "",
        "6 of 6 marks, 3 of 3 reasons",
        "6",
        "3",
        "2026-12-01 10:00",
        "",
    ]
    assert second[:3] == ["", "'=cmd()", ""]
    assert third == ["", "Ben Ito", *[""] * 7]


def test_canvas_gets_a_gradebook_with_an_empty_column_for_points() -> None:
    header, first, second, _ = table(to_canvas(ROWS, "Her"))
    assert header == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Her",
        "Marks",
        "Reasons",
        "Handed in",
        "Late",
    ]
    assert first[:6] == ["Ann Lee", "", "", "", "", ""]
    assert second == ["'=cmd()", "5501", "", "", "", "", "2", "0", "2026-12-10 10:00", "yes"]

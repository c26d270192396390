"""What readers are asked for, and until when."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from essay_explorer.marks.mark import Mark
from essay_explorer.marks.task import Task, due_from, end_of

WEST = timezone(timedelta(hours=-5))


def test_how_far_somebody_has_come() -> None:
    marks = [Mark("a", "x", reason="Because."), Mark("b", "y")]
    assert Task(6, 3).done(marks) == "2 of 6 marks, 1 of 3 reasons"
    assert Task(1, 1).done(marks) == "2 marks, 1 of 1 reason"
    assert Task().done(marks) == "2 marks, 1 reason"
    assert (
        Task(2, tags=("trust",)).done([*marks, Mark("c", "z", tags=("trust", "ending"))]) == "1 of 2 marks, 0 reasons"
    )


@pytest.mark.parametrize(
    ("text", "due", "end"),
    [
        ("2026-12-09", "2026-12-09", "2026-12-10T05:00:00.000Z"),
        ("2026-12-09 18:00", "2026-12-09T23:00:00.000Z", "2026-12-09T23:00:00.000Z"),
        ("2026-12-09T18:00+01:00", "2026-12-09T17:00:00.000Z", "2026-12-09T17:00:00.000Z"),
    ],
)
def test_a_day_ends_where_the_teacher_is(text, due, end) -> None:
    assert due_from(text, WEST) == due
    assert end_of(due, WEST) == end


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-09", "9.12.2026", "0001-01-01T00:00+14:00"])
def test_what_is_no_day_says_what_would_be(text) -> None:
    with pytest.raises(ValueError, match="is no day; expected one such as 2026-12-09"):
        due_from(text, WEST)


def test_nothing_is_late_where_nothing_is_due() -> None:
    assert end_of("", WEST) == ""


def test_of_a_task_from_elsewhere_only_what_can_be_is_read() -> None:
    task = Task(6, 3, ("trust",), "2026-12-09", "Her", blind=True, round=2)
    assert Task.from_json(task.to_json()) == task
    assert Task.from_json({"marks": 10**9, "reasons": "3", "tags": "x", "due": "2026-99-99", "blind": 1}) == Task()
    assert Task.from_json(None) == Task()

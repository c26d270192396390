"""What a class handed in: each file by itself, each person once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.marks.hand_in import Clock, ForeignEssayError, joined, latest_pass, taken
from essay_explorer.marks.submission import Submission
from essay_explorer.marks.task import Task
from handing_in import BOOK, CHOSEN, JOKE, KNOWS, READING, hand_in

if TYPE_CHECKING:
    from essay_explorer.marks.mark_file import MarkFile

CLOCK = Clock(datetime(2026, 12, 10, tzinfo=UTC), UTC)


def given(made: MarkFile, file: str = "her-Ann.json", **rest) -> Submission:
    return Submission(file, made.to_json().encode(), **rest)


def take(submission: Submission, reading: Reading = READING) -> tuple[MarkFile, list[str]]:
    said: list[str] = []
    return taken(submission, reading, lambda fault: said.append(str(fault))), said


def join(*several: MarkFile) -> tuple[tuple[MarkFile, ...], list[str]]:
    known, said = (), []
    for one in several:
        known, _ = joined(known, one, lambda fault: said.append(str(fault)), f"{one.person}.json")
    return known, said


def test_whose_a_file_is_the_platform_says_first() -> None:
    made = hand_in("annie", CHOSEN)
    assert take(given(made, name="Ann Lee", account="moodle 1"))[0] == replace(
        made, person="Ann Lee", account="moodle 1"
    )
    assert take(given(made))[0].person == "annie"
    assert take(given(replace(made, person="")))[0].person == "Ann"
    with pytest.raises(ReadingError, match=r"^marks\.json: does not say whose it is"):
        take(given(replace(made, person=""), file="marks.json"))


def test_a_file_cannot_say_what_only_a_platform_can() -> None:
    assert take(given(replace(hand_in("Ann"), account="moodle 7", late=True)))[0] == hand_in("Ann")


def test_no_name_turns_the_letters_behind_it_round() -> None:
    assert take(given(hand_in("Gus\u202e\a Evil\u2069")))[0].person == "Gus Evil"
    with pytest.raises(ReadingError) as raised:
        take(Submission("her-\u202enosj.json", b"null"))
    assert str(raised.value).startswith("her-\ufffdnosj.json: is no file of marks")


def test_marks_of_another_essay_are_refused() -> None:
    other = Reading.from_texts({"essay.md": "Something else altogether stands here.\n", "codebook.yml": BOOK})
    with pytest.raises(
        ForeignEssayError, match=r'her-Ann\.json: belongs to another essay, "Of trust", and not to "Untitled essay"'
    ):
        take(given(hand_in("Ann", CHOSEN)), other)
    with pytest.raises(ForeignEssayError):
        take(given(hand_in("Ann")), other)


def test_marks_of_an_earlier_version_of_the_text_are_taken_and_it_is_said() -> None:
    edited = replace(
        READING, essay=replace(READING.essay, text=READING.essay.text.replace("Who knows?", "Nobody knows."))
    )
    made, said = take(given(hand_in("Ann", CHOSEN, JOKE, KNOWS)), edited)
    assert len(made.kept.marks) == 3
    assert said == ["her-Ann.json: was made on another version of the text; 2 of its 3 marks are found in this one"]


def test_marks_that_are_not_in_the_text_are_kept_and_it_is_said() -> None:
    made, said = take(given(hand_in("Ann", CHOSEN, ("Nobody wrote this.", "trust", ""), ("Nor this.", "trust", ""))))
    assert len(made.kept.marks) == 3
    assert said == ["her-Ann.json: 2 of its marks are not in the text. They are kept, and stand on the sheet"]


def test_tags_that_the_codebook_lacks_are_named_with_those_that_it_has() -> None:
    made, said = take(given(hand_in("Ann", CHOSEN, ("Who knows?", "endin", ""), ("The end.", "TRUST", ""))))
    assert len(made.kept.marks) == 3
    assert said == [
        'her-Ann.json: 1 of its tags is not in the codebook: "endin". Did you mean "ending"? Known: trust, ending. '
        "It is kept, and stands on the sheet"
    ]


def test_marks_without_any_tag_of_the_codebook_are_taken_and_it_is_said_that_they_count_for_no_theme() -> None:
    marks = [("Who knows?", f"moon{number}", "") for number in range(5)]
    made, said = take(given(hand_in("Ann", *marks)))
    assert len(made.kept.marks) == 5
    assert said == [
        'her-Ann.json: none of its tags is in the codebook: "moon0", "moon1", "moon2" and 2 more. Known: trust, ending. '
        "Its marks are kept, and stand on the sheet, but count for no theme. "
        "Ask with which copy it was made, or give the codebook these tags and collect again"
    ]
    untagged = [replace(mark, tags=()) for mark in made.kept.marks]
    assert take(given(replace(made, kept=replace(made.kept, marks=tuple(untagged)))))[1] == []


def test_a_name_is_one_however_its_accents_are_written() -> None:
    first, again = (replace(hand_in("x", CHOSEN), person=name) for name in ("Zo\u00eb", "Zoe\u0308"))
    assert len(join(first, again)[0]) == 1


def test_the_same_person_replaces_and_never_doubles() -> None:
    first, again = hand_in("Ann Lee", CHOSEN), hand_in("ann  lee", CHOSEN, KNOWS, at="2026-12-02T10:00:00.000Z")
    assert join(first, again) == ((again,), [])
    assert join(again, first) == (
        (again,),
        ["Ann Lee.json: is older than what Ann Lee has handed in already. The newer one counts"],
    )
    assert join(again, again) == ((again,), [])


def test_a_platform_s_number_tells_people_of_one_name_apart() -> None:
    one, other = (replace(hand_in("Ann Lee", CHOSEN), account=f"moodle {number}") for number in (1, 2))
    assert join(one, other)[0] == (one, other)
    by_mail = hand_in("Ann Lee", CHOSEN, KNOWS)
    assert join(one, by_mail)[0] == (replace(by_mail, account="moodle 1"),)
    assert join(one, replace(hand_in("Annie", KNOWS), account="moodle 1"))[0] == (
        replace(hand_in("Annie", KNOWS), account="moodle 1"),
    )


def test_two_people_who_may_have_one_name_are_told() -> None:
    other = replace(hand_in("x", KNOWS), person="Ann")
    known, said = join(hand_in("Ann", CHOSEN), other)
    assert known == (other,)
    assert said == [
        "Ann.json: has no mark in common with what Ann handed in before, and takes its place. "
        "If these are two people, let one of them hand in under another name"
    ]


def test_of_two_passes_both_are_kept_and_the_last_counts() -> None:
    known, _ = join(hand_in("Ben"), hand_in("Ann", CHOSEN), hand_in("Ann", KNOWS, round=2))
    assert len(known) == 3
    assert latest_pass(known) == (hand_in("Ann", KNOWS, round=2), hand_in("Ben"))


@pytest.mark.parametrize(
    ("at", "due", "late", "wrong"),
    [
        ("2026-12-09T23:59:59.999Z", "2026-12-09", False, False),
        ("2026-12-10T00:00:00.000Z", "2026-12-09", True, False),
        ("2031-01-01T00:00:00.000Z", "2026-12-09", False, True),
        ("1970-01-01T00:00:00.000Z", "2026-12-09", False, True),
        ("2024-12-08T10:00:00.000Z", "2026-12-09T18:00:00.000Z", False, True),
        ("2026-06-01T00:00:00.000Z", "2026-12-09", False, False),
        ("1970-01-01T00:00:00.000Z", "", False, False),
        ("", "2026-12-09", False, False),
        ("2026-12-10T00:00:00.000Z", "", False, False),
    ],
)
def test_late_is_what_came_after_it_was_due_unless_its_clock_is_years_off(at, due, late, wrong) -> None:
    made = hand_in("Ann", at=at, task=Task(due=due))
    assert (CLOCK.is_late(made), CLOCK.wrong(made) is not None) == (late, wrong)
    assert CLOCK.is_late(replace(made, late=True))

"""Blind means that it is not there: every byte that a pupil gets before the reveal is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from class_room import READING, SENTENCES, TEXT, opened
from unheard import NUMBERS, ON_THE_WALL, REASON, heard_of, others, sentences, teachers

if TYPE_CHECKING:
    from pathlib import Path

    from class_room import Phone

pytestmark = pytest.mark.slow
EVERYTHING = (
    "",
    "teacher",
    "projector",
    "door",
    "mine",
    "class",
    "news",
    "desk/people",
    "desk/findings",
    "desk/queue",
    "group",
    "desk/archive",
    "desk/majority",
    "wall",
    "desk/news",
)


def look_everywhere(phone: Phone) -> None:
    for path in EVERYTHING:
        phone.ask(path)
    phone.ask("marks", {"marks": []})
    phone.ask("replies", {"replies": []})
    phone.ask("report", {"ref": "0123456789abcdef"})


def test_a_pupil_hears_nothing_of_the_others_before_the_reveal(tmp_path: Path) -> None:
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        early = room.phone("Ben")
        early.mark(20, "trust")
        secret = [*others(room), *teachers()]
        room.teacher.did("desk/show", {"wall": {"sentence": ON_THE_WALL, "tag": "trust"}})
        look_everywhere(early)
        early.hand_in()
        look_everywhere(early)
        room.go_to("reveal")  # the class talks first
        look_everywhere(early)
        late = room.phone("Cem")
        room.teacher.did("desk/show", {"class_shown": True, "teacher_shown": True})
        look_everywhere(late)  # who comes after the reveal is blind until they hand in
        for phone in (early, late):
            heard = b"\n".join(phone.heard).decode(errors="replace")
            assert "Ben" in heard or "Cem" in heard
            assert heard_of(secret, heard) == []
            answers = "\n".join(one.decode(errors="replace") for one in phone.heard if b"<html" not in one)
            assert heard_of([*NUMBERS, *sentences()], answers) == []


def test_after_the_reveal_those_who_handed_in_see_numbers_and_no_names(tmp_path: Path) -> None:
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        phones = [room.phone(f"Pupil {number}") for number in range(5)]
        for number, phone in enumerate(phones):
            phone.mark(5, "trust", reason=REASON)
            if number < 2:
                phone.mark(9, "ending")
            phone.hand_in()
        room.reveal()
        seen = phones[0].did("class")
        assert seen["readers"] == 5
        shares = {(one["sentence"], one["tag"]): one["count"] for one in seen["shares"]}
        assert shares == {(5, "trust"): 5, (9, "ending"): None}  # of fewer than three no number is told
        assert seen["reasons"] == []
        assert "teacher" not in seen
        heard = b"".join(phones[0].heard).decode()
        assert [number for number in range(1, 5) if f"Pupil {number}" in heard] == []


def test_taking_the_reveal_back_hides_the_class_again(tmp_path: Path) -> None:
    with opened(store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        phone = room.phone()
        phone.mark(5)
        phone.hand_in()
        room.reveal()
        assert phone.ask("class").status == 200
        room.go_to("mark")
        assert phone.ask("class").status == 409
        room.go_to("reveal")
        assert phone.ask("class").status == 409


def test_the_teachers_marks_are_shown_by_their_own_act(tmp_path: Path) -> None:
    with opened("--tags", "trust", store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        phone = room.phone()
        phone.hand_in()
        room.reveal()
        assert "teacher" not in phone.did("class")
        room.teacher.did("desk/show", {"teacher_shown": True})
        shown = phone.did("class")["teacher"]
        assert {one["id"] for one in shown} == {one.id for one in READING.annotations if "trust" in one.tags}
        assert {tag for one in shown for tag in one["tags"]} == {"trust"}
        marked = {number: SENTENCES[number - 1] for one in shown for number in one["sentences"]}
        assert all(
            any(TEXT[slice(*span)] in one["quote"] or one["quote"] in TEXT[slice(*span)] for one in shown)
            for span in marked.values()
        )
        assert room.wall.did("wall")["class"]["teacher"] == shown

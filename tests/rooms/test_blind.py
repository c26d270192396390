"""Blind means that it is not there: every byte that a pupil gets before the reveal is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from class_room import READING, SENTENCES, TEXT, opened

if TYPE_CHECKING:
    from pathlib import Path

    from class_room import Phone, Room

pytestmark = pytest.mark.slow
EVERYTHING = (
    "",
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
REASON = "Because the voice is never seen, and yet believed."


def look_everywhere(phone: Phone) -> None:
    for path in EVERYTHING:
        phone.ask(path)
    phone.ask("marks", {"marks": []})
    phone.ask("replies", {"replies": []})
    phone.ask("report", {"ref": "0123456789abcdef"})


def others(room: Room) -> list[str]:
    """What of another pupil's work nobody may hear: ids, refs, reasons, names."""
    other = room.phone("Amina Other")
    ids = [other.mark(5, "trust", reason=REASON), other.mark(9, "ending")]
    other.hand_in()
    found = room.teacher.did("desk/queue")
    refs = [one["ref"] for one in found["words"]]
    code = other.did("mine")["you"]["return_code"]
    return [*ids, *refs, REASON, "Amina", code, other.token]


def sentences() -> list[str]:
    """What the other has marked: the page has the whole text, and nothing else may name these."""
    return [TEXT[slice(*SENTENCES[at - 1])] for at in (5, 9)]


def test_a_pupil_hears_nothing_of_the_others_before_the_reveal(tmp_path: Path) -> None:
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        early = room.phone("Ben")
        early.mark(20, "trust")
        secret = [*others(room), room.teacher.token, room.wall.token]
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
            assert [one for one in secret if one in heard or json.dumps(one)[1:-1] in heard] == []
            answers = "\n".join(one.decode(errors="replace") for one in phone.heard if b"<html" not in one)
            assert [one for one in sentences() if json.dumps(one, ensure_ascii=False)[1:-1] in answers] == []
            assert '"shares"' not in heard
            assert '"handed_in":1' not in heard
            notes = [one.note for one in READING.annotations if one.note]
            assert [one for one in notes if one[:40] in heard] == []


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

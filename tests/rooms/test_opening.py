"""The command that opens a room: what it says, how soon, and that the same command goes on with it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from class_room import READING, TEXT, a_mark, opened
from essay_explorer.core.excerpt import excerpt

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_a_room_is_there_within_three_seconds_and_says_what_a_teacher_needs(tmp_path: Path) -> None:
    start = time.monotonic()
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite") as room:
        assert time.monotonic() - start < 3
        said = room.server.printed()
    assert f"Room {room.code}: " in said
    assert "Mark 3 to 6 sentences about Trust or The ending" in said
    assert re.search(rf"Phones +{room.url}\n", said)
    assert "firewall" in said
    assert said.count(room.teacher.token) == 1


def test_a_room_can_have_one_paragraph(tmp_path: Path) -> None:
    store = tmp_path / "rooms.sqlite"
    with opened("--tags", "trust", "--paragraphs", "2", store=store) as room:
        code, phone = room.code, room.phone("Mia")
        page = phone.ask("").body.decode()
        words = [TEXT[one.end - 20 : one.end - 1] for one in READING.essay.paragraphs[:3]]
        assert [word in page for word in words] == [False, True, False]
        room.teacher.did("desk/task", {"within": [1, 10], "marks": 2})
        assert phone.join("Mia")["room"]["sentences"] == len(excerpt(READING, (2, 2)).essay.sentences())
        room.go_to("mark")
        of_another = phone.ask("marks", {"marks": [a_mark(1)]})
        assert "stand nowhere in this text" in of_another.body.decode()
    for options, same in ((("--paragraphs", "2"), True), (("--paragraphs", "3"), False), ((), False)):
        with opened("--tags", "trust", *options, store=store) as again:
            assert (again.code == code) is same, options


def test_the_same_command_goes_on_and_new_opens_another(tmp_path: Path) -> None:
    store = tmp_path / "rooms.sqlite"
    with opened("--tags", "trust", store=store) as room:
        code = room.code
    for options, same in (
        (("--tags", "trust"), True),
        (("--tags", "ending"), False),
        (("--tags", "trust", "--new"), False),
    ):
        with opened(*options, store=store) as again:
            assert (again.code == code) is same, options

"""The command that opens a room: what it says, how soon, and that the same command goes on with it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from class_room import opened

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

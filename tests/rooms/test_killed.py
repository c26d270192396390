"""A server that is killed at any moment: the room is where it was, and nothing that was acknowledged is lost."""

from __future__ import annotations

import http.client
import os
import random
import threading
import time
from typing import TYPE_CHECKING

import pytest

from class_room import SENTENCES, Phone, a_mark, opened
from servers import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from class_room import Room

ROUNDS = int(os.environ.get("ESSAY_EXPLORER_ROUNDS", "4"))
PHONES = 3
LONGEST = 0.4  # seconds until the server is killed
pytestmark = [pytest.mark.slow, pytest.mark.timeout(60 + 10 * ROUNDS)]


class Marker(threading.Thread):
    """A phone that marks until nobody answers; `kept` are the ids that were acknowledged."""

    def __init__(self, phone: Phone) -> None:
        super().__init__()
        self.phone, self.kept = phone, list[str]()

    def run(self) -> None:
        while True:
            mark = a_mark(random.randint(1, len(SENTENCES)))
            try:
                answer = self.phone.ask("marks", {"marks": [mark]})
            except (OSError, http.client.HTTPException):
                return
            if answer.status != 200:
                return
            self.kept.append(mark["id"])


def killed_while_they_mark(room: Room, seats: list[str], after: float) -> dict[str, list[str]]:
    """Kill the server while phones mark; what was acknowledged to each."""
    markers = [Marker(Phone(room.url, token=token)) for token in seats]
    for marker in markers:
        marker.start()
    time.sleep(after)
    room.server.process.kill()
    room.server.process.wait()
    for marker in markers:
        marker.join()
    return {marker.phone.token: marker.kept for marker in markers}


def test_a_killed_server_comes_back_with_the_room_and_all_that_was_acknowledged(tmp_path: Path) -> None:
    port, store = free_port(), tmp_path / "rooms.sqlite"
    dice = random.Random(7)
    expected, url, phase, acknowledged = None, "", "", 0
    for number in range(ROUNDS + 1):
        with opened(store=store, port=port, to=tmp_path) as room:
            if expected is None:
                url, phase = room.url, room.go_to("mark")["phase"]
                expected = {room.phone(f"Pupil {one}").token: set[str]() for one in range(PHONES)}
            assert room.url == url, number
            assert room.teacher.did("desk/people")["room"]["phase"] == phase, number
            for token, ids in expected.items():
                kept = {mark["id"] for mark in Phone(url, token=token).did("mine")["marks"]}
                assert ids <= kept, number
            if sum(map(len, expected.values())) > 300 * PHONES:  # a seat has room for 500
                expected = {room.phone().token: set() for _ in range(PHONES)}
            if number < ROUNDS:
                for token, ids in killed_while_they_mark(room, list(expected), dice.uniform(0, LONGEST)).items():
                    expected[token].update(ids)
                    acknowledged += len(ids)
    assert acknowledged > ROUNDS

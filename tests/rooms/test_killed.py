"""A server that is killed at any moment: the room is where it was, and nothing that was acknowledged is lost."""

from __future__ import annotations

import http.client
import random
import threading
import time
from typing import TYPE_CHECKING

import pytest

from class_room import SENTENCES, Phone, a_mark, opened
from hubs import postgresql
from nursery import nursery
from servers import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from class_room import Room
    from nursery import Child

ROUNDS = 200
PHONES = 3
LONGEST = 0.15  # seconds until the server is killed
MANY = 300  # marks of a seat, which has room for 500
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


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


def killed_while_they_mark(child: Child, room: Room, seats: list[str], after: float) -> dict[str, list[str]]:
    """Kill the server while phones mark; what was acknowledged to each."""
    markers = [Marker(Phone(room.url, token=token)) for token in seats]
    for marker in markers:
        marker.start()
    time.sleep(after)
    child.kill()
    for marker in markers:
        marker.join()
    return {marker.phone.token: marker.kept for marker in markers}


def check(room: Room, expected: dict[str, set[str]]) -> None:
    """The room is where it was, and has all that it acknowledged."""
    assert room.teacher.did("desk/people")["room"]["phase"] == "mark"
    for token, ids in expected.items():
        assert ids <= {mark["id"] for mark in Phone(room.url, token=token).did("mine")["marks"]}


def test_a_killed_server_comes_back_with_the_room_and_all_that_was_acknowledged(tmp_path: Path) -> None:
    port, store, dice = free_port(), tmp_path / "rooms.sqlite", random.Random(7)
    acknowledged = 0
    with opened(store=store, port=port, to=tmp_path) as room:
        room.go_to("mark")
        expected = {room.phone(f"Pupil {number}").token: set[str]() for number in range(PHONES)}
        room.server.process.kill()
        room.server.process.wait()
    with nursery(str(store)) as servers:
        for number in range(ROUNDS):
            child = servers.start(room.code, port)
            if number % 5 == 0:  # before it answers, or as it does
                time.sleep(dice.uniform(0, LONGEST))
                child.kill()
                continue
            child.wait()
            check(room, expected)
            if sum(map(len, expected.values())) > MANY * PHONES:
                expected = {room.phone().token: set() for _ in range(PHONES)}
            for token, ids in killed_while_they_mark(child, room, list(expected), dice.uniform(0, LONGEST)).items():
                expected[token].update(ids)
                acknowledged += len(ids)
    with opened(store=store, port=port, to=tmp_path) as last:
        assert last.url == room.url
        assert last.teacher.token == room.teacher.token
        check(last, expected)
    assert acknowledged > ROUNDS


def test_a_postgresql_that_comes_back_takes_what_phones_have_kept_meanwhile(tmp_path: Path) -> None:
    with postgresql() as store, opened("--tags", "trust", store=store.get_uri(), to=tmp_path) as room:
        room.go_to("mark")
        phones = [room.phone() for _ in range(4)]
        for away in range(3):
            waiting = [a_mark(10 * away + number) for number in range(5, 9)]
            store.stop()
            for _ in range(3):  # the first finds a connection that is dead, and the others none
                for phone, mark in zip(phones, waiting, strict=True):
                    assert phone.ask("marks", {"marks": [mark]}).status == 503
            store.start()
            for phone, mark in zip(phones, waiting, strict=True):
                answers = (phone.ask("marks", {"marks": [mark]}).status for _ in range(10))
                assert 200 in answers
        assert [len(phone.did("mine")["marks"]) for phone in phones] == [3, 3, 3, 3]

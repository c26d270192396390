"""Every byte that reaches a pupil's real phone before the reveal: pages, modules, answers, the stream of news, heads."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from class_room import opened
from pupil import PHONE, Pupil
from unheard import NUMBERS, ON_THE_WALL, heard_of, others, sentences, teachers
from wire import PLAIN, tapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from class_room import Room
    from conftest import Reader
    from wire import Wire


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite") as room:
        yield room


def test_nothing_of_the_others_reaches_a_phone_that_is_blind(reader: Reader, room: Room) -> None:
    with ExitStack() as wires:
        early, late = (wires.enter_context(tapped(room.url)) for _ in range(2))
        mia = comes(reader, room, early, "Mia")
        room.go_to("read")
        room.go_to("mark")
        expect(mia.now).to_contain_text("Say why.")
        secret = others(room)
        mia.mark(20)
        expect(mia.sent).to_have_text("1 mark, sent")
        mia.come()
        mia.hand_in()
        secret += others(room)
        room.go_to("reveal")  # the class talks first
        room.teacher.did("desk/show", {"wall": {"sentence": ON_THE_WALL, "tag": "trust"}})
        expect(mia.now).to_contain_text("Talk with each other")
        blind(early, [*secret, *teachers()])
        room.teacher.did("desk/show", {"class_shown": True, "teacher_shown": True})
        lea = comes(reader, room, late, "Lea")  # after the reveal, and blind until she hands in
        lea.mark(22)
        expect(lea.sent).to_have_text("1 mark, sent")
        others(room)
        room.go_to("discuss")
        blind(late, [*secret, *teachers()])
        lea.hand_in(says=f"Sentence {ON_THE_WALL}")
        seen = "".join(body for _, body in late.answers())
        assert heard_of(NUMBERS, seen)  # what came after the reveal would have been found


def comes(reader: Reader, room: Room, wire: Wire, name: str) -> Pupil:
    pupil = Pupil.at(replace(room, url=wire.url), reader, **PHONE, extra_http_headers=PLAIN)
    pupil.page.get_by_label("A nickname").fill(name)
    pupil.button("Join").click()
    expect(pupil.page.locator(".seat")).to_be_attached()
    expect(pupil.button("Join")).to_be_hidden()
    return pupil


def blind(wire: Wire, secret: list[str]) -> None:
    answers = wire.answers()
    heads = b"".join(head for head, _ in answers).decode()
    for kind in ("text/html", "application/json", "text/event-stream"):
        assert f"Content-Type: {kind}" in heads
    pages = [body for _, body in answers if "<html" in body]
    told = [heads, *(body for _, body in answers if "<html" not in body)]
    assert '"phase":"reveal"' in "".join(told)
    assert heard_of(secret, "\n".join([*pages, *told])) == []
    assert heard_of([*NUMBERS, *sentences()], "\n".join(told)) == []

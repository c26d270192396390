"""The doors of a room: who may what, and how much; and that nothing else stands on its server."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from class_room import Asker, Phone, a_mark, opened
from essay_explorer.rooms.routes import routes
from essay_explorer.rooms.teacher_acts import ACTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from class_room import Room

pytestmark = pytest.mark.slow
READS = ("people", "findings", "queue", "news", "archive", "majority", "gradebook", "result", "sheets")
WRITES = ("enter", "names", "forget", *ACTS)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened("--log-level", "info", store=tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as room:
        room.go_to("mark")
        yield room


def test_every_address_of_the_teacher_is_asked_for_here() -> None:
    named = {pattern.rpartition("desk/")[2] for pattern, *_ in routes(None) if "desk/" in pattern}  # type: ignore[arg-type]
    assert {word for one in named for word in re.findall(r"[a-z-]+", one)} == {*READS, *WRITES}


@pytest.mark.parametrize("who", ["nobody", "pupil", "wall", "other"])
def test_the_teachers_side_is_closed_to_everybody_else(room: Room, who: str) -> None:
    token = {"nobody": "", "pupil": room.phone().token, "wall": room.wall.token, "other": "x" * 32}[who]
    asker = Asker(room.url, token)
    for path in READS:
        assert asker.ask(f"desk/{path}").status == 403, path
    for path in WRITES:
        assert asker.ask(f"desk/{path}", {"phase": "end"}).status == 403, path
    if who != "wall":
        assert asker.ask("wall").status == 403
    assert room.teacher.did("desk/people")["room"]["phase"] == "mark"


def test_a_room_that_is_not_there_cannot_be_told_from_a_closed_one(room: Room) -> None:
    nowhere = Asker(room.url.replace(room.code, "NOWHERE"), room.teacher.token)
    assert nowhere.ask("desk/people").body == Asker(room.url).ask("desk/people").body


def test_the_secret_is_in_no_page_and_in_no_line_of_the_log(room: Room) -> None:
    pages = [Asker(room.url).ask(path) for path in ("", "teacher", "projector", "door")]
    assert [page.status for page in pages] == [200] * 4
    log = room.server.printed().partition("All of it is forgotten")[2]
    assert "/desk/" in log
    for secret in (room.teacher.token, room.wall.token):
        assert secret.encode() not in b"".join(page.body + bytes(page.headers) for page in pages)
        assert secret not in log


def test_the_cookie_opens_this_room_alone_and_no_script_reads_it(room: Room) -> None:
    cookie = room.teacher.ask("desk/enter", {}).headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", f"Path=/room/{room.code}/desk/"):
        assert part in cookie
    assert Asker(room.url).ask("desk/people", Cookie=cookie.partition(";")[0]).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(room: Room, headers: dict[str, str]) -> None:
    assert room.teacher.ask("desk/phase", {"phase": "end"}, **headers).status == 403
    assert room.phone().ask("marks", {"marks": []}, **headers).status == 403


def test_a_form_is_not_taken_for_json(room: Room) -> None:
    assert room.teacher.ask("desk/phase", b'{"phase": "end"}', **{"Content-Type": "text/plain"}).status == 415


def test_what_is_too_long_is_refused(room: Room) -> None:
    phone = room.phone()
    for size, status in ((70_000, 413), (200_000, 413)):
        assert phone.ask("marks", json.dumps({"marks": [a_mark(5, reason="x" * size)]}).encode()).status == status
    assert phone.ask("mine").status == 200


def test_every_answer_loads_nothing_and_is_kept_nowhere(room: Room) -> None:
    for path in ("", "teacher", "projector", "door", "mine", "desk/people", "nothing"):
        headers = room.phone().ask(path).headers
        assert "default-src" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert Asker(room.url).ask("").headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert Asker(room.url).ask("").headers["Referrer-Policy"] == "no-referrer"
    assert Asker(room.url).ask("mine").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "her/",
        "api/kernels",
        "api/contents",
        "api/terminals",
        "terminals/1",
        "voila/",
        "lab",
        "her/essay-explorer/content.json",
        "static/x",
    ],
)
def test_nothing_but_rooms_can_be_reached(room: Room, path: str) -> None:
    assert Asker(room.server.url).ask(path).status == 404


def test_names_are_letters_on_every_page(room: Room) -> None:
    phone = Phone(room.url)
    name = phone.join("<script>\u202ealert(1)\x00</script>")["you"]["name"]
    assert name == "<script>alert(1)</script>"
    assert phone.ask("mine").headers["Content-Type"] == "application/json; charset=utf-8"


def test_a_flood_by_one_phone_harms_nobody_else(tmp_path: Path) -> None:
    with opened(store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        flooder, other = room.phone(), room.phone()

        def flood(_: int) -> int:
            return flooder.ask("marks", {"marks": [a_mark(5) for _ in range(50)]}).status

        with ThreadPoolExecutor(4) as pool:
            flooding = [pool.submit(flood, number) for number in range(200)]  # 10,000 marks
            for number in range(1, 20):
                other.mark(number)
            statuses = [one.result() for one in flooding]
        assert statuses.count(429) > 150
        assert len(flooder.did("mine")["marks"]) <= 500
        assert len(other.did("mine")["marks"]) == 19


def test_who_sits_notices_nothing_of_five_hundred_who_join_at_once(tmp_path: Path) -> None:
    with opened(store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        seated = room.phone()

        def join(number: int) -> int:
            return Phone(room.url).ask("join", {"seat": f"phone-{number:04}-of-somebody", "name": "x"}).status

        with ThreadPoolExecutor(8) as pool:
            joins = [pool.submit(join, number) for number in range(500)]
            for number in range(1, 10):
                seated.mark(number)
            statuses = [one.result() for one in joins]
        assert set(statuses) <= {200, 429}
        assert statuses.count(200) >= 300  # a whole lecture comes in
        room.teacher.did("desk/show", {"locked": True})
        assert Phone(room.url).ask("join", {"seat": "another-phone-of-somebody"}).json["error"] in {
            "locked",
            "too many",
        }

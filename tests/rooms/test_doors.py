"""The doors of a room: who may what, and how much; and that nothing else stands on its server."""

from __future__ import annotations

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from tornado.routing import PathMatches

from class_room import Asker, Phone, a_mark, opened
from essay_explorer.cli.main import main
from essay_explorer.rooms import serving
from essay_explorer.rooms.routes import routes
from essay_explorer.rooms.teacher_acts import ACTS
from essay_explorer.server.app import application
from essay_explorer.server.hosts import Hosts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from class_room import Room
    from essay_explorer.server.running import Door, Mounted

pytestmark = pytest.mark.slow
READS = ("people", "text", "findings", "queue", "news", "archive", "majority", "gradebook", "result", "sheets")
PATIENCE = 3.0  # seconds that a mark may wait where others flood the room, on a busy machine
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
        assert [asker.ask(path).status for path in ("wall", "wall/text")] == [403, 403]
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
    for size in (70_000, 200_000, 300_000, 1_000_000, 30_000_000):
        answer = phone.ask("marks", {"marks": [a_mark(5, reason="x" * size)]})
        assert (answer.status, answer.json["error"]) == (413, "too long")
        assert re.fullmatch(r"There is room for \d+ bytes at once. Send less.", answer.json["words"])
    assert phone.did("mine")["marks"] == []


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


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{lower}/", "{title}"])
def test_an_address_leads_to_its_room_as_the_wall_shows_it_and_phones_write_it(room: Room, typed: str) -> None:
    path = typed.format(code=room.code, lower=room.code.lower(), title=room.code.title())
    answer = Asker(room.server.url).ask(f"room/{path}")
    assert (answer.status, answer.headers["Location"]) == (302, f"/room/{room.code}/")
    assert Asker(room.server.url).ask("room/qqqq").headers["Location"] == "/room/QQQQ/"


def test_names_are_letters_on_every_page(room: Room) -> None:
    phone = Phone(room.url)
    name = phone.join("<script>\u202ealert(1)\x00</script>")["you"]["name"]
    assert name == "<script>alert(1)</script>"
    assert phone.ask("mine").headers["Content-Type"] == "application/json; charset=utf-8"


def timed(act: Callable[[], object]) -> float:
    start = time.monotonic()
    act()
    return time.monotonic() - start


def test_open_to_a_network_it_has_no_address_but_the_rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[Door, Callable[[], Awaitable[Mounted]]]] = []
    monkeypatch.setattr(serving, "run", lambda *given: served.append(given))
    monkeypatch.setattr(serving, "step_aside", lambda: None)
    with pytest.raises(SystemExit, match="0"):
        main(["class", "her", "--store", str(tmp_path / "rooms.sqlite"), "--ip", "0.0.0.0", "--no-browser"])
    ((door, make),) = served
    assert door.ip == "0.0.0.0"

    async def patterns() -> set[str]:
        mounted = await make()
        app = application(mounted.routes, hosts=Hosts.at(door.ip))
        await mounted.end()
        rules = [*app.default_router.rules, *app.wildcard_router.rules]
        return {rule.matcher.regex.pattern for rule in rules if isinstance(rule.matcher, PathMatches)}

    found = asyncio.run(patterns())
    assert len(found) > 20
    assert {one for one in found if not one.startswith("/room/")} <= {"/$", "/health$", "/favicon\\.ico$"}


def test_a_flood_by_one_phone_harms_nobody_else(tmp_path: Path) -> None:
    with opened(store=tmp_path / "rooms.sqlite") as room:
        room.go_to("mark")
        flooder, other = room.phone(), room.phone()

        def flood(number: int) -> int:
            if number % 10 == 0:
                return flooder.ask("marks", {"marks": [a_mark(5, reason="x" * 1_000_000)]}).status
            return flooder.ask("marks", {"marks": [a_mark(5) for _ in range(50)]}).status

        with ThreadPoolExecutor(4) as pool:
            flooding = [pool.submit(flood, number) for number in range(222)]  # 10,000 marks, and 23 MB
            waits = [timed(lambda number=number: other.mark(number)) for number in range(1, 20)]
            statuses = [one.result() for one in flooding]
        assert statuses.count(429) > 150
        assert statuses.count(413) == 23
        assert max(waits) < PATIENCE
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
            waits = [timed(lambda number=number: seated.mark(number)) for number in range(1, 10)]
            statuses = [one.result() for one in joins]
        assert max(waits) < PATIENCE
        assert set(statuses) <= {200, 429}
        assert statuses.count(200) >= 300  # a whole lecture comes in
        room.teacher.did("desk/show", {"locked": True})
        assert Phone(room.url).ask("join", {"seat": "another-phone-of-somebody"}).json["error"] in {
            "locked",
            "too many",
        }

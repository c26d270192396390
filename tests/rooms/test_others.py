"""Two processes at one store: what one writes the other hears of, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import TimeoutError as NoConnectionError
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from essay_explorer.files.reading_files import texts_in
from essay_explorer.library.finding import bundled
from essay_explorer.library.opening import open_quietly
from essay_explorer.rooms import codes, others
from essay_explorer.rooms.lessons import Lessons, new_room
from essay_explorer.rooms.opening import task_for
from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.rooms.routes import routes
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.rooms.store.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from essay_explorer.rooms.lesson import Lesson
    from essay_explorer.rooms.room_state import RoomState

HER = bundled("data") / "her"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "LOOK", 0.02)
    monkeypatch.setattr(others, "AGAIN", 0.02)


def a_room(lessons: Lessons) -> RoomState:
    with lessons.database.writing() as on:
        return new_room(on, texts_in(HER)[0], "her", task_for(open_quietly(HER), {}))


@asynccontextmanager
async def two_servers(store: Path) -> AsyncIterator[tuple[Lessons, Lessons]]:
    """Two processes that serve the rooms of one store."""
    both = Lessons(Database.opened(store)), Lessons(Database.opened(store))
    for one in both:
        one.start()
    yield both
    for one in both:
        await one.end()


@asynccontextmanager
async def two_processes(store: Path) -> AsyncIterator[tuple[Lesson, Lesson]]:
    """The same room as two processes have opened it."""
    async with two_servers(store) as (here, there):
        code = a_room(here).code
        yield await here.get(code), await there.get(code)


async def until_heard(lesson: Lesson, version: int) -> None:
    async with asyncio.timeout(10):
        with lesson.news.listening() as news:
            while lesson.state.version < version:
                await news.wait()
                news.clear()


def test_whatever_the_teacher_does_in_one_process_is_news_in_the_other(tmp_path: Path) -> None:
    async def lesson() -> None:
        async with two_processes(tmp_path / "rooms.sqlite") as (here, there):
            await here.steer(lambda on, _: kept_rooms.change_room(on, here.state.id, phase="mark"))
            await until_heard(there, here.state.version)
            assert there.state.phase == "mark"
            last = there.news.last
            await here.steer(lambda *_: None)  # nothing of the room itself, such as a reason that is shown
            await until_heard(there, here.state.version)
            assert [event.kind for event in there.news.after(last)] == ["room"]

    asyncio.run(lesson())


@pytest.mark.parametrize("question", ["_standing", "_room"])
@pytest.mark.parametrize("error", [NoConnectionError("no connection is free"), RuntimeError("anything")])
def test_what_fails_once_is_heard_of_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, error: Exception
) -> None:
    ask = getattr(others.Others, question)
    failures: list[Exception] = []

    def once(*asked: Any) -> Any:
        if not failures:
            failures.append(error)
            raise error
        return ask(*asked)

    async def lesson() -> None:
        async with two_processes(tmp_path / "rooms.sqlite") as (here, there):
            await until_heard(there, here.state.version)
            await asyncio.sleep(0.1)  # they know each other's standing
            monkeypatch.setattr(others.Others, question, once)
            state = await here.write(lambda on, _: kept_rooms.change_room(on, here.state.id, phase="reveal"))
            await until_heard(there, state.version)
            await until_heard(here, state.version)
            assert failures == [error]

    asyncio.run(lesson())


@pytest.mark.parametrize("looks", [True, False], ids=["that has looked", "that has not looked yet"])
def test_a_code_that_is_given_to_a_new_room_is_nowhere_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, looks: bool
) -> None:
    monkeypatch.setattr(codes, "room_code", lambda _: "LAMP")
    if not looks:
        monkeypatch.setattr(others, "LOOK", 3600.0)

    async def day() -> None:
        async with two_servers(tmp_path / "rooms.sqlite") as (here, there):
            a_room(here)
            old = await there.get("LAMP")
            last = old.news.last
            await here.get("LAMP")
            await asyncio.sleep(0.1)  # there, the old room's standing is known
            await here.forget("LAMP")
            new = a_room(here)
            for act in (old.write, old.steer):
                with pytest.raises(RefusalError) as refused:
                    await act(lambda on, _: kept_rooms.change_room(on, new.id, phase="mark"))
                assert refused.value.word == "gone"
            with pytest.raises(RefusalError):
                await old.read(lambda _, state: state)
            if looks:
                async with asyncio.timeout(10):
                    with old.news.listening() as news:
                        while await there.get("LAMP") is old:
                            await news.wait()
                            news.clear()
            found = await there.again("LAMP")
            assert (found.state.secret, found.state.phase) == (new.secret, "join")
            assert await there.get("LAMP") is found
            assert [event.kind for event in old.news.after(last)] == ["room"]

    asyncio.run(day())


def test_a_new_rooms_teacher_is_known_also_where_its_code_was_an_old_rooms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "room_code", lambda _: "LAMP")
    monkeypatch.setattr(others, "LOOK", 3600.0)

    async def day() -> None:
        async with two_servers(tmp_path / "rooms.sqlite") as (here, there):
            a_room(here)
            there.guests["LAMP"] = "a key to the old room"
            await there.get("LAMP")
            await here.forget("LAMP")
            new, served = a_room(here), HTTPServer(Application(routes(there)))
            [socket] = bind_sockets(0, "127.0.0.1")
            served.add_socket(socket)
            desk = f"http://127.0.0.1:{socket.getsockname()[1]}/room/LAMP/desk/people"
            answers = []
            for key in ("a key to the old room", new.secret, "a key to the old room"):
                asked = HTTPRequest(desk, headers={"Authorization": f"Bearer {key}"})
                answers.append((await AsyncHTTPClient().fetch(asked, raise_error=False)).code)
            served.stop()
            assert answers == [404, 200, 403]  # the old room is gone; nobody who knew its key comes into the new one

    asyncio.run(day())

"""Two processes at one store: what one writes the other hears of, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import TimeoutError as NoConnectionError

from essay_explorer.files.reading_files import texts_in
from essay_explorer.library.finding import bundled
from essay_explorer.library.opening import open_quietly
from essay_explorer.rooms import others
from essay_explorer.rooms.lessons import Lessons, new_room
from essay_explorer.rooms.opening import task_for
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.rooms.store.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from essay_explorer.rooms.lesson import Lesson

HER = bundled("data") / "her"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "LOOK", 0.02)
    monkeypatch.setattr(others, "AGAIN", 0.02)


@asynccontextmanager
async def two_processes(store: Path) -> AsyncIterator[tuple[Lesson, Lesson]]:
    """The same room as two processes have opened it."""
    both = [Lessons(Database.opened(store)) for _ in range(2)]
    with both[0].database.writing() as on:
        code = new_room(on, texts_in(HER)[0], "her", task_for(open_quietly(HER), {})).code
    for one in both:
        one.start()
    yield await both[0].get(code), await both[1].get(code)
    for one in both:
        await one.end()


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


@pytest.mark.parametrize("question", ["standing", "room"])
@pytest.mark.parametrize("error", [NoConnectionError("no connection is free"), RuntimeError("anything")])
def test_what_fails_once_is_heard_of_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, error: Exception
) -> None:
    ask = getattr(kept_rooms, question)
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
            monkeypatch.setattr(others.kept_rooms, question, once)
            state = await here.write(lambda on, _: kept_rooms.change_room(on, here.state.id, phase="reveal"))
            await until_heard(there, state.version)
            await until_heard(here, state.version)
            assert failures == [error]

    asyncio.run(lesson())

"""The other processes at the same store: what they have written is news here as well.

A process that has written wakes the others with PostgreSQL's NOTIFY: after the commit, on a connection of its own and
for many writes at once, since a NOTIFY inside of a transaction makes commits wait for each other. Nothing depends on
it: every process looks by itself how its rooms stand, again and again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from essay_explorer.rooms.store import kept_rooms
from essay_explorer.rooms.store.database import CHANNEL

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.store.database import Database

    Open = Callable[[], Collection[str]]
    Follow = Callable[[str, RoomState | None], None]

SOON = 0.05  # seconds in which writes are gathered before the others are woken
LOOK = 2.0  # seconds between two looks
AGAIN = 1.0  # seconds until a connection that was lost is tried again
WORDS = 500  # codes in one message; PostgreSQL takes 8,000 bytes
log = logging.getLogger("essay_explorer.rooms")


class Others:
    """What tells other processes of this one's writes, and this one of theirs.

    `rooms`: the codes of those that are open here. `follow`: is told how a room stands that somebody has changed;
    None for one that is gone.
    """

    def __init__(self, database: Database, rooms: Open, follow: Follow) -> None:
        self._database, self._rooms, self._follow = database, rooms, follow
        self._name = secrets.token_hex(4)
        self._known: dict[str, tuple[Any, ...] | None] = {}
        self._written: set[str] = set()
        self._woken: set[str] = set()
        self._look_now = asyncio.Event()
        self._telling: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Look, and listen where the store can wake somebody."""
        self._tasks.append(asyncio.create_task(self._looking()))
        if not self._database.is_sqlite:
            self._tasks.append(asyncio.create_task(self._listening()))

    def stop(self) -> None:
        """Neither look nor listen any more."""
        for task in (*self._tasks, *([self._telling] if self._telling else [])):
            task.cancel()

    def tell(self, code: str) -> None:
        """Let the others know soon that this process has written into a room; nobody waits for it."""
        if self._database.is_sqlite:
            return
        self._written.add(code)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._written:
            await asyncio.sleep(SOON)
            some = [self._written.pop() for _ in range(min(WORDS, len(self._written)))]
            with suppress(SQLAlchemyError):  # they look by themselves
                await asyncio.to_thread(self._database.notify, " ".join([self._name, *some]))

    async def _listening(self) -> None:
        import psycopg  # noqa: PLC0415 - where the store is PostgreSQL

        url = self._database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            with suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._woken.update(self._rooms())  # what was said while nobody listened
                    self._look_now.set()
                    async for notice in connection.notifies():
                        self._hear(notice.payload)
            await asyncio.sleep(AGAIN)

    def _hear(self, words: str) -> None:
        name, *codes = words.split()
        if name != self._name:
            self._woken.update(codes)
            self._look_now.set()

    async def _looking(self) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()  # when all rooms are looked at, whether somebody was woken or not
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(due):
                    await self._look_now.wait()
            self._look_now.clear()
            codes, self._woken = self._woken, set()
            if clock() >= due:
                codes, due = set(self._rooms()), clock() + LOOK
            try:
                await self._look(codes.intersection(self._rooms()))
            except Exception as error:  # noqa: BLE001 - whatever it is: without this loop nobody hears anything again
                log.warning("The store does not answer: %s. It is asked again", type(error).__name__)
                await asyncio.sleep(AGAIN)
                due = clock()

    async def _look(self, codes: Collection[str]) -> None:
        if not codes:
            return
        standing = await asyncio.to_thread(self._standing, codes)
        for code in codes:
            at = standing.get(code)
            if at is None or at != self._known.get(code):
                self._follow(code, await asyncio.to_thread(self._room, code))
                self._known[code] = at  # from here on: whatever fails before is looked at again
        self._known = {code: self._known[code] for code in self._known.keys() & self._rooms()}

    def _standing(self, codes: Collection[str]) -> dict[str, tuple[Any, ...]]:
        with self._database.reading() as on:
            return kept_rooms.standing(on, codes)

    def _room(self, code: str) -> RoomState | None:
        with self._database.reading() as on:
            return kept_rooms.room(on, code)

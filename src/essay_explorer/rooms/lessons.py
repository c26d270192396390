"""The lessons of a server: rooms by their codes, made, opened and forgotten."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from essay_explorer.rooms import codes
from essay_explorer.rooms.joining import GONE
from essay_explorer.rooms.lesson import Lesson
from essay_explorer.rooms.limits import TOO_MANY, USUAL, Terms
from essay_explorer.rooms.others import Others
from essay_explorer.rooms.refusal import RefusalError, not_now
from essay_explorer.rooms.room_state import RoomState
from essay_explorer.rooms.room_text import RoomText
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.rooms.writer import Writer
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from essay_explorer.rooms.room_task import RoomTask
    from essay_explorer.rooms.store.database import Database

DAYS = 30  # after which a room is forgotten
FULL = Phrase("There are as many rooms as there may be: {most}. Forget one of them, then open another.")
A_DAY, AN_HOUR = 24 * 3600.0, 3600.0  # seconds
log = logging.getLogger("essay_explorer.rooms")


def now() -> datetime:
    """The moment that it is."""
    return datetime.now(UTC)


def new_room(  # noqa: PLR0913 - a room, and whose it is
    on: Connection,
    files: Mapping[str, str],
    name: str,
    task: RoomTask,
    *,
    days: int = DAYS,
    owner: str = "",
    course: str = "",
    port: int | None = None,
    terms: Terms = USUAL,
) -> RoomState:
    """Keep a new room at the reading in these files. `owner`, `course`: on a hub.

    Raises RefusalError where an account, or a course, has as many rooms as there may be.
    """
    _check_count(on, owner, course, terms)
    text = RoomText.of(files, name, task.within)
    taken = {one.code for one in kept_rooms.all_rooms(on)}
    essay, moment = text.reading.essay, now()
    state = RoomState(
        id=0,
        code=codes.room_code(taken),
        secret=codes.secret(),
        wall_key=codes.secret(),
        name=name,
        title=essay.title,
        essay=essay.fingerprint,
        phase="join",
        since=moment,
        made=moment,
        until=moment + timedelta(days=days),
        task=task,
        port=port,
        owner=owner,
        course=course,
    )
    return kept_rooms.add_room(on, state, files)


class Lessons:
    """The rooms of a store, as this process has opened them.

    `folder`: in which their records are written. `origin`: where phones find them, where this machine's own pages do
    not know that; such as "http://192.168.0.7:8866". `embed`: the origins of JupyterLab that may show the teacher's
    page. `guests`: by their codes, further keys to the teacher's side of rooms, for as long as this process lives.
    `terms`: on which rooms are opened and joined.
    """

    def __init__(
        self, database: Database, *, folder: Path | None = None, embed: Iterable[str] = (), terms: Terms = USUAL
    ) -> None:
        self.origin, self.embed, self.terms = "", tuple(embed), terms
        self.guests: dict[str, str] = {}
        self.database, self.writer, self._folder = database, Writer(database), folder
        self._open: dict[str, Lesson] = {}
        self._forgetting: asyncio.Task[None] | None = None
        self._others = Others(database, lambda: self._open, self._follow)

    async def get(self, code: str) -> Lesson:
        """The lesson of a code. Raises RefusalError where there is no such room."""
        if code not in self._open:
            found = await asyncio.to_thread(self._load, code)
            if code not in self._open:
                self._open[code] = found
        return self._open[code]

    async def again(self, code: str) -> Lesson:
        """The same by the store: another process may have forgotten a room, and given its code to a new one."""
        lesson = await self.get(code)
        try:
            await lesson.read(lambda _, state: state)
        except RefusalError:
            self._follow(code, None)
        return await self.get(code)

    def start(self) -> None:
        """Forget the rooms whose date has come, now and once a day; hear of what other processes write."""
        self._forgetting = asyncio.create_task(self._forget_daily())
        self._others.start()

    async def forget(self, code: str) -> None:
        """Delete a room and all that was in it, from the files of the database too."""
        lesson = await self.get(code)
        await self.writer.write(lambda on: kept_rooms.forget_room(on, lesson.state.id))
        self._leave([code])
        await asyncio.to_thread(self.database.wipe)

    async def delete_names(self, code: str) -> None:
        """Take all names of a room away, from the files of the database too."""
        lesson = await self.get(code)
        await lesson.steer(lambda on, _: kept_rooms.delete_names(on, lesson.state.id))
        await asyncio.to_thread(self.database.wipe)

    async def end(self) -> None:
        """Write what waits, and let go of the store."""
        if self._forgetting:
            self._forgetting.cancel()
        self._others.stop()
        await asyncio.to_thread(self.writer.stop)
        self.database.close()

    def _load(self, code: str) -> Lesson:
        with self.database.reading() as on:
            state = kept_rooms.room(on, code)
            if state is None:
                raise GONE
            text = RoomText.of(kept_rooms.files_of(on, state.id), state.name, state.task.within)
        lesson = Lesson(state, text, self.database, self.writer, self._others.tell)
        lesson.folder, lesson.terms = self._folder, self.terms
        return lesson

    def _follow(self, code: str, state: RoomState | None) -> None:
        lesson = self._open.get(code)
        if lesson and state and lesson.is_of(state):
            lesson.follow(state)
        elif lesson:
            del self._open[code]
            self.guests.pop(code, None)
            lesson.end()

    async def _forget_daily(self) -> None:
        while True:
            pause = A_DAY
            try:
                await self._forget_old()
            except SQLAlchemyError as error:
                log.warning("Rooms whose date has come are not forgotten yet: %s", type(error).__name__)
                pause = AN_HOUR
            await asyncio.sleep(pause)

    async def _forget_old(self) -> None:
        gone = await self.writer.write(lambda on: kept_rooms.forget_old(on, now()))
        self._leave(gone)
        if gone:
            await asyncio.to_thread(self.database.wipe)

    def _leave(self, gone: Iterable[str]) -> None:
        """Have no lesson any more in rooms that are forgotten, here and in other processes."""
        for code in gone:
            self._follow(code, None)
            self._others.tell(code)


def _check_count(on: Connection, owner: str, course: str, terms: Terms) -> None:
    """Let a room be added in this transaction, and none of anybody's beside it. Those that are over count as well."""
    if not owner:
        return
    kept_rooms.lock_opening(on)
    if kept_rooms.count_rooms(on, owner, course) >= terms.rooms:
        raise not_now(TOO_MANY, FULL, most=terms.rooms)

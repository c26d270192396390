"""A lesson: a room in this process, with its text, its news and its limits; the store alone knows how it stands."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any, TypeVar

from essay_explorer.rooms import marking
from essay_explorer.rooms.joining import GONE, seated, the_room
from essay_explorer.rooms.limits import USUAL, Limits
from essay_explorer.rooms.pupil_page import policy_of, pupil_page
from essay_explorer.rooms.record import write_record
from essay_explorer.rooms.results import Results
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.rooms.together import Together
from essay_explorer.server.kept import HTML, JSON, Kept
from essay_explorer.server.news import Channel
from essay_explorer.words import language

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.room_text import RoomText
    from essay_explorer.rooms.store.database import Database
    from essay_explorer.rooms.writer import Writer

T = TypeVar("T")
PAUSE = 0.5  # seconds between two pieces of news of what pupils do
FRESH = 1.0  # seconds for which results hold where another process may write too


class Lesson:
    """A room that somebody has opened here.

    `news`: what everybody in it may hear, that the room has changed and never what others do. `desk_news`: the
    teacher's. `folder`: in which its record is written. `terms`: on which others are opened and joined. `wrote`: is
    told of each write. Acts are functions that take a connection and the room's code.
    """

    def __init__(
        self,
        state: RoomState,
        text: RoomText,
        database: Database,
        writer: Writer,
        wrote: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._wrote = wrote
        self.code, self.text = state.code, text
        self.state = state
        self.folder: Path | None = None
        self.terms = USUAL
        self.limits = Limits(time.monotonic)
        self.news, self.desk_news = Channel(self._present), Channel(self._present)
        self._seats: dict[str, int] = {}
        self._database, self._writer = database, writer
        self._marks = Together[marking.Sent, marking.Kept](
            writer, lambda on, sent: marking.put_marks(on, self._room(on).code, sent)
        )
        self._changes = 0
        self._results: tuple[int, float, Results] | None = None
        self._pages: dict[str, tuple[tuple[str, ...], tuple[Kept, str]]] = {}  # by language
        self._made: dict[tuple[Callable[[Results], dict[str, Any]], str], tuple[Results, Kept]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._telling: asyncio.TimerHandle | None = None

    def is_of(self, state: RoomState | None) -> bool:
        """Whether that is this lesson's room; a room that is forgotten leaves its code to a new one."""
        return state is not None and state.secret == self.state.secret

    async def read(self, act: Callable[[Connection, RoomState], T]) -> T:
        """What an act finds in the store, of one moment. Raises RefusalError where the room is gone."""

        def found() -> T:
            with self._database.reading() as on:
                return act(on, self._room(on))

        return await asyncio.to_thread(found)

    async def allow(self, token: str, count: int = 1) -> None:
        """Raise RefusalError where a phone has no seat, or sends too much."""
        if token not in self._seats:
            self._seats[token] = (await self.read(lambda on, state: seated(on, state, token))).id
        self.limits.act(self._seats[token], max(1, count))

    async def write(self, act: Callable[[Connection, str], T]) -> T:
        """What an act of a pupil gives, once it is on the disk; the teacher's page hears of it soon."""
        return await self._written(self._writer.write(lambda on: act(on, self._room(on).code)))

    async def mark(self, sent: marking.Sent) -> marking.Kept:
        """What becomes of the marks of a phone, once they are on the disk, together with what others send meanwhile."""
        return await self._written(self._marks.write(sent))

    async def _written(self, writing: Awaitable[T]) -> T:
        made = await writing
        self._wrote(self.code)
        self._stir()
        return made

    async def steer(self, act: Callable[[Connection, str], Any]) -> Any:  # noqa: ANN401 - what the act gives
        """What an act of the teacher gives; everybody hears at once that the room has changed."""
        made, self.state = await self._writer.write(lambda on: self._steered(on, act))
        self._wrote(self.code)
        self._changes += 1
        self.publish()
        return made

    def follow(self, state: RoomState) -> None:
        """Another process has written: tell who listens here. `state`: of the room, by the store."""
        self._stir()
        if state.version > self.state.version:
            self.state = state
            self.publish()

    def publish(self) -> None:
        """Tell everybody that the room has changed."""
        for channel in (self.news, self.desk_news):
            for kind, data in self._present():
                channel.publish(kind, data)

    def end(self) -> None:
        """Tell everybody that the room is there no more, and nothing after that."""
        if self._telling:
            self._telling.cancel()
        self.publish()

    async def results(self) -> Results:
        """What those who handed in have marked, worked out once for all who ask."""
        async with self._one_at_a_time:
            changes, now = self._changes, time.monotonic()
            if self._results and self._results[0] == changes and now - self._results[1] < FRESH:
                return self._results[2]
            results = await self.read(lambda on, state: Results.of(on, state, self.text))
            self._results = changes, now, results
            return results

    async def made(self, make: Callable[[Results], dict[str, Any]]) -> Kept:
        """What is made of the results, as JSON; once for all who ask in one language."""
        results = await self.results()
        async with self._one_at_a_time:
            known = self._made.get((make, language()))
            if known is None or known[0] is not results:
                known = self._made[make, language()] = results, await asyncio.to_thread(_packed, make, results)
            return known[1]

    async def page(self) -> tuple[Kept, str]:
        """The page of all pupils who read a language, and its content security policy."""
        async with self._one_at_a_time:
            tags, known = self.state.task.tags, self._pages.get(language())
            if known is None or known[0] != tags:
                made = await asyncio.to_thread(pupil_page, self.text.reading, self.state)
                known = self._pages[language()] = tags, (Kept.of(made, HTML), policy_of(made))
            return known[1]

    async def write_record(self) -> Path | None:
        """The folder in which the record of the room has been written."""
        folder = self.folder and self.folder / f"{self.state.name}-{self.code}"
        if folder:
            results = await self.results()
            await asyncio.to_thread(write_record, results, folder)
        return folder

    def _room(self, on: Connection) -> RoomState:
        """Its room by the store. Raises RefusalError where it is gone, also where its code is another room's now."""
        state = the_room(on, self.code)
        if not self.is_of(state):
            raise GONE
        return state

    def _steered(self, on: Connection, act: Callable[[Connection, str], T]) -> tuple[T, RoomState]:
        """What an act gives, and the room with a new version, by which other processes know that it has changed."""
        state = self._room(on)
        return act(on, state.code), kept_rooms.change_room(on, state.id)

    def _stir(self) -> None:
        self._changes += 1
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(PAUSE, self._tell)

    def _tell(self) -> None:
        self._telling = None
        self.desk_news.publish("people", {})
        if self.state.is_revealed:
            self.news.publish("class", {})

    def _present(self) -> Iterator[tuple[str, Any]]:
        state = self.state
        yield "room", {"phase": state.phase, "version": state.version, "revealed": state.is_revealed}


def _packed(make: Callable[[Results], dict[str, Any]], results: Results) -> Kept:
    return Kept.of(json.dumps(make(results), ensure_ascii=False, separators=(",", ":")), JSON)

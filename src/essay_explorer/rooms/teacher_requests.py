"""What the teacher asks of a room; each request brings the room's secret."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

from essay_explorer.rooms import desk, fields
from essay_explorer.rooms.lessons import now
from essay_explorer.rooms.printing import paper_sheets, result_page
from essay_explorer.rooms.record import archive_of, gradebook_of, majority_of
from essay_explorer.rooms.requests import COOKIE, NEVER, TeacherRequest
from essay_explorer.rooms.shown import text_shown, wall_shown, wall_waiting
from essay_explorer.rooms.steering import paper_readers
from essay_explorer.rooms.store.kept_seats import participants_of
from essay_explorer.rooms.teacher_acts import ACTS
from essay_explorer.server.kept import HTML
from essay_explorer.server.news import Channel, News

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from essay_explorer.rooms.lesson import Lesson
    from essay_explorer.rooms.room_state import RoomState

ZIP = "application/zip"
PERCENT = re.compile(r"[0-9]{1,3}")


class Enter(TeacherRequest):
    """The teacher's page says that it is the teacher's."""

    async def post(self, code: str) -> None:
        """A cookie of this room alone, which no script reads."""
        await self.lesson(code)
        path = self.request.path.removesuffix("enter")
        self.set_cookie(COOKIE.format(code), self.token, path=path, httponly=True, samesite="Strict")
        self.answer({})


class People(TeacherRequest):
    """Who is in the room."""

    async def get(self, code: str) -> None:
        """The room, and how far each has come."""
        lesson = await self.lesson(code)

        def found(on: Connection, state: RoomState) -> dict[str, Any]:
            return desk.people(on, state, lesson.text, now(), lesson.terms)

        self.answer(await lesson.read(found))


class Findings(TeacherRequest):
    """What the class has marked."""

    async def get(self, code: str) -> None:
        """All numbers, and the digest."""
        self.send(await (await self.lesson(code)).made(desk.findings), cache=NEVER)


class Queue(TeacherRequest):
    """What the class has written."""

    async def get(self, code: str) -> None:
        """All reasons and replies, with names."""
        self.send(await (await self.lesson(code)).made(desk.queue), cache=NEVER)


class DeskNews(TeacherRequest, News):
    """The teacher's news."""

    async def channel(self, *path: str) -> Channel:
        """That of the desk."""
        return (await self.lesson(path[0])).desk_news


class Steer(TeacherRequest):
    """One act of the teacher: the last word of the address says which."""

    async def post(self, code: str, what: str) -> None:
        """Do it; the room as it is then, and what the act says."""
        lesson = await self.lesson(code)
        self.answer(await ACTS[what](lesson, self.sent))


class Close(TeacherRequest):
    """An end: of the names, or of the room."""

    async def post(self, code: str, what: str) -> None:
        """Delete it from the store and its files."""
        await self.lesson(code)
        await (self.lessons.delete_names(code) if what == "names" else self.lessons.forget(code))
        self.answer({})


class Archive(TeacherRequest):
    """The results as one file."""

    async def get(self, code: str) -> None:
        """A zip of the tables."""
        results = await (await self.lesson(code)).results()
        self.set_header("Content-Type", ZIP)
        self.set_header("Content-Disposition", f'attachment; filename="{results.state.name}-{code}.zip"')
        self.finish(await asyncio.to_thread(archive_of, results))


class Majority(TeacherRequest):
    """The class's majority as annotations."""

    async def get(self, code: str) -> None:
        """`annotations.csv` at a threshold of so many per cent."""
        given = self.get_query_argument("threshold", "50")
        asked = {"threshold": int(given) if PERCENT.fullmatch(given) else None}
        percent = fields.number(asked, "threshold", least=1, most=100)
        results = await (await self.lesson(code)).results()
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.finish(majority_of(results, percent / 100))


class Gradebook(TeacherRequest):
    """Each pupil's work, counted."""

    async def get(self, code: str) -> None:
        """A table for a spreadsheet."""
        results = await (await self.lesson(code)).results()
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.finish(gradebook_of(results))


class Result(TeacherRequest):
    """The result to print."""

    async def get(self, code: str) -> None:
        """A page without names."""
        results = await (await self.lesson(code)).results()
        self.set_header("Content-Type", HTML)
        self.finish(await asyncio.to_thread(result_page, results))


class Sheets(TeacherRequest):
    """The sheets of those who mark on paper."""

    async def get(self, code: str) -> None:
        """A page to print."""
        lesson = await self.lesson(code)
        count = await lesson.read(lambda on, state: len(paper_readers(on, state)))
        self.set_header("Content-Type", HTML)
        self.finish(paper_sheets(lesson.state, lesson.text, count))


class Text(TeacherRequest):
    """The text of the room, which whoever has no key may not be allowed to read."""

    async def get(self, code: str) -> None:
        """Its sentences."""
        self.answer(text_shown((await self.lesson(code)).text))


class WallRequest(TeacherRequest):
    """A request of the projector, which brings a key of its own."""

    def secrets_of(self, lesson: Lesson) -> list[str]:
        """The projector's key, which changes nothing."""
        return [lesson.state.wall_key]


class Wall(WallRequest):
    """What the projector shows."""

    async def get(self, code: str) -> None:
        """The room; the class's marks once they are revealed."""
        lesson = await self.lesson(code)
        if lesson.state.is_revealed:
            self.send(await lesson.made(wall_shown), cache=NEVER)
            return

        def found(on: Connection, state: RoomState) -> dict[str, Any]:
            return wall_waiting(state, lesson.text, participants_of(on, state.id))

        self.answer(await lesson.read(found))


class WallText(WallRequest, Text):
    """The same for the projector."""


class WallNews(WallRequest, News):
    """The projector's news: also that somebody has come or handed in."""

    async def channel(self, *path: str) -> Channel:
        """That of the desk, which tells no more than when to look."""
        return (await self.lesson(path[0])).desk_news

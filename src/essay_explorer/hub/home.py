"""The service's first page, and what one does there: open a room, lead it, take one's seat."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tornado.web import HTTPError

from essay_explorer.core.fault import ReadingError
from essay_explorer.core.prose import Prose
from essay_explorer.files.reading_files import texts_in
from essay_explorer.hub.account import title_of
from essay_explorer.hub.signing_in import Signed
from essay_explorer.library.opening import open_quietly
from essay_explorer.rooms import joining
from essay_explorer.rooms.lessons import new_room, now
from essay_explorer.rooms.opening import paragraphs_of, task_for
from essay_explorer.rooms.pages import PupilPage
from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.rooms.routes import address
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.server.answer import Answer
from essay_explorer.server.kept import HTML, JSON
from essay_explorer.templating import environment
from essay_explorer.words import day, speak

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from essay_explorer.hub.account import Account
    from essay_explorer.hub.signing_in import SignIn
    from essay_explorer.page.shelf import Entry
    from essay_explorer.rooms.lesson import Lesson
    from essay_explorer.rooms.lessons import Lessons
    from essay_explorer.rooms.limits import Terms
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.server.library import Library

TEMPLATES = Path(__file__).parent / "templates"


class AtHome(Signed):
    """A handler of the service itself."""

    def initialize(self, sign_in: SignIn, **more: Any) -> None:  # noqa: ANN401 - as above it
        """The rooms and the readings."""
        self.lessons: Lessons = more.pop("lessons")
        self.library: Library = more.pop("library")
        super().initialize(sign_in, **more)

    async def rooms(self, account: Account, courses: list[str]) -> list[RoomState]:
        """The rooms of an account and of some courses."""

        def found() -> list[RoomState]:
            with self.lessons.database.reading() as on:
                return kept_rooms.rooms_of(on, account.name, courses)

        return await asyncio.to_thread(found)

    async def room(self, code: str) -> RoomState:
        """The room of a code, by the store."""
        try:
            return await (await self.lessons.again(code)).read(lambda _, state: state)
        except RefusalError:
            raise HTTPError(HTTPStatus.NOT_FOUND) from None


class Home(AtHome):
    """The first page."""

    async def get(self) -> None:
        """One's rooms, and those of one's courses; for teachers the readings at which a room can be opened."""
        speak(self.language)
        who = self.account
        found = await self.rooms(who, [*who.taught, *who.attended])
        editions = await self.library.editions()
        values = {
            "account": who.name,
            "teacher": who.is_teacher,
            "courses": who.taught,
            "leads": [_shown(room) for room in found if who.leads(room)],
            "attends": [_shown(room) for room in found if not who.leads(room) and room.phase != "end"],
            "readings": [
                {"name": name, "title": _title(one.entry), "language": one.entry.language}
                for name, one in editions.items()
            ],
            "title_of": title_of,
            "xsrf": self.xsrf_token.decode(),
            "hub": self.hub_auth.hub_prefix,
        }
        self.set_header("Content-Type", HTML)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Vary", "Accept-Language")
        self.finish(environment(TEMPLATES).get_template("home.html.j2").render(**values))


class Open(AtHome):
    """Opening a room."""

    async def allows(self, account: Account) -> bool:
        """Teachers may, in their own courses."""
        return account.may_open(self.get_body_argument("course", ""))

    async def post(self) -> None:
        """A new room at a reading, and on to the page that leads it."""
        course = self.get_body_argument("course", "")
        served = self.library.get(self.get_body_argument("reading", ""))
        if served is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        try:
            reading = await asyncio.to_thread(open_quietly, served.folder)
            task = task_for(reading, {}, within=paragraphs_of(reading, self.get_body_argument("paragraphs", "")))
            files = (await asyncio.to_thread(texts_in, served.folder))[0]
        except (ReadingError, OSError):
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from None
        owner, terms = self.account.name, self.lessons.terms

        def opened(on: Connection) -> RoomState:
            return new_room(on, files, served.name, task, owner=owner, course=course, terms=terms)

        made = await self.lessons.writer.write(opened)
        self.redirect(f"lead/{made.code}", status=HTTPStatus.SEE_OTHER)


class Lead(AtHome):
    """The way to the page that leads a room."""

    async def get(self, code: str) -> None:
        """On to it with its secret, for whose room it is; for all others there is none."""
        state = await self.room(code)
        if not self.account.leads(state):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Cache-Control", "no-store")
        self.redirect(f"../{address(code, 'teacher')}#key={state.secret}")


class Seat(AtHome):
    """One's seat in a room, by one's account."""

    async def allows(self, account: Account) -> bool:
        """Everybody may, but a room of a course is for its members. Raises RefusalError for the others."""
        check_member(account, await self.room(self.path_args[0]), self.lessons.terms)
        return True

    async def get(self, code: str) -> None:
        """On to the room's page, which takes the seat."""
        self.set_header("Cache-Control", "no-store")
        own = "" if self.lessons.terms.open_courses else "?seat"  # whose page leads here where it is missing
        self.redirect(f"../{address(code)}{own}#seat={await self._seat(code)}")

    async def post(self, code: str) -> None:
        """The seat's return code, for a program."""
        self.set_header("Content-Type", JSON)
        self.set_header("Cache-Control", "no-store")
        self.finish({"return_code": await self._seat(code)})

    async def _seat(self, code: str) -> str:
        lesson = await self._lesson(code)
        account, moment, terms = self.account.name, now(), self.lessons.terms
        made = await lesson.write(lambda on, code: joining.join_as(on, code, account=account, now=moment, terms=terms))
        return made.return_code

    async def _lesson(self, code: str) -> Lesson:
        try:
            return await self.lessons.get(code)
        except RefusalError:
            raise HTTPError(HTTPStatus.NOT_FOUND) from None


class MembersPage(Signed, PupilPage):  # type: ignore[misc] # what it needs besides goes on to the page
    """The page of a pupil, who has to be in the course of the room, if it has one."""

    def set_default_headers(self) -> None:
        """Those of a page, whose refusal has a style; the pupil's page brings its own policy."""
        Answer.set_default_headers(self)
        self.set_header("Referrer-Policy", "no-referrer")

    async def prepare(self) -> None:  # type: ignore[override] # Tornado waits for it as well
        """Find out who asks for a room of a course; a room of none is everybody's."""
        PupilPage.prepare(self)
        self.of_course = False
        with suppress(RefusalError):  # that there is no such room is said below
            self.state = (await self.lesson(self.path_args[0])).state
            self.of_course = bool(self.state.course)
        if self.of_course:
            await super().prepare()

    async def allows(self, account: Account) -> bool:
        """Members may. Raises RefusalError for everybody else."""
        check_member(account, self.state, self.lessons.terms)
        return True

    async def get(self, code: str) -> None:
        """The page, by way of one's seat."""
        if self.of_course and "seat" not in parse_qs(self.request.query, keep_blank_values=True):
            self.redirect(f"../../seat/{code}")
            return
        await super().get(code)


def check_member(account: Account, room: RoomState, terms: Terms) -> None:
    """Raise RefusalError for who is not in the course of a room that is for its members."""
    if joining.for_members(room, terms) and not account.is_in(room.course):
        raise joining.MEMBERS


def _title(entry: Entry) -> str:
    return "".join(run["text"] for run in entry.title)


def _shown(room: RoomState) -> dict[str, Any]:
    return {
        "code": room.code,
        "title": Prose.from_inline(room.title).text,
        "course": room.course,
        "phase": room.phase,
        "made": day(room.made),
    }

"""The addresses of rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_explorer.rooms import pupil_requests as pupil
from essay_explorer.rooms import teacher_acts
from essay_explorer.rooms import teacher_requests as teacher
from essay_explorer.rooms.leading import LeadingPage
from essay_explorer.rooms.pages import PupilPage, Typed
from essay_explorer.server.app import under

if TYPE_CHECKING:
    from essay_explorer.rooms.lessons import Lessons
    from essay_explorer.rooms.requests import Request

    Route = tuple[str, type[Request], dict[str, Any]]

ROOM = "room/([A-Z0-9]{2,12})/"
TYPED = "room/([A-Za-z0-9]{2,12})/?"  # as the wall shows it and somebody types it: without the last "/", in any letters
ACTS = "|".join(teacher_acts.ACTS)


def routes(lessons: Lessons, *, prefix: str = "/") -> list[Route]:
    """The routes of the rooms of a store under a prefix."""
    shared = {"lessons": lessons}
    pages: list[Route] = [
        (ROOM, PupilPage, shared),
        (f"{ROOM}teacher", LeadingPage, {**shared, "kind": "teacher"}),
        (f"{ROOM}projector", LeadingPage, {**shared, "kind": "projector"}),
    ]
    pupils: dict[str, type[Request]] = {
        "door": pupil.Door,
        "join": pupil.Join,
        "return": pupil.Return,
        "mine": pupil.Mine,
        "marks": pupil.Marks,
        "hand-in": pupil.HandIn,
        "class": pupil.TheClass,
        "group": pupil.Group,
        "replies": pupil.Replies,
        "me-too": pupil.MeToo,
        "report": pupil.Report,
        "news": pupil.RoomNews,
        "wall": teacher.Wall,
        "wall/news": teacher.WallNews,
        "wall/text": teacher.WallText,
    }
    teachers: dict[str, type[Request]] = {
        "enter": teacher.Enter,
        "people": teacher.People,
        "text": teacher.Text,
        "findings": teacher.Findings,
        "queue": teacher.Queue,
        "news": teacher.DeskNews,
        "archive": teacher.Archive,
        "majority": teacher.Majority,
        "gradebook": teacher.Gradebook,
        "result": teacher.Result,
        "sheets": teacher.Sheets,
        "(names|forget)": teacher.Close,
        f"({ACTS})": teacher.Steer,
    }
    found: list[Route] = [(f"{ROOM}{name}", handler, shared) for name, handler in pupils.items()]
    found += [(f"{ROOM}desk/{name}", handler, shared) for name, handler in teachers.items()]
    found.append((TYPED, Typed, shared))
    return [(under(prefix, pattern), handler, values) for pattern, handler, values in (*pages, *found)]


def address(code: str, page: str = "") -> str:
    """The address of a room's page under the prefix."""
    return f"room/{code}/{page}"

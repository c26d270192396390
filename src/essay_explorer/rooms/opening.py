"""Opening a room: a new one at a reading, or the one that somebody left a while ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.excerpt import excerpt, paragraphs_named, stretch_of
from essay_explorer.core.fault import ReadingError, instead_of
from essay_explorer.rooms import codes
from essay_explorer.rooms.lessons import DAYS, new_room, now
from essay_explorer.rooms.refusal import RefusalError, bad
from essay_explorer.rooms.room_task import RoomTask
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from essay_explorer.core.reading import Reading
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.store.database import Database

PARAGRAPHS = Phrase(
    "Paragraphs: expected the first and the last, such as 5-12, or one, such as 7. This text has {number} of them."
)
SAME_LESSON = timedelta(hours=12)  # after which a room that was not ended is another day's


def task_for(reading: Reading, wanted: Mapping[str, Any], *, within: tuple[int, int] | None = None) -> RoomTask:
    """The task that somebody wants of a reading; without tags, its themes. Raises ReadingError in plain words.

    `within`: the first and the last paragraph that the room is to have, None for all.
    """
    book = reading.codebook
    themes = [tag.id for tag in book.tags_of("theme")] or list(book.tags)
    if not themes:
        message = "This reading has no tags to mark with. Name some in its codebook.yml first"
        raise ReadingError(message)
    strange = next((tag for tag in wanted.get("tags", ()) if tag not in book.tags), None)
    if strange:
        message = f'tag "{strange}" is not in the codebook. {instead_of(strange, book.tags)}'
        raise ReadingError(message)
    try:
        if within:
            stretch_of(reading.essay, within)
        return replace(RoomTask.from_json({"tags": themes, **wanted}, book.tags), within=within)
    except RefusalError as error:
        raise ReadingError(error.sentence) from None
    except ArgumentValueError as error:
        raise ReadingError(str(error)) from None


def paragraphs_of(reading: Reading, words: str) -> tuple[int, int] | None:
    """The paragraphs that somebody names in a form: "5-12", "7", or nothing for all. Raises RefusalError."""
    try:
        if within := paragraphs_named(words):
            stretch_of(reading.essay, within)
    except ArgumentValueError:
        raise bad(PARAGRAPHS, number=len(reading.essay.paragraphs)) from None
    return within


def open_room(  # noqa: PLR0913 - a room, and whether it must be a new one
    database: Database,
    reading: Reading,
    files: Mapping[str, str],
    task: RoomTask,
    *,
    new: bool = False,
    days: int = DAYS,
) -> tuple[RoomState, bool]:
    """A room with this task at a reading, and whether it goes on: one of today that nobody has ended does.

    `files`: those of the reading.
    """
    with database.writing() as on:
        rooms = [] if new else kept_rooms.all_rooms(on)
        essay = (excerpt(reading, task.within) if task.within else reading).essay.fingerprint
        for room in rooms:
            asked = (room.task.tags, room.task.within) == (task.tags, task.within)
            if (
                asked
                and (room.name, room.essay) == (reading.name, essay)
                and room.phase != "end"
                and now() - room.made < SAME_LESSON
            ):
                return room, True
        return new_room(on, files, reading.name, task, days=days), False


def room_called(database: Database, code: str) -> RoomState:
    """The room of a code, however it was typed. Raises ReadingError where there is none."""
    with database.reading() as on:
        found = kept_rooms.room(on, codes.as_typed(code))
        known = [room.code for room in kept_rooms.all_rooms(on)]
    if found is None:
        message = f'There is no room "{code}" in {database.where}. {instead_of(code, known)}'
        raise ReadingError(message)
    return found

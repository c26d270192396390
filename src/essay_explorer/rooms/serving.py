"""A server of rooms: it has no readings and no kernels, so that nobody reaches the teacher's marks beside a room."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.rooms.announcement import announcement
from essay_explorer.rooms.lessons import Lessons
from essay_explorer.rooms.pages import AnyRoom
from essay_explorer.rooms.room_text import RoomText
from essay_explorer.rooms.routes import routes
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.server import addresses
from essay_explorer.server.app import under
from essay_explorer.server.isolation import step_aside
from essay_explorer.server.running import Mounted, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from essay_explorer.core.tag import Tag
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.store.database import Database
    from essay_explorer.server.running import Door

    Announced = Callable[[RoomState, Door, int, Mapping[str, Tag]], tuple[Sequence[str], str]]

STORE = "ESSAY_EXPLORER_STORE"  # where rooms are kept, if not in the usual place


def usual_store() -> str:
    """Where rooms are kept when nobody says so."""
    given = os.environ.get(STORE)
    if given:
        return given
    from platformdirs import user_data_path  # noqa: PLC0415 - only for who has named no place

    return str(user_data_path("essay-explorer", appauthor=False) / "rooms.sqlite")


def serve(  # noqa: PLR0913 - a room, where it is, and who hears of that
    state: RoomState,
    database: Database,
    door: Door,
    *,
    folder: Path,
    guest: str = "",
    announced: Announced = announcement,
) -> None:
    """Serve the rooms of a store until Ctrl+C, and tell the addresses of one. `folder`: for their records.

    `guest`: a key that opens the teacher's side of this one as long as it is served. `announced`: what is said
    then. A room that was served before is served at its port again. Raises OSError when the port cannot be had.
    """
    step_aside()
    door = door if door.port else replace(door, port=state.port)
    lessons = Lessons(database, folder=folder, embed=door.embed)
    if guest:
        lessons.guests[state.code] = guest

    async def make() -> Mounted:
        lessons.start()
        found = [(under(door.prefix, ""), AnyRoom, {"lessons": lessons}), *routes(lessons, prefix=door.prefix)]
        return Mounted(found, end=lessons.end, announcement=opened)

    def opened(port: int) -> tuple[Sequence[str], str]:
        lessons.origin = addresses.urls(door.ip, port, "")[0]
        with database.writing() as on:
            kept = kept_rooms.change_room(on, state.id, port=port)
            tags = RoomText.of(kept_rooms.files_of(on, state.id), state.name).tags
        return announced(kept, door, port, tags)

    run(door, make)

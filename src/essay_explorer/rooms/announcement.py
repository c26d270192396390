"""What a teacher is told when a room opens: three addresses, and what may keep a phone from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.prose import Prose
from essay_explorer.rooms.routes import address
from essay_explorer.server import addresses
from essay_explorer.server.hosts import is_loopback
from essay_explorer.server.running import shows_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.tag import Tag
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.server.running import Door


def announcement(state: RoomState, door: Door, port: int, tags: Mapping[str, Tag]) -> tuple[list[str], str]:
    """The lines of it, and the teacher's own address."""
    first = addresses.urls(door.ip, port, door.prefix)[0]
    phones = first + address(state.code)
    projector = f"{first}{address(state.code, 'projector')}#key={state.wall_key}"
    teacher = f"{first}{address(state.code, 'teacher')}#key={state.secret}"
    alone = is_loopback(first.removeprefix("http://").partition("/")[0])
    lines = [
        f"Room {state.code}: {Prose.from_inline(state.title).text}. {state.task.sentence(tags)}",
        f"  Phones     {phones}",
        f"  Projector  {projector}",
        f"  You alone  {teacher}",
        "Whoever has your own address leads the room, so keep it off the projector.",
        addresses.ALONE if alone and not is_loopback(door.ip) else addresses.firewall(first),
        f"Ctrl+C stops it, and the same command goes on. All of it is forgotten on {state.until:%d %B %Y}.",
    ]
    return [*lines, "", addresses.qr_code(phones)] if shows_codes() else lines, teacher

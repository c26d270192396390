"""The pupil's page: the reader's own, with the marks in the room, and without what anybody made of the text."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from essay_explorer.page.blind import blinded
from essay_explorer.page.document import START, STATES, Head, closed, document, explorer_of, page_of, script
from essay_explorer.page.snapshot import Snapshot
from essay_explorer.widgets.seat import Seat
from essay_explorer.words import say

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading
    from essay_explorer.rooms.room_state import RoomState

# A seat that an address brings, before the page takes what stands behind `#` for a view of the text.
SEAT = 'document.documentElement.dataset.seat = /^#seat=([A-Z0-9-]+)$/.exec(location.hash)?.[1] ?? "";'
HEAR = 'modules.news().listen("news", (piece) => models.Seat.receive(piece));'
SCRIPT = re.compile(r"<script(?: type=\"text/plain\"[^>]*)?>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def pupil_page(reading: Reading, state: RoomState) -> str:
    """The page of all pupils of a room, whatever its phase; it tells of the text, the task's tags and the code."""
    with explorer_of(blinded(reading, state.task.tags), charts=False) as explorer:
        explorer.homework = Seat(explorer.lens, explorer.marks, code=state.code, until=state.until.date().isoformat())
        widgets = Snapshot.of([explorer])
    content = widgets.models["Lens"]["state"]["content"]
    content |= {"faults": [], "homework": True}
    head = Head(say("Room {code}: {title}", code=state.code, title=Head.of(reading.essay).title))
    return closed(document(head, page_of(widgets), widgets, script("news"), STATES, SEAT, START, HEAR))


def policy_of(page: str) -> str:
    """The content security policy of a page: its own scripts run, each known by its hash, and no others."""
    hashes = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in SCRIPT.findall(page))
    return POLICY.format(scripts=" ".join(f"'sha256-{one}'" for one in hashes))

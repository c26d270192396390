"""A reading as it is served now: its pages, made once for a state of its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.page.document import Parts, closed, opening
from essay_explorer.page.shelf import Entry
from essay_explorer.server.kept import HTML, JSON, Kept
from essay_explorer.widgets.content import content_of

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading

NEWS = "news"  # the part of a page that tells what has changed
NEXT = "next.json"  # the part that tells the next reading on the shelf
CONTENT = "content.json"  # the part that holds what the page shows, for a page that is open


@dataclass(frozen=True, slots=True)
class Edition:
    """What readers are sent of one state of a reading.

    `for_owner`: the page and the content with the faults of its files, which only its owner sees; the same as the
    others where there are none.
    """

    version: str
    entry: Entry
    page: Kept
    content: Kept
    for_owner: tuple[Kept, Kept]
    faults: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> Edition:
        """Make the pages of a reading; a novel's take a second."""
        page, content = _made(reading, faults=False)
        return cls(
            version=reading.fingerprint,
            entry=Entry.of(reading),
            page=page,
            content=content,
            for_owner=_made(reading, faults=True) if reading.faults else (page, content),
            faults=tuple(map(str, reading.faults)),
        )


def _made(reading: Reading, *, faults: bool) -> tuple[Kept, Kept]:
    parts = Parts.beside(reading)
    page = opening(reading, parts, faults=faults, news=True)
    content = content_of(reading)
    if not faults:
        content["faults"] = []
    if parts.copy:
        content["copy"] = parts.copy
    states = {
        "ChartPanel": {"charts": parts.charts, "vega": parts.vega},
        "Lens": {"file": parts.file, "content": content},
    }
    text = json.dumps(states, ensure_ascii=False, separators=(",", ":"))
    return Kept.of(closed(page), HTML), Kept.of(text, JSON)

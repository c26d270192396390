"""A reading as it is served now: its pages, made once for a state of its files."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from essay_explorer.page.blind import blinded
from essay_explorer.page.document import PARTS, Parts, closed, opening
from essay_explorer.page.parted import PartedPage
from essay_explorer.page.shelf import Entry
from essay_explorer.server.kept import HTML, JSON, SCRIPT, Kept
from essay_explorer.widgets.content import content_of
from essay_explorer.widgets.editor import desk_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.reading import Reading
    from essay_explorer.library.editing.desk import Desk

NEWS = "news"  # the part of a page that tells what has changed
NEXT = "next.json"  # the part that tells the next reading on the shelf
CONTENT = "content.json"  # the part that holds what the page shows, for a page that is open
REVEALED = "reading.json"  # the same with what a blind page is without, for who posts to it
EDIT = "edit"  # the part that takes the acts of who edits a reading


@dataclass(frozen=True, slots=True)
class Edition:
    """What readers are sent of one state of a reading.

    `for_owner`: the page and the content with the faults of its files, which only its owner sees; the same as the
    others where there are none. `scripts`: those of the pages, by the names of their files. `revealed`: what a blind
    page is without; None for a page that has it all.
    """

    version: str
    entry: Entry
    page: Kept
    content: Kept
    for_owner: tuple[Kept, Kept]
    faults: tuple[str, ...]
    scripts: Mapping[str, Kept]
    revealed: Kept | None = None

    @classmethod
    def of(
        cls, reading: Reading, *, blind: bool = False, desk: Desk | None = None, key: str = "", lab: str = ""
    ) -> Edition:
        """Make the pages of a reading; a novel's take a second. `blind`: without what anybody made of its text.

        `desk`: where it is edited, with the `key` that every change needs; then only its owner gets pages at all.
        `lab`: the address at which it opens in a JupyterLab of the reader's own, where there are such.
        """
        if blind:
            return cls._blind(reading)
        scripts: dict[str, Kept] = {}
        if desk:
            made = _made(reading, scripts, faults=True, edit=_edit(reading, desk, key))
            return cls(reading.fingerprint, Entry.of(reading), *made, made, tuple(map(str, reading.faults)), scripts)
        page, content = _made(reading, scripts, faults=False, lab=lab)
        return cls(
            version=reading.fingerprint,
            entry=Entry.of(reading),
            page=page,
            content=content,
            for_owner=_made(reading, scripts, faults=True, lab=lab) if reading.faults else (page, content),
            faults=tuple(map(str, reading.faults)),
            scripts=scripts,
        )

    @classmethod
    def _blind(cls, reading: Reading) -> Edition:
        """The pages of a reading without its annotations, and those for whoever has made some."""
        bare = blinded(reading)
        more = {"blind": True, "fingerprint": reading.fingerprint}
        nowhere = Parts("", "", content=more)
        page = opening(bare, nowhere, faults=False, news=True)
        scripts: dict[str, Kept] = {}
        made = _packed(page, scripts), _states(nowhere, content_of(bare) | more)
        beside = replace(Parts.beside(reading), file="")
        return cls(
            version=reading.fingerprint,
            entry=replace(Entry.of(bare), version=reading.fingerprint),
            page=made[0],
            content=made[1],
            for_owner=made,
            faults=tuple(map(str, reading.faults)),
            scripts=scripts,
            revealed=_states(beside, content_of(reading) | {"faults": []}),
        )


def _edit(reading: Reading, desk: Desk, key: str) -> dict[str, Any]:
    """What the page of who edits a reading knows more than others: `Editor`'s traits."""
    return {"desk": desk_of(reading, desk.state()), "door": f"{PARTS}/{EDIT}", "key": key}


def _packed(page: str, scripts: dict[str, Kept]) -> Kept:
    """A page as it is sent; its script joins the `scripts`."""
    parted = PartedPage.of(closed(page))
    scripts.setdefault(parted.name, Kept.of(parted.script, SCRIPT))
    return Kept.of(parted.page, HTML)


def _made(
    reading: Reading,
    scripts: dict[str, Kept],
    *,
    faults: bool,
    edit: dict[str, Any] | None = None,
    lab: str = "",
) -> tuple[Kept, Kept]:
    parts = replace(Parts.beside(reading), content={"lab": lab} if lab else {})
    page = opening(reading, parts, faults=faults, news=True, edit=edit)
    content = {**content_of(reading), **parts.content}
    if not faults:
        content["faults"] = []
    if parts.copy:
        content["copy"] = parts.copy
    return _packed(page, scripts), _states(parts, content, edit)


def _states(parts: Parts, content: Mapping[str, Any], edit: Mapping[str, Any] | None = None) -> Kept:
    """The traits of a page's models that a reading makes, by the names of the models."""
    states: dict[str, Any] = {
        "ChartPanel": {"charts": parts.charts, "vega": parts.vega},
        "Lens": {"file": parts.file, "content": content},
    }
    if edit:
        states["Editor"] = {"desk": edit["desk"]}
    return Kept.of(json.dumps(states, ensure_ascii=False, separators=(",", ":")), JSON)

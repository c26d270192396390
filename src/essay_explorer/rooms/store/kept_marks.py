"""Marks in the store: put once, however often they are sent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.rooms.codes import reference
from essay_explorer.rooms.kept_mark import KeptMark
from essay_explorer.rooms.phase import SECOND
from essay_explorer.rooms.sent_mark import SentMark
from essay_explorer.rooms.store.tables import marks, participants, reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

COLUMNS = tuple(marks.c)


def put_mark(  # noqa: PLR0913 - a mark and its place
    on: Connection, participant: int, pass_number: int, mark: SentMark, sentences: tuple[int, int], *, more: bool = True
) -> bool:
    """Keep a mark, unless what is kept under its id is newer. A reason that is changed is unseen again.

    `more`: whether one with a new id is taken. False is given back for one that is not.
    """
    at = (marks.c.participant_id == participant, marks.c["pass"] == pass_number, marks.c.id == mark.id)
    kept = on.execute(select(marks.c.changed, marks.c.removed, marks.c.reason).where(*at)).first()
    if kept is None and more:
        own = {"participant_id": participant, "pass": pass_number, "id": mark.id, "ref": reference()}
        on.execute(insert(marks).values(own | _values(mark, sentences)))
    elif kept and mark.replaces(kept.changed, removed=kept.removed):
        values = _values(mark, sentences)
        if mark.reason == kept.reason:
            del values["seen"]
        on.execute(update(marks).where(*at).values(values))
    return more or kept is not None


def count_marks(on: Connection, participant: int) -> Counter[int]:
    """How many marks and tombstones a participant has in each pass."""
    counted = select(marks.c["pass"], func.count()).where(marks.c.participant_id == participant)
    return Counter({row[0]: row[1] for row in on.execute(counted.group_by(marks.c["pass"]))})


def marks_of(on: Connection, participant: int) -> tuple[KeptMark, ...]:
    """All marks of a participant in both passes, tombstones too, in the order of their ids."""
    found = select(*COLUMNS).where(marks.c.participant_id == participant).order_by(marks.c["pass"], marks.c.id)
    return tuple(_kept(row, {}) for row in on.execute(found))


def marks_in(on: Connection, room_id: int) -> tuple[KeptMark, ...]:
    """All marks in a room, tombstones too, of those who were not removed."""
    there = (participants.c.room_id == room_id, participants.c.removed.is_(False))
    found = select(*COLUMNS).join(participants).where(*there)
    counted = reports_in(on, room_id)
    rows = on.execute(found.order_by(marks.c.participant_id, marks.c["pass"], marks.c.id))
    return tuple(_kept(row, counted) for row in rows)


def counts_in(on: Connection, room_id: int, *, until: int) -> Counter[int]:
    """How many marks each participant of a room has after a pass."""
    columns = marks.c.participant_id, marks.c.id, marks.c.removed
    found = select(*columns).join(participants).where(participants.c.room_id == room_id, marks.c["pass"] <= until)
    there = {(who, name): not removed for who, name, removed in on.execute(found.order_by(marks.c["pass"]))}
    return Counter(who for (who, _), stands in there.items() if stands)


def marked_again(on: Connection, room_id: int) -> set[int]:
    """The ids of the participants of a room who have changed something in the second pass."""
    found = select(marks.c.participant_id).join(participants).where(participants.c.room_id == room_id)
    return set(on.execute(found.where(marks.c["pass"] == SECOND).distinct()).scalars())


def reports_in(on: Connection, room_id: int) -> dict[str, int]:
    """How many readers report what, by its ref."""
    counted = select(reports.c.ref, func.count()).join(participants).where(participants.c.room_id == room_id)
    return {row[0]: row[1] for row in on.execute(counted.group_by(reports.c.ref))}


def _values(mark: SentMark, sentences: tuple[int, int]) -> dict[str, Any]:
    exact, prefix, suffix = mark.quote
    quote = {"quote": exact, "prefix": prefix, "suffix": suffix, "first": sentences[0], "last": sentences[1]}
    times = {"created": mark.created, "changed": mark.changed}
    return {
        "removed": mark.removed,
        **quote,
        "tags": ";".join(mark.tags),
        "reason": mark.reason,
        **times,
        "seen": "unseen",
    }


def _kept(row: Iterable[Any], counted: Mapping[str, int]) -> KeptMark:
    who, number, name, ref, removed, exact, prefix, suffix, tags, reason, created, changed, first, last, seen = row
    carried = tuple(tags.split(";")) if tags else ()
    mark = SentMark(name, changed, removed, Quote(exact, prefix, suffix), carried, reason, created)
    return KeptMark(who, number, mark, (first, last), ref, seen, counted.get(ref, 0))

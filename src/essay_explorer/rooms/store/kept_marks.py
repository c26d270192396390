"""Marks in the store: put once, however often they are sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, insert, select, update

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.rooms.codes import reference
from essay_explorer.rooms.kept_mark import KeptMark
from essay_explorer.rooms.limits import MOST_MARKS
from essay_explorer.rooms.phase import SECOND
from essay_explorer.rooms.sent_mark import SentMark
from essay_explorer.rooms.store.tables import marks, participants, reports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

    Key = tuple[int, int, str]  # a participant, a pass, an id
    Wanted = tuple[int, int, SentMark, tuple[int, int]]  # a participant, a pass, a mark, the sentences of that

COLUMNS = tuple(marks.c)


def put_marks(on: Connection, wanted: Iterable[Wanted], *, most: int = MOST_MARKS) -> list[bool]:
    """Keep marks, each unless what is kept under its id is newer; of each whether there was room for it.

    `most`: of one participant in a pass, those too that were removed. A reason that is changed is unseen again.
    """
    every = list(wanted)
    there = _there(on, {who for who, *_ in every})
    made: dict[Key, dict[str, Any]] = {}
    changed: dict[Key, dict[str, Any]] = {}
    answers = []
    for who, pass_number, mark, sentences in every:
        own = there[who, pass_number]
        before = own.get(mark.id)
        answers.append(before is not None or len(own) < most)
        if not answers[-1] or (before and not mark.replaces(before.changed, removed=before.removed)):
            continue
        own[mark.id] = mark
        key, values = (who, pass_number, mark.id), _values(mark, sentences)
        if before is None:
            made[key] = {"participant_id": who, "pass": pass_number, "id": mark.id, "ref": reference()}
        elif before.reason == mark.reason:
            del values["seen"]
        place = made if key in made else changed
        place[key] = place.get(key, {}) | values
    if made:
        on.execute(insert(marks), list(made.values()))
    for (who, pass_number, name), values in changed.items():
        at = (marks.c.participant_id == who, marks.c["pass"] == pass_number, marks.c.id == name)
        on.execute(update(marks).where(*at).values(values))
    return answers


def _there(on: Connection, who: Collection[int]) -> defaultdict[tuple[int, int], dict[str, SentMark]]:
    """What is kept of some participants, by them, their passes, and the ids of marks; without the quotes."""
    found = defaultdict[tuple[int, int], dict[str, SentMark]](dict)
    columns = (marks.c.participant_id, marks.c["pass"], marks.c.id, marks.c.changed, marks.c.removed, marks.c.reason)
    for one, number, name, *rest in on.execute(select(*columns).where(marks.c.participant_id.in_(who))):
        changed, removed, reason = rest
        found[one, number][name] = SentMark(name, changed, removed, reason=reason)
    return found


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
    later = marks.alias()
    same = (later.c.participant_id == marks.c.participant_id, later.c.id == marks.c.id)
    said_again = exists().where(*same, later.c["pass"] > marks.c["pass"], later.c["pass"] <= until)
    there = (participants.c.room_id == room_id, marks.c["pass"] <= until, marks.c.removed.is_(False), ~said_again)
    counted = select(marks.c.participant_id, func.count()).join(participants).where(*there)
    return Counter({row[0]: row[1] for row in on.execute(counted.group_by(marks.c.participant_id))})


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

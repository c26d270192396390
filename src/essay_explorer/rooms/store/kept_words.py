"""Words in the store: replies, and which of them and of the reasons others see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from essay_explorer.rooms.codes import reference
from essay_explorer.rooms.reply import Reply
from essay_explorer.rooms.store.kept_marks import reports_in
from essay_explorer.rooms.store.tables import marks, participants, replies, reports

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from essay_explorer.rooms.kept_mark import Seen


def put_reply(on: Connection, participant: int, reply: Reply) -> None:
    """Keep a reply; one that is sent again takes the place of itself, and is unseen again where its words differ."""
    values = {"sentence": reply.sentence, "tag": reply.tag, "view": reply.view, "text": reply.text, "seen": "unseen"}
    at = (replies.c.participant_id == participant, replies.c.id == reply.id)
    kept = on.execute(select(replies.c.text).where(*at)).first()
    if kept is None:
        on.execute(insert(replies).values(participant_id=participant, id=reply.id, ref=reference(), **values))
        return
    if kept.text == reply.text:
        del values["seen"]
    on.execute(update(replies).where(*at).values(values))


def replies_of(on: Connection, participant: int) -> set[str]:
    """The ids of the replies that a participant has given."""
    return set(on.execute(select(replies.c.id).where(replies.c.participant_id == participant)).scalars())


def replies_in(on: Connection, room_id: int) -> tuple[Reply, ...]:
    """All replies in a room, sentence by sentence, of those who were not removed."""
    there = (participants.c.room_id == room_id, participants.c.removed.is_(False))
    found = select(replies).join(participants).where(*there).order_by(replies.c.sentence, replies.c.ref)
    counted = reports_in(on, room_id)
    return tuple(
        Reply(
            row.id,
            row.sentence,
            row.tag,
            row.view,
            row.text,
            row.participant_id,
            row.ref,
            row.seen,
            counted.get(row.ref, 0),
        )
        for row in on.execute(found)
    )


def see(on: Connection, room_id: int, ref: str, seen: Seen) -> bool:
    """Show or hide the reason or reply of that ref; whether the room has it."""
    own = select(participants.c.id).where(participants.c.room_id == room_id)
    return any(
        on.execute(update(table).where(table.c.ref == ref, table.c.participant_id.in_(own)).values(seen=seen)).rowcount
        for table in (marks, replies)
    )


def is_there(on: Connection, room_id: int, ref: str) -> bool:
    """Whether a room has the reason or reply of that ref."""
    own = select(participants.c.id).where(participants.c.room_id == room_id)
    found = (
        select(table.c.ref).where(table.c.ref == ref, table.c.participant_id.in_(own)) for table in (marks, replies)
    )
    return any(on.execute(one).first() for one in found)


def report(on: Connection, participant: int, ref: str) -> None:
    """Keep that a participant finds fault with a reason or a reply; once is enough."""
    at = (reports.c.participant_id == participant, reports.c.ref == ref)
    if on.execute(select(reports.c.ref).where(*at)).first() is None:
        on.execute(insert(reports).values(participant_id=participant, ref=ref))


def refs_seen(on: Connection, room_id: int, *, all_reasons: bool) -> set[str]:
    """The refs of what pupils see. `all_reasons`: of reasons all that are not hidden."""
    found: set[str] = set()
    for table, every in ((marks, all_reasons), (replies, False)):
        seen = table.c.seen != "hidden" if every else table.c.seen == "shown"
        there = select(table.c.ref).join(participants).where(participants.c.room_id == room_id, seen)
        found.update(on.execute(there).scalars())
    return found

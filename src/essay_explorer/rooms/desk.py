"""The teacher's desk: all of a room as JSON, for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_explorer.rooms.phase import FIRST, SECOND, reached
from essay_explorer.rooms.shown import class_shown, room_shown, tags_shown
from essay_explorer.rooms.steering import paper_readers
from essay_explorer.rooms.store.kept_marks import counts_in, marked_again
from essay_explorer.rooms.store.kept_seats import participants_of
from essay_explorer.rooms.tally import standing

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from essay_explorer.rooms.limits import Terms
    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.results import Results
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.room_text import RoomText
    from essay_explorer.rooms.tally import Share

    Json = dict[str, Any]

IDLE = 120  # seconds without a mark


def people(on: Connection, state: RoomState, text: RoomText, now: datetime, terms: Terms) -> Json:
    """Who is here, and how far each has come; nothing of what they marked."""
    counts = counts_in(on, state.id, until=SECOND if reached(state.phase, "revise") else FIRST)
    sheets = {one.id: f"P{number}" for number, one in enumerate(paper_readers(on, state), 1)}
    movers = marked_again(on, state.id)
    listed = [
        _person(one, counts.get(one.id, 0), now) | {"sheet": sheets.get(one.id, ""), "moved": one.id in movers}
        for one in participants_of(on, state.id)
    ]
    return {
        "room": {**room_shown(state, text), "class_shown": state.class_shown},
        "tags": tags_shown(text, text.tags),
        "themes": [tag.id for tag in text.reading.codebook.tags_of("theme")],
        "wall_key": state.wall_key,
        "teacher_shown": state.teacher_shown,
        "here": len(listed),
        "full": len(listed) >= terms.readers,
        "handed_in": sum(one["state"] == "handed in" for one in listed),
        "marks": sum(one["marks"] for one in listed),
        "people": listed,
    }


def _person(one: Participant, marks: int, now: datetime) -> Json:
    quiet = (now - (one.active or one.joined)).total_seconds()
    state = "handed in" if one.handed_in.get(1) else "marking" if marks and quiet < IDLE else "idle"
    return {
        "number": one.number,
        "name": one.label,
        "paper": one.paper,
        "group": one.group,
        "return_code": one.return_code,
        "state": state,
        "marks": marks,
    }


def findings(results: Results) -> Json:
    """What the class has marked, with all numbers, also few; agreement, the digest, what moved."""
    tally, digest = results.tally, results.digest
    made = {
        **class_shown(results),
        "shares": list(map(_share, tally.shares())),
        "agreed": list(map(_share, tally.agreed()[:10])),
        "split": list(map(_share, tally.split()[:10])),
        "agreement": [
            {
                "tag": one.tag,
                "words": str(one),
                "finding": one.finding,
                "alpha": one.alpha,
                "low": one.low,
                "high": one.high,
            }
            for one in results.agreement.tags
        ],
        "digest": {
            "split": list(map(_share, digest.split)),
            "reasons": [
                {"ref": one.ref, "sentences": list(one.sentences), "text": one.mark.reason} for one in digest.reasons
            ],
            "tags": [str(one) for one in digest.tags],
        },
    }
    if results.pass_number > 1:
        kept = results.moves.moves
        names = ("sentence", "tag", "kept", "dropped", "came", "before", "after")
        made["moved"] = str(results.moves)
        made["moves"] = [{name: getattr(one, name) for name in names} for one in kept]
    return made


def _share(share: Share) -> Json:
    return {"sentence": share.sentence, "tag": share.tag, "count": share.count, "few": share.is_few}


def queue(results: Results) -> Json:
    """The reasons and replies of the class, with whose they are and whether others see them."""
    names = {one.id: one.label for one in results.participants}
    reasons = (
        {
            "kind": "reason",
            "ref": one.ref,
            "sentences": list(one.sentences),
            "tags": list(one.mark.tags),
            "text": one.mark.reason,
            "by": names.get(who, ""),
            "seen": one.seen,
            "reports": one.reports,
            "hands": results.hands.get(one.ref, 0),
        }
        for who, kept in standing(results.marks, until=results.pass_number).items()
        for one in kept
        if one.mark.reason
    )
    replies = (
        {
            "kind": "reply",
            "ref": one.ref,
            "sentences": [one.sentence, one.sentence],
            "tags": [one.tag] if one.tag else [],
            "view": one.view,
            "text": one.text,
            "by": names.get(one.participant, ""),
            "seen": one.seen,
            "reports": one.reports,
            "hands": results.hands.get(one.ref, 0),
        }
        for one in results.replies
    )
    return {"words": [*reasons, *replies]}

"""What of a room somebody is shown, as JSON: a pupil, the class on its wall. What they may not see is not in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.segments import Span
from essay_explorer.marks.agreement import FEW
from essay_explorer.rooms.phase import FIRST
from essay_explorer.rooms.tally import guarded, handed_in, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from essay_explorer.rooms.kept_mark import KeptMark
    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.results import Results
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.room_text import RoomText

    Json = dict[str, Any]

FIRST_SHARES = 10  # of the most agreed and the most split


def room_shown(state: RoomState, text: RoomText) -> Json:
    """What everybody in a room may know of it."""
    return {
        "code": state.code,
        "title": state.title,
        "essay": state.essay,
        "phase": state.phase,
        "since": state.since.isoformat(),
        "now": datetime.now(UTC).isoformat(),
        "until": state.until.isoformat(),
        "version": state.version,
        "locked": state.locked,
        "revealed": state.is_revealed,
        "task": state.task.to_json(),
        "words": state.task.sentence(text.tags),
        "sentences": len(text.sentences),
        "wall": state.wall,
    }


def own_shown(
    state: RoomState, participant: Participant, marks: Sequence[KeptMark], text: RoomText, hands: Iterable[str] = ()
) -> Json:
    """What a pupil's phone is told: the room, their seat, and their own marks, nobody else's."""
    now = state.pass_of(participant)
    own: dict[str, KeptMark] = {one.mark.id: one for one in marks if one.pass_number <= now}
    why = state.why_not_marked(participant)
    before = [one.mark.to_json() for one in marks if one.pass_number < now]
    sees = state.sees_class(participant)
    return {
        "room": {**room_shown(state, text), **({} if sees else {"wall": None})},  # what is talked about tells of others
        "you": {
            "name": participant.name,
            "return_code": participant.return_code,
            "group": participant.group,
            "handed_in": {number: at.isoformat() for number, at in participant.handed_in.items()},
            "pass": now,
            "may_mark": why is None,
            "why": why[1].said() if why else "",
            "sees_class": sees,
            "hands": sorted(hands) if sees else [],
        },
        "marks": [one.mark.to_json() for one in own.values()],
        **({"first": before} if now > 1 else {}),
    }


def class_shown(results: Results) -> Json:
    """What those see who see the class: numbers without names, and the words that the teacher has shown."""
    tally = results.tally
    made: Json = {
        "pass": results.pass_number,
        "readers": len(tally.readers),
        "shares": list(guarded(tally.shares())),
        "agreed": list(guarded([share for share in tally.agreed() if not share.is_few][:FIRST_SHARES])),
        "split": list(guarded(tally.split()[:FIRST_SHARES])),
        "untouched": tally.untouched(),
        "reasons": _reasons(results),
        "replies": _replies(results),
    }
    if results.pass_number > 1:
        made["moved"] = results.moves.for_everybody
    if results.state.teacher_shown:
        made["teacher"] = _teachers(results)
    return made


def group_shown(results: Results, group: int) -> Json:
    """The numbers of one group."""
    tally = results.tally.only(one.id for one in results.participants if one.group == group)
    return {"group": group, "readers": len(tally.readers), "shares": list(guarded(tally.shares()))}


def text_shown(text: RoomText) -> Json:
    """The text for the pages that lead a lesson, sentence by sentence."""
    essay = text.reading.essay
    return {
        "sentences": [
            {"number": number, "text": essay.text[slice(*span)], "paragraph": essay.paragraph_at(span.start)}
            for number, span in zip(text.numbers, text.sentences, strict=True)
        ]
    }


def tags_shown(text: RoomText, ids: Iterable[str]) -> list[Json]:
    """Some tags of a text, as the pages that lead a lesson draw them."""
    names = ("id", "label", "code", "colour", "line")
    return [{name: getattr(text.tags[tag], name) for name in names} for tag in ids if tag in text.tags]


def wall_waiting(state: RoomState, text: RoomText, participants: Iterable[Participant]) -> Json:
    """What the projector shows before the reveal: how many have come and handed in, and no more."""
    people = list(participants)
    return {
        "room": room_shown(state, text),
        "tags": tags_shown(text, state.task.tags),
        "here": len(people),
        "handed_in": len(handed_in(people)),
    }


def wall_shown(results: Results) -> Json:
    """The same, and the class's marks where they are revealed."""
    made = wall_waiting(results.state, results.text, results.participants)
    if results.state.is_revealed:
        made["class"] = class_shown(results)
        made["moves"] = moves_shown(results)
        made["agreement"] = [
            {"tag": one.tag, "finding": one.finding}
            for one in results.agreement.tags
            if one.alpha is not None and one.givers >= FEW
        ]
    return made


def moves_shown(results: Results) -> list[Json]:
    """What moved since the first pass, without names, and without what few readers did."""
    if results.pass_number == FIRST:
        return []
    names = ("sentence", "tag", "before", "after", "kept", "dropped", "came")
    return [{name: getattr(one, name) for name in names} for one in results.moves.seen[:FIRST_SHARES]]


def _reasons(results: Results) -> list[Json]:
    every = results.state.task.reasons_seen
    readers = set(results.tally.readers)
    return [
        {
            "ref": one.ref,
            "sentences": list(one.sentences),
            "tags": [tag for tag in one.mark.tags if tag in results.state.task.tags],
            "text": one.mark.reason,
            "hands": results.hands.get(one.ref, 0),
        }
        for who, kept in standing(results.marks, until=results.pass_number).items()
        for one in kept
        if one.mark.reason and who in readers and (one.seen == "shown" or (every and one.seen == "unseen"))
    ]


def _replies(results: Results) -> list[Json]:
    return [
        {
            "ref": one.ref,
            "sentence": one.sentence,
            "tag": one.tag,
            "view": one.view,
            "text": one.text,
            "hands": results.hands.get(one.ref, 0),
        }
        for one in results.replies
        if one.seen == "shown"
    ]


def _teachers(results: Results) -> list[Json]:
    """The reading's own annotations, with the tags of the task alone, and the sentences that they mark."""
    tags, text = results.state.task.tags, results.text
    names = ("id", "quote", "prefix", "suffix", "note")
    made = []
    for passage in text.reading.passages():
        one = passage.annotation
        if kept := [tag for tag in one.tags if tag in tags]:
            numbers = text.marked_by(Span(passage.start, passage.end))
            made.append({**{name: getattr(one, name) for name in names}, "tags": kept, "sentences": numbers})
    return made

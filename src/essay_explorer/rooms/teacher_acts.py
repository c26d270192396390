"""The acts of a teacher, each by the word that its address ends in."""

from __future__ import annotations

import secrets
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from essay_explorer.rooms import fields, marking, steering
from essay_explorer.rooms.joining import make_room
from essay_explorer.rooms.lessons import now
from essay_explorer.rooms.limits import LONGEST_NAME
from essay_explorer.rooms.paper import LONGEST, PaperEntry
from essay_explorer.rooms.phase import PHASES
from essay_explorer.rooms.refusal import bad
from essay_explorer.rooms.room_task import RoomTask
from essay_explorer.rooms.store import kept_hands, kept_rooms, kept_seats, kept_words
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from essay_explorer.rooms.lesson import Lesson

SEEN = ("shown", "hidden", "unseen")
NO_WORDS = Phrase("There is no such reason or reply in this room.")


async def _phase(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    phase = fields.one_of(sent, "phase", PHASES)
    made = await _steered(lesson, lambda on, code: steering.go_to(on, code, phase, now=now()))  # type: ignore[arg-type]
    if phase == "end" and lesson.folder:
        made["record"] = str(await lesson.write_record())
    return made


async def _task(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    known = lesson.text.tags
    before = lesson.state.task
    task = replace(RoomTask.from_json({**before.to_json(), **sent}, known), within=before.within)
    return await _steered(lesson, lambda on, _: kept_rooms.change_room(on, lesson.state.id, task=task))


async def _show(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    """Reveal the class or the teacher's, lock the room, put a sentence on the wall; whatever is named."""
    values: dict[str, Any] = {
        name: fields.yes_or_no(sent, name) for name in ("class_shown", "teacher_shown", "locked") if name in sent
    }
    if "wall" in sent:
        values["wall"] = _on_the_wall(lesson, sent["wall"])
    if not values:
        sentence = "Expected `class_shown`, `teacher_shown`, `locked` or `wall`."
        raise bad(sentence)
    return await _steered(lesson, lambda on, _: kept_rooms.change_room(on, lesson.state.id, **values))


def _on_the_wall(lesson: Lesson, wall: Any) -> dict[str, Any] | None:  # noqa: ANN401 - JSON
    if wall is None:
        return None
    if not isinstance(wall, dict):
        sentence = "`wall`: expected a sentence and a tag, or null."
        raise bad(sentence)
    numbers = lesson.text.numbers
    number = fields.number(wall, "sentence", least=numbers.start, most=numbers.stop - 1)
    return {"sentence": number, "tag": fields.one_of(wall, "tag", ("", *lesson.state.task.tags), "")}


async def _groups(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    least, most = steering.GROUP_SIZES
    size = fields.number(sent, "size", least=least, most=most) if sent.get("size") is not None else None
    seed = secrets.randbits(32)
    groups = await lesson.steer(lambda on, code: steering.group(on, code, size, seed=seed))
    return {"groups": groups}


async def _person(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    """Rename somebody, or take them out of the room, or back into it."""
    number = fields.number(sent, "number", least=1)
    values: dict[str, Any] = {}
    if "name" in sent:
        values["name"] = fields.line(sent, "name", most=LONGEST_NAME)
    if "removed" in sent:
        values["removed"] = fields.yes_or_no(sent, "removed")

    def act(on: Connection, code: str) -> None:
        who = steering.participant(on, code, number)
        if who.removed and values.get("removed") is False:
            make_room(on, lesson.state, lesson.terms)
        if values:
            kept_seats.change_participant(on, who.id, **values)

    await lesson.steer(act)
    return {"number": number}


async def _clear(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:  # noqa: ARG001 - as the others
    """Give back the places of those who have done nothing; whoever is there all the same joins anew."""
    return {"cleared": await lesson.steer(lambda on, _: kept_seats.clear_empty(on, lesson.state.id))}


async def _add_paper(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    name = fields.line(sent, "name", most=LONGEST_NAME)

    def act(on: Connection, code: str) -> dict[str, Any]:
        made = steering.add_paper(on, code, name, now=now(), terms=lesson.terms)
        sheet = steering.sheet_of(on, kept_rooms.room(on, code) or lesson.state, made)
        return {"number": made.number, "sheet": f"P{sheet}"}

    found: dict[str, Any] = await lesson.steer(act)
    return found


async def _paper(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    """Check a line as it is typed; keep it where `keep` says so and nothing in it is wrong."""
    line = fields.text(sent, "line", most=LONGEST)
    tags = {tag: lesson.text.tags[tag] for tag in lesson.state.task.tags}
    entry = PaperEntry.parsed(line, tags, sentences=lesson.text.numbers)
    keep = fields.yes_or_no(sent, "keep", default=False) and not entry.faults
    if keep:
        await lesson.steer(lambda on, code: steering.enter_paper(on, code, entry, lesson.text, now=now()))
    return {**asdict(entry), "kept": keep}


async def _see(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    ref, seen = fields.an_id(sent, "ref"), fields.one_of(sent, "seen", SEEN)
    found = await lesson.steer(lambda on, _: kept_words.see(on, lesson.state.id, ref, seen))  # type: ignore[arg-type]
    if not found:
        raise bad(NO_WORDS)
    return {"ref": ref, "seen": seen}


async def _hand(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:
    """Count a hand in the room for a reason or a reply, or take it back. `id`: the page's own, of that hand."""
    ref, whose, raised = fields.an_id(sent, "ref"), fields.an_id(sent), fields.yes_or_no(sent, "raised")
    change = kept_hands.raise_hand if raised else kept_hands.lower_hand

    def act(on: Connection, _: str) -> None:
        if not kept_words.is_there(on, lesson.state.id, ref):
            raise bad(NO_WORDS)
        change(on, lesson.state.id, ref, whose)

    await lesson.steer(act)
    return {"ref": ref, "raised": raised}


async def _collect(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:  # noqa: ARG001 - as the others
    count = await lesson.steer(lambda on, code: marking.hand_in_marked(on, code, now=now()))
    return {"handed_in": count}


async def _again(lesson: Lesson, sent: fields.Fields) -> dict[str, Any]:  # noqa: ARG001 - as the others
    made = await lesson.steer(lambda on, code: steering.again(on, code, lesson.terms))
    return {"code": made.code, "secret": made.secret, "wall_key": made.wall_key}


async def _steered(lesson: Lesson, act: Callable[[Connection, str], Any]) -> dict[str, Any]:
    await lesson.steer(act)
    state = lesson.state
    return {
        "phase": state.phase,
        "version": state.version,
        "class_shown": state.class_shown,
        "teacher_shown": state.teacher_shown,
        "locked": state.locked,
        "wall": state.wall,
        "task": state.task.to_json(),
    }


ACTS = {
    "phase": _phase,
    "task": _task,
    "show": _show,
    "groups": _groups,
    "person": _person,
    "clear": _clear,
    "paper-reader": _add_paper,
    "paper": _paper,
    "words": _see,
    "hand": _hand,
    "collect": _collect,
    "again": _again,
}

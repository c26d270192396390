"""What a pupil may not hear before they see the class, and whether it is in what they heard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from class_room import READING, SENTENCES, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from class_room import Room

REASON = "Because the voice is never seen, and yet believed."
TASK = ("trust", "ending")
OTHERS = (5, 9)  # sentences that another pupil marks
ON_THE_WALL = 12  # that the teacher has chosen
NUMBERS = ('"shares"', '"readers":', '"here":', '"handed_in":1', '"agreed"', f'"sentence":{ON_THE_WALL}')


def others(room: Room) -> list[str]:
    """What of another pupil's work nobody may hear: ids, refs, the reason, the name; and the keys of the room."""
    other = room.phone("Amina Other")
    ids = [other.mark(OTHERS[0], "trust", reason=REASON), other.mark(OTHERS[1], "ending")]
    other.hand_in()
    refs = [one["ref"] for one in room.teacher.did("desk/queue")["words"]]
    code = other.did("mine")["you"]["return_code"]
    return [*ids, *refs, REASON, "Amina", code, other.token, room.teacher.token, room.wall.token]


def teachers() -> list[str]:
    """What of the reading's own marks nobody may hear, and of the tags that the task does not ask for."""
    notes = [one.note[:40] for one in READING.annotations if one.note]
    ids = [f'"{one.id}"' for one in READING.annotations]
    tags = [tag for tag in READING.codebook.tags.values() if tag.id not in TASK]
    unasked = [
        *(tag.definition for tag in tags if tag.definition),
        *(f'"id":{space}"{tag.id}"' for tag in tags for space in ("", " ")),
    ]
    return [*notes, *ids, *(f'"{stop.title}"' for stop in READING.tour), *unasked]


def sentences() -> list[str]:
    """What others have marked: the page has the whole text, and nothing else may name these."""
    return [TEXT[slice(*SENTENCES[at - 1])] for at in (*OTHERS, ON_THE_WALL)]


def heard_of(unheard: Iterable[str], heard: str) -> list[str]:
    """Those that were heard after all, as they are or as JSON writes them."""
    return [one for one in unheard if one in heard or json.dumps(one, ensure_ascii=False)[1:-1] in heard]

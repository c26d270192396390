"""A room as it is at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.rooms.phase import FIRST, SECOND, reached
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from datetime import datetime

    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.phase import Phase
    from essay_explorer.rooms.room_task import RoomTask

LATER = Phrase("The teacher has not opened this yet. What you marked stays on your phone until then.")
CLOSED = Phrase("This pass is closed. What you marked stays on your phone.")


@dataclass(frozen=True, slots=True)
class RoomState:
    """A class at one reading: a code, a task, a phase, and what of it is shown.

    `secret` opens the teacher's side, `wall_key` the projector's. `essay`: the fingerprint of the text. `since`:
    when the phase began. `class_shown`, `teacher_shown`: whether the teacher has revealed the class's marks and the
    reading's own. `wall`: the sentence and tag that the class discusses. `until`: when the room is forgotten.
    `owner`: the account that opened it, `course`: whose teachers lead it too; "" outside of a hub.
    """

    id: int
    code: str
    secret: str
    wall_key: str
    name: str
    title: str
    essay: str
    phase: Phase
    since: datetime
    made: datetime
    until: datetime
    task: RoomTask
    locked: bool = False
    class_shown: bool = False
    teacher_shown: bool = False
    wall: dict[str, Any] | None = None
    port: int | None = None
    version: int = 0
    owner: str = ""
    course: str = ""

    def pass_of(self, participant: Participant) -> int:
        """In which pass somebody is: the second one begins for who has handed in the first."""
        return SECOND if participant.handed_in.get(FIRST) and reached(self.phase, "revise") else FIRST

    def sees_class(self, participant: Participant) -> bool:
        """Whether somebody may see what the class marked: after the reveal, and after their own hand-in."""
        return self.is_revealed and bool(participant.handed_in.get(FIRST))

    @property
    def is_revealed(self) -> bool:
        """Whether the class's marks are shown to those who have handed in; where nothing is blind, from the start."""
        return not self.task.blind or (self.class_shown and reached(self.phase, "reveal"))

    def why_not_marked(self, participant: Participant) -> tuple[str, Phrase] | None:
        """Why somebody may not mark now, as a word and a sentence; None for who may."""
        if not reached(self.phase, "mark"):
            return "later", LATER
        if self.phase == "end":
            return "closed", CLOSED
        done = participant.handed_in.get(FIRST)
        if done and self.phase not in {"mark", "revise"}:
            return "closed", CLOSED
        return None

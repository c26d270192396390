"""Somebody who has signed in, and what the hub's groups say of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.rooms.room_state import RoomState

TEACHERS = "teachers"
OF_COURSE = f"-{TEACHERS}"
FINGERPRINT = re.compile(r"-[0-9a-f]{8}\Z")


def title_of(course: str) -> str:
    """What a page calls a course: its group, without the fingerprint by which a platform's courses are told apart."""
    return FINGERPRINT.sub("", course)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the hub with its groups.

    The group "teachers" opens rooms. A course is a group, "film" say; "film-teachers" leads its rooms.
    """

    name: str
    groups: frozenset[str]

    @classmethod
    def from_hub(cls, model: Mapping[str, Any]) -> Account:
        """The account in the hub's answer."""
        return cls(str(model["name"]), frozenset(map(str, model.get("groups") or ())))

    @property
    def taught(self) -> list[str]:
        """The courses whose teacher they are."""
        return sorted(group.removesuffix(OF_COURSE) for group in self.groups if group.endswith(OF_COURSE))

    @property
    def attended(self) -> list[str]:
        """The courses in which they are."""
        return sorted(group for group in self.groups if group != TEACHERS and not group.endswith(OF_COURSE))

    @property
    def is_teacher(self) -> bool:
        """Whether they may open a room."""
        return TEACHERS in self.groups or bool(self.taught)

    def is_in(self, course: str) -> bool:
        """Whether they attend a course or teach it."""
        return course in self.attended or course in self.taught

    def may_open(self, course: str) -> bool:
        """Whether they may open a room of a course; "" for one of none."""
        return course in self.taught if course else self.is_teacher

    def leads(self, room: RoomState) -> bool:
        """Whether a room is theirs, or of a course whose teacher they are."""
        return bool(room.owner) and (room.owner == self.name or room.course in self.taught)

"""A participant of a room: a seat that is a pupil's, on whatever phone, or a sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a room.

    `number`: their own in the room, from 1. `name`: a nickname; "" once names are deleted. `paper`: whether they
    mark on a sheet, which the teacher types in. `return_code`: with which they take their seat on another phone.
    `active`: when they last sent a mark. `group`: None where there are no groups. `handed_in`: when, by pass.
    `account`: with which they signed in on a hub; "" for who has none, and once names are deleted.
    """

    id: int
    number: int
    name: str
    return_code: str
    joined: datetime
    active: datetime | None = None
    paper: bool = False
    group: int | None = None
    removed: bool = False
    handed_in: Mapping[int, datetime] = field(default_factory=dict)
    account: str = ""

    @property
    def label(self) -> str:
        """What the teacher's side calls them: the nickname, or their number where that is gone."""
        return self.name or f"Reader {self.number}"

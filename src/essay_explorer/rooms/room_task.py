"""The task of a room: what a class is asked to do with a text, on what terms, and how long for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.rooms import fields
from essay_explorer.words import say, say_n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.tag import Tag

MOST_MARKS = 100
LONGEST_PASS = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class RoomTask:
    """What a class is asked to mark.

    `tags`: ids of those allowed. `marks` to `most`: how many sentences. `reasons`: how many of them with one.
    `blind`: nobody sees anything of the others before the reveal. `talk_first`: the class's marks are shown by the
    teacher's own act, after the pupils have talked, and not by the reveal. `minutes`: of the first pass;
    `read_minutes` before it, `revise_minutes` of the second, usually no longer than the first. `reasons_seen`: at
    the reveal all reasons are seen, without names; otherwise those alone that the teacher shows. `within`: the
    first and the last paragraph of the text that the room has, numbers from 1; None for all. A room keeps the text
    that it was opened with.
    """

    tags: tuple[str, ...]
    marks: int = 3
    most: int = 6
    reasons: int = 3
    blind: bool = True
    talk_first: bool = True
    minutes: int = 10
    reasons_seen: bool = False
    read_minutes: int = 5
    revise_minutes: int = 5
    within: tuple[int, int] | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any], known: Mapping[str, object]) -> RoomTask:
        """The task that somebody sends, with `known` tags alone; what is left out is as usual. Raises RefusalError."""
        usual = cls(tuple(known))
        marks = fields.number(given, "marks", usual.marks, least=1, most=MOST_MARKS)
        most = max(marks, fields.number(given, "most", max(marks, usual.most), least=1, most=MOST_MARKS))

        def minutes(name: str) -> int:
            return fields.number(given, name, getattr(usual, name), least=1, most=LONGEST_PASS)

        first = minutes("minutes")
        return cls(
            tags=(fields.words(given, "tags", tuple(known)) if "tags" in given else ()) or usual.tags,
            marks=marks,
            most=most,
            reasons=min(most, fields.number(given, "reasons", marks, most=MOST_MARKS)),
            blind=fields.yes_or_no(given, "blind", default=usual.blind),
            talk_first=fields.yes_or_no(given, "talk_first", default=usual.talk_first),
            minutes=first,
            reasons_seen=fields.yes_or_no(given, "reasons_seen", default=usual.reasons_seen),
            read_minutes=minutes("read_minutes"),
            revise_minutes=minutes("revise_minutes") if "revise_minutes" in given else min(first, usual.revise_minutes),
        )

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> RoomTask:
        """The task that `to_json` gave to be kept; what an older one has not is as usual."""
        within = kept.get("within")
        return cls(**{**kept, "tags": tuple(kept["tags"]), "within": tuple(within) if within else None})

    def to_json(self) -> dict[str, Any]:
        """The task as it is kept and sent."""
        return asdict(self) | {"tags": list(self.tags)}

    def sentence(self, tags: Mapping[str, Tag]) -> str:
        """The task in words, with the labels of its tags."""
        labels = [tags[tag].label if tag in tags else tag for tag in self.tags]
        some = ", ".join(labels[:-1])
        about = say("{first} or {last}", first=some, last=labels[-1]) if some else "".join(labels)
        if self.marks == self.most:
            asked = say_n(
                "Mark {count} sentence about {tags}.", "Mark {count} sentences about {tags}.", self.marks, tags=about
            )
        else:
            asked = say("Mark {least} to {most} sentences about {tags}.", least=self.marks, most=self.most, tags=about)
        return f"{asked} {say('Say why.')}" if self.reasons else asked

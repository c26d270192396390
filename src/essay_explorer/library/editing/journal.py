"""What was changed in a reading's files, so that it can be undone and done again, also in another session."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.core.reading import FILES
from essay_explorer.files.plain_json import plain_json
from essay_explorer.files.reading_files import EDITS, KEPT_ESSAY
from essay_explorer.words import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 1
MOST = 500  # acts
LONGEST = 4_000_000  # letters of the file; the oldest acts go first
HOLES = re.compile("[{}]")
ABSENT = "-"  # in the place of a digest: there was no such file
WRITTEN = (*FILES, KEPT_ESSAY)  # files that an act may change


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in a file: `new` stands for `old` at a place. Digests tell the file before and after."""

    at: int
    old: str
    new: str
    before: str
    after: str

    @classmethod
    def between(cls, old: str | None, new: str | None) -> Self:
        """The change that makes one text of a file of another; None where the file is not there."""
        one, other = old or "", new or ""
        at = _alike(one, other)
        end = _alike(one[at:][::-1], other[at:][::-1])
        return cls(at, one[at : len(one) - end], other[at : len(other) - end], digest(old), digest(new))

    @property
    def back(self) -> Change:
        """The change that undoes this one."""
        return Change(self.at, self.new, self.old, self.after, self.before)

    def apply(self, text: str | None, file: str) -> str | None:
        """The text of the file when this is done to it. Raises ReadingError where it is not the one that is meant."""
        if digest(text) == self.after:
            return text  # a program ended in the midst of this
        if digest(text) != self.before:
            refuse(Fault(file, say("was changed elsewhere since, and what was done here before that stays as it is")))
        held = text or ""
        made = None if self.after == ABSENT else held[: self.at] + self.new + held[self.at + len(self.old) :]
        if digest(made) != self.after:
            refuse(Fault(EDITS, say("does not fit the files. Delete it, and undo begins anew")))
        return made


@dataclass(frozen=True, slots=True)
class Entry:
    """An act that was done: its own id, what it said, when it was, and what changed, by file."""

    id: str
    said: Sentence
    when: str
    files: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Journal:
    """The acts that were done in order; those from `at` on are undone."""

    entries: tuple[Entry, ...] = ()
    at: int = 0
    fault: str = field(default="", compare=False)

    @classmethod
    def from_text(cls, text: str | None) -> Self:
        """The journal in a file; an empty one where there is none, or one that cannot be read: `fault` says so then."""
        if not text:
            return cls()
        try:
            data: Any = plain_json(text, EDITS)
            entries = tuple(map(_entry, data["entries"]))
            return cls(entries, min(max(int(data["at"]), 0), len(entries)))
        except (ReadingError, ValueError, TypeError, KeyError):
            return cls(fault="What was done before cannot be undone: its journal is damaged")

    def __str__(self) -> str:
        entries = self.entries
        made = _json(entries, self.at)
        while len(made) > LONGEST and len(entries) > 1:
            entries = entries[max(1, len(entries) // 4) :]
            made = _json(entries, max(0, self.at - len(self.entries) + len(entries)))
        return made

    def done(self, entry: Entry) -> Journal:
        """The journal with an act more; those that were undone are gone."""
        entries = (*self.entries[: self.at], entry)[-MOST:]
        return Journal(entries, len(entries))

    def find(self, name: str) -> Entry | None:
        """The act of that id that was done."""
        return next((entry for entry in self.entries[: self.at] if name and entry.id == name), None)

    @property
    def last(self) -> Entry | None:
        """The act to undo."""
        return self.entries[self.at - 1] if self.at else None

    @property
    def next(self) -> Entry | None:
        """The act to do again."""
        return self.entries[self.at] if self.at < len(self.entries) else None

    def moved(self, by: int) -> Journal:
        """The journal with an act more undone (-1), or done again (1)."""
        return replace(self, at=self.at + by)


def _alike(one: str, other: str) -> int:
    """How many letters two texts have in common from the start on."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def digest(text: str | None) -> str:
    """What tells a text from others."""
    return ABSENT if text is None else hashlib.sha256(text.encode()).hexdigest()


def _json(entries: Iterable[Entry], at: int) -> str:
    data = {"format": FORMAT, "at": at, "entries": [asdict(entry) for entry in entries]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _entry(data: Mapping[str, Any]) -> Entry:
    files = {
        name: Change(int(one["at"]), *(str(one[key]) for key in ("old", "new", "before", "after")))
        for name, one in data["files"].items()
    }
    if not set(files) <= set(WRITTEN):
        raise ValueError
    said = data["said"]
    if isinstance(said, str):  # by an earlier version, in English
        said = {"phrase": {"one": HOLES.sub(r"\g<0>\g<0>", said), "other": ""}, "count": 1, "values": {}}
    return Entry(str(data["id"]), Sentence.from_json(said), str(data["when"]), files)

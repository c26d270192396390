"""What the readers of a class did, as a test has seen it, beside what the files of the room say of it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from class_room import SENTENCES, TEXT

if TYPE_CHECKING:
    from pathlib import Path

    Marks = dict[str, dict[int, tuple[str, str]]]
    Table = list[dict[str, str]]

FIRST, SECOND = 1, 2


def table(text: bytes | str) -> Table:
    """The rows of a table as a room writes it."""
    text = text.decode() if isinstance(text, bytes) else text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def read(folder: Path, name: str) -> Table:
    return table((folder / name).read_text(encoding="utf-8"))


@dataclass
class Record:
    """What each reader has marked: by name and sentence, a tag and a reason. `before`: the first pass, once it is over."""

    marks: Marks = field(default_factory=dict)
    before: Marks = field(default_factory=dict)

    def note(self, name: str, sentence: int, tag: str, reason: str = "") -> None:
        self.marks.setdefault(name, {})[sentence] = tag, reason

    def drop(self, name: str, sentence: int) -> None:
        del self.marks[name][sentence]

    def close(self) -> None:
        """The first pass is over."""
        self.before = deepcopy(self.marks)

    def passes(self) -> dict[int, Marks]:
        return {FIRST: self.before, SECOND: self.marks}

    def rows(self) -> list[tuple[str, ...]]:
        """What marks.csv is to say."""
        return sorted(
            (str(number), name, str(sentence), str(sentence), tag, reason, TEXT[slice(*SENTENCES[sentence - 1])])
            for number, marks in self.passes().items()
            for name, own in marks.items()
            for sentence, (tag, reason) in own.items()
        )

    def shares(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """What shares.csv is to say: by pass, sentence and tag, how many of how many."""
        counts = Counter(
            (str(number), str(sentence), tag)
            for number, marks in self.passes().items()
            for own in marks.values()
            for sentence, (tag, _) in own.items()
        )
        return {key: (str(count), str(len(self.before))) for key, count in counts.items()}

    def work(self) -> dict[str, tuple[str, str]]:
        """What pupils.csv is to say: of each reader, how many marks and how many reasons."""
        return {
            name: (str(len(own)), str(sum(bool(reason) for _, reason in own.values())))
            for name, own in self.marks.items()
        }


def marks_in(folder: Path) -> list[tuple[str, ...]]:
    names = ("pass", "name", "first_sentence", "last_sentence", "tags", "reason", "quote")
    return sorted(tuple(row[name] for name in names) for row in read(folder, "marks.csv"))


def shares_in(folder: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {
        (row["pass"], row["sentence"], row["tag"]): (row["count"], row["readers"]) for row in read(folder, "shares.csv")
    }


def work_in(folder: Path) -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["marks"], row["reasons"]) for row in read(folder, "pupils.csv")}

"""Fields of a Word document: what a program computes, between what tells it how and its last result."""

from __future__ import annotations

import re

KIND = re.compile(rb"""\bfldCharType=["'](begin|separate|end)["']""")


class Fields:
    """Which fields are open at a place of a part that is read from its start.

    A field whose instruction never ends has none, so that no damage hides the text behind it.
    """

    def __init__(self, part: bytes) -> None:
        self._whole = _with_instruction(part)
        self._begun = 0
        self._open: list[bool] = []  # of each: whether its instruction is being read

    def take(self, kind: str) -> None:
        """A field begins, parts its instruction from its result, or ends."""
        if kind == "begin":
            self._open.append(self._begun in self._whole)
            self._begun += 1
        elif self._open:
            self._open[-1:] = [False] if kind == "separate" else []

    @property
    def is_instruction(self) -> bool:
        """Whether words here, also those that another field has computed, only tell a program what to do."""
        return any(self._open)


def _with_instruction(part: bytes) -> set[int]:
    """Those of its fields, by number from 0, whose instruction ends."""
    waiting: list[int] = []
    found: set[int] = set()
    begun = 0
    for kind in KIND.finditer(part):
        if kind[1] == b"begin":
            waiting.append(begun)
            begun += 1
        elif waiting:
            found.add(waiting[-1])
            if kind[1] == b"end":
                waiting.pop()
    return found

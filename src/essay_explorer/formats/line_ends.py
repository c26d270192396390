"""Lines that a width broke, joined again: a word that was parted at the end of one is whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from essay_explorer.core.fault import counted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PARTED = re.compile(r"(?P<head>[^\W\d_]{2,})(?P<sign>[-\u2010\u00ad])\Z")
HYPHENS = "-\u2010"
REST = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# "pre- and post-war": the hyphen stands for the word that both have.
SUSPENDED = {"and", "or", "nor", "to", "und", "oder", "bis", "sowie", "et", "ou", "y", "e", "o", "en", "of", "och", "i"}
# What is written with a hyphen before nearly any word.
HYPHENATED = {"self", "well", "ill", "half", "all", "ex", "non", "quasi", "much", "ever", "so", "then", "would", "vice"}
SHOWN = 3


@dataclass
class LineEnds:
    """Joins the lines of a text. `text`: all of it, where other words tell how a parted one is written.

    `joined`: the words that were made whole so far.
    """

    text: str
    joined: list[str] = field(default_factory=list)
    _words: set[str] | None = None

    def join(self, lines: Sequence[str]) -> str:
        """Lines as one."""
        made: list[str] = []
        for line in filter(None, map(str.strip, lines)):
            made += [*self._between(made, line), line]
        return "".join(made)

    def notices(self) -> Iterator[str]:
        """What was done, in a sentence."""
        if self.joined:
            words = ", ".join(map(shown, self.joined[:SHOWN]))
            yield f"{counted(len(self.joined), 'word')} parted at the end of a line joined again: {words}."

    def _between(self, made: list[str], line: str) -> list[str]:
        """What stands between the lines so far and another; the last of them loses a hyphen that is none."""
        before = made[-1] if made else ""
        parted, rest = PARTED.search(before), REST.match(line)
        if parted and rest and rest[0] not in SUSPENDED:
            head, tail = parted["head"], rest[0]
            keeps = parted["sign"] in HYPHENS and (not tail[0].islower() or self._has_hyphen(head, tail))
            self.joined.append(f"{head}-{tail}" if keeps else f"{head}{tail}")
            made[-1] = before if keeps else before[:-1]
            return []
        is_range = before[-1:] in HYPHENS and before[-2:-1].isdigit() and line[:1].isdigit()
        return [] if is_range or not made else [" "]

    def _has_hyphen(self, head: str, rest: str) -> bool:
        """Whether a word has a hyphen: as it stands elsewhere in the text, else as words of its kind do."""
        if self._words is None:
            self._words = {word.casefold() for word in WORD.findall(self.text)}
        head, rest = head.casefold(), rest.casefold()
        if head + rest in self._words:
            return False
        return f"{head}-{rest}" in self._words or head in HYPHENATED

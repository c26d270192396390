"""What can be wrong with a reading, told so that its author can mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NoReturn, Self

from essay_explorer.anchoring.likeness import nearest_spelling
from essay_explorer.core.brief import BriefError
from essay_explorer.words import Phrase, Sentence, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Report = Callable[["Fault"], object]

SHOWN_IN_FULL = 10  # an error message prints this many faults and counts the rest
NAMES_SHOWN = 30  # of the names that are right; the others are counted
NAMES_COMPARED = 5000  # with a wrong one ...
MOST_GUESSES = 1000  # ... for the first so many of a file; who has more took another file
# What would act on a terminal, or turn the letters behind it round.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a reading's files: where it is, what is wrong, what to do.

    `row` counts as a spreadsheet does, the header being row 1; None where a row means nothing.
    `entry` is the id of the annotation, relation or tag, if it has one. `sentence` is the message for pages, which
    speak their readers' languages; a fault without one is told in English everywhere.

    >>> from essay_explorer import Fault
    >>> print(Fault("annotations.csv", "quote not found", row=7, entry="a06"))
    annotations.csv, row 7 (a06): quote not found
    """

    file: str
    message: str
    row: int | None = None
    entry: str = ""
    sentence: Sentence | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, file: str, sentence: Sentence, row: int | None = None, entry: str = "") -> Self:
        """A fault that pages can tell in their readers' languages.

        >>> from essay_explorer import Fault
        >>> from essay_explorer.words import Phrase
        >>> print(Fault.of("essay.md", Phrase("this file is empty").filled()))
        essay.md: this file is empty
        """
        return cls(file, sentence.in_english(), row, entry, sentence)

    def __str__(self) -> str:
        return self._placed(self.file if self.row is None else f"{self.file}, row {self.row}", self.message)

    def said(self) -> str:
        """It in the reader's language, as far as there are words for it.

        >>> from essay_explorer import Fault
        >>> from essay_explorer.words import Phrase, speaking
        >>> fault = Fault.of("essay.md", Phrase("this file is empty").filled())
        >>> with speaking("de"):
        ...     fault.said()
        'essay.md: diese Datei ist leer'
        """
        where = self.file if self.row is None else say("{file}, row {row}", file=self.file, row=self.row)
        return self._placed(where, self.sentence.said() if self.sentence else self.message)

    def _placed(self, where: str, message: str) -> str:
        return CONTROLS.sub("\ufffd", f"{where}{f' ({self.entry})' if self.entry else ''}: {message}")


def summary(faults: Iterable[Fault]) -> str:
    """The faults as lines of text: the first ten in full, the others counted."""
    lines = [str(fault) for fault in faults]
    rest = len(lines) - SHOWN_IN_FULL
    shown = lines[:SHOWN_IN_FULL] + ([f"... and {rest} more."] if rest > 0 else [])
    return "\n".join(shown)


class Known:
    """The names that are right in a file, to be asked about those that are wrong."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)
        self._guesses = MOST_GUESSES

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def instead_of(self, name: str) -> str:
        """Advice for a name that is not known: the nearest one that is, and all of them."""
        return self.advice(name).in_english()

    def advice(self, name: str) -> Sentence:
        """`instead_of`, for pages."""
        near = self.nearest(name)
        if not near:
            return Phrase("Known: {names}.").filled(names=self._listed)
        return Phrase('Did you mean "{near}"? Known: {names}.').filled(near=near, names=self._listed)

    def nearest(self, name: str, *, alike: float = 0.6) -> str:
        """The one that is most like `name`, whatever the case; "" when none is like it.

        `alike`: as in `nearest_spelling`.
        """
        self._guesses -= 1
        near = nearest_spelling(name.casefold(), self._folded, alike=alike) if self._guesses >= 0 else ""
        return self._folded[near] if near else ""

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {one.casefold(): one for one in islice(self._names, NAMES_COMPARED)}

    @cached_property
    def _listed(self) -> str | Sentence:
        names, more = ", ".join(islice(self._names, NAMES_SHOWN)), len(self._names) - NAMES_SHOWN
        return and_more(names, more) if names else Phrase("none").filled()


def instead_of(name: str, known: Iterable[str]) -> str:
    """`Known.instead_of`, for one name."""
    return Known(known).instead_of(name)


def nearest_name(name: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """`Known.nearest`, for one name."""
    return Known(known).nearest(name, alike=alike)


def short(text: str, most: int = 80) -> str:
    """`text` on one line, of at most `most` letters."""
    line = CONTROLS.sub("\ufffd", " ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def shown(text: str, most: int = 80) -> str:
    """`short` in quotation marks."""
    return f'"{short(text, most)}"'


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 fault", "2 faults"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def and_more(names: str, more: int) -> str | Sentence:
    """Names in a sentence, and how many more there are than are named."""
    return Phrase("{names} and {more} more").filled(names=names, more=str(more)) if more > 0 else names


class ReadingError(BriefError, ValueError):
    """A reading cannot be opened at all: no such reading, or no text in it. `faults` says why.

    >>> from essay_explorer import ReadingError, open_reading
    >>> try:
    ...     open_reading("hre")
    ... except ReadingError as error:
    ...     print(str(error)[:25])
    There is no reading "hre"
    """

    def __init__(self, message: str, faults: tuple[Fault, ...] = (), *, told: Sentence | None = None) -> None:
        super().__init__(message)
        self.faults = faults
        self._told = told  # in place of the message, on a page

    def said(self) -> str:
        """It in the reader's language, as far as there are words for it.

        >>> from essay_explorer import ReadingError
        >>> ReadingError("Choose the words first").said()
        'Choose the words first'
        """
        if self._told:
            return self._told.said()
        alone = self.faults[0] if len(self.faults) == 1 else None
        return alone.said() if alone and str(alone) == str(self) else str(self)


def refuse(fault: Fault) -> NoReturn:
    """What a parser does with a fault unless its caller collects them: raise it at once."""
    raise ReadingError(str(fault), (fault,))


class ReadingWarning(UserWarning):
    """A reading opened, and some of its parts have faults: `Reading.faults` has them all.

    >>> import warnings
    >>> from essay_explorer import ReadingWarning
    >>> warnings.simplefilter("ignore", ReadingWarning)  # for a notebook that need not say it again
    """

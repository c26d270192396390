"""What a paper reader marked, as the teacher types it: "P1: 23T 24T 55E"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.fault import short
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.tag import Tag

LINE = re.compile(r"\s*[Pp]\s*(\d{1,4})\s*[:.]?\s*(.*)", re.DOTALL)
PARTING = re.compile(r"[\s,;]+")
MARK = re.compile(r"(\d{1,5})([^\W\d_]\w*(?:\+[^\W\d_]\w*)*)")
EXAMPLE = "P1: 23T 24T 55E"
LONGEST = 2_000  # letters of a line


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A line as it was understood. `reader`: the number of the sheet, 0 where there is none.

    `marks`: (sentence, tags) as written. `faults`: what could not be read, in the order of the line.
    """

    reader: int
    marks: tuple[tuple[int, tuple[str, ...]], ...] = ()
    faults: tuple[str, ...] = ()

    @classmethod
    def parsed(cls, line: str, tags: Mapping[str, Tag], *, sentences: range) -> PaperEntry:
        """What a line says. `tags`: those of the task, which are written by their codes; two of them as `24T+E`.

        `sentences`: their numbers.
        """
        found = LINE.fullmatch(line[:LONGEST])
        if not found:
            return cls(0, faults=(say("Begin with the sheet’s code and a colon, such as {example}.", example=EXAMPLE),))
        codes = {tag.code.casefold(): id_ for id_, tag in tags.items()}
        marks: dict[int, tuple[str, ...]] = {}
        faults = []
        for word in filter(None, PARTING.split(found[2])):
            try:
                number, chosen = _mark(word, codes, tags, sentences)
            except ValueError as error:
                faults.append(str(error))
            else:
                marks[number] = tuple(dict.fromkeys((*marks.get(number, ()), *chosen)))
        return cls(int(found[1]), tuple(marks.items()), tuple(faults))


def _mark(
    word: str, codes: Mapping[str, str], tags: Mapping[str, Tag], sentences: range
) -> tuple[int, tuple[str, ...]]:
    letters_known = ", ".join(f"{tag.code} ({tag.label})" for tag in tags.values())
    known = say("Letters: {letters}.", letters=letters_known)
    quoted = say("“{quote}”", quote=short(word, 20))
    found = MARK.fullmatch(word)
    if not found:
        wrong = say("{word}: expected a sentence’s number and a letter, such as 23T.", word=quoted)
        message = f"{wrong} {known}"
        raise ValueError(message)
    number, letters = int(found[1]), found[2].casefold().split("+")
    if number not in sentences:
        first, last = sentences.start, sentences.stop - 1
        message = say("{word}: the text has the sentences {first} to {last}.", word=quoted, first=first, last=last)
        raise ValueError(message)
    strange = next((letter for letter in letters if letter not in codes), None)
    if strange:
        wrong = say("{word}: no tag of this task has the letter {letter}.", word=quoted, letter=strange.upper())
        message = f"{wrong} {known}"
        raise ValueError(message)
    return number, tuple(codes[letter] for letter in letters)

"""Answers of a class, as small as a test can read, or as large as a lecture."""

from __future__ import annotations

import random
from typing import Any

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.rooms.kept_mark import KeptMark
from essay_explorer.rooms.sent_mark import SentMark
from essay_explorer.rooms.tally import Tally

TAGS = ("trust", "ending")
WHEN = "2026-11-26T08:30:00.000Z"


def kept(
    reader: int, sentence: int, *tags: str, until: int | None = None, pass_number: int = 1, **fields: Any
) -> KeptMark:
    """A mark of a reader at a sentence, or at those until another."""
    mark = SentMark(f"{reader}-{sentence}", WHEN, quote=Quote("words"), tags=tags or ("trust",), created=WHEN, **fields)
    return KeptMark(reader, pass_number, mark, (sentence, until or sentence), f"r{reader}s{sentence}")


def tally(*readers: str, sentences: int = 6) -> Tally:
    """A tally of the tag "trust" from one text for each reader, such as "13": they gave it to the sentences 1 and 3."""
    marks = [kept(number, int(digit)) for number, digits in enumerate(readers) for digit in digits]
    return Tally.of(marks, range(len(readers)), TAGS, range(1, sentences + 1))


def lecture(readers: int, marks: int, sentences: int) -> list[KeptMark]:
    """Marks of a lecture, dealt by chance."""
    dice = random.Random(1)
    made = [(dice.randrange(readers), dice.randint(1, sentences)) for _ in range(marks)]
    return [kept(reader, at, dice.choice(TAGS), reason="Why.") for reader, at in made]

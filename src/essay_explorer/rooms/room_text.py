"""The text of a room: the reading as it was when the room was made, and where marks stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import exact_occurrences, unbroken
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.excerpt import excerpt, stretch_of
from essay_explorer.core.reading import Reading
from essay_explorer.marks.marked import sentences_at
from essay_explorer.rooms.refusal import bad
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.anchoring.quotes import Quote
    from essay_explorer.core.tag import Tag

NOWHERE = Phrase("These words stand nowhere in this text. Mark them again.")
TOO_OFTEN = Phrase("These words stand {number} times in this text. Mark them again.")


@dataclass(frozen=True)
class RoomText:
    """What a room has of a reading, whose annotations the teacher alone may see: its sentences, its text without lines.

    `whole`: the reading that it is a part of, or all of; in its text it begins at `start`. A sentence has the number
    that it has there.
    """

    reading: Reading
    whole: Reading
    start: int
    sentences: tuple[Span, ...]
    plain: str

    @classmethod
    def of(cls, files: Mapping[str, str], name: str, within: tuple[int, int] | None = None) -> RoomText:
        """The text in the files of a reading; `within`: its first and last paragraph there, None for all.

        Raises ValueError where the text has not so many paragraphs.
        """
        whole = Reading.from_texts(files, name=name)
        reading = excerpt(whole, within) if within else whole
        start = stretch_of(whole.essay, within).start if within else 0
        return cls(reading, whole, start, reading.essay.sentences(), unbroken(reading.essay.text))

    @property
    def tags(self) -> dict[str, Tag]:
        """The tags of its codebook by id."""
        return self.reading.codebook.tags

    @property
    def numbers(self) -> range:
        """The numbers of its sentences."""
        first = self.reading.essay.before[1] + 1
        return range(first, first + len(self.sentences))

    def span(self, number: int) -> Span:
        """Where a sentence stands in the text of the room."""
        return self.sentences[self.numbers.index(number)]

    def sentence(self, number: int) -> str:
        """The words of a sentence."""
        return self.reading.essay.text[slice(*self.span(number))]

    def place_of(self, number: int) -> Span:
        """Where a sentence stands in the whole reading."""
        start, end = self.span(number)
        return Span(self.start + start, self.start + end)

    def marked_by(self, span: Span) -> list[int]:
        """The numbers of the sentences that a stretch of the room's text marks."""
        return [self.numbers[at] for at in sentences_at(span, self.sentences)]

    def sentences_of(self, quote: Quote) -> tuple[int, int]:
        """The first and the last sentence that a quote marks. Raises RefusalError where it stands nowhere."""
        exact, prefix, suffix = map(unbroken, quote)
        places = exact_occurrences(self.plain, exact, prefix=prefix, suffix=suffix)
        if len(places) != 1:
            raise bad(NOWHERE if not places else TOO_OFTEN, number=len(places))
        found = self.marked_by(places[0])
        return found[0], found[-1]

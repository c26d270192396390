"""The act on the text: a paragraph corrected, and every annotation moved to where it belongs then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError, short
from essay_explorer.library.editing.act import Act, clean, in_quotes
from essay_explorer.library.editing.markdown_text import corrected
from essay_explorer.words import Phrase, say, say_n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.anchoring.moves import Move
    from essay_explorer.core.reading import Reading
    from essay_explorer.words import Sentence

NAMED = 3  # of the passages that would be lost
SAID = {  # by whether the paragraph is there still, and whether passages changed
    (True, False): Phrase("Corrected paragraph {number}"),
    (False, False): Phrase("Removed paragraph {number}"),
    (True, True): Phrase(
        "Corrected paragraph {number}; {count} passage changed along",
        "Corrected paragraph {number}; {count} passages changed along",
    ),
    (False, True): Phrase(
        "Removed paragraph {number}; {count} passage changed along",
        "Removed paragraph {number}; {count} passages changed along",
    ),
}


@dataclass(frozen=True, slots=True)
class CorrectText(Act):
    """A paragraph, by its number from 1, says `text` in place of `was`; "" takes it away."""

    paragraph: int
    text: str
    was: str

    def apply(self, reading: Reading) -> Reading:
        """The reading with the new text; of each annotation the words are those that stand there now."""
        essay = reading.essay
        source = corrected(essay, self._number(reading), self.text)
        revised = Essay.from_markdown(source, report=lambda _: None)
        moves = _moves(reading, revised)
        entries = tuple(
            replace(entry, quote=move.anchored.exact, prefix=move.anchored.prefix, suffix=move.anchored.suffix)
            for entry, move in zip(reading.annotations, moves, strict=True)
        )
        return replace(reading, essay=revised, annotations=entries)

    def doubt(self, reading: Reading) -> str:
        """Which passages would be lost."""
        after = self.apply(reading)
        lost = {fault.entry for fault in after.faults} - {fault.entry for fault in reading.faults}
        quotes = [in_quotes(entry.quote).said() for entry in reading.annotations if entry.id in lost]
        if not quotes:
            return ""
        more = [say("and {count} more", count=len(quotes) - NAMED)] if len(quotes) > NAMED else []
        return say_n(
            "{count} passage would lose its place: {quotes}. Correct the text all the same?",
            "{count} passages would lose their place: {quotes}. Correct the text all the same?",
            len(quotes),
            quotes=" ".join([", ".join(quotes[:NAMED]), *more]),
        )

    def clash(self, reading: Reading) -> str:
        """Whether the paragraph is another one by now; one that only moved is found again."""
        if self.was in _paragraphs(reading):
            return ""
        now = _paragraphs(reading)[self.paragraph - 1 : self.paragraph]
        if not now:
            message = say("This paragraph is not there any more. Somebody has shortened the text meanwhile")
            raise ReadingError(message)
        return say(
            'This paragraph was changed elsewhere meanwhile. It says now: "{text}" Write yours over it?',
            text=short(now[0], 300),
        )

    def said(self, reading: Reading) -> Sentence:
        """Where, and what became of the passages there."""
        number = self._number(reading)
        after = self.apply(reading)
        pairs = zip(reading.annotations, after.annotations, strict=True)
        changed = sum(new.quote != old.quote for old, new in pairs)
        return SAID[bool(self.text), bool(changed)].filled(changed, number=str(number))

    def _number(self, reading: Reading) -> int:
        """Where the paragraph stands now: at its number, or the nearest place that says what it said."""
        paragraphs = _paragraphs(reading)
        places = [at for at, text in enumerate(paragraphs, 1) if text == self.was] or [self.paragraph]
        return min(places, key=lambda at: abs(at - self.paragraph))


def _paragraphs(reading: Reading) -> list[str]:
    return [clean(reading.essay.text[slice(*span)]) for span in reading.essay.paragraphs]


def _moves(reading: Reading, revised: Essay) -> Sequence[Move]:
    return reanchor(revised.text, (entry.anchor for entry in reading.annotations), before=reading.essay.text)

"""The act on the text: a paragraph corrected, and every annotation moved to where it belongs then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError, counted, shown
from essay_explorer.library.editing.act import Act, clean
from essay_explorer.library.editing.markdown_text import corrected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.anchoring.moves import Move
    from essay_explorer.core.reading import Reading

NAMED = 3  # of the passages that would be lost


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
        quotes = [shown(entry.quote) for entry in reading.annotations if entry.id in lost]
        if not quotes:
            return ""
        rest = f" and {len(quotes) - NAMED} more" if len(quotes) > NAMED else ""
        count = counted(len(quotes), "passage")
        return (
            f"{count} would lose its place: {', '.join(quotes[:NAMED])}{rest}. Correct the text all the same?".replace(
                "passages would lose its place", "passages would lose their place"
            )
        )

    def clash(self, reading: Reading) -> str:
        """Whether the paragraph is another one by now; one that only moved is found again."""
        if self.was in _paragraphs(reading):
            return ""
        now = _paragraphs(reading)[self.paragraph - 1 : self.paragraph]
        if not now:
            message = "This paragraph is not there any more. Somebody has shortened the text meanwhile"
            raise ReadingError(message)
        return f"This paragraph was changed elsewhere meanwhile. It says now: {shown(now[0], 300)} Write yours over it?"

    def said(self, reading: Reading) -> str:
        """Where, and what became of the passages there."""
        number = self._number(reading)
        after = self.apply(reading)
        states = [
            "kept" if new.quote == old.quote else "changed"
            for old, new in zip(reading.annotations, after.annotations, strict=True)
            if (old.quote, old.prefix, old.suffix) != (new.quote, new.prefix, new.suffix)
        ]
        also = f"; {counted(states.count('changed'), 'passage')} changed along" if "changed" in states else ""
        return f"{'Corrected' if self.text else 'Removed'} paragraph {number}{also}"

    def _number(self, reading: Reading) -> int:
        """Where the paragraph stands now: at its number, or the nearest place that says what it said."""
        paragraphs = _paragraphs(reading)
        places = [at for at, text in enumerate(paragraphs, 1) if text == self.was] or [self.paragraph]
        return min(places, key=lambda at: abs(at - self.paragraph))


def _paragraphs(reading: Reading) -> list[str]:
    return [clean(reading.essay.text[slice(*span)]) for span in reading.essay.paragraphs]


def _moves(reading: Reading, revised: Essay) -> Sequence[Move]:
    return reanchor(revised.text, (entry.anchor for entry in reading.annotations), before=reading.essay.text)

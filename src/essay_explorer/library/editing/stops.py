"""Acts on the tour: stops added, worded, moved and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from essay_explorer.core.fault import ReadingError, short
from essay_explorer.core.tour import Stop
from essay_explorer.library.editing.act import Act, ChangingAct, line
from essay_explorer.library.editing.entries import exchanged, found, moved, without
from essay_explorer.library.editing.passages import SHORT, passage_of
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.reading import Reading
    from essay_explorer.words import Sentence

CHANGEABLE = {"title": Phrase("the heading"), "text": Phrase("the remark")}


@dataclass(frozen=True, slots=True)
class AddStop(Act):
    """A stop more, at a passage; the last of the tour."""

    at: str
    title: str
    text: str = ""

    def apply(self, reading: Reading) -> Reading:
        """The reading with the stop."""
        passage_of(reading, self.at)
        if any(stop.at == self.at for stop in reading.tour):
            message = say("The tour stops at this passage already")
            raise ReadingError(message)
        return replace(reading, tour=(*reading.tour, Stop(self.at, _title(self.title), self.text)))

    def said(self, reading: Reading) -> Sentence:
        """Where."""
        quote = short(passage_of(reading, self.at).quote, SHORT)
        return Phrase('Added the stop "{stop}" at "{quote}"').filled(stop=short(line(self.title)), quote=quote)


@dataclass(frozen=True, slots=True)
class ChangeStop(ChangingAct):
    """Another heading or remark of a stop; `was`: those that somebody saw."""

    NAMES: ClassVar[Mapping[str, Phrase]] = CHANGEABLE
    at: str

    def apply(self, reading: Reading) -> Reading:
        """The reading with the changed stop."""
        stop = _stop(reading, self.at)
        new = {name: _title(str(value)) if name == "title" else str(value) for name, value in self.set}
        changed = replace(stop, **new)  # type: ignore[arg-type] # checked by their names
        return replace(reading, tour=exchanged(reading.tour, stop, changed))

    def seen(self, reading: Reading) -> tuple[Sentence, Mapping[str, str]]:
        """The stop by its heading."""
        stop = _stop(reading, self.at)
        return Phrase('the stop "{stop}"').filled(stop=short(stop.title)), {"title": stop.title, "text": stop.text}


@dataclass(frozen=True, slots=True)
class MoveStop(Act):
    """A stop comes before the one at another passage, or last where `before` is ""."""

    at: str
    before: str = ""

    def apply(self, reading: Reading) -> Reading:
        """The reading with its tour in the new order."""
        return replace(reading, tour=moved(reading.tour, _stop(reading, self.at), lambda one: one.at == self.before))

    def said(self, reading: Reading) -> Sentence:
        """Which."""
        return Phrase('Moved the stop "{stop}"').filled(stop=short(_stop(reading, self.at).title))


@dataclass(frozen=True, slots=True)
class RemoveStop(Act):
    """A stop goes; its passage stays."""

    at: str

    def apply(self, reading: Reading) -> Reading:
        """The reading without it."""
        return replace(reading, tour=without(reading.tour, _stop(reading, self.at)))

    def said(self, reading: Reading) -> Sentence:
        """Which."""
        return Phrase('Removed the stop "{stop}"').filled(stop=short(_stop(reading, self.at).title))


def _stop(reading: Reading, at: str) -> Stop:
    gone = say("This stop is not there any more. Somebody has removed it")
    return found(reading.tour, lambda stop: stop.at == at, gone)


def _title(text: str) -> str:
    title = line(text)
    if not title:
        message = say("Give the stop a heading first")
        raise ReadingError(message)
    return title

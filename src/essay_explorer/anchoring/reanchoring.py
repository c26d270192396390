"""Where each annotation belongs after the essay's text has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from essay_explorer.anchoring.pairing import Words, clues, kept_order, keys_of, paired
from essay_explorer.anchoring.places import (
    LONG,
    aligned,
    between,
    letters_of,
    likeness,
    standing,
    surroundings,
    telling,
    with_marks,
)
from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.anchoring.places import Places
    from essay_explorer.core.annotation import Annotation

State = Literal["exact", "moved", "changed", "lost"]
STATES: tuple[State, ...] = ("exact", "moved", "changed", "lost")

LIKE_ENOUGH = 0.6  # a quote below this likeness is lost
LIKE_ENOUGH_ALONE = 0.7  # the same where nothing is known of what stood around it
SAFE_ELSEWHERE = 0.8  # likeness that needs nothing familiar around it, when the old text vouches for the place
FAMILIAR = 0.5  # likeness of what stands around a place to what stood around the quote
INTACT = 0.8  # the same, for a quote that did not move
MARGIN, MARGIN_OF_SHORT = 0.08, 0.16  # to the second best; the latter for a short quote that is all there is
SHORT = 20  # letters of a quote that says little by itself
WORDS_AROUND = 8  # on each side, that help to find it
MANY = 200  # places of a quote that is too common to look at each
TOKEN = re.compile(r"\w+|\s+|.")


@dataclass(frozen=True, slots=True)
class Move:
    """One annotation as it was, and `anchored` as it belongs to the new text; a lost one stays as it was.

    `state`: "exact" (same words, same place), "moved" (same words, elsewhere), "changed" or "lost".
    `score` of its place and `second`, that of the next best, from 0 to 1: half the likeness of the
    words and half that of what stands around them, as far as it is known. `why`: what is against
    the best place of a lost one, which is `nearest`.
    """

    annotation: Annotation
    anchored: Annotation
    state: State
    score: float = 0.0
    second: float = 0.0
    why: str = ""
    nearest: str = ""

    @property
    def certain(self) -> bool:
        """Whether nothing but white space, marks and capitals of the quote has changed."""
        return self.state != "lost" and letters_of(self.annotation.quote) == letters_of(self.anchored.quote)

    @property
    def diff(self) -> str:
        """The new quote with what has changed in brackets: `not [prooved → proved]`; "" when nothing has."""
        return _diff(self.annotation.quote, self.anchored.quote) if self.state == "changed" else ""


def reanchor(text: str, annotations: Iterable[Annotation], *, before: str | None = None) -> tuple[Move, ...]:
    """What becomes of each annotation in `text`, in their order.

    `before`: the text they were made for. With it, a place where other words of the old text
    stood is never taken. Without it there are only quotes, prefixes and suffixes: then a place
    with other surroundings is not taken. Any place must be like enough, and more so than the
    second best by a margin.
    """
    entries = tuple(annotations)
    search = _Search.of(Words.of(text), entries, None if before is None else Words.of(before))
    return tuple(search.move(sought) for sought in search.all)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is known of an annotation: its words and those around it, and which words of the old text it was."""

    entry: Annotation
    head: list[str]
    tail: list[str]
    old: Span | None = None
    inside: int = 0  # letters between the start of the first of these and the quote
    alone: bool = True  # whether the quote stood once in the old text

    @property
    def keys(self) -> list[str]:
        return keys_of(self.entry.quote)

    @property
    def short(self) -> bool:
        return len("".join(self.keys)) < SHORT


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quote may belong now; `context` is None when nothing is known of what stood around it."""

    span: Span
    likeness: float
    context: float | None
    own: bool = False  # whether these words stood in the old place

    @property
    def score(self) -> float:
        return self.likeness if self.context is None else (self.likeness + self.context) / 2


@dataclass(frozen=True)
class _Search:
    """The new text, all that is sought in it, and which of its words are words of the old one."""

    new: Words
    places: Places
    all: list[_Sought]
    to_new: array[int] | None = None
    to_old: array[int] | None = None

    @classmethod
    def of(cls, new: Words, entries: Sequence[Annotation], old: Words | None) -> _Search:
        known = [_from_cells(entry) for entry in entries]
        if old is None:
            return cls(new, new.places(_wanted(known)), known)
        places = old.places(_wanted(known))
        known = [_from_text(sought, old, places) for sought in known]
        return cls(new, new.places(_wanted(known)), known, *paired(old.keys, new.keys))

    def move(self, sought: _Sought) -> Move:
        """What becomes of one annotation."""
        entry = sought.entry
        if not entry.quote:
            return Move(entry, entry, "lost", why="it has no quote")
        stands = standing(self.new, self.places, entry.quote)
        certain = self._followed(sought) or self._told(sought, stands) or self._alone(sought, stands)
        if certain:
            return self._found(sought, certain, 0.0, stands)
        if len(stands) > MANY:
            return Move(entry, entry, "lost", why=f"it stands in {len(stands)} places")
        weighed = [self._weighed(sought, span, 1.0) for span in stands]
        weighed += [self._weighed(sought, span, alike) for span, alike in self._candidates(sought)]
        return self._best(sought, [place for place in weighed if place], stands)

    def _followed(self, sought: _Sought) -> _Place | None:
        """The place to which all words of the old one went, side by side."""
        if sought.old is None or self.to_new is None:
            return None
        went = self.to_new[slice(*sought.old)]
        if went[0] < 0 or any(there != went[0] + step for step, there in enumerate(went)):
            return None
        start, quote = self.new.starts[went[0]] + sought.inside, sought.entry.quote
        if start < 0 or not self.new.text.startswith(quote, start):
            return None
        return _Place(Span(start, start + len(quote)), 1.0, 1.0, own=True)

    def _told(self, sought: _Sought, stands: list[Span]) -> _Place | None:
        """The one place between prefix and suffix, where the old text is not known."""
        entry = sought.entry
        told = _between(self.new.text, stands, entry)
        if sought.old or len(told) != 1:
            return None
        return _Place(told[0], 1.0, 1.0 if entry.prefix or entry.suffix else None)

    def _alone(self, sought: _Sought, stands: list[Span]) -> _Place | None:
        """The one place of a quote that had one place in the old text too, and says enough by itself."""
        if not sought.alone or not sought.old or sought.short or len(stands) != 1:
            return None
        return self._weighed(sought, stands[0], 1.0)

    def _candidates(self, sought: _Sought) -> Iterator[tuple[Span, float]]:
        """The places most like the quote and what stood around it, and how like the quote they are."""
        keys = sought.keys
        if not keys:
            return
        letters = "".join(keys)
        stretches = [*self._slot(sought), *aligned(self.new, self.places, sought.head, keys, sought.tail)]
        for stretch in dict.fromkeys(stretches):
            if stretch.start < stretch.end:
                alike = likeness(letters, "".join(self.new.keys[slice(*stretch)]))
                yield with_marks(self.new, stretch, sought.entry.quote), alike

    def _slot(self, sought: _Sought) -> Iterator[Span]:
        """The words that stand now between those that stood beside the old place."""
        if sought.old is None or self.to_new is None:
            return
        start, end = sought.old
        left = self.to_new[start - 1] if start else -1
        right = self.to_new[end] if end < len(self.to_new) else len(self.new.keys)
        if (left >= 0 or not start) and 1 < right - left <= 3 * (end - start) + 3:
            yield Span(left + 1, right)

    def _weighed(self, sought: _Sought, span: Span, alike: float) -> _Place | None:
        """The place as it speaks for itself; None when other words of the old text stood there."""
        if sought.old and self.to_old is not None:
            first, last = self.new.touched(span)
            were = self.to_old[first:last]
            own = sum(sought.old.start <= word < sought.old.end for word in were)
            if 2 * (sum(word >= 0 for word in were) - own) > len(were):
                return None
            if 2 * own > len(were):
                return _Place(span, alike, 1.0, own=True)
        entry, text = sought.entry, self.new.text
        if not sought.old and (entry.prefix or entry.suffix) and between(text, span, entry.prefix, entry.suffix):
            return _Place(span, alike, 1.0)
        return _Place(span, alike, surroundings(text, span, "".join(sought.head), "".join(sought.tail)))

    def _best(self, sought: _Sought, places: list[_Place], stands: list[Span]) -> Move:
        entry = sought.entry
        if not places:
            why = "it stands only where other words of the old text stood" if stands else "nothing like it is left"
            return Move(entry, entry, "lost", why=why)
        places.sort(key=lambda place: place.score, reverse=True)
        best = places[0]
        start, end = best.span
        rival = next(
            (place for place in places[1:] if _apart(place.span, best.span, stands)), _Place(best.span, 0.0, None)
        )
        second = rival.score
        why = _against(sought, best, rival)
        if not why:
            return self._found(sought, best, second, stands)
        return Move(entry, entry, "lost", best.score, second, why, self.new.text[start:end])

    def _found(self, sought: _Sought, place: _Place, second: float, stands: list[Span]) -> Move:
        """The move to a place, with a prefix and a suffix only where they are needed or still right."""
        entry, text = sought.entry, self.new.text
        quote = text[slice(*place.span)]
        same = quote == entry.quote
        if not same:
            stands = standing(self.new, self.places, quote)
        if _between(text, stands, entry) == [place.span]:
            sides: tuple[str, str] | None = (entry.prefix, entry.suffix)
        else:
            sides = telling(text, place.span, stands)
        if sides is None:
            why = "no prefix or suffix can tell its place from the others"
            return Move(entry, entry, "lost", place.score, place.score, why, quote)
        anchored = replace(entry, quote=quote, prefix=sides[0], suffix=sides[1])
        state: State = "changed" if not same else "exact" if self._stayed(sought, place) else "moved"
        return Move(entry, anchored, state, place.score, second)

    def _stayed(self, sought: _Sought, place: _Place) -> bool:
        if sought.old and place.own:
            return 2 * sum(self._kept[slice(*sought.old)]) > sought.old.end - sought.old.start
        return place.context is None or place.context >= INTACT

    @cached_property
    def _kept(self) -> bytearray:
        return kept_order(self.to_new or ())


def _from_cells(entry: Annotation) -> _Sought:
    return _Sought(entry, keys_of(entry.prefix)[-WORDS_AROUND:], keys_of(entry.suffix)[:WORDS_AROUND])


def _from_text(sought: _Sought, old: Words, places: Places) -> _Sought:
    """What the old text adds; nothing, if the quote does not have one place in it."""
    stood = standing(old, places, sought.entry.quote)
    told = _between(old.text, stood, sought.entry)
    first, last = old.touched(told[0]) if len(told) == 1 else (0, 0)
    if first >= last:
        return sought
    head, tail = old.keys[max(first - WORDS_AROUND, 0) : first], old.keys[last : last + WORDS_AROUND]
    return _Sought(sought.entry, head, tail, Span(first, last), told[0].start - old.starts[first], len(stood) == 1)


def _wanted(known: Iterable[_Sought]) -> set[str]:
    return {clue for sought in known for clue, _ in clues([*sought.head, *sought.keys, *sought.tail])}


def _between(text: str, stands: list[Span], entry: Annotation) -> list[Span]:
    if not entry.prefix and not entry.suffix:
        return stands
    return [span for span in stands if between(text, span, entry.prefix, entry.suffix)]


def _apart(one: Span, other: Span, stands: list[Span]) -> bool:
    """Whether two places are not the same with other edges; those where a quote stands as it is may overlap."""
    return one.end <= other.start or other.end <= one.start or (one != other and one in stands and other in stands)


def _against(sought: _Sought, best: _Place, rival: _Place) -> str:
    """Why the best place is not taken; "" when it is."""
    if best.likeness < (LIKE_ENOUGH_ALONE if best.context is None else LIKE_ENOUGH):
        return f"the nearest words are only {best.likeness:.0%} alike"
    vouched = sought.old and sought.alone and not sought.short and best.likeness >= SAFE_ELSEWHERE
    if best.context is not None and best.context < FAMILIAR and not vouched:
        return "other words stand around the nearest ones than stood around it"
    same = best.likeness == 1 > rival.likeness and (best.context is None or best.context >= INTACT)
    if not same and best.score - rival.score < (MARGIN_OF_SHORT if sought.short and best.context is None else MARGIN):
        return "another place is as good"
    return ""


def _diff(old: str, new: str) -> str:
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    if len(one) > 2 * LONG:  # a token is a word or what stands between two
        return f"[{old} → {new}]"
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, now = "".join(one[a:b]), "".join(other[c:d])
        parts.append(now if kind == "equal" else f"[{was} → {now}]")
    return "".join(parts)

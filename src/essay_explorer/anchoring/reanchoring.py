"""Where each quote belongs after its text has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from essay_explorer.anchoring.alignment import likely_stretches, with_punctuation
from essay_explorer.anchoring.likeness import likeness
from essay_explorer.anchoring.moves import Move, State
from essay_explorer.anchoring.pairing import kept_order, paired
from essay_explorer.anchoring.place import INTACT, LIKE_ENOUGH, MARGIN_OF_SHORT, Place, against, are_apart, too_unlike
from essay_explorer.anchoring.quotes import Quote, between_sides, unbroken
from essay_explorer.anchoring.search import exact_places
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.sought import Sought, from_quote, from_text, places_in
from essay_explorer.anchoring.surroundings import (
    blanks_after,
    blanks_before,
    is_between,
    likeness_of_surroundings,
    shortest_surroundings,
)
from essay_explorer.anchoring.words import Words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.anchoring.ngrams import Places

MANY = 200  # places of a quote that is too common to look at each


def reanchor(text: str, quotes: Iterable[Quote], *, before: str | None = None) -> tuple[Move, ...]:
    """What becomes of each quote in `text`, in their order.

    `before`: the text they were made for. With it, a place where other words of the old text
    stood is never taken. Without it there are only quotes, prefixes and suffixes: then a place
    with other surroundings is not taken. Any place must be like enough, and more so than the
    second best by a margin.
    """
    asked = tuple(quotes)
    known = [from_quote(Quote(*map(unbroken, quote))) for quote in asked]
    search = _Search.of(Words.of(unbroken(text)), known, None if before is None else unbroken(before))
    return tuple(_restored(search.move(sought), quote) for sought, quote in zip(search.all, asked, strict=True))


def _restored(move: Move, quote: Quote) -> Move:
    """The move of a quote as it was asked for: what has not changed keeps its line breaks."""
    if move.quote == quote:
        return move
    parts = zip(quote, move.quote, move.anchored, strict=True)
    return replace(move, quote=quote, anchored=Quote(*(own if now == was else now for own, was, now in parts)))


@dataclass(frozen=True)
class _Search:
    """The new text, all that is sought in it, and which of its words are words of the old one."""

    new: Words
    places: Places
    all: list[Sought]
    to_new: array[int] | None = None
    to_old: array[int] | None = None

    @classmethod
    def of(cls, new: Words, known: list[Sought], before: str | None) -> _Search:
        if before is None:
            return cls(new, places_in(new, known, ()), known)
        old = Words.of(before)
        places = places_in(old, (), known)
        known = [from_text(sought, old, places) for sought in known]
        search = cls(new, {}, known, *paired(old.folded, new.folded))
        near: list[Sought] = []
        exact: list[Sought] = []
        for sought in known:
            (exact if search._followed(sought) else near).append(sought)
        return replace(search, places=places_in(new, near, exact))

    def move(self, sought: Sought) -> Move:
        """What becomes of one quote."""
        quote = sought.quote
        if not quote.exact:
            return Move(quote, quote, "lost", why="it has no quote")
        exact = exact_places(self.new, self.places, sought.inner, looked_up=True)
        certain = self._followed(sought) or self._between_its_sides(sought, exact) or self._alone(sought, exact)
        if certain:
            return self._found(sought, certain, 0.0, exact)
        if len(exact) > MANY:
            return Move(quote, quote, "lost", why=f"it occurs in {len(exact)} places")
        candidates = list(self._candidates(sought))
        if candidates and not exact and max(candidates)[0] < LIKE_ENOUGH:  # whatever stands around them
            return self._unlike(quote, *max(candidates))
        weighed = [self._weighed(sought, span, 1.0) for span in exact]
        return self._best(sought, [*filter(None, weighed), *self._near(sought, weighed, candidates)], exact)

    def _near(
        self, sought: Sought, weighed: Sequence[Place | None], candidates: Sequence[tuple[float, Span]]
    ) -> list[Place]:
        """The candidates as they speak for themselves, but those that cannot come near the best."""
        best = max((place.score for place in weighed if place), default=0.0)
        near: list[tuple[int, Place]] = []
        for alike, at in sorted(((alike, -at) for at, (alike, _) in enumerate(candidates)), reverse=True):
            if (alike + 1) / 2 < best - MARGIN_OF_SHORT:
                break
            span = with_punctuation(self.new, candidates[-at][1], sought.quote.exact)
            if place := self._weighed(sought, span, alike):
                near.append((-at, place))
                best = max(best, place.score)
        return [place for _, place in sorted(near, key=lambda one: one[0])]

    def _followed(self, sought: Sought) -> Place | None:
        """The place to which all words of the old one went, side by side."""
        if sought.old is None or self.to_new is None:
            return None
        went = self.to_new[slice(*sought.old)]
        if went[0] < 0 or any(there != went[0] + step for step, there in enumerate(went)):
            return None
        start, exact = self.new.starts[went[0]] + sought.inside, sought.quote.exact
        if start < 0 or not self.new.text.startswith(exact, start):
            return None
        return Place(Span(start, start + len(exact)), 1.0, 1.0, own=True)

    def _between_its_sides(self, sought: Sought, exact: list[Span]) -> Place | None:
        """The one place between prefix and suffix, where the old text is not known."""
        quote = sought.quote
        places = between_sides(self.new.text, exact, quote)
        if sought.old or len(places) != 1:
            return None
        return Place(places[0], 1.0, 1.0 if quote.prefix or quote.suffix else None)

    def _alone(self, sought: Sought, exact: list[Span]) -> Place | None:
        """The one place of a quote that had one place in the old text too, and says enough by itself."""
        if not sought.alone or not sought.old or sought.short or len(exact) != 1:
            return None
        return self._weighed(sought, exact[0], 1.0)

    def _unlike(self, quote: Quote, alike: float, stretch: Span) -> Move:
        start, end = with_punctuation(self.new, stretch, quote.exact)
        return Move(quote, quote, "lost", alike / 2, why=too_unlike(alike), nearest=self.new.text[start:end])

    def _candidates(self, sought: Sought) -> Iterator[tuple[float, Span]]:
        """How like the quote they are, and the stretches of words most like it and what stood around it."""
        words = sought.words
        if not words:
            return
        letters = "".join(words)
        stretches = [*self._slot(sought), *likely_stretches(self.new, self.places, sought.head, words, sought.tail)]
        for stretch in dict.fromkeys(stretches):
            if stretch.start < stretch.end:
                yield likeness(letters, "".join(self.new.folded[slice(*stretch)])), stretch

    def _slot(self, sought: Sought) -> Iterator[Span]:
        """The words that stand now between those that stood beside the old place."""
        if sought.old is None or self.to_new is None:
            return
        start, end = sought.old
        left = self.to_new[start - 1] if start else -1
        right = self.to_new[end] if end < len(self.to_new) else len(self.new.folded)
        if (left >= 0 or not start) and 1 < right - left <= 3 * (end - start) + 3:
            yield Span(left + 1, right)

    def _weighed(self, sought: Sought, span: Span, alike: float) -> Place | None:
        """The place as it speaks for itself; None when other words of the old text stood there."""
        if sought.old and self.to_old is not None:
            first, last = self.new.touched(span)
            were = self.to_old[first:last]
            own = sum(sought.old.start <= word < sought.old.end for word in were)
            if 2 * (sum(word >= 0 for word in were) - own) > len(were):
                return None
            if 2 * own > len(were):
                return Place(span, alike, 1.0, own=True)
        quote, text = sought.quote, self.new.text
        if not sought.old and (quote.prefix or quote.suffix) and between_sides(text, [span], quote):
            return Place(span, alike, 1.0)
        return Place(span, alike, likeness_of_surroundings(text, span, "".join(sought.head), "".join(sought.tail)))

    def _best(self, sought: Sought, places: list[Place], exact: list[Span]) -> Move:
        quote = sought.quote
        if not places:
            why = "it occurs only where the old text had other words" if exact else "nothing like it is left"
            return Move(quote, quote, "lost", why=why)
        places.sort(key=lambda place: place.score, reverse=True)
        best = places[0]
        start, end = best.span
        rival = next(
            (place for place in places[1:] if are_apart(place.span, best.span, exact)), Place(best.span, 0.0, None)
        )
        second = rival.score
        why = against(sought, best, rival)
        if not why:
            return self._found(sought, best, second, exact)
        return Move(quote, quote, "lost", best.score, second, why, self.new.text[start:end])

    def _found(self, sought: Sought, place: Place, second: float, exact: list[Span]) -> Move:
        """The move to a place, with a prefix and a suffix only where they are needed or still right."""
        quote, text = sought.quote, self.new.text
        words = text[slice(*place.span)]
        same = words == quote.exact
        if not same:
            exact = exact_places(self.new, self.places, self.new.within(place.span))
        if between_sides(text, exact, quote) == [place.span]:
            sides: tuple[str, str] | None = (quote.prefix, quote.suffix)
        else:
            sides = shortest_surroundings(text, place.span, exact)
        if sides is None:
            why = "no prefix or suffix can tell its place from the others"
            return Move(quote, quote, "lost", place.score, place.score, why, words)
        state: State = "changed" if not same else "exact" if self._stayed(sought, place) else "moved"
        why = "" if sought.old or not same else _other_sides(text, place.span, quote)
        return Move(quote, Quote(words, *sides), state, place.score, second, why)

    def _stayed(self, sought: Sought, place: Place) -> bool:
        if sought.old and place.own:
            return 2 * sum(self._kept[slice(*sought.old)]) > sought.old.end - sought.old.start
        return place.context is None or place.context >= INTACT

    @cached_property
    def _kept(self) -> bytearray:
        return kept_order(self.to_new or ())


def _other_sides(text: str, span: Span, quote: Quote) -> str:
    """What stands around a place that is not the prefix or the suffix of its quote; "" where these are right."""
    prefix, suffix = quote.prefix.strip(), quote.suffix.strip()
    before, after = blanks_before(text, span.start), blanks_after(text, span.end)
    differences = []
    if prefix and not is_between(text, span, prefix, ""):
        differences.append(
            f"stands after “{text[max(0, before - len(prefix)) : before].strip()}”, not after “{prefix}”"
        )
    if suffix and not is_between(text, span, "", suffix):
        differences.append(f"stands before “{text[after : after + len(suffix)].strip()}”, not before “{suffix}”")
    return ", and ".join(differences)

"""Where each quote belongs after its text has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from essay_explorer.anchoring.alignment import likely_stretches, with_punctuation
from essay_explorer.anchoring.likeness import likeness
from essay_explorer.anchoring.moves import Move, State
from essay_explorer.anchoring.ngrams import places_of
from essay_explorer.anchoring.pairing import kept_order, paired
from essay_explorer.anchoring.quotes import Quote, unbroken
from essay_explorer.anchoring.search import exact_places
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.surroundings import (
    blanks_after,
    blanks_before,
    is_between,
    likeness_of_surroundings,
    shortest_surroundings,
)
from essay_explorer.anchoring.words import Words, folded_words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator

    from essay_explorer.anchoring.ngrams import Places

LIKE_ENOUGH = 0.6  # a quote below this likeness is lost
LIKE_ENOUGH_ALONE = 0.7  # the same where nothing is known of what stood around it
SAFE_ELSEWHERE = 0.8  # likeness that needs nothing familiar around it, when the old text vouches for the place
FAMILIAR = 0.5  # likeness of what stands around a place to what stood around the quote
INTACT = 0.8  # the same, for a quote that did not move
MARGIN, MARGIN_OF_SHORT = 0.08, 0.16  # to the second best; the latter for a short quote that is all there is
SHORT = 20  # letters of a quote that says little by itself
WORDS_AROUND = 8  # on each side, that help to find it
MANY = 200  # places of a quote that is too common to look at each


def reanchor(text: str, quotes: Iterable[Quote], *, before: str | None = None) -> tuple[Move, ...]:
    """What becomes of each quote in `text`, in their order.

    `before`: the text they were made for. With it, a place where other words of the old text
    stood is never taken. Without it there are only quotes, prefixes and suffixes: then a place
    with other surroundings is not taken. Any place must be like enough, and more so than the
    second best by a margin.
    """
    asked = tuple(quotes)
    known = [_from_quote(Quote(*map(unbroken, quote))) for quote in asked]
    search = _Search.of(Words.of(unbroken(text)), known, None if before is None else unbroken(before))
    return tuple(_restored(search.move(sought), quote) for sought, quote in zip(search.all, asked, strict=True))


def _restored(move: Move, quote: Quote) -> Move:
    """The move of a quote as it was asked for: what has not changed keeps its line breaks."""
    parts = zip(quote, move.quote, move.anchored, strict=True)
    return replace(move, quote=quote, anchored=Quote(*(own if now == was else now for own, was, now in parts)))


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is known of a quote: its words and those around it, and which words of the old text it was."""

    quote: Quote
    words: list[str]
    head: list[str]
    tail: list[str]
    old: Span | None = None
    inside: int = 0  # letters between the start of the first of these and the quote
    alone: bool = True  # whether the quote stood once in the old text

    @property
    def short(self) -> bool:
        return sum(map(len, self.words)) < SHORT


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
    def of(cls, new: Words, known: list[_Sought], before: str | None) -> _Search:
        if before is None:
            return cls(new, places_of(_stretches_of(known), new), known)
        old = Words.of(before)
        places = places_of(_stretches_of(known), old)
        known = [_from_text(sought, old, places) for sought in known]
        return cls(new, places_of(_stretches_of(known), new), known, *paired(old.folded, new.folded))

    def move(self, sought: _Sought) -> Move:
        """What becomes of one quote."""
        quote = sought.quote
        if not quote.exact:
            return Move(quote, quote, "lost", why="it has no quote")
        exact = exact_places(self.new, self.places, quote.exact)
        certain = self._followed(sought) or self._between_its_sides(sought, exact) or self._alone(sought, exact)
        if certain:
            return self._found(sought, certain, 0.0, exact)
        if len(exact) > MANY:
            return Move(quote, quote, "lost", why=f"it stands in {len(exact)} places")
        candidates = list(self._candidates(sought))
        if candidates and not exact and max(candidates)[0] < LIKE_ENOUGH:  # whatever stands around them
            return self._unlike(quote, *max(candidates))
        weighed = [self._weighed(sought, span, 1.0) for span in exact]
        for alike, stretch in candidates:
            weighed.append(self._weighed(sought, with_punctuation(self.new, stretch, quote.exact), alike))
        return self._best(sought, [place for place in weighed if place], exact)

    def _followed(self, sought: _Sought) -> _Place | None:
        """The place to which all words of the old one went, side by side."""
        if sought.old is None or self.to_new is None:
            return None
        went = self.to_new[slice(*sought.old)]
        if went[0] < 0 or any(there != went[0] + step for step, there in enumerate(went)):
            return None
        start, exact = self.new.starts[went[0]] + sought.inside, sought.quote.exact
        if start < 0 or not self.new.text.startswith(exact, start):
            return None
        return _Place(Span(start, start + len(exact)), 1.0, 1.0, own=True)

    def _between_its_sides(self, sought: _Sought, exact: list[Span]) -> _Place | None:
        """The one place between prefix and suffix, where the old text is not known."""
        quote = sought.quote
        places = _between_sides(self.new.text, exact, quote)
        if sought.old or len(places) != 1:
            return None
        return _Place(places[0], 1.0, 1.0 if quote.prefix or quote.suffix else None)

    def _alone(self, sought: _Sought, exact: list[Span]) -> _Place | None:
        """The one place of a quote that had one place in the old text too, and says enough by itself."""
        if not sought.alone or not sought.old or sought.short or len(exact) != 1:
            return None
        return self._weighed(sought, exact[0], 1.0)

    def _unlike(self, quote: Quote, alike: float, stretch: Span) -> Move:
        start, end = with_punctuation(self.new, stretch, quote.exact)
        return Move(quote, quote, "lost", alike / 2, why=_too_unlike(alike), nearest=self.new.text[start:end])

    def _candidates(self, sought: _Sought) -> Iterator[tuple[float, Span]]:
        """How like the quote they are, and the stretches of words most like it and what stood around it."""
        words = sought.words
        if not words:
            return
        letters = "".join(words)
        stretches = [*self._slot(sought), *likely_stretches(self.new, self.places, sought.head, words, sought.tail)]
        for stretch in dict.fromkeys(stretches):
            if stretch.start < stretch.end:
                yield likeness(letters, "".join(self.new.folded[slice(*stretch)])), stretch

    def _slot(self, sought: _Sought) -> Iterator[Span]:
        """The words that stand now between those that stood beside the old place."""
        if sought.old is None or self.to_new is None:
            return
        start, end = sought.old
        left = self.to_new[start - 1] if start else -1
        right = self.to_new[end] if end < len(self.to_new) else len(self.new.folded)
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
        quote, text = sought.quote, self.new.text
        if not sought.old and (quote.prefix or quote.suffix) and _between_sides(text, [span], quote):
            return _Place(span, alike, 1.0)
        return _Place(span, alike, likeness_of_surroundings(text, span, "".join(sought.head), "".join(sought.tail)))

    def _best(self, sought: _Sought, places: list[_Place], exact: list[Span]) -> Move:
        quote = sought.quote
        if not places:
            why = "it stands only where other words of the old text stood" if exact else "nothing like it is left"
            return Move(quote, quote, "lost", why=why)
        places.sort(key=lambda place: place.score, reverse=True)
        best = places[0]
        start, end = best.span
        rival = next(
            (place for place in places[1:] if _apart(place.span, best.span, exact)), _Place(best.span, 0.0, None)
        )
        second = rival.score
        why = _against(sought, best, rival)
        if not why:
            return self._found(sought, best, second, exact)
        return Move(quote, quote, "lost", best.score, second, why, self.new.text[start:end])

    def _found(self, sought: _Sought, place: _Place, second: float, exact: list[Span]) -> Move:
        """The move to a place, with a prefix and a suffix only where they are needed or still right."""
        quote, text = sought.quote, self.new.text
        words = text[slice(*place.span)]
        same = words == quote.exact
        if not same:
            exact = exact_places(self.new, self.places, words)
        if _between_sides(text, exact, quote) == [place.span]:
            sides: tuple[str, str] | None = (quote.prefix, quote.suffix)
        else:
            sides = shortest_surroundings(text, place.span, exact)
        if sides is None:
            why = "no prefix or suffix can tell its place from the others"
            return Move(quote, quote, "lost", place.score, place.score, why, words)
        state: State = "changed" if not same else "exact" if self._stayed(sought, place) else "moved"
        why = "" if sought.old or not same else _other_sides(text, place.span, quote)
        return Move(quote, Quote(words, *sides), state, place.score, second, why)

    def _stayed(self, sought: _Sought, place: _Place) -> bool:
        if sought.old and place.own:
            return 2 * sum(self._kept[slice(*sought.old)]) > sought.old.end - sought.old.start
        return place.context is None or place.context >= INTACT

    @cached_property
    def _kept(self) -> bytearray:
        return kept_order(self.to_new or ())


def _from_quote(quote: Quote) -> _Sought:
    head, tail = folded_words(quote.prefix)[-WORDS_AROUND:], folded_words(quote.suffix)[:WORDS_AROUND]
    return _Sought(quote, folded_words(quote.exact), head, tail)


def _from_text(sought: _Sought, old: Words, places: Places) -> _Sought:
    """What the old text adds; nothing, if the quote does not have one place in it."""
    before = exact_places(old, places, sought.quote.exact)
    meant = _between_sides(old.text, before, sought.quote)
    first, last = old.touched(meant[0]) if len(meant) == 1 else (0, 0)
    if first >= last:
        return sought
    head, tail = old.folded[max(first - WORDS_AROUND, 0) : first], old.folded[last : last + WORDS_AROUND]
    inside = meant[0].start - old.starts[first]
    return _Sought(sought.quote, sought.words, head, tail, Span(first, last), inside, len(before) == 1)


def _stretches_of(known: Iterable[_Sought]) -> Iterator[list[str]]:
    return ([*sought.head, *sought.words, *sought.tail] for sought in known)


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


def _between_sides(text: str, spans: list[Span], quote: Quote) -> list[Span]:
    """Those of the spans that stand between the prefix and the suffix of the quote."""
    prefix, suffix = quote.prefix.strip(), quote.suffix.strip()
    return [span for span in spans if is_between(text, span, prefix, suffix)]


def _apart(one: Span, other: Span, exact: list[Span]) -> bool:
    """Whether two places are not the same with other edges; those where a quote stands as it is may overlap."""
    return one.end <= other.start or other.end <= one.start or (one != other and one in exact and other in exact)


def _too_unlike(alike: float) -> str:
    return f"the nearest words are only {alike:.0%} alike"


def _against(sought: _Sought, best: _Place, rival: _Place) -> str:
    """Why the best place is not taken; "" when it is."""
    if best.likeness < (LIKE_ENOUGH_ALONE if best.context is None else LIKE_ENOUGH):
        return _too_unlike(best.likeness)
    vouched = sought.old and sought.alone and not sought.short and best.likeness >= SAFE_ELSEWHERE
    if best.context is not None and best.context < FAMILIAR and not vouched:
        return "other words stand around the nearest ones than stood around it"
    same = best.likeness == 1 > rival.likeness and (best.context is None or best.context >= INTACT)
    if not same and best.score - rival.score < (MARGIN_OF_SHORT if sought.short and best.context is None else MARGIN):
        return "another place is as good"
    return ""

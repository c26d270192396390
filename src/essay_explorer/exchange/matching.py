"""Which annotations of a file a reading has already: the same, or what the same person said before."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from essay_explorer.anchoring.quotes import Quote
    from essay_explorer.core.annotation import Annotation

ANY = "any"  # stands for the id where two annotations are compared without theirs


@dataclass(frozen=True, slots=True)
class Candidate:
    """An annotation with the place where it stands; `named`: whether its file gives it an id."""

    entry: Annotation
    place: Span | Quote
    named: bool = True

    @property
    def said(self) -> Annotation:
        """All but its id, its row and its date."""
        quote = self.entry.anchor if isinstance(self.place, Span) else self.place
        bare = replace(self.entry, id=ANY, row=0, created="", quote=quote.exact, prefix="", suffix="")
        return replace(bare, tags=tuple(sorted(bare.tags)))


def candidates(text: str, entries: Sequence[Annotation], named: Sequence[bool] = ()) -> list[Candidate]:
    """The annotations with their places: a span of `text` where there is one, else what they quote."""
    found = all_occurrences(text, (entry.anchor for entry in entries))
    places = (spans[0] if len(spans) == 1 else entry.anchor for entry, spans in zip(entries, found, strict=True))
    return [
        Candidate(entry, place, given)
        for entry, place, given in zip(entries, places, named or [True] * len(entries), strict=True)
    ]


def matched(new: Sequence[Candidate], known: Sequence[Candidate]) -> dict[int, Candidate]:
    """For annotations of a file, by their numbers from 0, the one of the reading that each is; each is one's only.

    Who named nobody may be anybody: then the same words under another id are somebody else's. What a
    person says again of a passage, under the same id or without one, takes the place of what they said.
    """
    rules: tuple[tuple[Callable[[Candidate], Hashable], Callable[[Candidate, Candidate], bool]], ...] = (
        (_whole, lambda one, other: one.named and one.entry.id == other.entry.id),
        (_whole, lambda one, other: not one.named or _made_of(one.entry.id, other.entry.id)),
        (_whole, lambda one, _: bool(one.entry.creator)),
        (_creator, lambda one, other: one.named and one.entry.id == other.entry.id and _touch(one, other)),
        (_creator, lambda one, other: one.named and _made_of(one.entry.id, other.entry.id) and _touch(one, other)),
        (_creator, lambda one, other: not one.named and one.place == other.place),
    )
    left: dict[int, Candidate] = dict(enumerate(known))
    found: dict[int, Candidate] = {}
    for key, agrees in rules:
        by_key: defaultdict[Hashable, list[int]] = defaultdict(list)
        for at, other in left.items():
            by_key[key(other)].append(at)
        for number, one in enumerate(new):
            if number in found or (wanted := key(one)) is None:
                continue
            fitting = [at for at in by_key.get(wanted, ()) if at in left and agrees(one, left[at])]
            if fitting:
                found[number] = left.pop(fitting[0])
    return found


def _whole(one: Candidate) -> Hashable:
    return one.said, one.place


def _creator(one: Candidate) -> Hashable:
    return one.entry.creator or None


def _made_of(wanted: str, entry: str) -> bool:
    """Whether an id is one that was given because the wanted one was taken."""
    return bool(re.fullmatch(rf"{re.escape(wanted)}(?:-\d+)?", entry))


def _touch(one: Candidate, other: Candidate) -> bool:
    if isinstance(one.place, Span) and isinstance(other.place, Span):
        return one.place.start < other.place.end and other.place.start < one.place.end
    return one.place == other.place

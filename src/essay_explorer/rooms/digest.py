"""What a teacher needs in the minute before they speak: where the class splits, and what is worth reading out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.rooms.tally import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from essay_explorer.marks.agreement import Agreement, TagAgreement
    from essay_explorer.rooms.kept_mark import KeptMark
    from essay_explorer.rooms.tally import Share, Tally

SPLIT, REASONS, TAGS = 5, 3, 2  # how many of each
ENOUGH = 40  # letters of a reason that says something
READ_OUT = 280  # letters that can be read out


@dataclass(frozen=True, slots=True)
class Digest:
    """The sentences most split, the reasons most worth showing, and the tags least agreed on."""

    split: tuple[Share, ...]
    reasons: tuple[KeptMark, ...]
    tags: tuple[TagAgreement, ...]

    @classmethod
    def of(cls, tally: Tally, marks: Iterable[KeptMark], agreement: Agreement, *, until: int = 1) -> Digest:
        """The digest of a pass. Of reasons those at the most split sentences are taken, each from another reader.

        What two have said in the same words is worth showing once.
        """
        split = tally.split()
        known = [tag for tag in agreement.tags if tag.alpha is not None and tag.given]
        least = sorted(known, key=lambda tag: tag.alpha or 0.0)[:TAGS]
        return cls(tuple(split[:SPLIT]), tuple(_reasons(split, tally, marks, until)), tuple(least))


def _reasons(split: Sequence[Share], tally: Tally, marks: Iterable[KeptMark], until: int) -> list[KeptMark]:
    """The reasons at the most split sentences, such as can be read out first, and none that was hidden or reported."""
    place: dict[tuple[int, str], int] = {}
    for at, share in enumerate(split):
        place.setdefault((share.sentence, share.tag), at)
    there = standing(marks, until=until)
    every = (one for who in tally.readers for one in there.get(who, ()))
    ranked = [(_rank(one, place), one) for one in every if one.mark.reason and one.seen != "hidden" and not one.reports]
    ranked.sort(key=lambda entry: (*entry[0], entry[1].ref))
    chosen: dict[int, KeptMark] = {}
    words: set[str] = set()
    for _, one in ranked:
        said = " ".join(one.mark.reason.casefold().split())
        if one.participant not in chosen and said not in words:
            chosen[one.participant] = one
            words.add(said)
    return list(chosen.values())[:REASONS]


def _rank(one: KeptMark, place: dict[tuple[int, str], int]) -> tuple[bool, int]:
    first, last = one.sentences
    cells = ((sentence, tag) for sentence in range(first, last + 1) for tag in one.mark.tags)
    nearest = min((place.get(cell, len(place)) for cell in cells), default=len(place))
    return not ENOUGH <= len(one.mark.reason) <= READ_OUT, nearest

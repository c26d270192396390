"""A tally: who of those that handed in gave which tag to which sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from essay_explorer.marks.agreement import FEW, Agreement, tag_agreement
from essay_explorer.rooms.phase import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from essay_explorer.core.tag import Tag
    from essay_explorer.rooms.kept_mark import KeptMark
    from essay_explorer.rooms.participant import Participant


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the readers gave a tag to a sentence."""

    sentence: int
    tag: str
    count: int
    readers: int

    @property
    def is_few(self) -> bool:
        """Whether the number would speak of single readers."""
        return self.readers < FEW or 0 < self.count < FEW

    @property
    def from_split(self) -> int:
        """How far the readers are from half and half."""
        return abs(2 * self.count - self.readers)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of a pass. `given`: by tag, reader and sentence. `readers`: ids of participants.

    `first`: the number of the first sentence.
    """

    tags: tuple[str, ...]
    readers: tuple[int, ...]
    given: NDArray[np.bool_]
    first: int = 1

    @classmethod
    def of(
        cls,
        marks: Iterable[KeptMark],
        readers: Sequence[int],
        tags: tuple[str, ...],
        sentences: range,
        *,
        until: int = FIRST,
    ) -> Tally:
        """The tally of these readers' marks, those of the passes `until` that one laid over each other.

        `sentences`: their numbers.
        """
        rows, layers = ({one: at for at, one in enumerate(ids)} for ids in (readers, tags))
        given = np.zeros((len(tags), len(readers), len(sentences)), bool)
        for participant, kept in standing(marks, until=until).items():
            if (row := rows.get(participant)) is not None:
                for one in kept:
                    first, last = (number - sentences.start for number in one.sentences)
                    for tag in one.mark.tags:
                        if tag in layers:
                            given[layers[tag], row, first : last + 1] = True
        return cls(tags, tuple(readers), given, sentences.start)

    def shares(self) -> list[Share]:
        """Every sentence and tag that somebody has brought together, in the order of the text."""
        counts = self.given.sum(axis=1).T
        readers = len(self.readers)
        found = zip(*np.nonzero(counts), strict=True)
        return [Share(self.number(at), self.tags[tag], int(counts[at, tag]), readers) for at, tag in found]

    def agreed(self) -> list[Share]:
        """The shares of more than half, the largest first."""
        most = (share for share in self.shares() if 2 * share.count > share.readers)
        return sorted(most, key=lambda share: (-share.count, share.sentence))

    def split(self) -> list[Share]:
        """The shares that are no few and less than two thirds, those nearest to half and half first."""
        known = (share for share in self.shares() if not share.is_few and 3 * share.count < 2 * share.readers)
        return sorted(known, key=lambda share: (share.from_split, share.sentence))

    def untouched(self) -> list[int]:
        """The numbers of the sentences that nobody marked."""
        return [self.number(at) for at in np.flatnonzero(~self.given.any(axis=(0, 1)))]

    def number(self, at: np.intp) -> int:
        """The number of a sentence by its place, from 0."""
        return self.first + int(at)

    def agreement(self, tags: Mapping[str, Tag]) -> Agreement:
        """How far the readers agree on each tag."""
        return Agreement(tuple(tag_agreement(tags[tag], self.given[at]) for at, tag in enumerate(self.tags)))

    def only(self, readers: Iterable[int]) -> Tally:
        """The tally of some of the readers."""
        wanted = set(readers)
        kept = [at for at, one in enumerate(self.readers) if one in wanted]
        return replace(self, readers=tuple(self.readers[at] for at in kept), given=self.given[:, kept])


def standing(marks: Iterable[KeptMark], *, until: int) -> dict[int, list[KeptMark]]:
    """The marks of each participant as they stand after a pass: what the second one says of a mark counts.

    `marks`: those of the first pass before those of the second.
    """
    found: dict[int, dict[str, KeptMark]] = {}
    for one in marks:
        if one.pass_number <= until:
            found.setdefault(one.participant, {})[one.mark.id] = one
    return {who: [one for one in kept.values() if not one.mark.removed] for who, kept in found.items()}


def handed_in(participants: Iterable[Participant], pass_number: int = FIRST) -> list[int]:
    """The ids of those who have handed a pass in."""
    return [one.id for one in participants if one.handed_in.get(pass_number)]


def guarded(shares: Iterable[Share]) -> Iterator[dict[str, object]]:
    """The shares as everybody may see them: where there are few, no number."""
    for share in shares:
        count = None if share.is_few else share.count
        yield {"sentence": share.sentence, "tag": share.tag, "count": count, "few": share.is_few}

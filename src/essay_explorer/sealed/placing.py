"""Where the passages of a sealed set stand in a copy of its text. `open_copy.js` does the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from essay_explorer.anchoring.segments import Span
from essay_explorer.sealed.fitting import fitted
from essay_explorer.sealed.runs import DRIFT, NEAR, Pair, blocks_of, chosen
from essay_explorer.sealed.sealed_set import Part, Sealed, SealedPassage, fingerprint_of, unwrapped, word_fingerprint
from essay_explorer.sealed.wording import RUN, Wording

MOST_PLACES = 8  # of one run, in the text or in the copy; a litany has more, and they help nobody
LIKE_ENOUGH = 0.6  # of a passage's words must be left in their order; by chance a third seem to be
COMPARED = 400  # words: a longer passage that was changed is known by its two ends alone
SOUND = 5  # words: a shorter passage is not looked for far from where it should stand

MISSING = "the part of the text that it belongs to is not in the copy"
TWICE = "this part of the text occurs more than once in the copy; delete one of them"
OTHERS = "other words are in its place"
UNCLEAR = "its words occur more than once near its place"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in a copy: words `[first, end)` of it.

    `state`: "exact", "changed" or "lost"; `reason` says why it is lost, and then `end` is 0.
    """

    entry: SealedPassage
    state: str
    first: int = 0
    end: int = 0
    reason: str = ""


class _End(NamedTuple):
    """A word of the sealed text whose place in the copy is known, and how far it is from a passage's end."""

    there: int
    here: int
    away: int


class _Near(NamedTuple):
    """Words of the copy among which a passage must stand, and those that it should be; `sure`: it can be no others."""

    among: Span
    expected: Span
    sure: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What of a text was found in a copy: its places in the order of the set, within words `[first, end)`.

    `certain`: whether these are its own first and last word, so that nothing of it stands outside.
    """

    places: tuple[Place, ...]
    first: int
    end: int
    certain: tuple[bool, bool]


def found(wording: Wording, sealed: Sealed) -> Found:
    """Where the passages of `sealed` stand in a copy with these words."""
    copy = _Copy(wording, sealed)
    places = tuple(map(copy.place, sealed.annotations))
    there, here = copy.there, copy.here
    known = [place for place in places if place.end]
    return Found(
        places,
        min((*here, *(place.first for place in known)), default=0),
        max((*(at + RUN for at in here), *(place.end for place in known)), default=len(wording.words)),
        (
            bool(there) and there[0] == 0 and here[0] == min(here),
            bool(there) and there[-1] == sealed.words - RUN and here[-1] == max(here),
        ),
    )


class _Copy:
    """A copy of the text that was sealed."""

    def __init__(self, wording: Wording, sealed: Sealed) -> None:
        self.wording, self.sealed = wording, sealed
        self.keys: dict[int, bytes] = {}  # by the first word of the part
        found, self.doubtful = chosen(blocks_of(self._pairs()))
        self.there = sorted(found)
        self.here = [found[at] for at in self.there]

    def _pairs(self) -> list[Pair]:
        """Each run of the copy with each run of the sealed text that it equals; their parts are opened."""
        table = defaultdict[bytes, list[tuple[int, int, str]]](list)
        for part in self.sealed.parts:
            for at, key in zip(part.runs, part.keys, strict=True):
                table[bytes.fromhex(key[:16])].append((at, part.at, key))
        pairs, times = [], Counter[bytes]()
        for here, digest in enumerate(self.wording.digests()):
            tag = digest[:8]
            if tag in table and times[tag] < MOST_PLACES:
                times[tag] += 1
                for there, start, key in table[tag][:MOST_PLACES]:
                    self.keys[start] = unwrapped(key, digest)
                    pairs.append(Pair(there, here))
        return pairs

    @cached_property
    def _free(self) -> list[int]:
        """The words of the copy that no run has a use for."""
        taken = bytearray(len(self.wording.words))
        for here in self.here:
            taken[here : here + RUN] = b"\1" * RUN
        return [at for at, use in enumerate(taken) if not use]

    @cached_property
    def _parts(self) -> list[int]:
        return [part.at for part in self.sealed.parts]

    def place(self, entry: SealedPassage) -> Place:
        """Where the passage stands: where its neighbours say, else wherever its words stand alone."""
        part = self.sealed.parts[bisect_right(self._parts, entry.at) - 1]
        key = self.keys.get(part.at)
        if key is None:
            return self._lost(entry, MISSING)
        left, right = self._ends(entry, part)
        near = self._near(entry, left, right)
        exact = self._exact(entry, key, near) if near else None
        changed = self._changed(entry, key, near) if near and not exact else None
        if changed and left and right:  # where both neighbours say; its exact words elsewhere are a quotation of it
            return changed
        return exact or self._sought(entry, key) or changed or self._lost(entry, OTHERS)

    def _near(self, entry: SealedPassage, left: _End | None, right: _End | None) -> _Near | None:
        """Where the passage should stand for the known words on its left and right."""
        said = [end.here + entry.at - end.there for end in (left, right) if end]
        if not said:
            return None
        first = left.here + bool(left.away) if left else max(said[0] - DRIFT, 0)
        end = right.here + (not right.away) if right else said[-1] + entry.words + DRIFT
        end = min(end, len(self.wording.words))
        touching = any(end and not end.away for end in (left, right))
        expected = Span(max(said[0], first), min(said[-1] + entry.words, end))
        return _Near(Span(first, end), expected, touching or (len(said) > 1 and len(set(said)) == 1))

    def _exact(self, entry: SealedPassage, key: bytes, near: _Near) -> Place | None:
        """The passage with its own words, among the words where it must stand."""
        (first, end), expected, sure = near
        starts = [at for at in sorted({expected.start, expected.end - entry.words}) if self._is(entry, key, at)]
        if not starts and not entry.repeated:
            starts = [at for at in range(first, end - entry.words + 1) if self._is(entry, key, at)]
        if not starts:
            return None
        if len(starts) > 1 or (entry.repeated and not sure):
            return self._lost(entry, UNCLEAR)
        return Place(entry, "exact", starts[0], starts[0] + entry.words)

    def _ends(self, entry: SealedPassage, part: Part) -> tuple[_End | None, _End | None]:
        """The known words nearest to the passage's first and last word, from outside or the words themselves."""
        last = entry.at + entry.words - 1
        before = bisect_right(self.there, entry.at) - 1
        after = bisect_left(self.there, last - RUN + 1)
        left = right = None
        if before >= 0:
            word = min(entry.at, self.there[before] + RUN - 1)
            left = _End(word, self.here[before] + word - self.there[before], entry.at - word)
        if after < len(self.there):
            word = max(last, self.there[after])
            right = _End(word, self.here[after] + word - self.there[after], word - last)
        left = left if left and left.away <= NEAR else None
        right = right if right and right.away <= NEAR else None
        if left and right:
            drift = abs((right.here - left.here) - (right.there - left.there))
            if right.here < left.here or drift > DRIFT + entry.words:  # the order changed, or much was put in
                inside = [part.at <= end.there < part.at + part.words for end in (left, right)]
                return (left, None) if (not inside[0], left.away) <= (not inside[1], right.away) else (None, right)
        return left, right

    def _changed(self, entry: SealedPassage, key: bytes, near: _Near) -> Place | None:
        """The passage among the words where it must stand, if enough of it is left."""
        (first, end), expected, _ = near
        if expected.start >= expected.end:
            return None
        if entry.words > COMPARED:
            size = expected.end - expected.start
            like, stretch = min(entry.words, size) / max(entry.words, size), expected
        else:
            fingerprints = [word_fingerprint(key, entry.id, word) for word in self.wording.words[first:end]]
            wanted = Span(expected.start - first, expected.end - first)
            edits, found_ = fitted(_each(entry.word_fingerprints), fingerprints, wanted)
            like, stretch = 1 - edits / entry.words, Span(first + found_.start, first + found_.end)
            if not edits and not self._is_another_by_chance(entry, key, stretch, expected):
                return self._lost(entry, UNCLEAR)
        return Place(entry, "changed", *stretch) if like >= LIKE_ENOUGH else None

    def _is_another_by_chance(self, entry: SealedPassage, key: bytes, stretch: Span, expected: Span) -> bool:
        """Whether words with all the fingerprints of the passage are others, of which some have equal ones by chance.

        Fingerprints have eight bits: of 256 words that were changed, one seems to be the same. Of a short
        passage that may be anywhere; its own words are no change, and nothing tells which of them these are.
        """
        return (stretch == expected or entry.words >= SOUND) and not self._is(entry, key, stretch.start)

    def _sought(self, entry: SealedPassage, key: bytes) -> Place | None:
        """The passage with its own words, anywhere among those that nothing else has a use for."""
        if entry.repeated or entry.words < SOUND:
            return None
        words, fingerprints = self.wording.words, _each(entry.word_fingerprints)
        known: dict[str, str] = {}

        def like(at: int, wanted: str) -> bool:
            word = words[at]
            if word not in known:
                known[word] = word_fingerprint(key, entry.id, word)
            return known[word] == wanted

        starts = (at for at in self._free if at + entry.words <= len(words))
        alike = (at for at in starts if all(like(at + number, wanted) for number, wanted in enumerate(fingerprints)))
        found_ = [at for at in alike if self._is(entry, key, at)]
        if len(found_) > 1:
            return self._lost(entry, UNCLEAR)
        return Place(entry, "exact", found_[0], found_[0] + entry.words) if found_ else None

    def _is(self, entry: SealedPassage, key: bytes, first: int) -> bool:
        """Whether the passage's own words stand at word `first`."""
        if not 0 <= first <= len(self.wording.words) - entry.words:
            return False
        return entry.fingerprint == fingerprint_of(key, entry.id, self.wording.run(first, entry.words))

    def _lost(self, entry: SealedPassage, reason: str) -> Place:
        twice = any(entry.at - RUN < at < entry.at + entry.words for at in self.doubtful)
        return Place(entry, "lost", reason=TWICE if twice else reason)


def _each(word_fingerprints: str) -> list[str]:
    return [word_fingerprints[at : at + 2] for at in range(0, len(word_fingerprints), 2)]

"""Sealed annotations: what somebody says of a text, without one word of the text.

A sealed set names its passages by fingerprints. The text itself is the key: it is cut into parts (whole
paragraphs, 48 words or more), each part has a key of its own, and that key is wrapped under runs of
20 words of the part, every eighth word one. So any 27 words in a row open a part, and only that one.

- Who has none of the text cannot test a guess, however short the passage: fingerprints are HMACs, and
  20 words in a row that are not known take more guesses than a slow hash could add to.
- Who has 20 words in a row of a part, from a quotation say, can test guesses at the passages of
  that part, word by word (each has a fingerprint of eight bits): treat what stands near a quotation as readable.
- Anyone can read where passages stand and how long they are in words, which of them are repeated,
  how many signs stand around their words, and all tags, notes, names, dates, relations and facts.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from essay_explorer.core.annotation import ANNOTATIONS, RELATIONS
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, ReadingError, counted, shown, summary
from essay_explorer.core.front_matter import TEXTS
from essay_explorer.sealed.sealed_set import (
    Part,
    Sealed,
    SealedPassage,
    fingerprint_of,
    structure,
    word_fingerprint,
    wrapped,
)
from essay_explorer.sealed.wording import RUN, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

LEAST, MOST = 48, 256  # words of a part: short paragraphs are joined, long ones cut
QUOTED = 6  # so many words in a row of the text are a quotation, and refused


def seal(reading: Reading, *, source: str = "") -> Sealed:
    """The annotations of a reading, sealed; `source` tells where its text can be had.

    A tour stays behind: its remarks are about one text, and the set knows no stops.
    Raises ReadingError for a reading with faults, for one with nothing to seal, and where a note, a
    fact or the codebook quotes six words or more of the text in a row: these are not sealed.
    """
    wording = Wording.of(reading.essay.text)
    facts = tuple((name, text) for name in TEXTS if (text := getattr(reading.essay, name)))
    facts += (("source", source),) if source else ()
    faults = [*reading.faults, *_unsealable(reading, wording), *_quotations(reading, wording, facts)]
    if faults:
        message = f'The reading "{reading.name}" cannot be sealed:\n{summary(faults)}'
        raise ReadingError(message, tuple(faults))
    starts = [span.start for span in wording.spans]
    ends = [bisect_left(starts, paragraph.end) for paragraph in reading.essay.paragraphs]
    digests = tuple(wording.digests())
    parts = tuple(_part(wording, digests, at, end - at) for at, end in pairwise(_bounds(ends)))
    keys = [(part.at, _key(wording, part.at, part.words)) for part in parts]
    places = {passage.id: passage for passage in reading.passages()}
    passages = tuple(_sealed(places[entry.id], wording, keys) for entry in reading.annotations)
    relations = tuple(replace(entry, row=0) for entry in reading.relations)
    return Sealed(reading.name, facts, reading.codebook, parts, passages, relations)


def _unsealable(reading: Reading, wording: Wording) -> Iterator[Fault]:
    if len(wording.words) < RUN:
        yield Fault(ESSAY, f"has {counted(len(wording.words), 'word')}; sealing needs {RUN} or more")
    if not reading.annotations:
        yield Fault(ANNOTATIONS, "holds nothing to seal. Mark a passage first")
    for passage in reading.passages():
        if not _covered(wording, passage)[1]:
            yield Fault(ANNOTATIONS, "this passage has no word in it. Take a longer one", entry=passage.id)


def _quotations(reading: Reading, wording: Wording, facts: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """A fault for each text beside the essay that quotes it at length."""
    beside = [(ESSAY, name, text) for name, text in facts]
    beside += [(CODEBOOK, "", text) for text in _texts(structure(reading.codebook))]
    beside += [(ANNOTATIONS, entry.id, entry.note) for entry in reading.annotations]
    beside += [(RELATIONS, f"{entry.source} {entry.kind} {entry.target}", entry.note) for entry in reading.relations]
    runs = set(_runs(wording)) - set(_public_runs(reading, dict(facts)))
    for file, entry, text in beside:
        quoted = next((run for run in _runs(Wording.of(text)) if run in runs), None)
        if quoted:
            advice = f"quotes {QUOTED} words of the text in a row, {shown(' '.join(quoted))}. Say it in other words"
            yield Fault(file, advice, entry=entry)


def _public_runs(reading: Reading, facts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Those of lines of the text that are its title, which everybody may know: a heading, with the subtitle or author.

    A poem that is called by its first line has it there too.
    """
    title, subtitle, author = (facts.get(name, "") for name in ("title", "subtitle", "author"))
    names = {title, subtitle, f"{title} {subtitle}", f"{title} {author}", f"{title} by {author}"}
    public = {Wording.of(name).words for name in names}
    for line in reading.essay.text.splitlines():
        wording = Wording.of(line)
        if wording.words in public:
            yield from _runs(wording)


def _runs(wording: Wording) -> Iterator[tuple[str, ...]]:
    return (wording.words[at : at + QUOTED] for at in range(len(wording.words) - QUOTED + 1))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a codebook is made of
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _texts(entry)


def _covered(wording: Wording, passage: Passage) -> tuple[int, int]:
    """(number of the first, how many) of the words on which a passage lies, if only in part."""
    first = bisect_right(wording.spans, passage.start, key=lambda span: span.end)
    return first, bisect_left(wording.spans, passage.end, key=lambda span: span.start) - first


def _bounds(ends: Iterable[int]) -> list[int]:
    """The numbers of the words at which parts meet; `ends`: at which paragraphs end."""
    bounds, last = [0], 0
    for last in ends:
        if last - bounds[-1] >= LEAST:
            bounds.append(last)
    bounds[max(len(bounds) - 1, 1) :] = [last]  # what is left over is too short to stand alone
    cut = [0]
    for start, end in pairwise(bounds):
        pieces = -(-(end - start) // MOST)
        cut += (start + (end - start) * piece // pieces for piece in range(1, pieces + 1))
    return cut


def _key(wording: Wording, at: int, words: int) -> bytes:
    return hashlib.sha256(b"essay-explorer part\0" + wording.run(at, words)).digest()[:16]


def _part(wording: Wording, digests: Sequence[bytes], at: int, words: int) -> Part:
    key, runs = _key(wording, at, words), Part(at, words, ()).runs
    return Part(at, words, tuple(wrapped(key, digests[first]) for first in runs))


def _sealed(passage: Passage, wording: Wording, keys: list[tuple[int, bytes]]) -> SealedPassage:
    entry = passage.annotation
    first, count = _covered(wording, passage)
    key = keys[bisect_right(keys, first, key=lambda part: part[0]) - 1][1]
    return SealedPassage(
        id=entry.id,
        at=first,
        words=count,
        head=wording.spans[first].start - passage.start,
        tail=passage.end - wording.spans[first + count - 1].end,
        repeated=wording.repeated(first, count),
        fingerprint=fingerprint_of(key, entry.id, wording.run(first, count)),
        word_fingerprints="".join(
            word_fingerprint(key, entry.id, word) for word in wording.words[first : first + count]
        ),
        tags=entry.tags,
        note=entry.note,
        creator=entry.creator,
        created=entry.created,
    )

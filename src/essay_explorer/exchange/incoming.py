"""Annotations of another program, and where they stand in an essay."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.surroundings import shortest_surroundings, stands_between
from essay_explorer.core.codebook import Facet, Tag
from essay_explorer.core.fault import CONTROLS, Fault, instead_of, refuse, shown
from essay_explorer.core.names import ID, PARAGRAPH
from essay_explorer.files.csv_files import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.fault import Report

CONTEXT = 32  # letters on either side of a quote: what Hypothesis and Apache Annotator write
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
ONE_KIND = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')
IMPORTED = Facet("imported", "Imported", "Tags that came with imported annotations; move them where they belong.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """An annotation as another program tells it. `tags` are names, `position` a span of the essay's text.

    `number` is its place in the file, from 1; `name` what the file calls it.
    """

    number: int
    name: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    position: Span | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    creator: str = ""
    created: str = ""


def cell(text: str, *, file: str, number: int) -> str:
    """`text` as a cell of a CSV file can hold it. Raises ReadingError for one that is too long for any."""
    text = UNSTORABLE.sub("\ufffd", re.sub("\r\n?", "\n", unicodedata.normalize("NFC", text))).strip()
    if len(text) > LONGEST_CELL:
        limit = f"one of {len(text):,} letters; a cell of a CSV file holds at most {LONGEST_CELL:,}. Shorten it"
        refuse(Fault(file, f"annotation {number}: {limit}"))
    return text


def context(text: str, span: Span) -> tuple[str, str]:
    """What stands right before and right after the span, as annotation programs note it."""
    return text[max(span.start - CONTEXT, 0) : span.start].strip(), text[span.end : span.end + CONTEXT].strip()


def places(text: str, marks: Sequence[Incoming], *, file: str, report: Report) -> list[Quote]:
    """For each mark the quote that names one place of `text`, or the one given where none is meant.

    The quote decides; a position tells which of several places is meant, and stands in for a quote
    that is missing. A position where the quote does not stand is reported.
    """
    spans = [
        _meant(text, found, mark, file=file, report=report)
        for mark, found in zip(marks, _stands(text, marks), strict=True)
    ]
    quotes = [text[slice(*span)] if span else "" for span in spans]
    found = all_occurrences(text, map(Quote, quotes))
    return [
        Quote(quote, *_sides(text, span, others, (mark.prefix, mark.suffix)))
        if span
        else Quote(mark.quote, mark.prefix, mark.suffix)
        for mark, span, quote, others in zip(marks, spans, quotes, found, strict=True)
    ]


def _stands(text: str, marks: Sequence[Incoming]) -> list[tuple[Span, ...]]:
    """Where each quote stands, or would if white space and kinds of quotation marks did not count."""
    found = all_occurrences(text, (Quote(mark.quote) for mark in marks))
    loose = ["" if spans else " ".join(_one_kind(mark.quote).split()) for mark, spans in zip(marks, found, strict=True)]
    if not any(loose):
        return found
    starts, gaps = [0], [0]  # from which letter on so many are left out
    for blanks in re.finditer(r"\s{2,}", text):
        starts.append(blanks.start() + 1 - gaps[-1])
        gaps.append(gaps[-1] + blanks.end() - blanks.start() - 1)

    def whole(span: Span) -> Span:
        first, last = (at + gaps[bisect_right(starts, at) - 1] for at in (span.start, span.end - 1))
        return Span(first, last + 1)

    also = all_occurrences(re.sub(r"\s+", " ", _one_kind(text)), map(Quote, loose))
    return [spans or tuple(map(whole, others)) for spans, others in zip(found, also, strict=True)]


def _one_kind(text: str) -> str:
    return text.translate(ONE_KIND)


def _meant(text: str, spans: tuple[Span, ...], mark: Incoming, *, file: str, report: Report) -> Span | None:
    """Which of the spans is meant; a position that is none of them is reported."""
    at, quote = mark.position, mark.quote
    if at and at.start < at.end <= len(text) and (not quote or text[slice(*at)] == quote):
        return Span(*at)
    span = at if at in spans else _likest(text, spans, mark)
    if at and at not in spans:
        there = f"there stands {shown(text[slice(*at)])}" if at.end <= len(text) else "the essay ends before"
        found = f"The quote stands at [{span.start}, {span.end}), and decides" if span else "The quote is kept"
        say = (
            f"annotation {mark.number}: says {shown(quote)} is at [{_digits(at.start)}, {_digits(at.end)}), but {there}"
        )
        report(Fault(file, f"{say}. {found}", entry=mark.name))
    return span


def _digits(number: int) -> str:
    return str(number) if number < 10**15 else "a huge number"


def _likest(text: str, spans: tuple[Span, ...], mark: Incoming) -> Span | None:
    """The one place, or the one whose surroundings are most like the prefix and suffix."""
    if len(spans) <= 1:
        return next(iter(spans), None)
    likeness = [_shared(text, span, mark) for span in spans]
    best = max(likeness)
    return spans[likeness.index(best)] if best and likeness.count(best) == 1 else None


def _shared(text: str, span: Span, mark: Incoming) -> int:
    """How many letters next to the span are those of the prefix and suffix; white space does not count."""
    before, after = text[max(span.start - 2 * CONTEXT, 0) : span.start], text[span.end : span.end + 2 * CONTEXT]
    return _alike(_bare(before)[::-1], _bare(mark.prefix)[::-1]) + _alike(_bare(after), _bare(mark.suffix))


def _bare(text: str) -> str:
    return "".join(text.split())


def _alike(one: str, other: str) -> int:
    same = 0
    for letter, letter_too in zip(one, other, strict=False):
        if letter != letter_too:
            break
        same += 1
    return same


def _sides(text: str, span: Span, places: tuple[Span, ...], given: tuple[str, str]) -> tuple[str, str]:
    """A prefix and a suffix by which the quote at `span`, of all its places, stands there alone.

    Those given where they do; none where the quote needs none, and those given only echo the text.
    """
    needed = len(places) > 1
    if not needed and given == context(text, span):
        return "", ""
    prefix, suffix = given[0].strip(), given[1].strip()
    if [place for place in places if stands_between(text, place, prefix, suffix)] == [span]:
        return given
    return (shortest_surroundings(text, span, places) if needed else None) or ("", "")


def tags_by_name(names: Iterable[str], book: Codebook) -> tuple[dict[str, str], tuple[Tag, ...]]:
    """The tag id of each name, and the tags to add to the codebook for names that it does not know.

    A name is a tag's id, its label, or its facet and label ("Moves: Claim"), whatever the case.
    """
    known: dict[str, str] = {}
    for facet in book.facets:
        for tag in facet.tags:
            known.setdefault(f"{facet.label}: {tag.label}".casefold(), tag.id)
    labels = Counter(tag.label.casefold() for tag in book.tags.values())
    known |= {tag.label.casefold(): tag.id for tag in book.tags.values() if labels[tag.label.casefold()] == 1}
    known |= {tag.casefold(): tag for tag in book.tags}
    free, added, ids = FreeIds(book.tags), list[Tag](), dict[str, str]()
    for name in dict.fromkeys(names):
        if name not in book.tags and name.casefold() not in known:
            entry = free.one(word(name) or "tag")
            known[name.casefold()] = entry
            added.append(Tag(entry, name))
        ids[name] = name if name in book.tags else known[name.casefold()]
    return ids, tuple(added)


def unknown_tag(name: str, tag: str, book: Codebook, file: str) -> Fault:
    """What to say of a tag that the codebook did not know."""
    where = f'not in the codebook, and stands in its facet "{IMPORTED.id}" now'
    return Fault(file, f"tag {shown(name)}: {where}. {instead_of(name, book.tags)}", entry=tag)


def word(name: str) -> str:
    """`name` as an id: one word in lower case; "" where nothing of it is left."""
    made = "-".join(re.sub("[,;&=#*:/]", " ", CONTROLS.sub(" ", name)).casefold().split())
    return unicodedata.normalize("NFC", made) if ID.fullmatch(made) else ""


def annotation_id(mark: Incoming) -> str:
    """The id for an annotation: the last part of the name that its file gives it, if that can be one."""
    made = unquote(mark.name[1:]) if mark.name.startswith("#") else re.split("[/#:]", mark.name)[-1]
    made = unicodedata.normalize("NFC", made)
    return made if ID.fullmatch(made) and not PARAGRAPH.fullmatch(made) else f"imported-{mark.number}"


class FreeIds:
    """Ids that are given once: the wanted one, or it with the lowest number that makes it new."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken, self._tried = set(taken), dict[str, int]()

    def one(self, wanted: str) -> str:
        """A new id, taken from now on."""
        made = wanted
        while made in self._taken:
            self._tried[wanted] = self._tried.get(wanted, 1) + 1
            made = f"{wanted}-{self._tried[wanted]}"
        self._taken.add(made)
        return made

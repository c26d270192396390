"""Where the quotes of another program belong in an essay."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from essay_explorer.anchoring.moves import Move
from essay_explorer.anchoring.place import FAMILIAR
from essay_explorer.anchoring.quotes import Quote
from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.sought import SHORT
from essay_explorer.anchoring.surroundings import is_between, likeness_of_surroundings, shortest_surroundings
from essay_explorer.anchoring.words import folded_letters
from essay_explorer.core.fault import shown
from essay_explorer.core.move_summary import description
from essay_explorer.exchange.escaped import as_letters
from essay_explorer.exchange.positions import Shifts, in_code_points, report_wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Incoming

CONTEXT = 32  # letters on either side of a quote: what Hypothesis and Apache Annotator write
ONE_KIND = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')
ELSEWHERE = "the words around it are not those in the file"


def placed(text: str, marks: Sequence[Incoming], *, file: str, report: Report) -> list[Move]:
    """What becomes of each mark's quote in `text`: exact, moved, changed or lost, as after an edit.

    The quote decides; of equal places what stands around them, then a position, which also stands in
    for a quote that is missing. A quote that stands nowhere is sought as `update` seeks it. All but the
    exact ones are reported, and positions where the quote does not stand.
    """
    marks = [as_letters(text, mark) for mark in in_code_points(text, marks, file=file, report=report)]
    equal = equal_places(text, marks)
    spans = [_meant(text, mark, places) for mark, places in zip(marks, equal, strict=True)]
    by_position = _by_position(marks, spans, equal)
    wrong = [
        (mark, span or by_position.get(mark.number))
        for mark, span in zip(marks, spans, strict=True)
        if mark.position and mark.quote and mark.position != span
    ]
    report_wrong(text, wrong, file=file, report=report)
    spans = [span or by_position.get(mark.number) for mark, span in zip(marks, spans, strict=True)]
    moves = list(_moves(text, marks, spans))
    for mark, move, places in zip(marks, moves, equal, strict=True):
        if mark.number in by_position:
            which = f"{places.index(by_position[mark.number]) + 1} of {len(places)}"
            report(mark.fault(file, f"{shown(mark.quote)} occurs {len(places)} times; its position says place {which}"))
        if not mark.quote and move.state == "exact":
            report(mark.fault(file, f"has a position but no quote; the text there is {shown(move.anchored.exact)}"))
        elif move.state != "exact":
            report(mark.fault(file, description(move)))
    return moves


def equal_places(text: str, marks: Sequence[Incoming]) -> list[tuple[Span, ...]]:
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


def _meant(text: str, mark: Incoming, places: tuple[Span, ...]) -> Span | None:
    """The place that is meant for certain: at the position, or the only one, or the one with these surroundings."""
    at = mark.position
    if at and at.start < at.end <= len(text) and (at in places or not mark.quote or text[slice(*at)] == mark.quote):
        return Span(*at)
    if len(places) <= 1:
        return next(iter(places), None)
    likeness = [_shared(text, span, mark) for span in places]
    best = max(likeness)
    likest = places[likeness.index(best)] if best and likeness.count(best) == 1 else None
    return None if likest and _is_foreign(text, likest, mark) else likest


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


def _is_foreign(text: str, span: Span, mark: Incoming) -> bool:
    """Whether other words stand around the span than stood around the mark."""
    like = likeness_of_surroundings(text, span, folded_letters(mark.prefix), folded_letters(mark.suffix))
    return like is not None and like < FAMILIAR


def _by_position(
    marks: Sequence[Incoming], spans: Sequence[Span | None], equal: Sequence[tuple[Span, ...]]
) -> dict[int, Span]:
    """The places that only a position tells from equal ones, by the numbers of their marks.

    Positions of another text, or of one with a heading more, are off; the quotes that have one place
    show by how much.
    """
    said = [mark.position or mark.elsewhere for mark in marks]
    shifts = Shifts.of(
        (at, places[0]) for at, span, places in zip(said, spans, equal, strict=True) if at and span and len(places) == 1
    )
    found = {
        mark.number: shifts.likeliest(at, places)
        for mark, at, span, places in zip(marks, said, spans, equal, strict=True)
        if at and not span and len(places) > 1
    }
    return {number: span for number, span in found.items() if span}


def _moves(text: str, marks: Sequence[Incoming], spans: Sequence[Span | None]) -> Iterator[Move]:
    exact = [text[slice(*span)] if span else "" for span in spans]
    standing = all_occurrences(text, map(Quote, exact))
    given = [Quote(mark.quote, mark.prefix, mark.suffix) for mark in marks]
    sought = [quote for quote, span in zip(given, spans, strict=True) if not span]
    found = iter(reanchor(text, sought) if sought else ())
    for mark, quote, span, words, places in zip(marks, given, spans, exact, standing, strict=True):
        if not span:
            yield next(found)
        elif not _is_foreign(text, span, mark):
            yield Move(quote, Quote(words, *_sides(text, span, places, quote)), "exact", 1.0)
        elif len(folded_letters(words)) < SHORT:
            yield Move(quote, quote, "lost", why=ELSEWHERE, nearest=words)
        else:
            sides = shortest_surroundings(text, span, places) or ("", "")
            yield Move(quote, Quote(words, *sides), "moved", 0.5, why=ELSEWHERE)


def _sides(text: str, span: Span, places: tuple[Span, ...], given: Quote) -> tuple[str, str]:
    """A prefix and a suffix by which the quote at `span`, of all its places, stands there alone.

    Those given where they do; none where the quote needs none, and those given only echo the text.
    """
    needed = len(places) > 1
    if not needed and (given.prefix, given.suffix) == context(text, span):
        return "", ""
    prefix, suffix = given.prefix.strip(), given.suffix.strip()
    if [place for place in places if is_between(text, place, prefix, suffix)] == [span]:
        return given.prefix, given.suffix
    return (shortest_surroundings(text, span, places) if needed else None) or ("", "")


def context(text: str, span: Span) -> tuple[str, str]:
    """What stands right before and right after the span, as annotation programs note it."""
    return text[max(span.start - CONTEXT, 0) : span.start].strip(), text[span.end : span.end + CONTEXT].strip()

"""Annotations of another program, and where they stand in an essay."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from essay_explorer.anchoring import Span, occurrences
from essay_explorer.annotation import ID, PARAGRAPH
from essay_explorer.codebook import Facet, Tag
from essay_explorer.exchange.csv_files import LONGEST_CELL
from essay_explorer.fault import CONTROLS, Fault, instead_of, refuse, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.codebook import Codebook
    from essay_explorer.fault import Report

CONTEXT = 32  # letters on either side of a quote: what Hypothesis and Apache Annotator write
MOST_WORDS = 2_000  # of a quote that is sought whatever its white space
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
KINDS_OF_QUOTE = ("'‘’‚‛", '"“”„‟«»')
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


def place(text: str, mark: Incoming, *, file: str, report: Report) -> tuple[str, str, str]:
    """(quote, prefix, suffix) that name one place of `text`, or those given where no one place is meant.

    The quote decides; a position tells which of several places is meant, and stands in for a quote
    that is missing. A position where the quote does not stand is reported.
    """
    at, quote = mark.position, mark.quote
    if at and at.start < at.end <= len(text) and (not quote or text[slice(*at)] == quote):
        spans: tuple[Span, ...] = (Span(*at),)
    else:
        spans = occurrences(text, quote) or tuple(_whatever_its_spaces(text, quote))
    span = at if at in spans else _meant(text, spans, mark)
    if at and at not in spans:
        there = f"there stands {shown(text[slice(*at)])}" if at.end <= len(text) else "the essay ends before"
        found = f"The quote stands at [{span.start}, {span.end}), and decides" if span else "The quote is kept"
        say = (
            f"annotation {mark.number}: says {shown(quote)} is at [{_digits(at.start)}, {_digits(at.end)}), but {there}"
        )
        report(Fault(file, f"{say}. {found}", entry=mark.name))
    if not span:
        return quote, mark.prefix, mark.suffix
    return text[slice(*span)], *_told_apart(text, span, (mark.prefix, mark.suffix))


def _digits(number: int) -> str:
    return str(number) if number < 10**15 else "a huge number"


def _whatever_its_spaces(text: str, quote: str) -> Iterator[Span]:
    """Where the quote stands when white space and kinds of quotation marks do not count."""
    words = quote.split()
    if 0 < len(words) <= MOST_WORDS:
        pattern = re.compile(r"\s+".join("".join(map(_kinds, word)) for word in words))
        yield from (Span(*match.span()) for match in pattern.finditer(text))


def _kinds(letter: str) -> str:
    alike = next((kinds for kinds in KINDS_OF_QUOTE if letter in kinds), "")
    return f"[{alike}]" if alike else re.escape(letter)


def _meant(text: str, spans: tuple[Span, ...], mark: Incoming) -> Span | None:
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


def _told_apart(text: str, span: Span, given: tuple[str, str]) -> tuple[str, str]:
    """A prefix and a suffix by which the quote at `span` stands there alone.

    Those given where they do; none where the quote needs none, and those given only echo the text.
    """
    quote = text[slice(*span)]
    alone = occurrences(text, quote) == (span,)
    if alone and (not any(given) or given == context(text, span)):
        return "", ""
    prefix, suffix = given
    if occurrences(text, quote, prefix=prefix, suffix=suffix) == (span,):
        return given
    if alone:
        return "", ""
    around = CONTEXT
    while around < 2 * len(text):
        prefix, suffix = text[max(span.start - around, 0) : span.start], text[span.end : span.end + around]
        if occurrences(text, quote, prefix=prefix, suffix=suffix) == (span,):
            break
        around *= 2
    return prefix.strip(), suffix.strip()


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

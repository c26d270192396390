"""A manuscript: paragraphs on their way to becoming an essay, in the Markdown that an essay holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.core.fault import shown
from essay_explorer.core.prose import Prose
from essay_explorer.files.essay_file import essay_to_markdown
from essay_explorer.formats.line_ends import LineEnds
from essay_explorer.formats.lines import (
    BLANK_LINE,
    LONG_LINE,
    are_meant,
    as_lines,
    begun_by_indents,
    width_of,
)
from essay_explorer.formats.rows import with_tables
from essay_explorer.formats.verses import indented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.core.image import Image

# What nobody can see, and YAML refuses.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
WIDE_BLANK = "\u3000"
SPACES = re.compile(r"[ \t\r\f\v]+")
SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_<"})
BRACKET = re.compile(r"[][]|&(?=#?\w{1,40};)")
MARKUP = re.compile(r"](?=\()|&(?=#?\w{1,40};)")
BLOCK = re.compile(r"^(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|(?:[-=][ \t]*)+$|[-:|][ \t|:-]*$|~~~)", re.MULTILINE)
NUMBER = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
# Of a sentence, or of a part of one, in any script; a title may ask or shout.
SENTENCE_ENDS = tuple(".,;:。．，、；：｡।॥۔،؛։።")
CLOSING = "\"'”“’»›«)]」』"
LONGEST_TITLE = 120  # letters: a first line that is longer is no title
# A letter on one side of a star and a sign on the other: https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run
TOUCHING = re.compile(r"\w(?=\*{1,3}[^\w\s*])|(?:(?<=[^\w\s*]\*)|(?<=[^\w\s*]\*\*))\w")
FACTS = ("subtitle", "author", "date", "language")
MARKS = {"": "", "em": "*", "strong": "**", "both": "***"}


class Run(NamedTuple):
    """A stretch of a paragraph that has one look; `kind` is one of MARKS.

    `picture`: the address of the picture that stands here; then `text` says what it shows.
    """

    text: str
    kind: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file holds: Markdown blocks, and what the file says of itself.

    `title` and `subtitle` are inline Markdown, "" where there is none. `language` is "" where it is not certain.
    `front`: lines of YAML front matter that the file brought along. `notices` say in sentences what
    was lost or guessed on the way; `left_out` are the pieces that cleaning took away; `images` are those of its text.
    """

    blocks: tuple[str, ...]
    title: str = ""
    author: str = ""
    language: str = ""
    subtitle: str = ""
    date: str = ""
    front: str = ""
    notices: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()

    @classmethod
    def from_text(cls, source: str) -> Manuscript:
        """The paragraphs of plain text, every sign a sign; a short first line becomes the title.

        Lines that a width broke are joined, and words that they parted; those of verse stay.
        """
        ends = LineEnds(source)
        paragraphs = list(_paragraphs(source, ends))
        blocks = [markdown_of([Run(paragraph)]) for paragraph in paragraphs]
        notices = tuple(ends.notices())
        first = blocks[0] if len(blocks) > 1 else "\n"
        named = any(map(str.isalnum, first)) and "\n" not in first and len(first) <= LONGEST_TITLE
        if not named or first.rstrip(CLOSING).endswith(SENTENCE_ENDS):
            return cls(tuple(blocks), notices=notices)
        notice = f"The first line became the title: {shown(line_of(paragraphs[0]))}."
        return cls(tuple(blocks[1:]), title=first, notices=(notice, *notices))

    def essay(self, title: str) -> str:
        """The text of an essay.md; `title` is for a manuscript without one."""
        facts = {"title": self.title or title} | {name: getattr(self, name) for name in FACTS}
        new = {
            name: line_of(fact)
            for name, fact in facts.items()
            if fact and not re.search(rf"^{name}\s*:", self.front, re.MULTILINE)
        }
        return essay_to_markdown(new, with_tables(self.blocks), front=self.front)


def _paragraphs(source: str, ends: LineEnds) -> Iterator[str]:
    """Stretches between blank lines; where lines are too long to be broken ones, each is a paragraph."""
    parts = [part.split("\n") for part in BLANK_LINE.split(as_lines(source).strip("\n"))]
    stanzas = [[line.strip() for line in part] for part in parts]
    width = width_of(stanzas)
    for raw, lines in zip(parts, stanzas, strict=True):
        indented = sum(line.startswith(WIDE_BLANK) for line in raw)  # as Chinese and Japanese paragraphs begin
        if len(lines) > 1 and (max(map(len, lines)) > LONG_LINE or 2 * indented > len(lines)):
            yield from filter(tidy, lines)
        elif are_meant(lines, width):
            yield from filter(tidy, ["\n".join(lines)])
        else:
            yield from filter(tidy, map(ends.join, begun_by_indents(raw)))


def tidy(text: str) -> str:
    """`text` in NFC without what cannot be seen: single spaces, none at the ends of its lines, no empty line."""
    cleared = SPACES.sub(" ", UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    return "\n".join(filter(None, (line.strip() for line in cleared.split("\n"))))


def line_of(text: str) -> str:
    """`text` on one line."""
    return " ".join(tidy(text).split())


def markdown_of(runs: Iterable[Run]) -> str:
    """A paragraph that Markdown reads as exactly this text, its line breaks kept.

    A letter that would stop the emphasis beside it is written as its number; where that does not
    help either, the paragraph goes without emphasis.
    """
    merged = joined(runs)
    return indented(_written(merged), "".join(run.text for run in merged))


def _written(merged: list[Run]) -> str:
    """The same, each line at the left."""
    plain = tidy("".join(run.text for run in merged))
    if any(run.kind for run in merged):
        marked = _as_words(tidy("".join(map(_marked, merged))))
        for source in (marked, TOUCHING.sub(lambda letter: f"&#{ord(letter[0])};", marked)):
            if tidy(Prose.from_markdown(source).text) == plain:
                return source
    return _as_words(tidy("".join(map(_bare, joined(run._replace(kind="") for run in merged)))))


def joined(runs: Iterable[Run]) -> list[Run]:
    """The runs, neighbours that look the same as one; a picture stays by itself."""
    made: list[Run] = []
    for kind, group in groupby(runs, key=lambda run: None if run.picture else run.kind):
        same = list(group)
        made += same if kind is None else [Run("".join(run.text for run in same), kind)]
    return made


def _marked(run: Run) -> str:
    text, mark = UNSEEN.sub("", run.text), MARKS[run.kind]
    inner = text.strip()
    if not inner or not mark or run.picture:
        return _bare(run)
    left = text.index(inner)
    return text[:left] + mark + _escaped(inner) + mark + text[left + len(inner) :]


def _bare(run: Run) -> str:
    """A run without emphasis."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", run.text))
    if not run.picture:
        return _escaped(text)
    description = BRACKET.sub(r"\\\g<0>", line_of(text).translate(SIGNS))
    return f"![{description}]({run.picture})"


def _escaped(text: str) -> str:
    return MARKUP.sub(r"\\\g<0>", text.translate(SIGNS))


def _as_words(text: str) -> str:
    """`text` so that each of its lines is one, and none starts a list, a heading, a quotation or a rule."""
    return NUMBER.sub(r"\1\\", BLOCK.sub(r"\\", text)).replace("\n", "\\\n")

"""An essay: paragraphs of plain text, the emphasis that lies on them, and where it comes from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.counting import count_words, reading_time
from essay_explorer.anchoring.segments import Span
from essay_explorer.core import kinds
from essay_explorer.core.block import plain_blocks
from essay_explorer.core.fault import Fault, nearest_name, refuse
from essay_explorer.core.front_matter import OTHER_NAMES, TEXTS, WORD_LISTS, FrontMatter
from essay_explorer.core.parts import PARTING
from essay_explorer.core.plain_yaml import QUOTED
from essay_explorer.core.prose import Prose
from essay_explorer.core.provided import Representable
from essay_explorer.core.sentences import sentences_in
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.core.block import Block
    from essay_explorer.core.fault import Report
    from essay_explorer.core.plain_yaml import Plain

FILE = "essay.md"
MOST_BREAKS, LETTERS_BETWEEN = 20_000, 8  # of a text, and of what is longer; each takes 400 bytes
MOSTLY_MARKUP = Phrase(
    "is hardly more than line breaks and tags, which no essay is. Save its text alone, as .txt"
).filled()


@dataclass(frozen=True, slots=True)
class Essay(Representable):
    """A text with a title, an author and a source.

    `title`, `subtitle`, `after` (the work that it retells) and `about` are inline Markdown.
    `text` is plain, in NFC, its blocks parted by a blank line, the lines of verse by one line break, the cells
    of a row by a tab. `blocks` say what each stretch of it is; those with text are the `paragraphs`, one by one.
    Without any, each is a paragraph, or verse where it has lines.
    `language` is a BCP 47 tag, "" where it is not said. `url`: where the text, or the work that it retells, can be
    had. `source`: the Markdown that it was read from, letter by letter, "" where it was not; essays of other sources
    are equal where all else is. `before`: in an excerpt, how many paragraphs and sentences of the whole text come
    before it, so that all of them can be called by their numbers there.

    >>> from essay_explorer import Essay
    >>> essay = Essay.from_markdown("Trust is *chosen*. It is not proved.")
    >>> essay.text, essay.words, len(essay.sentences())
    ('Trust is chosen. It is not proved.', 7, 2)
    """

    text: str
    title: str = "Untitled essay"
    emphasis: tuple[tuple[str, Span], ...] = ()
    subtitle: str = ""
    author: str = ""
    after: str = ""
    about: str = ""
    subject: str = ""
    language: str = ""
    license: str = ""
    url: str = ""
    keywords: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    source: str = field(default="", repr=False, compare=False)
    before: tuple[int, int] = field(default=(0, 0), repr=False)
    paragraphs: tuple[Span, ...] = field(init=False)
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)  # of the paragraphs

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        object.__setattr__(self, "paragraphs", tuple(_paragraphs(self.text)))
        object.__setattr__(self, "_ends", tuple(paragraph.end for paragraph in self.paragraphs))
        if not self.blocks:
            object.__setattr__(self, "blocks", plain_blocks(self.text, self.paragraphs))

    @classmethod
    def from_markdown(cls, source: str, *, report: Report = refuse) -> Essay:
        r"""The essay in a Markdown file with YAML front matter, which may be absent.

        Faults go to `report`; the text is there all the same.

        >>> from essay_explorer import Essay
        >>> Essay.from_markdown("---\ntitle: On lamps\n---\n\nA *lamp* stood there.").title
        'On lamps'
        """
        kinds.check(kinds.TEXT, source=source)
        plain = re.sub("\r\n?", "\n", source.removeprefix("\ufeff"))
        front = FrontMatter.from_markdown(unicodedata.normalize("NFC", plain), FILE, report)
        bare = is_mostly_markup(front.body)
        if bare:
            report(Fault.of(FILE, MOSTLY_MARKUP))
        prose = Prose.from_markdown("" if bare else front.body)
        known = _known(front.values, report)
        return cls(prose.text, emphasis=prose.emphasis, blocks=prose.blocks, source=source, **known)

    @property
    def is_plain(self) -> bool:
        """Whether the blocks say no more than the text does.

        >>> from essay_explorer import Essay
        >>> Essay.from_markdown("A paragraph.").is_plain, Essay.from_markdown("# A heading").is_plain
        (True, False)
        """
        return self.blocks == plain_blocks(self.text, self.paragraphs)

    @property
    def fingerprint(self) -> str:
        """A short hash of the text alone: marks belong to it, whoever reads the text and with whatever codebook.

        >>> from essay_explorer import Essay
        >>> Essay("The same text.").fingerprint == Essay("The same text.", title="Another title").fingerprint
        True
        """
        return hashlib.blake2b(self.text.encode(), digest_size=8).hexdigest()

    @property
    def words(self) -> int:
        """How many words the text has, by Unicode's rules.

        >>> from essay_explorer import Essay
        >>> Essay("Trust isn’t proved.").words, Essay("我喜欢电影").words
        (3, 5)
        """
        return count_words(self.text)

    @property
    def minutes(self) -> int:
        """How long a silent reading takes, in whole minutes: 238 words, or 500 Chinese characters, in each.

        >>> from essay_explorer import open_reading
        >>> open_reading("her").essay.minutes
        5
        """
        return max(1, round(reading_time(self.text)))

    @property
    def credit(self) -> str:
        """Whose text it is, in plain words: "By Ada Writer", or the work that it retells; "" where nobody is named.

        >>> from essay_explorer import Essay
        >>> Essay("A text.", author="Ada Writer").credit
        'By Ada Writer'
        """
        if self.after:
            return say("After {work}", work=Prose.from_inline(self.after).text)
        return say("By {author}", author=self.author) if self.author else ""

    def paragraph_at(self, offset: int) -> int:
        r"""The number of the paragraph, from 1, in which the code point at `offset` stands.

        >>> from essay_explorer import Essay
        >>> Essay("One.\n\nTwo.").paragraph_at(6)
        2
        """
        return 1 + bisect_right(self._ends, offset, hi=max(len(self._ends) - 1, 0))

    def sentences(self) -> tuple[Span, ...]:
        """The sentences in text order; none crosses a paragraph, none has white space at its ends.

        >>> from essay_explorer import Essay
        >>> essay = Essay("Trust is chosen. It is not proved.")
        >>> [essay.text[start:end] for start, end in essay.sentences()]
        ['Trust is chosen.', 'It is not proved.']
        """
        return tuple(
            Span(start + span.start, start + span.end)
            for start, end in self.paragraphs
            for span in sentences_in(self.text[start:end], self.language)
        )


def is_mostly_markup(source: str) -> bool:
    """Whether lines are so many, and so short, that they, not the words, would fill the memory."""
    return source.count("\n") > MOST_BREAKS + len(source) // LETTERS_BETWEEN


def _known(front: Mapping[str, Plain], report: Report) -> dict[str, Any]:
    """What of the front matter an Essay holds; of the rest, only what may be misspelt is a fault."""
    for name in front:
        if name in OTHER_NAMES.values():
            continue
        near = nearest_name(name, (*TEXTS, *WORD_LISTS), alike=0.75)  # "titel"; but "date" is not "after"
        if near and near != name:
            told = Phrase('`{name}` in the front matter is not known. Did you mean "{near}"?')
            report(Fault.of(FILE, told.filled(name=name, near=near)))
    words = {name: _words(front, name, report) for name in (*TEXTS, *WORD_LISTS)}
    known: dict[str, Any] = {name: ", ".join(words[name]) for name in TEXTS if words[name]}
    return known | {"keywords": words["tags"] or words["keywords"]}


def _words(front: Mapping[str, Plain], name: str, report: Report) -> tuple[str, ...]:
    value = front.get(name, front.get(OTHER_NAMES.get(name, name)))
    entries = [_named(entry) for entry in (value if isinstance(value, list) else [value])]
    if any(isinstance(entry, (list, dict)) for entry in entries):
        told = Phrase("`{name}` in the front matter: expected a text or a list of words. {advice}")
        report(Fault.of(FILE, told.filled(name=name, advice=QUOTED)))
    return tuple(entry for entry in entries if isinstance(entry, str) and entry)


def _named(entry: Plain) -> Plain:
    """The name of somebody of whom more is said: pandoc and Quarto have affiliations there."""
    name = entry.get("name", entry.get("literal")) if isinstance(entry, dict) else None
    if isinstance(name, dict):
        name = " ".join(part for part in (name.get("given"), name.get("family")) if isinstance(part, str))
    return name or entry


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split(PARTING) if text else ():
        yield Span(start, start + len(paragraph))
        start += len(paragraph) + len(PARTING)

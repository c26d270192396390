"""An essay: paragraphs of plain text, the emphasis that lies on them, and where it comes from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from essay_explorer.anchoring import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
PARTING = "\n\n"  # between two paragraphs of a text
EMPHASES = {"em_open": "em", "strong_open": "strong"}
PLAIN_WORDS_PER_MINUTE = 238  # silent reading of non-fiction in English: Brysbaert 2019, J. Mem. Lang. 109


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text and the emphasis on it: `emphasis` holds ("em" or "strong", span) pairs."""

    text: str
    emphasis: tuple[tuple[str, Span], ...] = ()

    @classmethod
    def from_markdown(cls, source: str) -> Prose:
        """Paragraphs of `source` parted by a blank line, in NFC. HTML stays the letters it is."""
        return _prose(_markdown().parse(unicodedata.normalize("NFC", source)))


@dataclass(frozen=True, slots=True)
class Essay:
    """A text with a title, an author and a source.

    `title`, `subtitle`, `after` (the work that it retells) and `about` are inline Markdown.
    `text` is plain, in NFC, its paragraphs parted by a blank line. `language` is a BCP 47 tag.
    """

    text: str
    title: str = "Untitled essay"
    emphasis: tuple[tuple[str, Span], ...] = ()
    subtitle: str = ""
    author: str = ""
    after: str = ""
    about: str = ""
    subject: str = ""
    language: str = "en"
    license: str = ""
    keywords: tuple[str, ...] = ()
    paragraphs: tuple[Span, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "paragraphs", tuple(_paragraphs(self.text)))

    @classmethod
    def from_markdown(cls, source: str) -> Essay:
        """The essay in a Markdown file with YAML front matter, which may be absent.

        Raises yaml.YAMLError when the front matter is not YAML, ValueError when it is not a mapping.
        """
        match = FRONT_MATTER.match(source)
        front = yaml.safe_load(match[1]) if match else {}
        if not isinstance(front or {}, dict):
            message = f"the front matter is not a list of `name: value` lines but {front!r}"
            raise ValueError(message)
        prose = Prose.from_markdown(source[match.end() :] if match else source.lstrip("\ufeff"))
        return cls(prose.text, emphasis=prose.emphasis, **_known(front or {}))

    @property
    def words(self) -> int:
        """How many words the text has, parted by white space."""
        return len(self.text.split())

    @property
    def minutes(self) -> int:
        """How long a silent reading takes, in whole minutes, at 238 words a minute."""
        return max(1, round(self.words / PLAIN_WORDS_PER_MINUTE))

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph, from 1, in which the code point at `offset` stands."""
        return 1 + sum(end <= offset for _, end in self.paragraphs[:-1])

    def sentences(self) -> tuple[Span, ...]:
        """The sentences in text order; none crosses a paragraph, none has white space at its ends."""
        return tuple(
            sentence
            for paragraph in self.paragraphs
            for sentence in _sentences(self.text, paragraph, self.language)
        )


def _known(front: Mapping[str, Any]) -> dict[str, Any]:
    """What of the front matter an Essay holds, as NFC strings."""
    names = ("title", "subtitle", "author", "after", "about", "subject", "language", "license")
    known: dict[str, Any] = {
        name: unicodedata.normalize("NFC", str(front[name])) for name in names if front.get(name)
    }
    keywords = front.get("tags") or ()
    known["keywords"] = tuple(map(str, [keywords] if isinstance(keywords, str) else keywords))
    return known


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split(PARTING) if text else ():
        yield Span(start, start + len(paragraph))
        start += len(paragraph) + len(PARTING)


def _sentences(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    import sentencex  # a compiled module that only those who ask for sentences need

    start = paragraph.start
    for sentence in sentencex.segment(language.split("-")[0], text[slice(*paragraph)]):
        found = text.index(sentence, start, paragraph.end)
        start = found + len(sentence)
        inner = sentence.strip()
        if inner:
            left = found + sentence.index(inner)
            yield Span(left, left + len(inner))


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable("reference")


def _prose(blocks: Sequence[Token]) -> Prose:
    """One paragraph for each block that holds text: paragraph, heading, item, quotation, code."""
    paragraphs: list[str] = []
    emphasis: list[tuple[str, Span]] = []
    start = 0
    for block in blocks:
        if block.type not in {"inline", "fence", "code_block"}:
            continue
        text, marks = _inline(block.children or ()) if block.type == "inline" else (block.content, [])
        text = re.sub(r"\s*\n\s*", " ", text).rstrip() if block.type != "inline" else text
        if text:
            paragraphs.append(text)
            emphasis += ((kind, Span(start + a, start + b)) for kind, (a, b) in marks)
            start += len(text) + len(PARTING)
    return Prose(PARTING.join(paragraphs), tuple(emphasis))


def _inline(tokens: Sequence[Token]) -> tuple[str, list[tuple[str, Span]]]:
    """The plain text of a run of inline tokens, and its emphasis in order of end."""
    text = ""
    opened: list[int] = []
    emphasis: list[tuple[str, Span]] = []
    for token in tokens:
        if token.type in EMPHASES:
            opened.append(len(text))
        elif token.type in {"em_close", "strong_close"}:
            emphasis.append((token.type.removesuffix("_close"), Span(opened.pop(), len(text))))
        elif token.type in {"softbreak", "hardbreak"}:
            text += " "
        else:
            text += token.content  # an image's content is its description, a link's text stands apart
    return text, emphasis

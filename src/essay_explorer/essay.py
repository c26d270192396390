"""An essay: paragraphs of plain text, the emphasis that lies on them, and where it comes from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from essay_explorer.anchoring import Span
from essay_explorer.fault import Fault, nearest_name, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from essay_explorer.fault import Report

    Plain = str | list["Plain"] | dict[str, "Plain"] | None

FILE = "essay.md"
FRONT_MATTER = re.compile(r"\A\s*^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
UNCLOSED = re.compile(r"\A\s*^---[ \t]*\n\s*\w+:(?:\s|\Z)", re.MULTILINE)
TEXTS = (
    "title",
    "subtitle",
    "author",
    "after",
    "about",
    "subject",
    "language",
    "license",
)  # in the front matter
WORD_LISTS = ("tags", "keywords")
NULLS = ("", "~", "null", "Null", "NULL")
DEEPEST = 12  # lists in lists: a codebook needs six, and a million brackets would only take time
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
        return _composed(_prose(_markdown().parse(unicodedata.normalize("NFC", source))))


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
    def from_markdown(cls, source: str, *, report: Report = refuse) -> Essay:
        """The essay in a Markdown file with YAML front matter, which may be absent.

        Faults go to `report`; the text is there all the same.
        """
        source = re.sub("\r\n?", "\n", source.removeprefix("\ufeff"))
        front, body = _parted(unicodedata.normalize("NFC", source), report)
        prose = Prose.from_markdown(body)
        return cls(prose.text, emphasis=prose.emphasis, **_known(front, report))

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
        last = max(len(self.paragraphs) - 1, 0)
        return 1 + bisect_right(self.paragraphs, offset, hi=last, key=attrgetter("end"))

    def sentences(self) -> tuple[Span, ...]:
        """The sentences in text order; none crosses a paragraph, none has white space at its ends."""
        return tuple(
            sentence
            for paragraph in self.paragraphs
            for sentence in _sentences(self.text, paragraph, self.language)
        )


def _parted(source: str, report: Report) -> tuple[Mapping[str, Plain], str]:
    """The front matter and what stands below it; without one, the whole source stands below."""
    match = FRONT_MATTER.match(source)
    if not match:
        if UNCLOSED.match(source):
            advice = "Write a line of three hyphens below its last `name: value`"
            report(Fault(FILE, f"the front matter starts with --- and does not end. {advice}"))
        return {}, source
    try:
        front = plain_yaml(match[1]) or {}
    except yaml.YAMLError as error:
        line = source.count("\n", 0, match.start(1))
        report(Fault(FILE, f"the front matter between the --- lines is {explained(error, line)}"))
        return {}, source[match.end() :]
    if isinstance(front, dict):
        return front, source[match.end() :]
    expected = "expected lines of the form `name: value`, e.g. `title: My essay`"
    report(
        Fault(FILE, f"what stands between the --- lines is no front matter: {expected}. It is read as text")
    )
    return {}, source


def _known(front: Mapping[str, Plain], report: Report) -> dict[str, Any]:
    """What of the front matter an Essay holds; of the rest, only what may be misspelt is a fault."""
    for name in front:
        near = nearest_name(name, (*TEXTS, *WORD_LISTS), alike=0.75)  # "titel"; but "date" is not "after"
        if near and near != name:
            report(Fault(FILE, f'`{name}` in the front matter is not known. Did you mean "{near}"?'))
    words = {name: _words(front, name, report) for name in (*TEXTS, *WORD_LISTS)}
    known: dict[str, Any] = {name: ", ".join(words[name]) for name in TEXTS if words[name]}
    return known | {"keywords": words["tags"] or words["keywords"]}


def _words(front: Mapping[str, Plain], name: str, report: Report) -> tuple[str, ...]:
    value = front.get(name)
    entries = value if isinstance(value, list) else [value]
    if any(isinstance(entry, (list, dict)) for entry in entries):
        advice = 'Put quotation marks around a text with ": " in it'
        report(Fault(FILE, f"`{name}` in the front matter: expected a text or a list of words. {advice}"))
    return tuple(entry for entry in entries if isinstance(entry, str) and entry)


def plain_yaml(source: str) -> Plain:
    """What a YAML text says, in strings, lists and dicts; None where it says nothing.

    A plain word stays the word that it is: `no` is Norwegian, `007` an id. Raises yaml.YAMLError,
    also for a name that stands twice in one place, for aliases, and for lists nested too deep.
    """
    events = yaml.parse(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    value = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            value = _value(next(events), events, 0)
            next(events)  # the end of the document
            break
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            _refuse("expected the end here, found a second document", event)
    return value


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Plain:
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in NULLS else str(event.value)
    if isinstance(event, yaml.AliasEvent):
        expected = "a text that starts with * needs quotation marks around it"
        _refuse(f"*{event.anchor} would repeat another part, which is not supported; {expected}", event)
    if depth >= DEEPEST:
        _refuse(f"lists are nested more than {DEEPEST} deep", event)
    if isinstance(event, yaml.SequenceStartEvent):
        entries: list[Plain] = []
        while not isinstance(entry := next(events), yaml.SequenceEndEvent):
            entries.append(_value(entry, events, depth + 1))
        return entries
    made: dict[str, Plain] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            _refuse("expected a name before the colon, found a list", key)
        if key.value in made:
            _refuse(f'the name "{key.value:.40}" stands twice', key)
        made[str(key.value)] = _value(next(events), events, depth + 1)
    return made


class _Refused(yaml.MarkedYAMLError):
    """YAML that is not wanted here."""


def _refuse(problem: str, event: yaml.Event) -> NoReturn:
    mark: Any = event.start_mark  # the stubs know two kinds
    raise _Refused(problem=problem, problem_mark=mark)


def explained(error: yaml.YAMLError, lines_above: int = 0) -> str:
    """Why a text is not readable as YAML: in which line, what, and the usual remedy."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    where = f" (line {mark.line + 1 + lines_above})" if mark else ""
    remedy = (
        'Put quotation marks around a text that has ": " or " #" in it or starts with a sign such as * or @'
    )
    advice = "" if isinstance(error, _Refused) else f". {remedy}; indent with spaces, not tabs"
    return f"not readable as YAML{where}: {problem or ' '.join(str(error).split())}{advice}"


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split(PARTING) if text else ():
        yield Span(start, start + len(paragraph))
        start += len(paragraph) + len(PARTING)


def _sentences(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    import sentencex  # type: ignore[import-untyped]  # compiled; only those who ask for sentences need it

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

    deep = {"html": False, "maxNesting": 60}  # what lies deeper is dropped; the preset stops at ten lists
    return MarkdownIt("commonmark", deep).disable("reference")


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


def _composed(prose: Prose) -> Prose:
    """`prose` in NFC: markup, or `&#769;`, may have parted a letter from its accent until now."""
    if unicodedata.is_normalized("NFC", prose.text):
        return prose
    text = unicodedata.normalize("NFC", prose.text)

    def moved(offset: int) -> int:
        return min(len(unicodedata.normalize("NFC", prose.text[:offset])), len(text))

    emphasis = ((kind, Span(moved(start), moved(end))) for kind, (start, end) in prose.emphasis)
    return Prose(text, tuple((kind, span) for kind, span in emphasis if span.start < span.end))


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

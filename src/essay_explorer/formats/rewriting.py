"""XML written again in one pass, some of it in another way, and what was left out of it."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from essay_explorer.core.fault import counted, shown
from essay_explorer.formats.set_apart import SetApart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Way = Literal["write", "unwrap", "skip"]

PIECES_SHOWN = 3  # of what was left out of one kind


class Losses:
    """What a file holds and its essay does not, or holds elsewhere: counted by kind, with the words of some."""

    def __init__(self) -> None:
        self._count = Counter[tuple[str, str]]()
        self._words: dict[str, list[str]] = {}

    def add(self, noun: str, fate: str, words: str = "", *, number: int = 1) -> None:
        """Count `number` of a noun; `fate` says what became of it."""
        self._count[noun, fate] += number
        kept = self._words.setdefault(noun, [])
        if words.strip() and len(kept) < PIECES_SHOWN:
            kept.append(words)

    def sentences(self) -> Iterator[str]:
        """One for each kind: `2 comments left out: "Why so?", "No."`."""
        for (noun, fate), count in self._count.items():
            words = ", ".join(map(shown, self._words[noun]))
            yield f"{_counted(count, noun)} {fate}{f': {words}' if words else ''}."


def _counted(count: int, noun: str) -> str:
    head, behind, what_for = noun.partition(" for ")
    return f"{counted(count, head).replace('boxs', 'boxes')}{behind}{what_for}"


class Rewritten(NamedTuple):
    """What a file's parts became for pandoc.

    `losses`: what they hold beside the text; `paragraphs`: the words of each; `descriptions`: what pictures
    show, by the names of their parts, where pandoc cannot tell; `facts`: title, subtitle, author and date, likewise.
    `set_apart`: what pandoc does not see.
    """

    parts: dict[str, bytes]
    losses: Losses
    paragraphs: list[str]
    descriptions: Mapping[str, str] = MappingProxyType({})
    facts: Mapping[str, str] = MappingProxyType({})
    set_apart: SetApart = SetApart()


class Rewriting:
    """A pass over an XML text; what is written goes to the last of `buffers`.

    `names`: for each namespace the prefix that its elements go by here and are written with, whatever the text
    calls it: pandoc knows them by these alone.
    """

    names: ClassVar[Mapping[str, str]] = {}

    def __init__(self) -> None:
        self.buffers: list[list[str]] = [[]]
        self.open: list[str] = []  # the elements around this place, from the root on
        self._prefixes: dict[str, str] = {}
        self._unwrapped: list[bool] = []  # for each of `open`
        self._skipped = 0  # elements that are open and left out

    def written(self, data: bytes) -> bytes:
        """The text as it was rewritten. Raises ValueError for what is no XML or declares entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = _refuse_entities
        try:
            parser.Parse(data, True)  # noqa: FBT003 - expat's signature
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error
        return "".join(['<?xml version="1.0" encoding="UTF-8"?>\n', *self.buffers[0]]).encode()

    def start(self, _name: str, _attributes: Mapping[str, str], /) -> Way:
        """What becomes of an element: written, only what stands in it is, or nothing of it."""
        return "write"

    def end(self, name: str) -> None:
        """What to do after an element that was not skipped."""

    def text(self, _text: str, /) -> bool:
        """Whether text is written here."""
        return True

    def put(self, markup: str) -> None:
        """Write markup here."""
        self.buffers[-1].append(markup)

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        given = {name[6:]: uri for name, uri in attributes.items() if name.startswith("xmlns") and uri in self.names}
        self._prefixes |= {prefix: self.names[uri] for prefix, uri in given.items()}
        if self._skipped:
            self._skipped += 1
            return
        name = self._named(raw)
        way = self.start(name, {self._named(key) if ":" in key else key: value for key, value in attributes.items()})
        if way == "skip":
            self._skipped = 1
            return
        self.open.append(name)
        self._unwrapped.append(way == "unwrap")
        if way == "write":
            written = {self._written(key) if ":" in key else key: value for key, value in attributes.items()}
            written |= {f"xmlns:{self.names[uri]}": uri for uri in given.values()}
            for uri, prefix in () if self.open[1:] else self.names.items():  # pandoc asks the outermost alone
                written.setdefault(f"xmlns:{prefix}", uri)
            self.put(f"<{self._written(raw)}{''.join(f' {key}={quoteattr(value)}' for key, value in written.items())}>")

    def _end(self, raw: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = self.open.pop()
        if not self._unwrapped.pop():
            self.put(f"</{self._written(raw)}>")
        self.end(name)

    def _text(self, text: str) -> None:
        if not self._skipped and self.text(text):
            self.put(escape(text))

    def _written(self, raw: str) -> str:
        prefix, _, local = raw.rpartition(":")
        return f"{self._prefixes[prefix]}:{local}" if prefix in self._prefixes else raw

    def _named(self, raw: str) -> str:
        prefix, _, local = raw.rpartition(":")
        return f"{self._prefixes.get(prefix, prefix)}:{local}"


def _refuse_entities(*_: object) -> None:
    message = "it defines abbreviations of its own"
    raise ValueError(message)

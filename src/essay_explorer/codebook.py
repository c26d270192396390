"""A codebook: every tag that a passage can carry, in facets, with questions to think about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from essay_explorer.anchoring import Span
from essay_explorer.fault import Fault, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.fault import Report

FILE = "codebook.yml"
LINES = (
    "solid dashed double dotted wavy solid-thick dashed-thick dotted-thick solid-thin"
).split()  # CSS text-decoration styles, two of them in other weights
# Light and dark, for tags that bring no colour: the palette of the reading of *Her*, at least
# 4.5:1 on the light page and 7:1 on the dark one (WCAG 2.2, 1.4.3 and 1.4.6).
PALETTE = (
    ("#0067B1", "#6CB6F5"), ("#C0500C", "#F0905A"), ("#B51E3C", "#F58A9B"), ("#8A6A00", "#E6C84A"),
    ("#00757A", "#5CCFD3"), ("#2F7D1F", "#8FD06F"), ("#A8329B", "#E59ADB"), ("#5D4AA8", "#B3A4F5"),
    ("#5A5A5A", "#BDBDBD"),
)  # fmt: skip
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ID = re.compile(r"[^\s,;&=#]+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that a passage can carry.

    `colour` is (light, dark) as "#rrggbb", None for a tag that is drawn in the ink of the page.
    `code` (a letter or two) and `line` (one of LINES) are its cues besides the colour.
    `aliases`: names in the text that carry this tag by themselves.
    """

    id: str
    label: str
    definition: str = ""
    code: str = ""
    colour: tuple[str, str] | None = None
    line: str = "solid-thin"
    questions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A family of tags: what a passage is about, what it does, whom it speaks of."""

    id: str
    label: str
    definition: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """All facets and tags of a reading, in their own order. `title` is inline Markdown.

    The id of a tag is unique in the whole codebook, so that "trust" needs no facet to name it.
    """

    title: str = ""
    facets: tuple[Facet, ...] = ()

    @classmethod
    def from_yaml(cls, source: str, *, report: Report = refuse) -> Codebook:
        """The codebook in a YAML text.

        Each fault goes to `report`, which by default raises ReadingError; an entry with a fault is
        left out or mended, never guessed at.
        """
        try:
            book = yaml.safe_load(unicodedata.normalize("NFC", source))
        except yaml.YAMLError as error:
            report(Fault(FILE, f"not readable as YAML: {_flat(error)}"))
            return cls()
        if not isinstance(book, dict) or not isinstance(book.get("facets"), list):
            report(Fault(FILE, "holds no list named `facets`. Start it with `facets:` and `- id: theme`"))
            return cls()
        seen: set[str] = set()
        facets = [
            _facet(entry, first=at == 0, seen=seen, report=report)
            for at, entry in enumerate(_entries(book["facets"], "facet", seen=set(), report=report))
        ]
        return cls(title=str(book.get("title", "")), facets=tuple(facets))

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Every tag by its id, in the order of the codebook."""
        return {tag.id: tag for facet in self.facets for tag in facet.tags}

    @cached_property
    def facet_of(self) -> dict[str, Facet]:
        """The facet of each tag, by the tag's id."""
        return {tag.id: facet for facet in self.facets for tag in facet.tags}


    @cached_property
    def _names(self) -> tuple[re.Pattern[str], dict[str, str]] | None:
        tag_of = {
            alias.casefold(): tag.id for tag in self.tags.values() for alias in tag.aliases if alias
        }
        if not tag_of:
            return None
        longest_first = sorted(tag_of, key=len, reverse=True)
        words = "|".join(re.escape(alias) for alias in longest_first)
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), tag_of

    def named(self, text: str) -> Iterator[tuple[str, Span]]:
        """(tag id, span) of each alias in `text`: whole words, longest first, in text order."""
        if self._names:
            pattern, tag_of = self._names
            for match in pattern.finditer(text):
                yield tag_of.get(match[0].casefold(), ""), Span(*match.span())


def _flat(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())


def _entries(
    entries: Iterable[Any], kind: str, *, seen: set[str], report: Report
) -> Iterator[Mapping[str, Any]]:
    """The entries that are mappings with an id of their own; the others are reported."""
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not ID.fullmatch(str(entry.get("id", ""))):
            expected = f"expected `id:` with one word, without spaces or , ; & = #; found {entry!r:.80}"
            report(Fault(FILE, f"{kind} number {number}: {expected}"))
        elif str(entry["id"]) in seen:
            report(Fault(FILE, f"this id is used twice; give the second {kind} another", entry=str(entry["id"])))
        else:
            seen.add(str(entry["id"]))
            yield entry


def _facet(entry: Mapping[str, Any], *, first: bool, seen: set[str], report: Report) -> Facet:
    label, definition = _labels(entry)
    tags = entry.get("tags")
    if not isinstance(tags, list):
        report(Fault(FILE, "this facet has no list named `tags`", entry=str(entry["id"])))
        tags = []
    made = [_tag(tag, report) for tag in _entries(tags, "tag", seen=seen, report=report)]
    if first:  # the themes: each needs a colour, a line and a letter to be told apart by
        made = _told_apart(made)
    return Facet(str(entry["id"]), label, definition, tuple(made))


def _labels(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry.get("label", entry["id"])), str(entry.get("definition", ""))


def _tag(entry: Mapping[str, Any], report: Report) -> Tag:
    label, definition = _labels(entry)
    return Tag(
        id=str(entry["id"]),
        label=label,
        definition=definition,
        code=str(entry.get("code", ""))[:2],
        colour=_colour(entry, report),
        line=_line(entry, report),
        questions=_texts(entry, "questions", report),
        aliases=_texts(entry, "aliases", report),
    )


def _colour(entry: Mapping[str, Any], report: Report) -> tuple[str, str] | None:
    colour = entry.get("colour")
    if colour is None:
        return None
    pair = (colour.get("light"), colour.get("dark")) if isinstance(colour, dict) else (colour, colour)
    if all(isinstance(side, str) and COLOUR.fullmatch(side) for side in pair):
        return pair
    wanted = 'expected {light: "#0067B1", dark: "#6CB6F5"}'
    report(Fault(FILE, f"colour {colour!r:.60}: {wanted}", entry=str(entry["id"])))
    return None


def _line(entry: Mapping[str, Any], report: Report) -> str:
    line = entry.get("line", "")
    if line and line not in LINES:
        report(Fault(FILE, f"line {line!r:.40}: expected one of {', '.join(LINES)}", entry=str(entry["id"])))
        return ""
    return str(line)


def _texts(entry: Mapping[str, Any], name: str, report: Report) -> tuple[str, ...]:
    texts = entry.get(name) or []
    if isinstance(texts, list):
        return tuple(map(str, texts))
    report(Fault(FILE, f"{name}: expected a list, found {texts!r:.60}", entry=str(entry["id"])))
    return ()


def _told_apart(tags: list[Tag]) -> list[Tag]:
    """The tags, each with a colour, a line and a code; what the codebook gives is kept."""
    taken = {tag.code for tag in tags}
    made = []
    for at, tag in enumerate(tags):
        letters = [*tag.label.upper(), str(at + 1)]
        free = next((letter for letter in letters if letter.isalnum() and letter not in taken), str(at + 1))
        code = tag.code or free
        taken.add(code)
        colour = tag.colour or PALETTE[at % len(PALETTE)]
        made.append(replace(tag, code=code, colour=colour, line=tag.line or LINES[at % len(LINES)]))
    return made

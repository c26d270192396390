"""Front matter: what a Markdown file says of itself between two lines of hyphens at its start."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from essay_explorer.core.fault import Fault, shown
from essay_explorer.core.plain_yaml import explained, plain_yaml
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.fault import Report
    from essay_explorer.core.plain_yaml import Plain
    from essay_explorer.words import Sentence

# What of the front matter an essay holds.
TEXTS = ("title", "subtitle", "author", "after", "about", "subject", "language", "license", "url")
WORD_LISTS = ("tags", "keywords")
OTHER_NAMES = {"author": "authors", "language": "lang"}  # that pandoc, Quarto and Hugo have for some of them
# As in pandoc, a blank line below the first hyphens makes a rule of them.
BETWEEN = re.compile(r"\A\s*^---[ \t]*\n(?![ \t]*\n)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
UNCLOSED = re.compile(r"\A\s*^---[ \t]*\n[ \t]*\w+:(?:\s|\Z)", re.MULTILINE)
BLANK_FIRST = re.compile(rf"\A\s*^---[ \t]*\n\s*\n(?:{'|'.join((*TEXTS, *WORD_LISTS))}):[ \t]", re.MULTILINE)
STAYS = Phrase("It stays text. If it is text, put a blank line below the first ---").filled()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The names and values that a file starts with, `source` letter by letter, and the `body` below them.

    Where there are none, or what stands there cannot be read, `body` is the whole file.
    """

    body: str
    values: Mapping[str, Plain] = field(default_factory=dict)
    source: str = ""

    @classmethod
    def from_markdown(cls, text: str, file: str, report: Report) -> FrontMatter:
        """The front matter of a Markdown text; what looks like some and is none is reported, and stays text."""
        match = BETWEEN.match(text)
        if not match:
            for fault in _missed(text):
                report(Fault.of(file, fault))
            return cls(text)
        try:
            values = plain_yaml(match[1])
        except yaml.YAMLError as error:
            line = text.count("\n", 0, match.start(1))
            told = Phrase("the front matter between the --- lines is {problem}. {advice}")
            report(Fault.of(file, told.filled(problem=explained(error, line), advice=STAYS)))
            return cls(text)
        if not match[1].strip():
            values = {}
        if isinstance(values, dict) and _are_names(values):
            return cls(text[match.end() :], values, match[1])
        told = Phrase(
            "the lines between the --- lines are not front matter: "
            "expected lines of the form `name: value`, e.g. `title: My essay`. {advice}"
        )
        report(Fault.of(file, told.filled(advice=STAYS)))
        return cls(text)

    def doubt(self) -> str:
        """A sentence where it may be text that looks like front matter: no program is known to write its names."""
        if not self.values or any(name.casefold() in KNOWN for name in self.values):
            return ""
        taken = f"{shown(self.source)}, between the first two lines of hyphens, is taken as front matter"
        return f"{taken}. If it is text, put a blank line below the first ---."


# What programs that write Markdown put there, beside what an essay holds.
KNOWN = {
    *TEXTS, *WORD_LISTS, "aliases", "bibliography", "categories", "category", "cover", "created", "date", "description",
    "draft", "id", "image", "lang", "lastmod", "layout", "marp", "modified", "output", "permalink", "published", "slug",
    "source", "status", "summary", "tag", "theme", "toc", "type", "updated", "url", "uuid", "version", "weight",
}  # fmt: skip


def _missed(text: str) -> list[Sentence]:
    if UNCLOSED.match(text):
        told = Phrase(
            "the front matter starts with --- and does not end. "
            "Write a line of three hyphens below its last `name: value`"
        )
        return [told.filled()]
    if BLANK_FIRST.match(text):
        told = Phrase(
            "a blank line stands below the first ---, so what follows is text. "
            "Is it front matter? Delete the blank line"
        )
        return [told.filled()]
    return []


def _are_names(values: Mapping[str, Plain]) -> bool:
    """Whether these are names and values: "It was late: she said" is prose."""
    return not values or any(not re.search(r"\s", name) for name in values)

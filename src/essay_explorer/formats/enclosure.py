"""The parts of a page that are open: what they mean for the blocks in them, and how words in them look."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.formats import notes
from essay_explorer.formats.left_out import DROPPED
from essay_explorer.formats.litter import Block, doubt_of
from essay_explorer.formats.styles import PLAIN, Look, Styles
from essay_explorer.formats.verses import meaning_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MACHINES_LISTS = re.compile(r"\b(?:landmarks|page-list)\b")  # of an e-book, for the program that shows it
DEEPEST_DOUBT = 8


class Enclosure:
    """The parts around this place of a page."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: list[tuple[str, str, Look]] = []  # each part that is open, what it means, how words in it look
        self._within = Counter[str]()  # how many parts of a name are open
        self._meant = Counter[str]()  # how many parts of a meaning are open
        self._doubtful: list[str] = []  # the parts that are open and may be no text: "likely 3"
        self._articles = self._parts = 0

    def __bool__(self) -> bool:
        return bool(self._open)

    def holds(self, name: str) -> bool:
        """Whether a part of that name is open."""
        return self._within[name] > 0

    def means(self, meaning: str) -> bool:
        """Whether a part is open that means "dropped", "notes" or "own words" for all in it."""
        return self._meant[meaning] > 0

    @property
    def look(self) -> Look:
        """How words here look, as far as the parts say."""
        return self._open[-1][2] if self._open else PLAIN

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """A part starts."""
        meaning = self._meaning(name, given)
        self._open.append((name, meaning, self._styles.look_of(name, given).over(self.look)))
        self._within[name] += 1
        self._meant[meaning] += 1
        if meaning.startswith(("certain", "likely")):
            self._doubtful.append(meaning)

    @property
    def innermost(self) -> tuple[str, str]:
        """The name of the innermost part that is open, and what it means."""
        return self._open[-1][:2] if self._open else ("", "")

    def end(self) -> str:
        """The innermost part ends; its name."""
        name, meaning, _ = self._open.pop()
        self._within[name] -= 1
        self._meant[meaning] -= 1
        if not self._meant[meaning]:
            del self._meant[meaning]
        if self._doubtful[-1:] == [meaning]:
            self._doubtful.pop()
        return name

    def block(self, text: str, links: int) -> Block:
        """A block here."""
        article = self._articles if self.holds("article") else 0
        return Block(text, article, self.holds("main"), tuple(self._doubtful[:DEEPEST_DOUBT]), links)

    def _meaning(self, name: str, given: Mapping[str, str]) -> str:
        """What a part means for the blocks in it, "" for nothing."""
        if name in DROPPED and "shadowrootmode" not in given:  # a template that has it is shown
            return "dropped"
        if name == "nav" and MACHINES_LISTS.search(given.get("epub:type", "")):
            return "dropped"
        inside = self.holds("article") or self.holds("main")
        if name == "article" and not self.holds(name):
            self._articles += 1
        if notes.holds_notes(given):
            return "notes"
        if given.get("id") == "title-block-header":
            return "own words"
        if name in {"header", "footer"} and self.holds("blockquote"):  # who said it
            return ""
        role, words = given.get("role", ""), f"{given.get('class', '')} {given.get('id', '')}"
        doubt = doubt_of(name, role=role, words=words, inside=inside)
        self._parts += 1
        return f"{doubt} {self._parts}" if doubt else meaning_of(given, self.innermost[1])

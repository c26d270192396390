"""What a web page says of itself: its title, its authors, its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.formats.manuscript import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}")
OWN_WORDS = ("title", "subtitle", "author", "date")  # classes of what pandoc writes above a text


class About:
    """What has been read of it.

    `facts`: by the names that the page has for them. `own`: what stands above its text, by OWN_WORDS.
    """

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.authors: list[str] = []
        self.own = dict.fromkeys(OWN_WORDS, "")

    def speaks(self, given: Mapping[str, str]) -> None:
        """The page may tell its language."""
        language = given.get("lang") or given.get("xml:lang", "")
        if LANGUAGE.fullmatch(language):
            self.facts["lang"] = language

    def meta(self, given: Mapping[str, str]) -> None:
        """The page may tell its author, or its title for those who share it."""
        name, content = given.get("name") or given.get("property", ""), line_of(given.get("content", ""))
        if name == "author" and content:
            self.authors.append(content)
        elif name == "og:title":
            self.facts[name] = content

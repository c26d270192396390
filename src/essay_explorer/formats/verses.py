"""The verses of a page, where each line is an element of its own, and how far right a line stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    Meaning = Literal["", "poem", "stanza", "line"]

STANZAS = re.compile(r"(?:^|[\s_-])(?:stanzas?|strophe|lg|line-?group)(?:$|[\s_-])", re.IGNORECASE)
POEMS = re.compile(r"(?:^|[\s_-])(?:poem|poetry|verses?|sonnet|haiku)(?:$|[\s_-])", re.IGNORECASE)
LINES = re.compile(r"(?:^|\s)(?:(?:poem-?|verse-?)?line|l|i\d{1,2}|indent-?\d{0,2})(?:$|\s)", re.IGNORECASE)
HANGING = re.compile(r"text-indent\s*:\s*-")
INDENT = re.compile(r"(?:^|\s)(?:i|indent-?)(\d{1,2})(?:$|\s)", re.IGNORECASE)
SPACE = "\xa0"  # before a line: one that nothing takes away
FARTHEST = 20  # letters that a line is set to the right
IN_CODE = 3  # with more spaces before it, a first line would be code


def meaning_of(given: Mapping[str, str], around: str) -> Meaning:
    """What a part of a page is among verses; `around`: what the part around it is."""
    called = given.get("class", "")
    if around in {"poem", "stanza"} and (LINES.search(called) or HANGING.search(given.get("style", ""))):
        return "line"
    if STANZAS.search(called):
        return "stanza"
    if around == "stanza":
        return "line"
    return "poem" if POEMS.search(called) else ""


def indent_of(given: Mapping[str, str]) -> str:
    """What stands before a line that its class sets to the right."""
    found = INDENT.search(given.get("class", ""))
    return SPACE * min(int(found[1]), FARTHEST) if found else ""


def kept_spaces(text: str) -> str:
    """Preformatted text, in which the spaces before a line stay."""
    return re.sub(r"(?<=\n)[ \t]+", lambda blank: SPACE * min(len(blank[0].expandtabs(4)), FARTHEST), text)


def indented(source: str, text: str) -> str:
    """The Markdown of lines, each as far right as it stands in `text`, where it has SPACEs before it."""
    lines = source.split("\n")
    shown = [line for line in text.split("\n") if line.strip()]
    indents = [len(line) - len(line.lstrip(" \t" + SPACE)) if SPACE in line else 0 for line in shown]
    if len(lines) != len(shown) or len(set(indents)) == 1:
        return source
    least = max(min(indents), indents[0] - IN_CODE)
    return "\n".join(" " * max(indent - least, 0) + line for indent, line in zip(indents, lines, strict=True))

"""What pandoc's Markdown has in a line and that of an essay has not: notes, raised figures, words with attributes."""

from __future__ import annotations

import re

from essay_explorer.formats.paragraph import RAISED

HINT = re.compile(r"\^\[|[])]\{|~~|[~^][0-9]")  # without one of these, there is nothing of it
ATTRIBUTES = r"\{(?:[.#:][^{}\n]*|[^{}\n]*=[^{}\n]*)\}"
HIGH = re.compile(r"(?<!\\)\^([0-9+-]{1,8})\^")
LOW = re.compile(r"(?<![\\~])~([0-9+-]{1,8})~(?!~)")
STRUCK = re.compile(r"(?<![\\~])~~(?=[^\s~])([^~\n]{1,500})(?<!\s)~~(?!~)")
SPAN = re.compile(rf"(?<![\\!^])\[([^][\n]{{1,500}})\]{ATTRIBUTES}")
OF_LINK = re.compile(rf"(?<=\)){ATTRIBUTES}")
NOTE = re.compile(r"(?<!\\)\^\[((?:[^][\n]|\n(?!\n)|\[[^][\n]{0,200}\]){1,2000})\]")
MARK = re.compile(r"\[\^?(\d{1,4})\]")


class PandocInline:
    """A text in which notes stand within sentences: they go below it, with numbers that no other has."""

    def __init__(self, markdown: str) -> None:
        self.is_needed = HINT.search(markdown) is not None
        self.notes: list[str] = []
        self._first = max((int(number) for number in MARK.findall(markdown)), default=0) + 1 if self.is_needed else 1

    def plain(self, text: str) -> str:
        """A stretch of the text that is no code, without what an essay has not."""
        if not self.is_needed:
            return text
        text = HIGH.sub(
            lambda one: one[1].translate(RAISED["sup"]), LOW.sub(lambda one: one[1].translate(RAISED["sub"]), text)
        )
        return NOTE.sub(self._note, OF_LINK.sub("", SPAN.sub(r"\1", STRUCK.sub(r"\1", text))))

    def _note(self, found: re.Match[str]) -> str:
        mark = f"[^{self._first + len(self.notes)}]"
        self.notes.append(f"{mark}: {' '.join(found[1].split())}")
        return mark

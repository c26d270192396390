"""What a block of a page stands in: quotations, and entries of lists with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.formats.numbering import LISTS, Numbering
from essay_explorer.formats.rows import ROW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.litter import Block, Quotation

HOLDERS = LISTS | {"blockquote"}
DEEPEST_QUOTE, DEEPEST = 5, 9  # quotations in one another, and these and lists


class Nesting:
    """The quotations and the lists that are open, and the entries that start."""

    def __init__(self) -> None:
        self._holders: list[str] = []  # the lists and quotations that are open
        self._quotations: list[int] = []  # the number of each open quotation
        self._started = 0  # quotations so far
        self._ended = 0  # the number of the last that ended
        self._numberings: list[Numbering] = []  # of each open list
        self._indents: list[int] = []  # of each open list, how far right its entry stands that is open
        self._markers: list[str] = []  # of each open list, that of the entry whose first block comes next
        self._above: tuple[int, Numbering] | None = None  # the list right above, and how deep it stands
        self._label = ""  # what the first block of an entry begins with: the number of a note, a letter

    @property
    def starts_entry(self) -> bool:
        """Whether the next block is the first of an entry."""
        return bool(self._label or any(self._markers))

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Those around the next block, as far as they are written."""
        numbers, before, around = iter(self._quotations), "", []
        for name, sign in zip(self._holders, self._signs(), strict=False):
            before += sign
            if name == "blockquote":
                around.append((next(numbers), before))
        return tuple(around[:DEEPEST_QUOTE])

    def open(self, name: str, given: Mapping[str, str]) -> None:
        """One of HOLDERS starts."""
        self._holders.append(name)
        if name in LISTS:
            self._numberings.append(Numbering.of(name, given))
            self._indents.append(0)
            self._markers.append("")
        else:
            self._started += 1
            self._quotations.append(self._started)

    def go_on(self) -> bool:
        """More of the last quotation follows, unless an entry of a list starts first; whether it does."""
        if self.starts_entry:
            return False
        self._holders.append("blockquote")
        self._quotations.append(self._ended)
        return True

    def close(self, name: str) -> None:
        """The innermost of HOLDERS, which is `name`, ends."""
        self._holders.pop()
        if name in LISTS:
            self.end_entry()
            self._above = len(self._holders), self._numberings[-1]
            for of_lists in (self._numberings, self._indents, self._markers):
                of_lists.pop()
        else:
            self._ended = self._quotations.pop()

    def start_entry(self, given: Mapping[str, str], *, note: str = "", of_notes: bool = False) -> None:
        """An entry starts; `note`: the number of the note that it is, `of_notes`: all of its list are notes."""
        self.end_entry()
        if not self._numberings:
            self._label = "- "
            return
        numbering = self._numberings[-1]
        numbering.count(given)
        if self._above and self._above[0] == len(self._holders) - 1:
            numbering.part_from(self._above[1])
        self._above = None
        if numbering.counts and (note or of_notes):
            self._label = f"[{note or numbering.number}] "
        else:
            self._markers[-1], self._label = numbering.marker, numbering.label

    def end_entry(self) -> None:
        """An entry has ended; where there were no words in it, its marker is not another block's."""
        self._markers[-1:] = [""] if self._markers else []
        self._label = ""

    def drop_marker(self) -> None:
        """The next block starts no entry, though it is the first in one."""
        self._markers = [""] * len(self._markers)
        self._label = ""

    def block(self, text: str) -> str:
        """The Markdown of a block where it stands; what follows in an entry stands as far right as its first words."""
        markers, label, self._above = self._markers, self._label, None
        written = sum(name in LISTS for name in self._holders[:DEEPEST])
        for level, marker in enumerate(markers):
            self._indents[level] = len(marker) or self._indents[level]
        self.drop_marker()
        first, others = "".join(self._signs(markers)), "".join(self._signs())
        lines = (f"{''.join(markers[written:][-1:])}{label}{text}").split("\n")
        return "\n".join([first + lines[0], *(others + line for line in lines[1:])])

    def _signs(self, markers: list[str] | None = None) -> list[str]:
        """What stands before a block for each of HOLDERS around it, as far as they are written."""
        depth, level, signs = 0, 0, []
        for name in self._holders[:DEEPEST]:
            if name == "blockquote":
                depth += 1
                signs.append("> " if depth <= DEEPEST_QUOTE else "")
            else:
                signs.append((markers[level] if markers else "") or " " * self._indents[level])
                level += 1
        return signs


def joined(blocks: list[Block]) -> list[str]:
    """The Markdown of blocks, those that stand in one quotation being one text: a blank line would end it."""
    made: list[list[str]] = []
    around: dict[int, str] = {}
    for block in blocks:
        shared = [before for number, before in block.quotations if number in around]
        if not shared:
            made.append([block.text])
        else:
            between = () if ROW.match(block.text) else (shared[-1].rstrip(),)
            made[-1] += (*between, block.text)
        around = dict(block.quotations)
    return ["\n".join(lines) for lines in made]

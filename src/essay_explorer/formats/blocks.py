"""The blocks of a page one after the other, with the rules between them and who said what is quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.formats.enclosure import Enclosure
    from essay_explorer.formats.litter import Block, Quotation
    from essay_explorer.formats.nesting import Nesting
    from essay_explorer.formats.pieces import Pieces

RULE = "* * *"
# Who said what is quoted above, below the quotation: after a dash, without the end of a sentence.
ATTRIBUTION = re.compile(r"\\?(?:[—–―]|--?) ?\*{0,3}[^\W\d_].{0,120}(?<![.?!…:;,”»\"])")
SOURCES = re.compile(
    r"(?:^|[\s_-])(?:attribution|(?:quote|epigraph)-?(?:author|source|cite)|cite)(?:$|[\s_-])", re.IGNORECASE
)


class Blocks:
    """The blocks that were read so far, `all`, and what is known of the next."""

    def __init__(self, nesting: Nesting, around: Enclosure, pieces: Pieces) -> None:
        self.all: list[Block] = []
        self._nesting, self._around, self._pieces = nesting, around, pieces
        self._ruled: tuple[Quotation, ...] | None = None  # what the rule above the next one stands in
        self._quoted = -1  # how many there were when the last quotation ended
        self._caption = False  # whether the next one is that of a figure
        self._names_source = False  # whether the next one says who said what is quoted above

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """The element of the next block starts."""
        self._caption = name == "figcaption"
        self._names_source = self._caption or bool(SOURCES.search(given.get("class", "")))

    def rule(self) -> None:
        """A rule stands above the next block."""
        ruled = bool(self.all) and not self._around.means("notes")
        self._ruled = self._nesting.quotations if ruled else None

    def end_quotation(self) -> None:
        """A quotation ends; the next block may say whose it is."""
        self._quoted = len(self.all)

    def add(self, text: str, links: int = 0) -> None:
        """Add a block of Markdown where the page stands."""
        named, self._names_source = self._names_source or bool(ATTRIBUTION.fullmatch(text)), False
        quoted = named and self._quoted == len(self.all) and self._ruled is None and self._nesting.go_on()
        around = self._nesting.quotations
        made = self._around.block(self._nesting.block(text), links)
        made, self._caption = made._replace(quotations=around, caption=self._caption), False
        self._pieces.add(1 + len(around))
        self.all += [*self._rule(made), made]
        if quoted:
            self._nesting.close("blockquote")

    def _rule(self, below: Block) -> Iterator[Block]:
        """The rule above a block, in the quotations that both stand in."""
        if self._ruled is not None:
            around = tuple(one for one in below.quotations if one in self._ruled)
            yield below._replace(text=(around[-1][1] if around else "") + RULE, quotations=around)
        self._ruled = None

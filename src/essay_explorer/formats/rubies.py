"""Ruby: how words are read, small above them; here it follows them in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.formats.tags import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ABOVE, BRACKETS = "rt", "rp"  # brackets for programs that know no ruby
PARTS = {ABOVE, BRACKETS, "rb", "rtc", "ruby"}


def with_rubies(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a page; what stands above words is in brackets, once, whether the page has some or not."""
    part, said = "", False
    for token in tokens:
        if token.name not in PARTS:
            words = not token.name and bool(token.rest.strip())
            if part == ABOVE and words and not said:
                yield Token("", "", "(")
                said = True
            if part != BRACKETS or not words:
                yield token
            part = "" if part == BRACKETS and words else part
            continue
        if said:
            yield Token("", "", ")")
        part, said = token.name if token.mark == "<" else "", False

"""What pandoc breaks or leaves out: a sign stands in its place while it reads what is around that."""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import TYPE_CHECKING

from essay_explorer.formats.listings import is_full_of_signs
from essay_explorer.formats.numbering import LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGN = "\ufdd0"  # no letter, as Unicode has it: no text holds it
PLACE = re.compile(rf"(?:<p>)?{SIGN}(\d{{1,9}}){SIGN}(?:</p>)?")
PLACES = re.compile(rf"{PLACE.pattern}(?:\s*{PLACE.pattern})*")
LOOKS = r"(?:<(?:em|strong|span|u|s|sup|sub)\b[^<>]*>)*"  # that the first words have
NUMBER = re.compile(rf"(?:<li>(\s*(?:<p>)?{LOOKS}))?{SIGN}=(-?\d{{1,9}})(?:=([^{SIGN}<]*))?{SIGN}")
QUOTED = re.compile(rf"<p>({LOOKS}){SIGN}q{SIGN}(.*?)</p>", re.DOTALL)
BETWEEN = f"</blockquote>{SIGN}"  # the end of a quotation, unless another one follows
QUOTE, ENTITY = '"', "&quot;"
TAG = re.compile("<[^<>]*>")


def numbered(number: int, label: str | None = None) -> str:
    """What stands before the words of an entry that has that number, and label, whatever the one before it has.

    Where there is no list, as before a heading, its label is its first word.
    """
    return f"{SIGN}={number}{SIGN}" if label is None else f"{SIGN}={number}={label}{SIGN}"


def quoted() -> str:
    """What stands before the words of a paragraph that is a quotation."""
    return f"{SIGN}q{SIGN}"


def parted() -> str:
    """What is a paragraph of its own and not seen: it ends a list."""
    return f"{SIGN}-{SIGN}"


class SetApart:
    """What is set apart of a text: rules, and preformatted lines."""

    def __init__(self) -> None:
        self._pieces: list[str | None] = []

    def rule(self) -> str:
        """What stands in the place of a rule."""
        return self._place(None)

    def line(self, markup: str) -> str:
        """What stands in the place of a preformatted line, or of several; `markup`: its HTML."""
        return self._place(markup)

    def restored(self, page: str) -> str:
        """A web page with its rules and lines; those that follow one another are one preformatted block."""
        page = QUOTED.sub(rf"<blockquote><p>\1\2</p>{BETWEEN}", page).replace(f"{SIGN}q{SIGN}", "")
        page = re.sub(rf"{BETWEEN}\s*<blockquote>", "", page).replace(BETWEEN, "</blockquote>")
        page = NUMBER.sub(_entry, page).replace(f"<p>{parted()}</p>", "").replace(parted(), "")
        return PLACES.sub(lambda found: self._written(list(map(int, PLACE.findall(found[0])))), page)

    def _place(self, piece: str | None) -> str:
        self._pieces.append(piece)
        return f"{SIGN}{len(self._pieces) - 1}{SIGN}"

    def _written(self, numbers: Sequence[int]) -> str:
        pieces = [self._pieces[number] for number in numbers if number < len(self._pieces)]
        made = []
        for is_rule, group in groupby(pieces, key=lambda piece: piece is None):
            made.append("<hr />" if is_rule else _preformatted("\n".join(line or "" for line in group)))
        return "\n".join(made)


def _entry(found: re.Match[str]) -> str:
    """The start of an entry that says its number and its label; elsewhere the label is a word."""
    before, number, label = found.groups()
    if before is None:
        return f"{label} " if label else ""
    labelled = "" if label is None else f' {LABEL}="{label.replace(QUOTE, ENTITY)}"'
    return f'<li value="{number}"{labelled}>{before}'


def _preformatted(markup: str) -> str:
    """Code, whose colours and bold words say nothing, or lines that somebody set so to keep them."""
    code = TAG.sub("", markup)
    is_code = is_full_of_signs(html.unescape(code))
    return f"<pre><code>{code}</code></pre>" if is_code else f"<pre>\n{markup}</pre>"

"""What is printed: plain words, without a sign that a terminal would obey."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MOST_LINES = 50  # of one kind


def say(*lines: object, error: bool = False) -> None:
    """Print each of these in a line of its own.

    Whatever a reading's files say, a terminal only shows it: its title, its colours and its
    keyboard are not theirs to change.
    """
    for line in lines:
        print(plain(str(line)), file=sys.stderr if error else sys.stdout)


def plain(text: str) -> str:
    """`text` with a mark in the place of each sign that a terminal would obey."""
    return OBEYED.sub("\ufffd", text)


def say_first(lines: Sequence[object], *, others: str) -> None:
    """Print the first fifty of these, and how many more there are; `others` says how to see them."""
    say(*lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        say(f"... and {len(lines) - MOST_LINES:,} more. {others}")

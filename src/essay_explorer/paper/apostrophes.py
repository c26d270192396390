"""Apostrophes that no typesetter can tell from quotation marks by what stands around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.anchoring.segments import Span

HEBREW = "[\u05d0-\u05ea]"
GERESH = re.compile(rf"(?<={HEBREW})'(?={HEBREW})")  # Hebrew's own signs within a word
GERSHAYIM = re.compile(rf'(?<={HEBREW})"(?={HEBREW})')
WITHIN = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
BEFORE = re.compile(r"(?<![\w'])'(?=(?:tis|twas|twere|twill|em|til|cause|\d\ds)\b(?!'))", re.IGNORECASE)
AROUND = re.compile(r"(?<=\s)'(n)'(?=\s)", re.IGNORECASE)  # rock 'n' roll


def with_apostrophes(text: str, *, except_in: Iterable[Span] = ()) -> str:
    """`text` with ’ for each straight apostrophe of a word, and as many letters as before.

    What is left of ' and " are quotation marks, or feet and inches. `except_in`: where signs are
    what they are, such as code.
    """
    made = GERSHAYIM.sub("״", GERESH.sub("׳", text))
    made = AROUND.sub(r"’\1’", BEFORE.sub("’", WITHIN.sub("’", made)))
    for start, end in except_in:
        made = made[:start] + text[start:end] + made[end:]
    return made

"""English as a foreign language might look: accented, longer, and in brackets, so that what is not ours stands out."""

from __future__ import annotations

import re

ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "áçéîñöšûýžÁÇÉÎÑÖŠÛÝŽ")
OPENING, CLOSING = "⟦", "⟧"
HOLE = re.compile(r"(\{\w+\})")
LONGER = 3  # letters for each further one: as much as German takes more


def pseudo(english: str) -> str:
    """A text with its letters accented, a third longer, and the holes for values as they were."""
    accented = "".join(one if HOLE.fullmatch(one) else one.translate(ACCENTED) for one in HOLE.split(english))
    return f"{OPENING}{accented}{'~' * (len(english) // LONGER)}{CLOSING}"

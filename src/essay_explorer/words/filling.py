"""What stands in the {holes} of a text, and the small words before it that change with how it begins.

say.js does the same in a browser; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOLE_AFTER = re.compile(r"\b([Dd]e|[Qq]ue|[yo]) \{(\w+)\}")
VOWEL = re.compile(r"[^\w]*[aeiouàâéèêëîïôûœæ]", re.IGNORECASE)
# By language and small word: before which sounds it is another. "e Irene", "u 8" in Spanish, an elision in French.
ANOTHER = {
    "es": {
        "y": (re.compile(r"[^\w]*h?[ií](?![aeoáéó])", re.IGNORECASE), "e "),
        "o": (re.compile(r"[^\w]*(?:h?[oó]|8|11(?!\d))", re.IGNORECASE), "u "),
    },
    "fr": {"de": (VOWEL, "d’"), "que": (VOWEL, "qu’")},
}


def filled(text: str, language: str, values: Mapping[str, object]) -> str:
    """A text of a language with its values."""
    others = ANOTHER.get(language, {})

    def fitting(found: re.Match[str]) -> str:
        word, name = found[1], found[2]
        sound, instead = others.get(word.lower(), (None, ""))
        if not sound or not sound.match(str(values.get(name, ""))):
            return found[0]
        return f"{instead.capitalize() if word[0].isupper() else instead}{{{name}}}"

    return (HOLE_AFTER.sub(fitting, text) if others else text).format(**values)

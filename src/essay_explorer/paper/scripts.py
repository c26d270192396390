"""Scripts: which of those in a text no font of this machine can show, and what to install for them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

INSIDE = frozenset({"LATIN", "GREEK", "CYRILLIC"})  # Typst's own fonts have these
CJK, OTHERS, EMOJI = "fonts-noto-cjk", "fonts-noto-core", "fonts-noto-color-emoji"
NAMES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}  # by Unicode's names
EMOJIS = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")


class Script(NamedTuple):
    """A script that is in a text, with the letter of it that is there most often, and how many there are in all."""

    name: str
    letter: str
    letters: int

    @property
    def package(self) -> str:
        """The package of Debian and Ubuntu that has fonts for it."""
        return package_for(self.letter)


def package_for(letter: str) -> str:
    """The package of Debian and Ubuntu whose fonts most likely have the letter."""
    if EMOJIS.match(letter):
        return EMOJI
    return CJK if _name(letter) in NAMES else OTHERS


def advice_for(packages: Sequence[str]) -> str:
    """What to do where fonts are missing."""
    wanted = " ".join(dict.fromkeys(packages))
    return f"macOS and Windows come with such fonts; on Debian and Ubuntu: sudo apt install {wanted}"


def scripts_of(text: str) -> list[Script]:
    """The scripts in `text` but Latin, Greek and Cyrillic, that with the most letters first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for letter, count in Counter(text).items():
        if letter.isalpha() and (name := _name(letter)) not in INSIDE:
            found[name][letter] += count
    made = [
        Script(NAMES.get(name, name.title()), max(of, key=lambda one: (of[one], one)), of.total())
        for name, of in found.items()
    ]
    return sorted(made, key=lambda script: -script.letters)


def missing_from(text: str, unshown: Callable[[Sequence[str]], Sequence[str]]) -> list[Script]:
    """The scripts in `text` of which `unshown`, asked with a letter of each, says that no font has it."""
    scripts = scripts_of(text)
    missing = set(unshown([script.letter for script in scripts])) if scripts else set()
    return [script for script in scripts if script.letter in missing]


def _name(letter: str) -> str:
    """The script of a letter: the first word of its name in Unicode."""
    return unicodedata.name(letter, "").partition(" ")[0]

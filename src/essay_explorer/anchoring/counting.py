"""How many words a text has, by Unicode's rules, and how long they take to read.

The rules are those of https://www.unicode.org/reports/tr29/#Word_Boundaries: a dash parts words, an
apostrophe, or a point between figures, does not; each Chinese character and each hiragana is a word, a
run of katakana is one. A hyphen within a word does not part it, as word processors count. Thai, Lao,
Khmer and Burmese put no space between words, and only a dictionary could tell them; four letters are
taken for a word there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
CHARACTERS = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNPARTED = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\uaa60-\uaa7f"
SIGNS = (
    r"!-/:-@\[-^`{-~\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u055f\u0589\u05be\u05c0\u05c3\u060c\u061b"
    r"\u061f\u06d4\u0964\u0965\u1361-\u1368\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004"
    r"\u3008-\u3040\u30a0\u30fb\ufe30-\ufe6f\uff01-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
UNSPACED = f"{KATAKANA}{CHARACTERS}{UNPARTED}"
# A word starts with a letter or a figure; marks that belong to a letter follow it.
SPACED_WORD = r"\wLETTER*+(?:[-‐‑.'’·](?=\w)LETTER++|(?<=\d),(?=\d)LETTER++)*+"
WORD = re.compile(
    rf"[{CHARACTERS}]|[{KATAKANA}]+|[{UNPARTED}]{{1,4}}|(?![{UNSPACED}])"
    + SPACED_WORD.replace("LETTER", rf"[^\s{SIGNS}{UNSPACED}]")
)
ALL_SPACED = re.compile(SPACED_WORD.replace("LETTER", rf"[^\s{SIGNS}]"))  # finds the same where no other script is
ANY_UNSPACED = re.compile(f"[{UNSPACED}]")
SPACELESS = re.compile(f"[{KATAKANA}{CHARACTERS}]")
WORDS_A_MINUTE = 238  # silent reading of non-fiction in English: Brysbaert 2019, J. Mem. Lang. 109
CHARACTERS_A_MINUTE = 500  # Chinese and Japanese
STRETCH = 50_000  # letters that are counted at once: all of a long text take ten times its memory


def word_for_browsers() -> str:
    """WORD as JavaScript reads it, with the flag "u": it has other names for letters, and nothing possessive."""
    source = re.sub(r"\\U000([0-9a-f]{5})", r"\\u{\1}", WORD.pattern)
    for ours, theirs in ((r"\w", r"[\p{L}\p{N}_]"), (r"\d", r"\p{Nd}"), ("*+", "*"), ("++", "+")):
        source = source.replace(ours, theirs)
    return source


def count_words(text: str) -> int:
    """How many words `text` has."""
    return sum(len(_words(part)) for part in _stretches(text))


def reading_time(text: str) -> float:
    """How many minutes a silent reading of `text` takes: 238 words each, or 500 Chinese or Japanese letters."""
    letters = words = 0
    for part in _stretches(text):
        found = _words(part)
        spaceless = [word for word in found if SPACELESS.match(word)] if SPACELESS.search(part) else []
        letters += sum(map(len, spaceless))
        words += len(found) - len(spaceless)
    return words / WORDS_A_MINUTE + letters / CHARACTERS_A_MINUTE


def _words(text: str) -> list[str]:
    return (WORD if ANY_UNSPACED.search(text) else ALL_SPACED).findall(text)


def _stretches(text: str) -> Iterator[str]:
    """The text in parts that end where a paragraph or a word does."""
    start = 0
    while len(text) - start > STRETCH:
        end = max(text.rfind(sign, start, start + STRETCH) for sign in ("\n", " ", "。")) + 1 or start + STRETCH
        yield text[start:end]
        start = end
    yield text[start:]

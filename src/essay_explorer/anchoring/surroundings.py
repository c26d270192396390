"""What stands around a place of a text: whether it is what is said, how like it is, how much of it names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.anchoring.likeness import likeness
from essay_explorer.anchoring.words import folded_letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.anchoring.segments import Span

LETTERS_COMPARED = 40  # on each side
LEAST = 12  # letters of a prefix or suffix that is made; doubled until it names the place


def is_between(text: str, span: Span, prefix: str, suffix: str) -> bool:
    """Whether `prefix` stands right before the span and `suffix` right after it; both without white space around."""
    return (not prefix or text.endswith(prefix, 0, blanks_before(text, span.start))) and (
        not suffix or text.startswith(suffix, blanks_after(text, span.end))
    )


def shortest_surroundings(text: str, span: Span, others: Iterable[Span]) -> tuple[str, str] | None:
    """The shortest (prefix, suffix) by which the place at `span` is none of `others`; None when nothing tells.

    Whole words without white space around. Where a prefix or a suffix alone suffices, the other is "".
    """
    after_prefix = before_suffix = [other for other in others if other != span]
    letters = LEAST
    while after_prefix:
        prefix, suffix = _before(text, span.start, letters), _after(text, span.end, letters)
        after_prefix = [other for other in after_prefix if is_between(text, other, prefix, "")]
        if not after_prefix:
            return prefix, ""
        before_suffix = [other for other in before_suffix if is_between(text, other, "", suffix)]
        if not before_suffix:
            return "", suffix
        if set(after_prefix).isdisjoint(before_suffix):
            return prefix, suffix
        if letters > len(text):
            return None
        letters *= 2
    return "", ""


def _before(text: str, end: int, letters: int) -> str:
    """At least so many letters before `end`, from the start of a word."""
    start = max(end - letters, 0)
    while start and not text[start - 1].isspace() and end - start < 2 * letters:
        start -= 1
    return text[start:end].strip()


def _after(text: str, start: int, letters: int) -> str:
    end = min(start + letters, len(text))
    while end < len(text) and not text[end].isspace() and end - start < 2 * letters:
        end += 1
    return text[start:end].strip()


def likeness_of_surroundings(text: str, span: Span, before: str, after: str) -> float | None:
    """How like the letters around the span are to `before` and `after`; None when there is nothing to compare.

    Folded letters without white space and punctuation. A text that ends there contradicts nothing.
    """
    reach = 2 * LETTERS_COMPARED
    now_before = folded_letters(text[max(span.start - reach, 0) : span.start])[-LETTERS_COMPARED:]
    now_after = folded_letters(text[span.end : span.end + reach])[:LETTERS_COMPARED]
    sides = []
    if before and now_before:
        shorter = min(len(before), len(now_before), LETTERS_COMPARED)
        sides.append(likeness(before[-shorter:], now_before[-shorter:]))
    if after and now_after:
        shorter = min(len(after), len(now_after), LETTERS_COMPARED)
        sides.append(likeness(after[:shorter], now_after[:shorter]))
    return sum(sides) / len(sides) if sides else None


def blanks_before(text: str, at: int) -> int:
    """Where the white space starts that ends at `at`."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def blanks_after(text: str, at: int) -> int:
    """Where the white space ends that starts at `at`."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at

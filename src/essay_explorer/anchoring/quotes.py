"""Where a quote stands in a text, alone or with what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


def occurrences(text: str, quote: str, *, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """Every place where `quote` stands in `text`, in text order.

    With a `prefix` or a `suffix` only the places that it stands right before or right after;
    white space between them and the quote does not count, since spreadsheets trim it.
    """
    prefix, suffix = prefix.strip(), suffix.strip()
    return tuple(span for span in _finds(text, quote) if stands_between(text, span, prefix, suffix))


def _finds(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)


def stands_between(text: str, span: Span, prefix: str, suffix: str) -> bool:
    """Whether `prefix` stands right before the span and `suffix` right after it; both without white space around."""
    return (not prefix or text.endswith(prefix, 0, blanks_before(text, span.start))) and (
        not suffix or text.startswith(suffix, blanks_after(text, span.end))
    )


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

"""What a web page hides, which is no text of it, and what it strikes out: both are counted."""

from __future__ import annotations

import html
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats.manuscript import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.formats.rewriting import Losses
    from essay_explorer.formats.tags import Token

STYLE = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)(?![\w-])", re.IGNORECASE)
VALUES = re.compile(r""""[^"]*+"|'[^']*+'""")
FLAG = {name: re.compile(rf"(?<![\w:-]){name}(?![\w:-])", re.IGNORECASE) for name in ("hidden", "open")}
NEVER = {"html", "head", "body", "br", "img", "hr", "meta", "link", "input", "wbr", "source", "track"}
# What ends a paragraph that nothing else has ended.
AFTER_P = {
    "p", "div", "ul", "ol", "dl", "li", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
    "article", "section", "main", "nav", "aside", "header", "footer", "figure", "form", "address", "details",
}  # fmt: skip
STRUCK = {"del", "s", "strike"}
FATES = {"hidden part": "left out", "struck-out passage": "kept as plain words"}
KEPT = {"struck-out passage"}
MOST = 40_000  # tokens that are looked at; a page of more is a book
MARKS = re.compile(r"<(?:del|s|strike|dialog)\b|\bhidden\b|display\s*:\s*none", re.IGNORECASE)


class _Part(NamedTuple):
    """A stretch of tokens, its last one included, that is hidden or struck out; `noun` is one of FATES."""

    start: int
    end: int
    noun: str


def may_hide(source: str) -> bool:
    """Whether a page may hide something, or strike it out."""
    return MARKS.search(source) is not None


def without_unseen(tokens: Iterable[Token], losses: Losses) -> Iterator[Token]:
    """The tokens of what a page shows. Where it hides most of its words, a script would show them, and they stay.

    An element that never ends hides nothing.
    """
    coming = iter(tokens)
    given = list(islice(coming, MOST))
    parts = list(_parts(given))
    letters = [len(token.rest) if not token.name else 0 for token in given]
    hidden = [part for part in parts if part.noun not in KEPT]
    if 2 * sum(sum(letters[part.start : part.end + 1]) for part in hidden) > sum(letters):
        parts, hidden = [part for part in parts if part.noun in KEPT], []
    for start, end, noun in parts:
        words = line_of("".join(html.unescape(token.rest) for token in given[start : end + 1] if not token.name))
        if words:
            losses.add(noun, FATES[noun], words)
    at = 0
    for start, end, _ in hidden:
        yield from given[at:start]
        at = end + 1
    yield from given[at:]
    yield from coming


def _parts(tokens: Sequence[Token]) -> Iterator[_Part]:
    """The parts that are hidden or struck out, none of which is in another."""
    ends, after = _ends(tokens), 0
    for at, token in enumerate(tokens):
        if at >= after and token.mark == "<" and at in ends and (noun := _what(token)):
            after = ends[at] + 1
            yield _Part(at, ends[at], noun)


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """The last token of each element that ends, by its first."""
    ends: dict[int, int] = {}
    starts: dict[str, list[int]] = {}
    for at, token in enumerate(tokens):
        name, is_end = token.name, token.mark == "/"
        if starts.get("p") and (name in AFTER_P and not (is_end and name == "p")):
            ends[starts["p"].pop()] = at - 1
        if token.mark == "<" and name not in NEVER and not token.rest.endswith("/"):
            starts.setdefault(name, []).append(at)
        elif is_end and starts.get(name):
            ends[starts[name].pop()] = at
    return ends


def _what(token: Token) -> str:
    """What of FATES an element is, "" for none."""
    if token.name in STRUCK:
        return "struck-out passage"
    names = VALUES.sub("", token.rest)
    if token.name == "dialog" and not FLAG["open"].search(names):
        return "hidden part"
    if token.name in NEVER:
        return ""
    given = token.attributes if "=" in token.rest else {}
    hides = FLAG["hidden"].search(names) and given.get("hidden", "") != "until-found"
    return "hidden part" if hides or STYLE.search(given.get("style", "")) else ""

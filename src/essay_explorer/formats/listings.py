"""Preformatted text of a page that is code: one token with all of its letters, its blank lines among them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from essay_explorer.formats.tags import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LISTING = "pre"
FENCE = "```"  # the shortest that stands above and below code
CODE = {"code", "samp", "kbd", "tt"}
BARE = {"span", "br"}  # elements that may stand in code without saying anything of its words
CALLED_CODE = re.compile(r"(?:^|[\s_-])(?:code|source(?:code)?|highlight|(?:program)?listing|language)(?:$|[\s_-])")
SIGNS = re.compile(r"[{}()\[\]=;<>/\\|#$%&*+~@^_`]")
FEW_SIGNS = 1 / 50  # of the letters of a poem, a letter or a whole essay that somebody set so to keep its lines


def with_listings(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a page; a `<pre>` that holds code is one, with the mark "="."""
    held: list[Token] = []
    for token in tokens:
        if not held and not _is(token, "<"):
            yield token
            continue
        held.append(token)
        if _is(token, "/"):
            text = _text(held)
            yield from [Token("=", LISTING, text)] if text.strip() and _is_code(held, text) else held
            held = []
    yield from held


def fenced(code: str) -> str:
    """The Markdown of a piece of code."""
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * max(len(FENCE), longest + 1)
    return f"{fence}\n{code}\n{fence}"


def is_full_of_signs(text: str) -> bool:
    """Whether a text has more signs than a poem, a letter or an essay."""
    return len(SIGNS.findall(text)) > FEW_SIGNS * len(text)


def _is(token: Token, mark: str) -> bool:
    return token.name == LISTING and token.mark == mark and not token.rest.endswith("/")


def _text(tokens: Sequence[Token]) -> str:
    letters = ("\n" if token.name == "br" else "" if token.name else html.unescape(token.rest) for token in tokens)
    return re.sub("\r\n?", "\n", "".join(letters))


def _is_code(tokens: Sequence[Token], text: str) -> bool:
    """Whether its page calls it code, or it is full of signs and has no emphasis that code would lose."""
    names = {token.name for token in tokens if token.name and token.mark == "<"} - {LISTING} - BARE
    called = " ".join((tokens[0].attributes.get("class", ""), tokens[0].attributes.get("id", ""))).lower()
    if names & CODE or CALLED_CODE.search(called):
        return not names & {"img", "table", LISTING}
    return not names and is_full_of_signs(text)

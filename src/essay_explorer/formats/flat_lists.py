"""Lists as Google Docs and Word write them into web pages: side by side or as paragraphs, whatever level they have."""

from __future__ import annotations

import html
import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from essay_explorer.core.marker import readings
from essay_explorer.formats.manuscript import line_of
from essay_explorer.formats.numbering import COUNTER, labels_by
from essay_explorer.formats.numbering import LABEL as LABEL_OF
from essay_explorer.formats.tags import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FLAT = re.compile(r"\blst-kix_|\bmso-list:")
LEVEL = re.compile(r"\b(lst-kix_\w+)-([0-8])\b")
COUNTED = "lst-ctn-"  # before the names of lists in Google's style sheet
WORD_LEVEL = re.compile(r"\bmso-list:\s*(l\d+) level([1-9])\b")
IGNORED = re.compile(r"\bmso-list:\s*Ignore\b")
LABEL = re.compile(r"\W*(?:\w{1,9}[.:])*?(\w{1,9})\W*")
LONGEST = 60  # tokens before the words of an entry


class _List(NamedTuple):
    name: str
    key: str
    level: int


def with_lists(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a page, lists standing in the entries above them."""
    return _nested(_as_lists(tokens))


def _as_lists(tokens: Iterable[Token]) -> Iterator[Token]:
    """The same, each paragraph of Word's that is an entry being a list of its own."""
    coming = iter(tokens)
    name = ""  # of the list that is open
    for token in coming:
        found = WORD_LEVEL.search(token.rest) if (token.name, token.mark) == ("p", "<") else None
        if name and token.name == "p":
            yield from _end(name, "li")
            name = ""
            if token.mark == "/":
                continue
        if not found:
            yield token
            continue
        label, before = _label(coming)
        name, given = _numbered(label)
        yield Token("<", name, f' class="lst-kix_{found[1]}-{int(found[2]) - 1}"{given[0]}')
        yield Token("<", "li", given[1])
        yield from before


def _end(*names: str) -> Iterator[Token]:
    return (Token("/", name, "") for name in reversed(names))


def _label(coming: Iterator[Token]) -> tuple[str, list[Token]]:
    """What stands before the words of an entry, and the tokens around it."""
    held, label, depth = list[Token](), list[str](), 0
    for token in coming:
        if depth or (token.mark == "<" and IGNORED.search(token.rest)):
            depth += {"<": 1, "/": -1}.get(token.mark, 0)
            label += [] if token.name else [html.unescape(token.rest)]
            if not depth:
                break
        else:
            held.append(token)
            is_word = not token.name and token.rest.strip()
            if is_word or len(held) > LONGEST or (token.name, token.mark) == ("p", "/"):
                break
    return line_of("".join(label)), held


def _numbered(label: str) -> tuple[str, tuple[str, str]]:
    """The list that an entry with such a label stands in, and what it and the entry say of its number."""
    found = LABEL.fullmatch(label)
    counted = readings(found[1]) if found else ()
    labelled = f" {LABEL_OF}={quoteattr(label)}"
    if not counted or (label.isalpha() and len(label) == 1):  # in a font of signs, a letter is a sign
        return "ul", ("", labelled if re.search("[0-9]", label) else "")
    return "ol", (f' type="{counted[0].figures}"', f' value="{counted[0].number}"{labelled}')


def _said(counter: re.Match[str]) -> str:
    """What the first tag of a list says of its numbers, by Google's style sheet."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in labels_by(counter).items())


def _nested(tokens: Iterable[Token]) -> Iterator[Token]:
    """The same, a list that follows another one standing in it where its level is deeper, or going on with it."""
    styles: dict[str, str] = {}  # of a list, what its first tag says of its numbers
    lists: list[_List] = []  # those that are open
    ended = False  # whether the innermost has ended, unless its like follows
    for token in tokens:
        if token.mark == "=" and token.name == "style":
            styles |= {found[2].removeprefix(COUNTED): _said(found) for found in COUNTER.finditer(token.rest)}
        found = LEVEL.search(token.rest) if token.mark == "<" and token.name in {"ol", "ul"} else None
        if found and (ended or not lists):
            here, ended = _List(token.name, found[1], int(found[2])), False
            while lists and lists[-1].level >= here.level and lists[-1] != here:
                yield from _end(lists.pop().name)
            if lists[-1:] != [here]:
                lists.append(here)
                style = styles.get(f"{found[1].removeprefix('lst-')}-{found[2]}", "")
                yield token._replace(rest=token.rest + style)
        elif lists and not ended and token.mark == "/" and token.name == lists[-1].name:
            ended = True
        elif not ended or token.name or token.rest.strip():
            if ended:
                yield from chain.from_iterable(_end(one.name) for one in reversed(lists))
                lists, ended = [], False
            yield token
    yield from chain.from_iterable(_end(one.name) for one in reversed(lists))

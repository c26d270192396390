"""Formulas of a web page, which are MathML, written on one line: r² + 1/2."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from essay_explorer.formats.tags import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMULA = "math"
IS_MATH = re.compile(r"<(?:\w+:)?math\b")
ABOVE = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
BELOW = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
UNSEEN = dict.fromkeys(range(0x2061, 0x2065))  # "times" and the like, which nobody sees
BETWEEN = frozenset("=+-−±×·<>≤≥≠≈≡→⇒∈∪∩∧∨")  # signs with a blank on both sides
MOST = 2000  # tokens of a formula; a longer one is read as words
OTHER_FORMS = {"annotation", "annotation-xml"}  # of the same formula


def formula_of(source: str) -> str:
    """The formula that a text in MathML is; "" for any other text."""
    if not IS_MATH.search(source):
        return ""
    made = (token.rest for token in with_formulas(tokens(source)) if not token.mark)
    return " ".join(html.unescape("".join(made)).split())


def with_formulas(page: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a page; each formula is text."""
    held: list[Token] = []
    for token in page:
        starts = token.name == FORMULA and token.mark == "<" and not token.rest.endswith("/")
        if not held and not starts:
            yield token
            continue
        held.append(token)
        if token.name == FORMULA and token.mark == "/":
            yield Token("", "", html.escape(_formula(held)))
        elif len(held) <= MOST:
            continue
        else:
            yield from held
        held = []
    yield from held


def _formula(held: Sequence[Token]) -> str:
    """What is seen of it; where that is nothing, what its author wrote for those who do not see it."""
    open_: list[tuple[str, list[str]]] = [("", [])]
    other = held[0].attributes.get("alttext", "")
    for token in held:
        if token.mark == "<" and not token.rest.endswith("/"):
            open_.append((token.name, []))
        elif token.mark == "<" or (token.mark == "/" and len(open_) > 1):
            name, parts = open_.pop() if token.mark == "/" else (token.name, [])
            other = other or (" ".join(parts) if name in OTHER_FORMS else "")
            open_[-1][1].append(_written(name, parts))
        elif text := " ".join(html.unescape(token.rest).translate(UNSEEN).split()):
            open_[-1][1].append(text)
    written = "".join(part for _, parts in open_ for part in parts)
    return " ".join((written if written.strip() else other).split())


def _written(name: str, parts: list[str]) -> str:
    """An element whose own elements are written."""
    first, second, third = (*parts, "", "", "")[:3]
    raised, lowered = _moved(second, "^", ABOVE), _moved(second, "_", BELOW)
    written = {
        **dict.fromkeys(OTHER_FORMS, ""),
        "mo": f" {first} " if first in BETWEEN else first,
        "mspace": " ",
        **dict.fromkeys(("msup", "mover"), first + raised),
        **dict.fromkeys(("msub", "munder"), first + lowered),
        **dict.fromkeys(("msubsup", "munderover"), first + lowered + _moved(third, "^", ABOVE)),
        "mfrac": f"{_one(first)}/{_one(second)}",
        "msqrt": f"√{_one(''.join(parts))}",
        "mroot": f"{second.translate(ABOVE)}√{_one(first)}",
        "mtd": f"{''.join(parts)} ",
        "mtr": f"{''.join(parts).strip()}; ",
        "mtable": "".join(parts).removesuffix("; "),
    }
    return written.get(name, "".join(parts))


def _moved(text: str, sign: str, signs: dict[int, int]) -> str:
    """What stands higher or lower than what it belongs to."""
    text = text.strip()
    return text.translate(signs) if all(ord(letter) in signs for letter in text) else f"{sign}{_one(text)}"


def _one(text: str) -> str:
    """What holds together, in brackets where it has several parts."""
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() else f"({text})"

"""The style of a page at rest: of all rules those that can apply to what stands in it before its script runs.

A browser reads every rule and tries it on every element before it paints a word, and nine of ten speak of what the
script draws later. So a page begins with the others, and its script puts all of them in their place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import AtRule, FunctionBlock, IdentToken, LiteralToken, QualifiedRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tinycss2.ast import Node

CONDITIONS = {"media", "container", "supports"}  # at-rules around other rules
ANY_OF = {"is", "where", "has"}
BY_SCRIPT = {"highlight"}  # pseudo-elements that are nowhere before a script has made them
TAG = re.compile(r"<([a-z][\w-]*)")
CLASS = re.compile(r'\bclass="([^"]*)"')
WORD = re.compile(r"[\w-]+")


def rest_style(style: str, html: str, scripts: str = "") -> str:
    """The rules of `style` that can apply to `html`, in their order.

    `scripts`: those that run before anything is drawn; a class that they name counts as there. A rule stays where it
    is not certain that it applies to nothing: only elements and classes are looked for, not attributes or states.
    """
    names = {*TAG.findall(html), "html", "head", "body"}
    names |= {f".{word}" for words in CLASS.findall(html) for word in words.split()}
    names |= {f".{word}" for word in WORD.findall(scripts)}
    return _kept(_rules_of(style), names)


@lru_cache(maxsize=256)
def _rules_of(style: str) -> Sequence[Node]:
    rules: Sequence[Node] = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return rules


def _kept(rules: Sequence[Node], names: set[str]) -> str:
    return "\n".join(filter(None, (_rule(rule, names) for rule in rules)))


def _rule(rule: Node, names: set[str]) -> str:
    """A rule as far as it can apply, "" where it cannot."""
    if isinstance(rule, QualifiedRule):
        selectors = [one for one in _alternatives(rule.prelude) if _can_apply(one, names)]
        said = ",".join(tinycss2.serialize(one).strip() for one in selectors)
        return f"{said} {{{tinycss2.serialize(rule.content).strip()}}}" if said else ""
    if isinstance(rule, AtRule) and rule.lower_at_keyword in CONDITIONS:
        inner = _kept(_rules_of(tinycss2.serialize(rule.content)), names)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{inner}\n}}" if inner else ""
    return str(rule.serialize())


def _alternatives(selectors: Sequence[Node]) -> Iterator[list[Node]]:
    """A list of selectors, parted at its commas."""
    one: list[Node] = []
    for part in selectors:
        if part == ",":
            yield one
            one = []
        else:
            one.append(part)
    yield one


def _can_apply(selector: Sequence[Node], names: set[str]) -> bool:
    """Whether all elements and classes that a selector asks for are among these names."""
    before: object = None
    for token in selector:
        if isinstance(token, IdentToken) and before != ":":
            name = f".{token.value}" if before == "." else token.lower_value
            if name not in names:
                return False
        elif isinstance(token, FunctionBlock) and (
            token.lower_name in BY_SCRIPT
            or (
                token.lower_name in ANY_OF and not any(_can_apply(one, names) for one in _alternatives(token.arguments))
            )
        ):
            return False
        before = token.value if isinstance(token, LiteralToken) else None
    return True

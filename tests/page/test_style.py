"""The style of the page says in fewer bytes what its sources say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tinycss2

import essay_explorer
from essay_explorer.page.document import _bare, _tight

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = sorted(Path(essay_explorer.__file__).parent.rglob("*.css"))


def said(style: str) -> Iterator[tuple[str, str]]:
    """Each selector, condition and declaration, in order."""
    for one in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            yield one.lower_name, tinycss2.serialize(one.value).strip()
        elif one.type in {"qualified-rule", "at-rule"}:
            yield one.type, tinycss2.serialize(one.prelude).strip()
            yield from said(tinycss2.serialize(one.content or []))
        else:
            yield one.type, one.serialize()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_nothing_of_a_style_is_lost(source: Path) -> None:
    style = source.read_text(encoding="utf-8")
    assert list(said(_tight(_bare(style)))) == list(said(style))


def test_what_stands_in_a_string_stays() -> None:
    style = """.a::before { content: "} ; {  /* x */"; }  /* it's */\n.b { c: 'd ; e' ; f: g }\n"""
    assert _tight(style) == """.a::before{content: "} ; {  /* x */"}\n.b{c: 'd ; e';f: g}"""

"""Cutting a text, by the cases that also drive the page's twin of `cut` (tests/js/content.test.js)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.anchoring.segments import Span, cut, utf16_units

CASES = json.loads((Path(__file__).parents[1] / "cases" / "cut.json").read_text(encoding="utf-8"))


def spans_of(case: dict[str, Any]) -> list[tuple[str, Span]]:
    return [(label, Span(start, end)) for label, start, end in case["spans"]]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_a_text_is_cut_as_the_case_says(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(ValueError, match=rf"{case['refused']}: \[.*\) leaves the text"):
            cut(case["text"], spans_of(case))
        return
    assert [[segment.text, [*segment.labels]] for segment in cut(case["text"], spans_of(case))] == case["segments"]
    units = utf16_units(case["text"])
    assert [[label, units[start], units[end]] for label, start, end in case["spans"]] == case["utf16"]


@given(st.text(alphabet="aé信👩𠮷\u0301", max_size=20))
def test_units_are_those_of_utf_16(text: str) -> None:
    units = utf16_units(text)
    assert [*units] == [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]

"""Quotes in the browser and in Python: the same places, and the same surroundings that tell them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import essay_explorer
from essay_explorer import open_reading
from essay_explorer.anchoring.quotes import occurrences, quote_at
from essay_explorer.anchoring.segments import Span, utf16_units
from node import evaluating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from essay_explorer.core.essay import Essay

WIDGETS = Path(essay_explorer.__file__).parent / "widgets"
CASES = json.loads((Path(__file__).parents[1] / "cases" / "anchor.json").read_text(encoding="utf-8"))
PAGE = """([text, quote]) => {
  const whole = anchoring.wholeText(text.split("\\n\\n").map((text) => ({ text })));
  const found = anchoring.occurrences(whole, typeof quote === "string" ? { quote } : quote);
  return found.map(({ start, end }) => [start, end, anchoring.quoteAt(whole, { start, end })]);
}"""


@pytest.fixture(scope="module")
def evaluate() -> Iterator[Callable[..., Any]]:
    with evaluating(WIDGETS / "anchoring.js") as evaluate:
        yield evaluate


def in_python(text: str, quote: str) -> list[list[Any]]:
    units = utf16_units(text)
    found = []
    for span in occurrences(text, quote):
        named = quote_at(text, Span(*span))
        found.append(
            [
                units[span.start],
                units[span.end],
                {"quote": named.exact, "prefix": named.prefix, "suffix": named.suffix},
            ]
        )
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_python_and_the_page_name_a_place_alike(evaluate: Callable[..., Any], case: dict[str, Any]) -> None:
    text, quote = case["text"], case["quote"]
    found = evaluate(PAGE, [text, quote])
    assert found == in_python(text, quote)
    start, end, named = found[case.get("at", 0)]
    letters = text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
    assert letters == named["quote"] == case.get("found", quote)
    back = evaluate(PAGE, [text, named])
    assert [start, end] in [place[:2] for place in back]
    if named["prefix"] or named["suffix"] or len(found) == 1:
        assert len(back) == 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    text=st.text(alphabet="ab 👩\u200d🌾é信\u0301א.\n\u00a0\x1c\x85\ufeff", min_size=1, max_size=60),
    start=st.integers(0, 59),
    length=st.integers(1, 5),
)
def test_any_text_is_read_alike(evaluate: Callable[..., Any], text: str, start: int, length: int) -> None:
    text = "\n\n".join(text.split("\n"))
    quote = text[start : start + length]
    assert evaluate(PAGE, [text, quote]) == in_python(text, quote)


def test_each_sentence_of_her_comes_back_to_its_place(evaluate: Callable[..., Any]) -> None:
    essay: Essay = open_reading("her").essay
    spans = [list(span) for span in essay.sentences()]  # Her has no letter of two units
    lost = evaluate(
        """([text, spans]) => {
          const whole = anchoring.wholeText(text.split("\\n\\n").map((text) => ({ text })));
          return spans.filter(([start, end]) => {
            const found = anchoring.anchored(whole, anchoring.quoteAt(whole, { start, end }));
            return found?.start !== start || found.end !== end;
          });
        }""",
        [essay.text, spans],
    )
    assert len(spans) > 50
    assert lost == []

"""Words are counted by Unicode's rules, and a browser counts the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essay_explorer.anchoring.counting import count_words, reading_time
from essay_explorer.core.essay import Essay
from essay_explorer.page.own_copy import pace
from node import evaluating

if TYPE_CHECKING:
    from collections.abc import Iterator

COPY_CONTENT = Path(__file__).parents[2] / "src" / "essay_explorer" / "page" / "copy_content.js"
Evaluate = "Callable[[str, Any], Any]"


@pytest.fixture(scope="module")
def evaluate() -> Iterator[Evaluate]:
    with evaluating(COPY_CONTENT) as function:
        yield function


CASES = [
    ("", 0),
    (" ... – — !", 0),
    ("One two, three.", 3),
    ("It’s a well-known critic’s “what-if” – or isn't it?", 8),
    ("Before—after; either/or.", 4),
    ("3.14 and 1,000,000 e.g. U.S.A.", 5),
    ("信任是一种选择，不是证明。", 11),
    ("ロボットを愛する", 5),
    ("신뢰는 선택이다", 2),
    ("Доверие – это выбор.", 3),
    ("الثقة اختيار، لا برهان.", 4),
    ("אמון הוא בחירה", 3),
    ("हिन्दी में लिखा हुआ।", 4),
    ("Důvěra je volba", 3),
    ("ความไว้วางใจ", 3),
    ("😀 👍🏽", 0),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert count_words(text) == Essay(text).words == words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("word " * 238 * 3, 3), ("字" * 1500, 3), ("word " * 238 + "字" * 500, 2), ("ア" * 1000, 2), ("", 0)],
)
def test_a_minute_has_so_many_words_or_letters(text: str, minutes: int) -> None:
    assert reading_time(text) == pytest.approx(minutes)
    assert Essay(text).minutes == max(1, minutes)


IN_BROWSER = "([text, { word }]) => (text.match(new RegExp(word, 'gu')) ?? []).length"


@pytest.mark.parametrize(("text", "words"), CASES)
def test_a_browser_counts_the_same_words(evaluate: Evaluate, text: str, words: int) -> None:
    assert evaluate(IN_BROWSER, [text, pace()]) == words


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text("aé’'-.,1 –\n字ア한नि्สุ😀_", max_size=40))
def test_a_browser_counts_any_text_as_python_does(evaluate: Evaluate, text: str) -> None:
    assert evaluate(IN_BROWSER, [text, pace()]) == count_words(text)


@pytest.mark.parametrize("text", ["word " * 1000, "字" * 1500, "word 字 " * 700])
def test_a_copy_takes_as_long_in_the_browser(evaluate: Evaluate, text: str) -> None:
    assert evaluate("([text, pace]) => copy_content.minutesOf(text, pace)", [text, pace()]) == Essay(text).minutes


@pytest.mark.parametrize("text", ["a" * 200_000, "a-" * 100_000, "1,1" * 60_000, "'" * 200_000, "ก" * 200_000])
def test_no_text_takes_long(text: str) -> None:
    assert count_words(text) >= 0

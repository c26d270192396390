"""How far readers agree: alpha as another package has it, and a sentence where a number would mean nothing."""

from __future__ import annotations

from time import process_time

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from essay_explorer import agreement
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Tag
from essay_explorer.marks.agreement import tag_agreement
from essay_explorer.marks.alpha import Alpha, alpha_of

SENTENCES = [
    f"Here is sentence number {word} of the text."
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight")
]
BOOK = "facets:\n- {id: theme, tags: [{id: trust, label: Trust}, {id: ending, label: The ending}]}\n"
BLANK = Reading.from_texts({"essay.md": " ".join(SENTENCES), "codebook.yml": BOOK})
ANSWERS = arrays(bool, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=12))


def reader(*numbers: int, theme: str = "trust") -> Reading:
    """One who marked those sentences, counted from 1."""
    reading = BLANK
    for number in numbers:
        reading = reading.annotate(SENTENCES[number - 1], theme=theme)
    return reading


def yes(*rows: str) -> np.ndarray:
    """A row for each reader, "x" for a yes."""
    return np.array([[sign == "x" for sign in row] for row in rows], dtype=bool)


@given(ANSWERS)
def test_alpha_is_that_of_another_package(answers: np.ndarray) -> None:
    assume(answers.any() and not answers.all())
    theirs = krippendorff.alpha(reliability_data=answers.astype(int), level_of_measurement="nominal")
    assert alpha_of(answers).value == pytest.approx(theirs)


def test_alpha_is_that_of_a_worked_example() -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), A: two observers, two values, ten units.
    assert alpha_of(yes("-x--------", "xxx--x-x--")).value == pytest.approx(0.095, abs=0.0005)


@given(ANSWERS, st.randoms())
def test_alpha_does_not_ask_who_is_who_nor_which_sentence_comes_first(answers: np.ndarray, chance) -> None:
    rows, columns = (chance.sample(range(size), size) for size in answers.shape)
    one, other = alpha_of(answers).value, alpha_of(answers[rows][:, columns]).value
    assert one == (other if other is None else pytest.approx(other))


@given(ANSWERS)
def test_the_interval_is_the_same_each_time_and_in_order(answers: np.ndarray) -> None:
    found = alpha_of(answers)
    assert found == alpha_of(answers)
    if found.low is not None:
        assert -1 <= found.low <= found.high <= 1
    if found.value in {None, 1.0}:
        assert (found.low, found.high) == (None, None)


def test_the_interval_is_narrower_where_more_was_read() -> None:
    few = alpha_of(yes("xx--xx--x---", "xx--x-x-x---"))
    many = alpha_of(np.tile(yes("xx--xx--x---", "xx--x-x-x---"), 20))
    assert many.value == pytest.approx(few.value, abs=0.03)
    assert many.high - many.low < (few.high - few.low) / 3
    assert few.low < few.value < few.high


def test_who_marks_other_sentences_agrees_less_than_by_chance() -> None:
    found = agreement([reader(1, 2), reader(5, 6)]).tags[0]
    assert found.alpha < 0
    assert found.finding == "hardly agree"


@pytest.mark.parametrize(
    "quote", [SENTENCES[0].removeprefix("Here "), f"{SENTENCES[0]} Here is", "sentence number one of"]
)
def test_a_mark_that_is_some_words_longer_or_shorter_changes_nothing(quote: str) -> None:
    other = reader(1, 2, 6)
    moved = reader(2, 5).annotate(quote, theme="trust")
    assert agreement([moved, other]) == agreement([reader(1, 2, 5), other])


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (yes("xx------"), "Trust: only one reader, so nobody to agree with."),
        (yes("--------", "--------"), "Trust: nobody used it."),
        (yes("xxxx", "xxxx", "xxxx"), "Trust: everybody gave it to every sentence, which tells nothing."),
        (yes("xx------", "xx------"), "Trust: all gave it to the same 2 sentences."),
        (yes("x-------", "x-------"), "Trust: all gave it to the same 1 sentence."),
        (
            yes("xxx-----", "--------", "--------"),
            "Trust: only one of 3 used it (alpha −0.10, between −0.28 and 0.00).",
        ),
        (yes("xx------", "x-------"), "Trust: split (alpha 0.62)."),
        (yes("xxxx----", "xxxx-x--"), "Trust: mostly agree (alpha 0.76, between 0.00 and 1.00)."),
        (yes("", ""), "Trust: nobody used it."),
    ],
)
def test_what_was_found_is_said_in_words_and_a_number_only_where_it_means_something(
    answers: np.ndarray, said: str
) -> None:
    answers = answers.reshape(len(answers), -1)
    assert str(tag_agreement(Tag("trust", "Trust"), answers)) == said


@pytest.mark.parametrize(
    ("answers", "alpha"), [(yes("xx"), None), (yes("--", "--"), None), (yes("xx", "xx"), None), (yes("x-", "x-"), 1.0)]
)
def test_where_all_say_the_same_there_is_nothing_to_sample(answers: np.ndarray, alpha: float | None) -> None:
    assert alpha_of(answers) == Alpha(alpha)


def test_each_tag_has_its_line_and_its_row() -> None:
    found = agreement([reader(1, 2, 3), reader(1, 2, 4), reader(1, 2)])
    assert str(found).splitlines()[1] == "The ending: nobody used it."
    frame = found.to_frame()
    assert list(frame.columns) == ["tag", "label", "finding", "alpha", "low", "high", "given", "sentences", "readers"]
    assert frame.loc[0, ["tag", "given", "sentences", "readers"]].tolist() == ["trust", 4, 8, 3]
    assert frame["alpha"].isna().tolist() == [False, True]


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(ReadingError, match="There is no reading here"):
        agreement([])
    with pytest.raises(ReadingError, match="readings of two texts"):
        agreement([BLANK, reader(1), Reading(Essay("Another."))])
    with pytest.raises(ValueError, match='facet "thema" is in no codebook'):
        agreement([BLANK, BLANK], facet="thema")


def test_the_answers_of_a_lecture_hall_are_compared_at_once() -> None:
    answers = np.random.default_rng(1).random((300, 66)) < 0.1
    start = process_time()
    for number in range(9):
        tag_agreement(Tag(f"t{number}", "T"), answers)
    assert process_time() - start < 1  # 0.02 s on an idle machine


def test_a_reader_who_marked_nothing_said_no_to_all() -> None:
    expected = tag_agreement(BLANK.codebook.tags["trust"], yes("xx------", "--------"))
    assert agreement([reader(1, 2), BLANK]).tags[0] == expected

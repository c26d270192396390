"""A reading made of a frame says what the reading said that the frame was made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from essay_explorer import Essay, Reading, open_reading

SHIPPED = Path(__file__).parents[1] / "readings"


@pytest.mark.parametrize("name", ["her", *(str(path) for path in sorted(SHIPPED.iterdir()))])
def test_what_a_frame_holds_comes_back(name: str) -> None:
    reading = open_reading(name)
    again = Reading.from_frame(reading.essay, reading.to_frame("annotations"), reading.codebook)
    pd.testing.assert_frame_equal(again.to_frame("annotations"), reading.to_frame("annotations"))
    assert set(again.annotations) == set(reading.annotations)


def test_tags_keep_the_order_of_their_passage_and_the_columns_say_which() -> None:
    reading = open_reading("her").annotate("Phoenix is superb.", id="x1", theme=["trust", "craft"], move="verdict")
    assert reading["x1"].annotation.tags[:2] == ("trust", "craft")
    backwards = replace(reading["x1"].annotation, tags=("verdict", "craft", "trust"))
    reading = replace(reading, annotations=(*reading.annotations[:-1], backwards))
    frame = reading.to_frame("annotations")
    again = Reading.from_frame(reading.essay, frame, reading.codebook)
    assert again["x1"].annotation.tags == ("verdict", "craft", "trust")
    frame.loc[frame["passage"] == "x1", ["craft", "ending"]] = [False, True]
    changed = Reading.from_frame(reading.essay, frame, reading.codebook)
    assert changed["x1"].annotation.tags == ("verdict", "trust", "ending")


def test_without_a_codebook_each_column_of_yes_or_no_is_a_theme() -> None:
    frame = pd.DataFrame({"quote": ["One", "Two"], "big": [True, False], "small": [False, True], "page": [3, 4]})
    reading = Reading.from_frame("One. Two.", frame)
    assert [passage.id for passage in reading.passages(theme="small")] == ["a2"]
    assert list(reading.codebook.tags) == ["big", "small"]


def test_where_a_quote_stands_twice_its_start_tells_which() -> None:
    essay = Essay("Trust is chosen. Trust is not proved.")
    reading = Reading.from_frame(essay, pd.DataFrame({"quote": ["Trust is"], "start": [17], "trust": [True]}))
    assert [passage.start for passage in reading] == [17]
    lost = Reading.from_frame(essay, pd.DataFrame({"quote": ["Trust is"], "trust": [True]}))
    assert len(lost) == 0
    assert "2 times" in str(lost.faults[0]) or "2 places" in str(lost.faults[0])


def test_what_is_missing_or_unknown_is_named() -> None:
    with pytest.raises(ValueError, match=r"no column `quote`.* Its columns: text"):
        Reading.from_frame("One.", pd.DataFrame({"text": ["One"]}))
    book = open_reading("her").codebook
    with pytest.raises(ValueError, match=r'column "trus" is no tag of the codebook. Did you mean "trust"\?'):
        Reading.from_frame("One.", pd.DataFrame({"quote": ["One"], "trus": [True]}), book)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"start": ["x"]}, "row 1 of the frame, start: expected a whole number, found 'x'"),
        ({"start": [1.5]}, "row 1 of the frame, start: expected a whole number, found 1.5"),
        ({"trust": ["False"]}, "row 1 of the frame, trust: expected True or False, found 'False'"),
        ({"trust": [2]}, "row 1 of the frame, trust: expected True or False, found 2"),
    ],
)
def test_a_cell_that_can_be_read_in_two_ways_is_refused(columns: dict[str, list[object]], says: str) -> None:
    book = open_reading("her").codebook
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the message is compared below
        Reading.from_frame("Trust.", pd.DataFrame({"quote": ["Trust"], **columns}), book)
    assert str(error.value) == says


def test_two_rows_of_one_id_are_refused() -> None:
    frame = pd.DataFrame({"quote": ["One", "Two"], "passage": ["a1", "a1"]})
    with pytest.raises(ValueError, match="rows 1 and 2 of the frame have the same id, a1"):
        Reading.from_frame("One. Two.", frame)


def test_ones_and_what_is_missing_say_yes_and_no() -> None:
    frame = pd.DataFrame({"quote": ["Trust", "is"], "trust": [1.0, None], "start": [0, None]})
    reading = Reading.from_frame("Trust is.", frame, open_reading("her").codebook)
    assert [one.tags for one in reading] == [("trust",), ()]

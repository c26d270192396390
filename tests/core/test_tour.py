"""A tour as its file has it, and what is told of the faults in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from essay_explorer import Reading, Stop
from essay_explorer.core.tour import tour_from_csv
from essay_explorer.widgets.content import content_of

if TYPE_CHECKING:
    from essay_explorer import Fault

IDS = ("a01", "a02")
FILES = {
    "essay.md": "One line here.\n\nAnother line there.\n",
    "annotations.csv": "id,quote\na01,One line\na02,lost words\n",
    "codebook.yml": "facets: []\n",
}


def test_stops_keep_the_order_of_the_file() -> None:
    source = "at,title,text\na02,The turn,Look again.\na01,The start,\n"
    assert tour_from_csv(source, IDS) == (Stop("a02", "The turn", "Look again.", 2), Stop("a01", "The start", "", 3))


@pytest.mark.parametrize(
    ("rows", "message", "kept"),
    [
        (
            "a1,There,x",
            'tour.csv, row 2: "a1" is not the id of an annotation in annotations.csv. Did you mean "a01"?',
            "",
        ),
        ("zebra,There,x", '"zebra" is not the id of an annotation in annotations.csv. Write the id of the passage', ""),
        ("a01,,x", "tour.csv, row 2 (a01): this stop has no title. Write a few words into that column", "a01"),
        ("a01,A,x\na01,B,y", "tour.csv, row 3 (a01): row 2 stops at this passage already. Put both remarks", "a01"),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_do(rows: str, message: str, kept: str) -> None:
    found: list[Fault] = []
    stops = tour_from_csv(f"at,title,text\n{rows}\n", IDS, report=found.append)
    assert [message in str(fault) for fault in found] == [True]
    assert " ".join(stop.at for stop in stops) == kept


def test_wrong_columns_are_named() -> None:
    found: list[Fault] = []
    assert tour_from_csv("at,heading\na01,Start\n", IDS, report=found.append) == ()
    assert [str(fault).partition(". ")[0] for fault in found] == [
        'tour.csv, row 1: no column "title"; found: at, heading',
        'tour.csv, row 1: column "heading" is not known',
    ]


def test_a_reading_without_the_file_has_no_tour() -> None:
    reading = Reading.from_texts(FILES)
    assert reading.tour == ()
    assert content_of(reading)["tour"] == []


def test_another_tour_makes_another_reading() -> None:
    readings = [Reading.from_texts({**FILES, "tour.csv": f"at,title\na01,{title}\n"}) for title in ("Here", "There")]
    assert len({reading.fingerprint for reading in readings}) == 2


def test_a_stop_whose_quote_is_lost_is_not_on_the_page() -> None:
    """The lost quote is a fault of the reading already; a stop must lead somewhere."""
    reading = Reading.from_texts({**FILES, "tour.csv": "at,title,text\na02,Gone,x\na01,Here,y\n"})
    assert [stop.at for stop in reading.tour] == ["a02", "a01"]
    assert content_of(reading)["tour"] == [{"at": "a01", "title": "Here", "text": "y"}]

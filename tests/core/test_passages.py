"""The passages of a reading as a collection: by id, in slices, as a table."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from essay_explorer import Essay, Reading, open_reading
from essay_explorer.core.passages import Passages


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


def test_a_reading_is_a_collection_of_its_passages(her: Reading) -> None:
    assert list(her) == list(her.passages())
    assert len(her) == len(her.passages()) == 67
    assert her["a34"] == next(passage for passage in her if passage.id == "a34")
    assert "a34" in her
    assert her["a34"] in her
    assert "p1" not in her


def test_a_reading_without_passages_is_still_there() -> None:
    reading = Reading(Essay("Nothing is marked."))
    assert reading
    assert len(reading) == 0
    assert str(reading) == "reading: Untitled essay; 1 paragraph, 3 words; 0 passages, 0 relations"


def test_what_is_printed_of_a_reading_is_a_line(her: Reading) -> None:
    assert str(her).startswith("her: The Film That Asks and Won’t Answer, by ")
    assert "67 passages, 42 relations" in str(her)
    assert len(str(her).splitlines()) == 1
    assert repr(her) == f"<Reading {her}>"


def test_an_id_that_is_unknown_names_the_nearest(her: Reading) -> None:
    with pytest.raises(KeyError, match=r'no annotation has the id "a6".*Did you mean "a06"'):
        her["a6"]


def test_an_annotation_whose_quote_is_lost_says_so() -> None:
    essay = Essay("Trust is chosen.")
    reading = Reading.from_texts({"essay.md": essay.text, "annotations.csv": "id,quote\na1,Trust is proved.\n"})
    with pytest.raises(KeyError, match="the quote of a1 is not in exactly one place"):
        reading["a1"]


def test_a_slice_of_passages_is_passages_too(her: Reading) -> None:
    found = her.passages(theme="trust")
    assert isinstance(found[2:5], Passages)
    assert found[2:5] == tuple(found)[2:5]
    assert found[0] is next(iter(found))
    assert copy.copy(found) == pickle.loads(pickle.dumps(found)) == found


def test_passages_have_their_rows_of_the_annotations(her: Reading) -> None:
    found = her.passages(theme="trust", within=5)
    frame = found.to_frame()
    assert frame["passage"].tolist() == [passage.id for passage in found]
    assert frame["trust"].all()
    assert frame.index.tolist() == list(range(len(found)))
    assert her.passages(query="no such words").to_frame().columns.tolist() == frame.columns.tolist()


def test_a_paragraph_needs_no_range_around_it(her: Reading) -> None:
    assert her.passages(within=5) == her.passages(within=(5, 5))
    assert {passage.paragraph for passage in her.passages(within=5)} == {5}


def test_a_regular_expression_finds_what_it_finds(her: Reading) -> None:
    whole = her.passages(query=re.compile(r"\btrust\b", re.IGNORECASE))
    anywhere = her.passages(query="trust")
    assert 0 < len(whole) < len(anywhere)
    assert set(whole) < set(anywhere)


def test_a_passage_tells_its_note_and_the_tags_of_a_facet(her: Reading) -> None:
    passage = her["a03"]
    assert passage.note == passage.annotation.note
    assert passage.tags_of("theme") == ("trust", "questions")
    assert passage.tags_of("move") == ("question",)
    assert passage.tags_of("person") == ()
    with pytest.raises(ValueError, match=r'facet "themes" is not in the codebook\. Did you mean "theme"'):
        passage.tags_of("themes")

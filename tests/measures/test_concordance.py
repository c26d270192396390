"""Words in their context."""

from __future__ import annotations

import re

import pytest

from essay_explorer import Essay, Reading, open_reading


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


def test_each_place_stands_in_its_paragraph_with_its_neighbours(her: Reading) -> None:
    found = her.concordance("trust", width=12)
    assert len(found) == len(re.findall("trust", her.essay.text, re.IGNORECASE))
    for line in found:
        assert her.essay.text[line.start : line.end].lower() == "trust"
        assert her.essay.paragraph_at(line.start) == line.paragraph
        start, end = her.essay.sentences()[line.sentence - 1]
        assert start <= line.start < line.end <= end
        assert len(line.left) <= 12
        assert len(line.right) <= 12
        assert set(line.passages) == {one.id for one in her if one.start <= line.start and line.end <= one.end}


def test_printed_the_words_found_stand_below_each_other(her: Reading) -> None:
    lines = str(her.concordance("alive", width=14)).splitlines()
    assert {line.index("[alive]") for line in lines} == {14}


def test_words_are_found_as_the_page_finds_them() -> None:
    essay = Essay("The \ufb01nal “dif\ufb01\xadcult” caf\u00e9,  ΟΔΟΣ.\n\nA final word.")
    reading = Reading(essay)
    (one, two) = reading.concordance("FINAL")
    assert (one.found, one.paragraph, one.right[:4]) == ("\ufb01nal", 1, " “di")
    assert (two.found, two.paragraph, two.left) == ("final", 2, "A ")
    assert reading.concordance('"difficult" cafe\u0301')[0].found == "“dif\ufb01\xadcult” caf\u00e9"
    assert reading.concordance("οδος")[0].found == "ΟΔΟΣ"


def test_a_regular_expression_finds_whole_words_and_no_empty_ones(her: Reading) -> None:
    whole = her.concordance(re.compile(r"\btrust\b", re.IGNORECASE))
    assert {line.found.lower() for line in whole} == {"trust"}
    assert 0 < len(whole) < len(her.concordance("trust"))
    assert not her.concordance(re.compile("☃*"))


def test_what_is_not_there_or_says_nothing_is_not_found(her: Reading) -> None:
    assert not her.concordance("zebra")
    assert not her.concordance(" ")
    assert her.concordance("zebra").to_frame().columns.tolist() == her.concordance("trust").to_frame().columns.tolist()
    with pytest.raises(ValueError, match="width -1: expected the letters on each side"):
        her.concordance("trust", width=-1)


def test_lines_of_verse_are_one_line_of_context() -> None:
    (line,) = Reading(Essay("Tell all the truth\nbut tell it slant")).concordance("truth")
    assert line.right == " but tell it slant"


def test_a_notebook_shows_a_table_of_the_first_places() -> None:
    html = Reading(Essay("<b>word</b> " * 70)).concordance("word")._repr_html_()
    assert "70 places" in html
    assert "and 10 more" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html

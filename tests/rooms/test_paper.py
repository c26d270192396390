"""What a sheet of paper says, as it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from class_room import READING
from essay_explorer.rooms.paper import PaperEntry

TAGS = {tag: READING.codebook.tags[tag] for tag in ("trust", "ending")}
T, E = (tag.code for tag in TAGS.values())


def parsed(line: str) -> PaperEntry:
    return PaperEntry.parsed(line, TAGS, sentences=range(1, 67))


@pytest.mark.parametrize(
    "line", [f"P1: 23{T} 24{T} 55{E}", f"p1 23{T.lower()},24{T}; 55{E}", f" P1. 55{E} 24{T} 23{T} "]
)
def test_a_line_is_read_however_it_is_typed(line: str) -> None:
    entry = parsed(line)
    assert (entry.reader, entry.faults) == (1, ())
    assert dict(entry.marks) == {23: ("trust",), 24: ("trust",), 55: ("ending",)}


def test_a_sentence_can_carry_two_tags() -> None:
    assert parsed(f"P2: 23{T}+{E} 24{T} 24{E}").marks == ((23, ("trust", "ending")), (24, ("trust", "ending")))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("99T", "“99T”: the text has the sentences 1 to 66."),
        ("0T", "“0T”: the text has the sentences 1 to 66."),
        ("23Q", "“23Q”: no tag of this task has the letter Q. Letters: T (Trust), "),
        ("T23", "“T23”: expected a sentence’s number and a letter, such as 23T."),
        ("23", "“23”: expected"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_kept(word: str, said: str) -> None:
    entry = parsed(f"P1: 5{T} {word} 6{T}")
    (fault,) = entry.faults
    assert said in fault
    assert [number for number, _ in entry.marks] == [5, 6]


def test_an_excerpt_has_the_numbers_of_the_whole_text() -> None:
    entry = PaperEntry.parsed(f"P1: 13{T} 14{T} 20{T} 21{T}", TAGS, sentences=range(14, 21))
    assert [number for number, _ in entry.marks] == [14, 20]
    assert entry.faults == tuple(f"“{one}{T}”: the text has the sentences 14 to 20." for one in (13, 21))


def test_a_line_without_its_sheet_is_told_how_to_begin() -> None:
    assert parsed("23T 24T").faults == ("Begin with the sheet’s code and a colon, such as P1: 23T 24T 55E.",)


@given(st.text(max_size=60))
def test_any_line_is_read_or_told(line: str) -> None:
    for text in (line, f"P1: {line}"):
        entry = parsed(text)
        assert entry.faults or entry.reader
        assert all(1 <= number <= 66 and set(tags) <= set(TAGS) for number, tags in entry.marks)

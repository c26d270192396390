"""The class's majority as a reading, which is exported as any other."""

from __future__ import annotations

import pytest

from class_room import READING
from essay_explorer.exchange import exported
from essay_explorer.library.saving import texts_of
from essay_explorer.rooms.majority import majority
from essay_explorer.rooms.room_text import RoomText
from essay_explorer.rooms.tally import Tally
from tallied import TAGS, kept

TEXT = RoomText.of(texts_of(READING), "her")


def made(threshold: float) -> list[tuple[str, tuple[str, ...], str]]:
    marks = [kept(reader, 5, *(TAGS if reader < 3 else TAGS[:1])) for reader in range(4)] + [kept(0, 9)]
    reading = majority(TEXT, Tally.of(marks, range(4), TAGS, range(1, 67)), threshold=threshold, creator="Room LAMP")
    assert reading.faults == ()
    return [(one.id, one.annotation.tags, one.annotation.note) for one in reading.passages()]


def test_the_threshold_says_which_tags_a_sentence_carries() -> None:
    assert made(1.0) == [("s5", ("trust",), "Trust: 4 of 4")]
    assert made(0.5) == [("s5", ("trust", "ending"), "Trust: 4 of 4; The ending critique: 3 of 4")]
    assert made(0.25)[1] == ("s9", ("trust",), "Trust: few of 4")


def test_that_of_some_paragraphs_stands_in_the_whole_text() -> None:
    part = RoomText.of(texts_of(READING), "her", (5, 6))
    number = part.numbers[0]
    marks = [kept(0, number), kept(1, number)]
    reading = majority(part, Tally.of(marks, range(2), TAGS, part.numbers))
    (passage,) = reading
    assert reading.essay == READING.essay
    assert (passage.paragraph, passage.text) == (5, part.sentence(number))
    assert passage.start == READING.essay.paragraphs[4].start
    assert TEXT.place_of(number) == part.place_of(number)


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_that_is_none_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="expected a number above 0, at most 1"):
        made(threshold)


def test_every_sentence_can_be_of_the_majority_and_it_is_exported() -> None:
    count = len(TEXT.sentences)
    marks = [kept(0, number) for number in range(1, count + 1)]
    reading = majority(TEXT, Tally.of(marks, [0], TAGS, range(1, count + 1)))
    assert len(reading.passages()) == count
    assert len(reading.faults) == 0
    assert exported(reading, "class.jsonld")

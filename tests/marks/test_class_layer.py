"""What a class marked, together."""

from __future__ import annotations

from essay_explorer.marks.class_layer import ClassLayer
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.placement import placed
from handing_in import CHOSEN, JOKE, KNOWS, READING, hand_in

CLASS = [hand_in("a", CHOSEN, KNOWS), hand_in("b", CHOSEN, KNOWS), hand_in("c", CHOSEN), hand_in("d", CHOSEN, JOKE)]
LAYER = ClassLayer.of([placed(one.kept.marks, READING).reading for one in CLASS], READING)


def test_shares_are_of_those_who_handed_in() -> None:
    assert [(one.sentence, one.tag.id, one.count, one.share, one.kind, one.beside_reading) for one in LAYER.shares] == [
        (1, "trust", 4, 1.0, "agreed", "only the class"),
        (2, "trust", 0, 0.0, "none", "only the reading"),
        (4, "ending", 1, 0.25, "few", ""),
        (5, "ending", 2, 0.5, "split", "split, the reading says yes"),
    ]
    assert LAYER.answers == 4


def test_fewer_than_three_answers_are_not_counted_aloud() -> None:
    assert [one.finding for one in LAYER.shares] == [
        "Trust: 4 of 4",
        "Trust: few",
        "The ending: few",
        "The ending: few",
    ]


def test_the_sentences_most_split_come_first() -> None:
    assert [one.sentence for one in LAYER.most_split(5)] == [5]
    assert [one.sentence for one in LAYER.differences()] == [1, 2, 5]


def test_the_layer_is_a_file_of_marks_of_this_essay() -> None:
    made = MarkFile.from_json(LAYER.to_marks(READING).to_json(), "class-layer.json")
    assert (made.essay, made.title, made.person) == (READING.essay.fingerprint, "Of trust", "The class (4 hand-ins)")
    back = placed(made.kept.marks, READING).reading
    assert not back.faults
    assert sorted((one.start, one.tags, one.annotation.note) for one in back.passages()) == [
        (0, ("trust",), "Trust: 4 of 4."), (73, ("ending",), "The ending: few."), (96, ("ending",), "The ending: few."),
    ]  # fmt: skip
    assert LAYER.to_marks(READING) == LAYER.to_marks(READING)


def test_a_class_of_nobody_has_no_shares_of_its_own() -> None:
    empty = ClassLayer.of([], READING)
    assert [one.kind for one in empty.shares] == ["none", "none"]
    assert not empty.to_marks(READING).kept.marks

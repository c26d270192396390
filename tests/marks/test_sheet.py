"""A pupil's sheet: their marks beside the class's and the teacher's."""

from __future__ import annotations

from essay_explorer.marks.class_layer import ClassLayer
from essay_explorer.marks.placement import placed
from essay_explorer.marks.sheet import Line, Sheet
from handing_in import CHOSEN, JOKE, KNOWS, READING, hand_in

CLASS = [hand_in("a", CHOSEN, KNOWS), hand_in("b", CHOSEN, KNOWS), hand_in("c", CHOSEN, KNOWS), hand_in("Dee", JOKE, ("Not here at all, this.", "trust", ""))]  # fmt: skip
LAYER = ClassLayer.of([placed(one.kept.marks, READING).reading for one in CLASS], READING)


def test_a_sheet_tells_what_is_marked_and_what_others_saw() -> None:
    sheet = Sheet.of(CLASS[0], READING, LAYER, done="2 of 2 marks")
    assert (sheet.title, sheet.person, sheet.done) == ("Of trust", "a", "2 of 2 marks")
    assert sheet.lines == (
        Line("1", CHOSEN[0], ("Trust",), "It says so.", ("In the class: Trust 3 of 4",)),
        Line(
            "5",
            "Who knows?",
            ("The ending",),
            "",
            ("In the class: The ending 3 of 4", "The teacher: The ending"),
        ),
    )
    assert sheet.others == ()
    assert (
        sheet.finding == "Both marked 1 of 6 sentences alike. Only you marked 1 more, only the teacher marked 1 more."
    )


def test_what_most_marked_and_one_did_not_is_shown_to_them_and_what_is_lost_is_named() -> None:
    sheet = Sheet.of(CLASS[3], READING, LAYER, done="")
    assert [(one.where, one.others) for one in sheet.others] == [
        ("1", ("In the class: Trust 3 of 4",)),
        ("5", ("In the class: The ending 3 of 4",)),
    ]
    assert sheet.lost == ("Not here at all, this.",)
    assert [line.reason for line in sheet.lines] == ["=1+1"]

"""What stands before an entry of a list."""

from __future__ import annotations

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.core.marker import counted, written
from essay_explorer.formats.numbering import Numbering


@pytest.mark.parametrize(
    ("marker", "number", "figures"),
    [
        ("7.", 7, "1"),
        ("0)", 0, "1"),
        ("b)", 2, "a"),
        ("i.", 1, "i"),
        ("c.", 3, "a"),
        ("AA.", 27, "A"),
        ("xiv.", 14, "i"),
        ("MCMXCIX.", 1999, "I"),
    ],
)
def test_a_marker_counts_in_figures_letters_or_roman_figures(marker: str, number: int, figures: str) -> None:
    assert counted(marker) == (number, figures)


@pytest.mark.parametrize("marker", ["-", "*", "+", ""])
def test_a_sign_counts_nothing(marker: str) -> None:
    assert counted(marker) is None


@pytest.mark.parametrize("style", ["a", "A", "i", "I"])
def test_every_number_that_a_list_has_is_shown_as_it_was_written(style: str) -> None:
    for number in range(1, 1000):
        label = Numbering.of("ol", {"type": style, "start": str(number)})
        label.count()
        marker = label.label.replace("\\", "").strip()
        shown = counted(marker)
        assert shown
        again = Numbering.of("ol", {"type": shown.figures, "start": str(shown.number)})
        again.count()
        assert again.label == label.label


def test_an_entry_with_an_escaped_letter_has_it_for_its_marker_and_others_do_not() -> None:
    source = "- a\\. First\n- b\\) *Second*\n\n  more\n\n- c. Third\n- Dr\\. Lee\n\na\\. Text"
    essay = Essay.from_markdown(source, report=lambda _: None)
    blocks = [(*(frame.marker for frame in one.frames[1:]), essay.text[slice(*one.span)]) for one in essay.blocks]
    assert blocks == [
        ("a.", "First"),
        ("b)", "Second"),
        ("b)", "more"),
        ("-", "c. Third"),
        ("-", "Dr. Lee"),
        ("a. Text",),
    ]
    assert [frame.kind for frame in essay.blocks[0].frames] == ["ordered list", "item"]


def test_a_marker_is_written_as_it_is_read() -> None:
    assert [written(marker) for marker in ("-", "7.", "b)", "iv.")] == ["-", "7.", "- b\\)", "- iv\\."]

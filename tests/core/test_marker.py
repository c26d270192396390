"""What stands before an entry of a list."""

from __future__ import annotations

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.core.marker import counted, is_usual, written
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
        ("(iv)", 4, "i"),
        ("[3]", 3, "1"),
        ("1.)", 1, "1"),
    ],
)
def test_a_marker_counts_in_figures_letters_or_roman_figures(marker: str, number: int, figures: str) -> None:
    assert counted(marker) == (number, figures)


@pytest.mark.parametrize("marker", ["-", "*", "+", "", "2.1", "Q1.", "б)"])
def test_a_sign_counts_nothing_and_nor_do_several_numbers(marker: str) -> None:
    assert counted(marker) is None


@pytest.mark.parametrize("style", ["a", "A", "i", "I"])
def test_every_number_that_a_list_has_is_shown_as_it_was_written(style: str) -> None:
    for number in range(1, 1000):
        label = Numbering.of("ol", {"type": style, "start": str(number)})
        label.count({})
        marker = label.label.replace("\\", "").strip()
        shown = counted(marker)
        assert shown
        again = Numbering.of("ol", {"type": shown.figures, "start": str(shown.number)})
        again.count({})
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


def test_entries_with_labels_and_signs_stand_in_lists_of_their_own() -> None:
    blocks = Essay.from_markdown("- (a\\) x\n- (b\\) x\n- x\n- x").blocks
    lists = [block.frames[0] for block in blocks]
    assert [one.kind for one in lists] == ["ordered list", "ordered list", "list", "list"]
    assert lists[0] == lists[1]
    assert len({one.number for one in lists}) == 2


def test_a_paragraph_below_an_empty_entry_has_no_marker() -> None:
    (block,) = Essay.from_markdown("-\n\na\\. Text").blocks
    assert (block.kind, block.frames, block.span.end) == ("paragraph", (), len("a. Text"))


MARKERS = {
    "-": "-",
    "7.": "7.",
    "7)": "7)",
    "b)": "- b\\)",
    "iv.": "- iv\\.",
    "(iv)": "- (iv\\)",
    "(1)": "- (1\\)",
    "[1]": "- [1\\]",
    "1:": "- 1\\:",
    "1.)": "- 1.\\)",
    "2.1": "- 2\\.1",
    "2.1.": "- 2.1\\.",
    "2.1.3": "- 2.1\\.3",
    "Q1.": "- Q1\\.",
    "б)": "- б\\)",
}


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_is_read_as_it_is_written(marker: str) -> None:
    assert written(marker) == MARKERS[marker]
    (block,) = Essay.from_markdown(f"{written(marker)} Words").blocks
    assert [frame.marker for frame in block.frames] == ["", marker]


@pytest.mark.parametrize("words", ["1\\. a", "(1) a", "\\(1\\) a", "a. a", "www\\.x a", "2.1 a", "Dr\\) a", "(a\\)"])
def test_words_that_look_like_a_marker_stay_words(words: str) -> None:
    (block,) = Essay.from_markdown(f"- {words}").blocks
    assert block.frames[-1].marker == "-"
    assert block.span.end == len(words.replace("\\", ""))


def test_a_browser_shows_signs_and_what_counts_with_a_full_stop_by_itself() -> None:
    assert [marker for marker in MARKERS if is_usual(marker)] == ["-", "7.", "iv."]

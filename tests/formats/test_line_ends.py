"""Words that the end of a line parted are whole again where a width broke the lines."""

from __future__ import annotations

import pytest

from essay_explorer.formats.line_ends import LineEnds
from essay_explorer.formats.manuscript import Manuscript


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (["a diffi-", "cult word"], "a difficult word"),
        (["a diffi\u2010", "cult word"], "a difficult word"),
        (["a diffi\u00ad", "cult word"], "a difficult word"),
        (["Bezie-", "hungen, die"], "Beziehungen, die"),
        (["the anti-", "American mood"], "the anti-American mood"),
        (["a self-", "evident end"], "a self-evident end"),
        (["from 1914-", "1918 on"], "from 1914-1918 on"),
        (["pre-", "and post-war"], "pre- and post-war"),
        (["Haupt-", "und Nebensatz"], "Haupt- und Nebensatz"),
        (["he waited --", "and went"], "he waited -- and went"),
        (["he waited -", "and went"], "he waited - and went"),
        (["an em dash\u2014", "and more"], "an em dash\u2014 and more"),
        (["plain", "lines"], "plain lines"),
        (["of com-", "put-", "ing"], "of computing"),
        (["end-", ""], "end-"),
        (["x-", "ray"], "x- ray"),  # one letter is too little to tell
    ],
)
def test_a_word_is_joined_as_it_is_written(lines: list[str], made: str) -> None:
    assert LineEnds("\n".join(lines)).join(lines) == made


@pytest.mark.parametrize(
    ("elsewhere", "made"),
    [("", "cooperation"), ("The co-operation of all.", "co-operation"), ("A cooperation, a co-op.", "cooperation")],
)
def test_the_text_itself_tells_how_a_word_is_written(elsewhere: str, made: str) -> None:
    assert LineEnds(elsewhere).join(["co-", "operation"]) == made


PRINTED = """\
When a text is copied out of a printed page, the ends of its lines keep the hyp-
hens that its setter put there, and so a word is torn in two without any mean-
ing. A well-known case is the anti-American mood of 1914-1918, where some hy-
phens belong to the words. Whoever reads such a text on a telephone sees a pile
of halves. He may live with it; a search for the whole word does not find it."""


def test_what_was_joined_is_told() -> None:
    made = Manuscript.from_text(PRINTED)
    words = "keep the hyphens that", "without any meaning. A well-known case", "some hyphens belong"
    assert all(one in made.blocks[0] for one in words)
    assert made.notices == ('3 words parted at the end of a line joined again: "hyphens", "meaning", "hyphens".',)


def test_the_lines_of_a_verse_stay() -> None:
    made = Manuscript.from_text("Roses are self-\nless and red,\nviolets are in tens.\n\nNobody is here.")
    assert "self-\\\nless" in made.blocks[0]
    assert made.notices == ()


def test_many_lines_take_no_time() -> None:
    assert len(LineEnds("").join(["a word and an-"] * 100_000)) == 100_000 * 13 + 1

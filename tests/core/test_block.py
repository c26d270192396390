"""The blocks of an essay: their kinds, what they stand in, and that they leave the text as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer import Essay, open_reading
from essay_explorer.core.block import Block, Group, Picture, grouped

READINGS = Path(__file__).parents[1] / "readings"
PIECES = [
    "a",
    "b ",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "5. ",
    "# ",
    "```\n",
    "*",
    "![x](y)",
    "\\\n",
    "    ",
    "---\n",
    "[1] ",
    "é",
    "|",
]


def told(source: str) -> list[tuple[str, str]]:
    """The kind of each block of a Markdown text, and its words."""
    essay = Essay.from_markdown(source)
    return [(block.kind, essay.text[slice(*block.span)]) for block in essay.blocks]


def markers(source: str) -> list[str]:
    """What stands before each item of a Markdown text that holds nothing else."""
    return [block.frames[-1].marker for block in Essay.from_markdown(source).blocks]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("Words.", [("paragraph", "Words.")]),
        ("## A *heading*", [("heading", "A heading")]),
        ("> quoted\n> on", [("quotation", "quoted on")]),
        ("- item\n\n  more", [("list item", "item"), ("list item", "more")]),
        ("Roses\\\nviolets", [("verse", "Roses\nviolets")]),
        ("> Roses\\\n> violets", [("verse", "Roses\nviolets")]),
        ("A long line of prose\nthat goes on\\\nand breaks", [("paragraph", "A long line of prose that goes on\nand breaks")]),
        ("a\n\n***\n\nb", [("paragraph", "a"), ("rule", ""), ("paragraph", "b")]),
        ("```\nx = 1\n  y\n```", [("code", "x = 1\ny")]),
        ("| a | *b* |\n|---|---|\n| c | |", [("row", "a\tb"), ("row", "c\t")]),
        ("![a face](face.png)", [("picture", "a face")]),
        ("![](face.png)\n\na", [("picture", ""), ("paragraph", "a")]),
        ("So[1].\n\n[1] See there.", [("paragraph", "So[1]."), ("note", "[1] See there.")]),
        ("So[^a].\n\n[^a]: See there.", [("paragraph", "So[^a]."), ("note", "[^a]: See there.")]),
        ("[1] is no note.\n\nSo[1].", [("paragraph", "[1] is no note."), ("paragraph", "So[1].")]),
    ],
)  # fmt: skip
def test_each_block_has_its_kind(source: str, blocks: list[tuple[str, str]]) -> None:
    assert told(source) == blocks


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("1. a\n2. b", ["1.", "2."]),
        ("5) a\n6) b", ["5)", "6)"]),
        ("5. a\n7. b", ["5.", "7."]),
        ("3. a\n2. b\n1. c", ["3.", "2.", "1."]),
        ("1. a\n1. b\n1. c", ["1.", "2.", "3."]),
        ("- a\n- b", ["-", "-"]),
    ],
)
def test_an_item_keeps_the_number_that_it_was_given(source: str, wanted: list[str]) -> None:
    assert markers(source) == wanted


def test_blocks_stand_in_their_frames() -> None:
    essay = Essay.from_markdown("> Before\n>\n> 3. a\n>    - b\n> 4. c\n\nAfter")

    def tree(nodes: object) -> list[object]:
        return [
            (node.frame.kind, node.frame.marker, tree(node.within))
            if isinstance(node, Group)
            else essay.text[slice(*node.span)]
            for node in nodes
        ]

    inner = ("list", "", [("item", "-", ["b"])])
    items = [("item", "3.", ["a", inner]), ("item", "4.", ["c"])]
    assert tree(grouped(essay.blocks)) == [("quotation", "", ["Before", ("ordered list", "", items)]), "After"]


def test_lines_keep_how_far_right_they_stand() -> None:
    (verse, code) = Essay.from_markdown("One\\\n  two\\\nthree\n\n```\nif x:\n\n\ty\n```").blocks
    assert verse.indents == (0, 2, 0)
    assert code.indents == (0, 4)
    assert code.gaps == (0, 1)


def test_blank_lines_of_code_are_counted_and_no_letters_of_the_text() -> None:
    essay = Essay.from_markdown("One.\n\n```\n\na\n\n  \n  b\nc\n\n```\n\n> - ```\n>   d\n>   e\n>   ```\n")
    assert essay.text == "One.\n\na\nb\nc\n\nd\ne"
    assert [block.gaps for block in essay.blocks] == [(), (0, 2, 0), ()]
    assert essay.blocks[1].indents == (0, 2, 0)


def test_a_heading_has_its_level_a_row_its_columns_and_a_picture_its_caption() -> None:
    heading, head, row, picture = Essay.from_markdown(
        '### H\n\n| a | b |\n|:-:|---|\n| 1 | 2 |\n\n![*alt*](a%20b.png "Fig. 1")'
    ).blocks
    assert heading.level == 3
    assert (head.columns, head.header, row.header) == (("center", ""), True, False)
    assert picture.pictures == (Picture("a b.png", "*alt*", "Fig. 1"),)


def test_an_essay_made_of_text_has_paragraphs_and_verse() -> None:
    essay = Essay("One.\n\nTwo,\nthree.")
    assert essay.blocks == (Block("paragraph", essay.paragraphs[0]), Block("verse", essay.paragraphs[1]))
    assert essay == Essay.from_markdown("One.\n\nTwo,\\\nthree.")


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_the_blocks_with_text_are_the_paragraphs(source: str) -> None:
    essay = Essay.from_markdown(source, report=lambda _: None)
    assert tuple(block.span for block in essay.blocks if block.span.start < block.span.end) == essay.paragraphs
    assert all(block.kind in {"rule", "picture", "row"} for block in essay.blocks if block.span.start == block.span.end)


def test_the_text_of_the_readings_that_there_were_is_what_it_was() -> None:
    """Annotations, paragraph numbers and sealed sets rest on it, byte for byte."""
    essay = open_reading("her").essay
    assert hashlib.sha256(essay.text.encode()).hexdigest()[:16] == "7da827eecf917ac3"
    assert essay.is_plain


@pytest.mark.parametrize("name", ["sonnet", "scene", "lighthouse"])
def test_the_readings_with_blocks_have_no_faults(name: str) -> None:
    reading = open_reading(READINGS / name)
    assert reading.faults == ()
    assert len(reading.passages()) == len(reading.annotations)


def test_the_readings_hold_every_kind_of_block() -> None:
    kinds = {
        block.kind for name in ("sonnet", "scene", "lighthouse") for block in open_reading(READINGS / name).essay.blocks
    }
    assert kinds == {
        *("paragraph", "heading", "quotation", "list item", "verse"),
        *("row", "code", "rule", "picture", "note"),
    }

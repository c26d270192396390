"""What pandoc's Markdown has and that of an essay has not opens as what its author sees."""

from __future__ import annotations

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.formats.markdown_file import from_markdown


def blocks(source: str) -> list[tuple[str, str]]:
    """The marker, or else the kind, of each block, and its words."""
    (markdown,) = from_markdown(source).blocks
    essay = Essay.from_markdown(markdown)
    return [
        (block.frames[-1].marker if block.kind == "list item" else block.kind, essay.text[slice(*block.span)])
        for block in essay.blocks
    ]


@pytest.mark.parametrize(
    ("source", "markers"),
    [
        ("(a) x\n(b) x", ["(a)", "(b)"]),
        ("(iv) x\n\n(v) x", ["(iv)", "(v)"]),
        ("(1) x\n(2) x", ["(1)", "(2)"]),
        ("a) x\nb) x", ["a)", "b)"]),
        ("i. x\nii. x\niii. x", ["i.", "ii.", "iii."]),
        ("h. x\ni. x", ["h.", "i."]),
        ("A)  x\nB)  x", ["A)", "B)"]),
        ("A.  x\nB.  x", ["A.", "B."]),
        ("#. x\n#. x", ["1.", "2."]),
        ("(#) x\n(#) x", ["(1)", "(2)"]),
        ("(@) x\n\n(@) x", ["(1)", "(2)"]),
        ("9) x\n10) x", ["9)", "10)"]),
    ],
)
def test_an_entry_has_its_authors_marker(source: str, markers: list[str]) -> None:
    assert blocks(source) == [(marker, "x") for marker in markers]


@pytest.mark.parametrize(
    "source",
    [
        "(a) One alone.",
        "(a) One.\n\nNo entry.\n\n(b) Another.",
        "A. Lee said so.\n\nB. Lee did not.",
        "Words\n(a) x\n(b) x",
        "(a) x\n(d) x",
        "i.e. so\n\nii. x",
        "```\n(a) x\n(b) x\n```",
        "    (a) x\n    (b) x",
        "Term\n\nNo definition",
        "# Head\n: no definition",
        "So: it is.",
    ],
)
def test_what_is_no_list_stays_as_it_is(source: str) -> None:
    assert from_markdown(f"Text.\n\n{source}").blocks[0].replace("\\\n", "\n") == f"Text.\n\n{source}"


def test_what_stands_in_an_entry_stays_in_it() -> None:
    source = "(i) one\ngoes on\n\n     more\n\n    a) deep\n    b) deeper\n\n        ```\n        (a) code\n        ```\n\n(ii) two\n\nEnd."
    assert blocks(source) == [
        ("(i)", "one goes on"),
        ("(i)", "more"),
        ("a)", "deep"),
        ("b)", "deeper"),
        ("code", "(a) code"),
        ("(ii)", "two"),
        ("paragraph", "End."),
    ]


def test_examples_are_counted_through_the_text_and_named_in_it() -> None:
    assert blocks("(@) x\n\nSee (@good), (@none).\n\n(@good) y") == [
        ("(1)", "x"),
        ("paragraph", "See (2), (@none)."),
        ("(2)", "y"),
    ]


def test_a_term_and_its_definitions_are_paragraphs() -> None:
    source = (
        "A *lamp*\n\n:   A light.\n\n    More of it.\n\n    - entry\n\nRoom\n:   Four walls.\n  ~ Or space.\n\nEnd."
    )
    assert blocks(source) == [
        ("paragraph", "A lamp"),
        ("paragraph", "A light."),
        ("paragraph", "More of it."),
        ("-", "entry"),
        ("paragraph", "Room"),
        ("paragraph", "Four walls."),
        ("paragraph", "Or space."),
        ("paragraph", "End."),
    ]


GRID = "+-----+------+\n| Who | What |\n+=====+======+\n| Ann | - a  |\n|     | - b  |\n+-----+------+\n| Bo  | two  |\n|     | rows |\n+-----+------+"
SIMPLE = "  Who     What\n-----  -------\n  Ann      a b\n   Bo  two rows"
MANY = "---------------\n Who   What\n----- ---------\nAnn   a\n      b\n\nBo    two rows\n---------------"


@pytest.mark.parametrize("table", [GRID, SIMPLE, MANY])
def test_a_table_that_is_drawn_with_signs_is_one(table: str) -> None:
    source = f"Before.\n\n{table}\n\n: What *they* say\n\nAfter.\n\n```\n{table}\n```"
    *read, code = blocks(source)
    rows = [("row", "Who\tWhat"), ("row", "Ann\ta b"), ("row", "Bo\ttwo rows")]
    assert read == [("paragraph", "Before."), ("paragraph", "What they say"), *rows, ("paragraph", "After.")]
    assert code[0] == "code"


def test_rows_of_html_within_markdown_are_one_table() -> None:
    source = "A.\n\n<table><tr><th>x<th>y<tr><td>1<td>2<tr><td>3<td>4</table>\n\nB."
    assert blocks(source) == [
        ("paragraph", "A."),
        *(("row", row) for row in ("x\ty", "1\t2", "3\t4")),
        ("paragraph", "B."),
    ]


def test_notes_in_a_row_are_several_and_so_are_quotations_in_one_another() -> None:
    notes = "[^1]: One\ngoes on.\n[^2]: Two.\n    More.\n\n    And more.\n[^n]: Three."
    assert blocks(f"So[^1] it[^2] is[^n].\n\n> Quote\n> > deeper\n\n{notes}") == [
        ("paragraph", "So[^1] it[^2] is[^n]."),
        ("quotation", "Quote"),
        ("quotation", "deeper"),
        ("note", "[^1]: One goes on."),
        ("note", "[^2]: Two. More."),
        ("paragraph", "And more."),
        ("note", "[^n]: Three."),
    ]


def test_what_stands_in_a_line_is_read_and_code_is_not() -> None:
    source = "H~2~O, x^2^, ~~no~~ [sm*all*]{.smallcaps}, [on](a.html){target=_blank}[^1] and^[A [b] note.] so `x^2^`.\n\n[^1]: One."
    assert blocks(source) == [
        ("paragraph", "H₂O, x², no small, on[^1] and[^2] so x^2^."),
        ("note", "[^1]: One."),
        ("note", "[^2]: A [b] note."),
    ]
    plain = "a^b^c, ~5 and ~6, {x=1}, [a] {b=c}, f(x){y}"
    assert blocks(plain) == [("paragraph", plain)]

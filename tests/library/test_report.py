"""What is said of re-anchored annotations, and what is written of them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.anchoring.moves import Move
from essay_explorer.anchoring.quotes import Quote
from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.core.annotation import annotations_from_csv
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.library.report import report, updated_csv

BOOK = Codebook(facets=(Facet("theme", "Theme", tags=(Tag("trust", "Trust"),)),))
TEXT = "Trust is chosen, never proved. To be known is to be hurt."


def move(old: str, new: str, *, prefix: str = "", to: tuple[str, str] = ("", "")) -> Move:
    return Move(Quote(old, prefix), Quote(new, *to), "changed", 0.9)


def test_only_the_cells_that_changed_are_rewritten() -> None:
    source = '\ufeffid,quote,mood,"theme"\r\na1,"Trust is chosen, not proved.", "odd ,trust\r\n\r\na2,To be known,"a ""b""",trust'
    moves = reanchor(TEXT, [entry.anchor for entry in annotations_from_csv(source, BOOK, report=lambda _: None)])
    assert [one.state for one in moves] == ["changed", "exact"]
    assert updated_csv(source, moves) == source.replace("not proved", "never proved")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("above", ["", "\ufeff", "sep={}\r\n", "\ufeffsep={}\n"])
def test_separator_byte_order_mark_and_line_of_excel_stay(separator: str, above: str) -> None:
    if separator == "," and "sep" in above:
        above = ""
    source = above.format(separator) + "id,quote,theme\na1,old words,trust\n".replace(",", separator)
    new = f"new{separator}words"
    assert updated_csv(source, [move("old words", new)]) == source.replace("old words", f'"{new}"')


def test_a_column_is_added_beside_the_quotes_when_it_is_needed() -> None:
    source = 'id,quote,theme\na1,known,trust\na2,hurt\n\nbroken,"x"y,trust\na3\n'
    moves = [move("known", "known", to=("To be", ""))]
    expected = 'id,quote,prefix,theme\na1,known,To be,trust\na2,hurt,\n\nbroken,"x"y,trust\na3\n'
    assert updated_csv(source, moves) == expected


def test_a_cell_in_quotation_marks_keeps_them() -> None:
    assert updated_csv('quote,theme\n"old",trust\n', [move("old", "new")]) == 'quote,theme\n"new",trust\n'


def test_two_rows_with_one_quote_are_told_apart_by_their_prefix() -> None:
    source = "quote,prefix,theme\nPerhaps,was.,trust\nPerhaps,hurt.,trust\n"
    changed = updated_csv(source, [move("Perhaps", "Perhaps", prefix="was.", to=("is.", ""))])
    assert changed == source.replace("was.", "is.")


def test_a_row_that_ends_before_its_prefix_is_filled_up() -> None:
    source = "id,quote,theme,prefix,suffix\na1,hurt\n"
    changed = updated_csv(source, [move("hurt", "hurt", to=("be", ""))])
    assert changed == "id,quote,theme,prefix,suffix\na1,hurt,,be\n"


@pytest.mark.parametrize("source", ["", "\n", "id,theme\na1,trust\n", 'id,quote\n"a1,old\n'])
def test_what_holds_no_such_row_stays(source: str) -> None:
    assert updated_csv(source, [move("old", "new")]) == source


def said(cell: str) -> str:
    return re.sub("\r\n?", "\n", cell).strip()


CELLS = st.text('ab ,;"\n\r“é\t', max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), CELLS)
def test_every_other_cell_keeps_what_it_says(rows: list[tuple[str, str, str]], quoting: int, new: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=quoting).writerows([("id", "quote", "note"), *rows])
    old = said(rows[0][1]) if rows else "x"
    changed = updated_csv(file.getvalue(), [move(old, said(new))])
    back = [row for row in csv.reader(io.StringIO(changed, newline="")) if row][1:]
    assert [(row[0], row[2]) for row in back] == [(row[0], row[2]) for row in rows]
    for was, row in zip(rows, back, strict=True):
        assert said(row[1]) == (said(new) if said(was[1]) == old else said(was[1]))


@given(st.text('id,quote;"\n\r\tab\ufeffsep= ', max_size=60))
def test_any_text_is_read_without_loss(source: str) -> None:
    unchanged = updated_csv(source, [move("never there", "new")])
    assert unchanged == source


def test_the_report_counts_and_names_what_is_not_exact() -> None:
    source = (
        'id,quote,theme\na1,"Trust is chosen, not proved.",trust\na2,To be known,trust\na3,zebras in the rain,trust\n'
        "a4,to be HURT,trust\n"
    )
    annotations = annotations_from_csv(source, BOOK)
    lines = report(annotations, reanchor(TEXT, [entry.anchor for entry in annotations]))
    assert lines == (
        "4 annotations: 1 exact, 0 moved, 2 changed, 1 lost",
        "annotations.csv, row 2 (a1): changed, 87% alike: Trust is chosen, [not → never] proved.",
        "annotations.csv, row 5 (a4): changed, but not in its words: to be [HURT → hurt]",
        'annotations.csv, row 4 (a3): lost, and kept as it was: "zebras in the rain": nothing like it is left. '
        "Copy the passage again",
    )

"""Formulas in what a spreadsheet opens: shown, not run, and read back as they were."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer import Annotation, Codebook, Reading, Relation, Stop, import_annotations
from essay_explorer.core.annotation import annotations_from_csv, relations_from_csv
from essay_explorer.core.formulas import shielded, unshielded
from essay_explorer.core.tour import tour_from_csv
from essay_explorer.exchange import exported
from essay_explorer.files.csv_files import (
    annotations_appended,
    annotations_to_csv,
    relations_appended,
    relations_to_csv,
    tour_to_csv,
)
from essay_explorer.files.csv_text import CsvText

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "'", "''", "'=", "' =", "'\t", "", "a"]
TEXTS = st.builds(
    str.__add__, st.lists(st.sampled_from(STARTS), max_size=4).map("".join), st.text("=a'\t +", max_size=4)
)
CELLS = TEXTS.map(lambda text: text.replace("\r", "\n").strip())
RUN = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
BOOK = Codebook.from_yaml(
    'facets:\n- id: "-theme"\n  tags: [{id: "+1"}, {id: "@home"}, {id: trust}]\n- id: move\n  tags: [{id: "-x"}]\n'
)


def cells(table: str) -> list[str]:
    return [cell for row in csv.reader(table.removeprefix("\ufeff").splitlines(keepends=True)) for cell in row]


@given(TEXTS)
def test_a_shielded_text_runs_nothing_and_comes_back(text: str) -> None:
    assert not RUN.match(shielded(text))
    assert unshielded(shielded(text)) == text


@pytest.mark.parametrize("text", ["", "'tis", "a=b", "“-", "1-2", "'", "''", "Trust -"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert shielded(text) == unshielded(text) == text


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=4), st.sampled_from(["+1", "@home"]))
def test_what_is_written_runs_nothing_and_comes_back(entries: list[list[str]], tag: str) -> None:
    made = tuple(
        Annotation(f"-{number}", *texts[:3], (tag, "-x"), *texts[3:], row=number)
        for number, texts in enumerate(entries, 2)
    )
    table = annotations_to_csv(made, BOOK)
    assert not list(filter(RUN.match, cells(table)))
    assert annotations_from_csv(table, BOOK) == made
    more = annotations_appended("quote,-theme\nmine,trust\n", made, BOOK)
    assert not [cell for cell in cells(more) if RUN.match(cell) and cell != "-theme"]
    assert [(entry.quote, entry.note, entry.tags) for entry in annotations_from_csv(more, BOOK)[1:]] == [
        (entry.quote, entry.note, entry.tags) for entry in made
    ]


def test_every_line_break_in_a_cell_comes_back_as_one() -> None:
    made = Annotation("a1", "x", note="one\rtwo\r\nthree\nfour")
    for table in (annotations_to_csv([made], BOOK), annotations_appended("quote,-theme\n", [made], BOOK)):
        assert annotations_from_csv(table, BOOK)[0].note == "one\ntwo\nthree\nfour"


@given(CELLS)
def test_the_notes_of_relations_run_nothing_and_come_back(note: str) -> None:
    made = (Relation("-1", "supports", "+2", note, 2),)
    for table in (relations_to_csv(made), relations_appended("from,relation,to,note\n", made)):
        assert not list(filter(RUN.match, cells(table)))
        assert relations_from_csv(table, ("-1", "+2")) == made


@given(CELLS.filter(bool), CELLS)
def test_the_stops_of_a_tour_run_nothing_and_come_back(title: str, text: str) -> None:
    table = tour_to_csv([Stop("-1", title, text)])
    assert not list(filter(RUN.match, cells(table)))
    assert tour_from_csv(table, ["-1"]) == (Stop("-1", title, text, row=2),)


def test_what_somebody_wrote_stays_to_the_letter_when_other_rows_change() -> None:
    source = "id;quote;note\r\na1; =1+1;-x\r\na2;'=kept;\"=cmd|' /C calc'!A0\"\r\n"
    table = CsvText(source, ("id", "quote", "note"))
    assert [table.cell(row, "note") for row in (1, 2)] == ["-x", "=cmd|' /C calc'!A0"]
    assert table.cell(2, "quote") == "=kept"
    table.put(1, "quote", "=1+1")
    table.put(2, "quote", "=kept")
    assert str(table) == source
    table.append({"id": "a3", "quote": "+new"})
    table.put(1, "quote", "@new")
    assert str(table) == source.replace(" =1+1", "'@new") + "a3;'+new;\r\n"


def test_a_pupils_formula_is_shown_in_the_teachers_spreadsheet(tmp_path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text("Trust is chosen.", encoding="utf-8")
    (folder / "codebook.yml").write_text("facets:\n- id: theme\n  tags: [{id: trust}]\n", encoding="utf-8")
    evil = '=HYPERLINK("http://x";"y")'
    quoted = evil.replace('"', '""')
    (tmp_path / "pupil.csv").write_text(f'quote,theme,note,creator\nchosen,trust,"{quoted}",@Ann\n', encoding="utf-8")
    made = import_annotations(tmp_path / "pupil.csv", into=str(folder)).reading
    assert [(entry.note, entry.creator) for entry in made.annotations] == [(evil, "@Ann")]
    written = (folder / "annotations.csv").read_text(encoding="utf-8")
    for table in (written, exported(made, "x.csv").decode()):
        assert f"'{quoted}" in table
        assert not list(filter(RUN.match, cells(table)))
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
    assert Reading.from_texts(texts).annotations[0].note == evil

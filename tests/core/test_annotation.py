"""Annotations and relations as spreadsheets write them, and what may be wrong with them."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.core.annotation import Annotation, Relation, annotations_from_csv, relations_from_csv
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.fault import Fault, ReadingError

BOOK = Codebook.from_yaml(
    "facets:\n- id: theme\n  tags: [{id: trust}, {id: ending}]\n- id: move\n  tags: [{id: claim}]"
)


def annotated(source: str) -> tuple[tuple[Annotation, ...], list[str]]:
    """The annotations in a CSV text, and its faults as text."""
    found: list[Fault] = []
    made = annotations_from_csv(source, BOOK, report=found.append)
    return made, [str(fault) for fault in found]


def related(source: str, ids: tuple[str, ...] = ("a1", "a2")) -> tuple[tuple[Relation, ...], list[str]]:
    """The relations in a CSV text, and its faults as text."""
    found: list[Fault] = []
    made = relations_from_csv(source, ids, report=found.append)
    return made, [str(fault) for fault in found]


def test_a_row_is_an_annotation() -> None:
    source = (
        "id,quote,prefix,suffix,theme,move,note,creator,created\n"
        'a1,"chosen, not proved",is,.,trust;ending,claim,"He said ""so"".",Ann,2014-01-02\n'
    )
    assert annotated(source) == (
        (
            Annotation(
                "a1",
                "chosen, not proved",
                prefix="is",
                suffix=".",
                tags=("trust", "ending", "claim"),
                note='He said "so".',
                creator="Ann",
                created="2014-01-02",
                row=2,
            ),
        ),
        [],
    )


def test_only_the_quote_and_one_facet_are_needed() -> None:
    assert annotated("quote,theme\nwords,trust\n") == (
        (Annotation("row2", "words", tags=("trust",), row=2),),
        [],
    )


@pytest.mark.parametrize(
    "source",
    [
        "\ufeffid,quote,theme\r\na1,words,trust\r\n",
        "id,quote,theme\ra1,words,trust\r",
        "id,quote,theme,,\na1,words,trust,,\n,,,,\n\n",
        "id,quote,theme\na1,words,trust,,,,\n",
        " id , quote,theme\na1,\xa0words ,\xa0trust ; \n",
        'id,quote,theme\n"a1","words","trust;;trust"\n',
        "quote,theme,id\nwords,trust,a1",
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(source: str) -> None:
    assert annotated(source) == ((Annotation("a1", "words", tags=("trust",), row=2),), [])


@pytest.mark.parametrize("start", ["", "\ufeff", "sep={}\r\n", '"sep={}"\n', "\ufeffSEP={}\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_of_a_spreadsheet_is_read(separator: str, start: str) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=separator)
    writer.writerows([("id", "quote", "theme", "note"), ("a1", "one; two, three\tfour", "trust;ending", "so\nit goes")])
    made, faults = annotated(start.format(separator) + table.getvalue())
    assert faults == []
    assert made == (Annotation("a1", "one; two, three\tfour", tags=("trust", "ending"), note="so\nit goes", row=2),)


def test_the_header_alone_tells_the_separator() -> None:
    made, faults = annotated("id,quote,theme\na1,one;two;three;four,trust;ending\n")
    assert (made[0].quote, made[0].tags, faults) == ("one;two;three;four", ("trust", "ending"), [])
    assert related("from;relation;to;note\na1;supports;a2;one, two\n")[0][0].note == "one, two"


def test_lines_below_a_line_that_names_the_separator_are_counted_as_the_file_has_them() -> None:
    _, faults = annotated('sep=;\nid;quote;theme\na1;"said" x;trust\n')
    assert faults[0].startswith("annotations.csv, row 2: line 3 not readable as CSV and left out:")


def test_a_row_may_end_early() -> None:
    made, faults = annotated("id,quote,theme,note\na1,words\na2,others,trust\n")
    assert ([entry.tags for entry in made], faults) == ([(), ("trust",)], [])


def test_rows_count_as_a_spreadsheet_counts_them() -> None:
    made, _ = annotated('id,quote,theme\na1,"one\r\n\r\ntwo",trust\n\na2,three,trust\n')
    assert [(entry.quote, entry.row) for entry in made] == [("one\n\ntwo", 2), ("three", 4)]


def test_decomposed_letters_are_composed() -> None:
    made, _ = annotated("quote,theme\ncafe\u0301,trust\n")
    assert made[0].quote == "café"


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("Trust", 'tag "Trust" is not in facet "theme". Did you mean "trust"? Known: trust, ending.'),
        ("trsut", 'tag "trsut" is not in facet "theme". Did you mean "trust"? Known: trust, ending.'),
        ("claim", 'tag "claim" is not in facet "theme". Known: trust, ending.'),
        ("trust ending", 'tag "trust ending" is not in facet "theme". '),
    ],
)
def test_an_unknown_tag_is_reported_with_the_nearest_and_the_others_are_kept(cell: str, fault: str) -> None:
    made, (found,) = annotated(f"id,quote,theme\na1,words,{cell};ending\n")
    assert found.startswith(f"annotations.csv, row 2 (a1): {fault}")
    assert made[0].tags == ("ending",)


def test_of_many_unknown_tags_in_a_cell_the_first_are_named_and_all_counted() -> None:
    made, faults = annotated("id,quote,theme\na1,words,x1;x2;ending;x3;x4\n")
    assert made[0].tags == ("ending",)
    known = 'are not in facet "theme". Known: trust, ending.'
    assert faults == [f'annotations.csv, row 2 (a1): 4 tags, "x1", "x2", "x3" ..., {known}']


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        (
            "id,quote,theme,moove",
            'column "moove" is not known. Did you mean "move"? Known: id, quote, prefix,',
        ),
        ("id,quote,theme,Note", 'column "Note" is not known. Did you mean "note"?'),
        ("id,quote,theme,theme", 'column "theme" occurs 2 times; only the first is read'),
        ("id,quote,note", "no column for tags. Name one after a facet: theme, move"),
        ("id,theme", 'no column "quote"; found: id, theme'),
        (",,", 'no column "quote"; found: nothing'),
        ("id;quote;theme;moove", 'column "moove" is not known. Did you mean "move"?'),
    ],
)
def test_a_fault_in_the_header_is_reported(header: str, fault: str) -> None:
    _, (found,) = annotated(f"{header}\na1,words,trust\n".replace(",", ";" if ";" in header else ","))
    assert found.startswith(f"annotations.csv, row 1: {fault}")


def test_of_two_columns_of_one_name_the_first_is_read() -> None:
    made, _ = annotated("id,quote,theme,theme\na1,words,trust,ending\n")
    assert made[0].tags == ("trust",)


@pytest.mark.parametrize("source", ["quote,theme\n", "quote,theme", "quote,theme\n,,\n\n"])
def test_a_header_alone_is_reported(source: str) -> None:
    assert annotated(source) == (
        (),
        ["annotations.csv, row 1: holds nothing below its header. Write one entry in each row"],
    )


def test_cells_without_a_column_are_reported_and_the_rest_is_kept() -> None:
    made, faults = annotated("id,quote,note,,theme\na1,words,so,far,trust\na2,not, quoted,,trust,ending\n")
    advice = "Name the column, or put quotation marks around a cell that has a comma or a semicolon in it"
    assert faults == [
        f'annotations.csv, row 2: no column has a name for "far". {advice}',
        f'annotations.csv, row 3: no column has a name for "ending". {advice}',
    ]
    assert [entry.tags for entry in made] == [("trust",), ("trust",)]


def test_a_broken_row_is_reported_and_the_next_is_read() -> None:
    made, faults = annotated('id,quote,theme\na1,"said" x,trust\na2,words,trust\na3,"end\n')
    advice = "Write a quotation mark inside a cell twice, and close each cell that one opens"
    assert [entry.id for entry in made] == ["a2"]
    assert faults == [
        f"annotations.csv, row 2: line 2 not readable as CSV and left out: a cell goes on after its closing quotation mark. {advice}",
        f"annotations.csv, row 4: line 4 not readable as CSV and left out: a quotation mark opens a cell and none closes it. {advice}",
    ]


def test_a_cell_without_measure_is_reported_in_our_words() -> None:
    made, faults = annotated(f"id,quote,theme\na1,{'x' * 200_000},trust\na2,words,trust\n")
    assert [entry.id for entry in made] == ["a2"]
    assert faults[0].startswith(
        "annotations.csv, row 2: line 2 not readable as CSV and left out: a cell has more than 131,072 letters. Write"
    )


def test_rows_that_an_open_quotation_mark_swallows_are_reported_by_their_lines() -> None:
    made, faults = annotated('id,quote,theme\na1,"open,trust\na2,words,trust\na3,"x, y",trust\na4,last,trust\n')
    assert [(entry.id, entry.row) for entry in made] == [("a4", 3)]
    assert faults[0].startswith("annotations.csv, row 2: lines 2 to 4 not readable as CSV and left out:")


def test_two_annotations_of_one_id_are_reported_and_both_kept() -> None:
    made, faults = annotated("id,quote,theme\na1,one,trust\na1,two,trust\na1-3,three,trust\na1,four,trust\n")
    assert [(entry.id, entry.quote) for entry in made] == [
        ("a1", "one"),
        ("a1-3-3", "two"),
        ("a1-3", "three"),
        ("a1-5", "four"),
    ]
    assert faults == [
        "annotations.csv, row 3 (a1): row 2 has this id too; give one another",
        "annotations.csv, row 5 (a1): row 2 has this id too; give one another",
    ]


def test_an_id_that_is_made_is_not_one_that_is_given() -> None:
    made, faults = annotated("id,quote,theme\n,one,trust\nrow2,two,trust\n")
    assert ([entry.id for entry in made], faults) == (["row2-2", "row2"], [])


@pytest.mark.parametrize("name", ["*em", "two words", "a;b", "a&b", "a=b", "#a", "a\x1bb"])
def test_an_id_that_is_not_one_word_is_reported_and_the_annotation_kept(name: str) -> None:
    made, faults = annotated(f"id,quote,theme\n{name},words,trust\n")
    expected = "expected one word, without spaces, control signs or , ; & = # and no * at its start. Kept as row2"
    shown = name.replace("\x1b", "\ufffd")
    assert faults == [f'annotations.csv, row 2: id "{shown}": {expected}']
    assert made == (Annotation("row2", "words", tags=("trust",), row=2),)


def test_an_id_that_means_a_paragraph_in_an_address_is_reported() -> None:
    made, faults = annotated("id,quote,theme\np4,words,trust\n")
    assert faults == [
        'annotations.csv, row 2 (p4): this id means paragraph 4 in an address. Take another, such as "a4"'
    ]
    assert made[0].id == "p4"


@pytest.mark.parametrize("name", ["", "*script", "two words", "a#b"])
def test_an_annotation_is_not_made_with_an_id_that_is_not_one_word(name: str) -> None:
    with pytest.raises(ValueError, match="expected one word, without spaces"):
        Annotation(name, "words")


def test_an_annotation_does_not_change_and_can_be_hashed() -> None:
    entry = Annotation("a1", "words", tags=("trust",))
    with pytest.raises(FrozenInstanceError):
        entry.quote = "others"  # type: ignore[misc]
    assert len({entry, Annotation("a1", "words", tags=("trust",))}) == 1


def test_a_fault_is_raised_where_nobody_collects_them() -> None:
    with pytest.raises(ReadingError, match=r'annotations\.csv, row 2 \(a1\): tag "x" is not in facet "theme"'):
        annotations_from_csv("id,quote,theme\na1,words,x\n", BOOK)


CELLS = st.text('ab;,"\n é\u0301🤖字ש*#', max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from(",;\t"))
def test_each_row_that_a_spreadsheet_writes_is_an_annotation(rows: list[tuple[str, str, str]], separator: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([("id", "quote", "theme"), *rows])
    made, faults = annotated(file.getvalue())
    assert len(made) == sum(any(cell.strip() for cell in row) for row in rows)
    assert len({entry.id for entry in made}) == len(made)
    for entry in made:
        _, quote, tags = rows[entry.row - 2]
        assert entry.quote == unicodedata.normalize("NFC", quote.strip())
        told = any(f"row {entry.row} ({entry.id}): tag " in fault for fault in faults)
        assert told == bool(tags.replace(";", "").strip())


@given(st.text('id,quote\n"theme;a b', max_size=60))
def test_any_text_is_read_and_only_faults_are_reported(source: str) -> None:
    made, faults = annotated("id,quote,theme\n" + source)
    assert made or faults
    assert all(fault.startswith("annotations.csv, row ") for fault in faults)


def test_a_row_is_a_relation() -> None:
    source = "from,relation,to,note\na1,supports,a2,so\na2,opposes,a1\na1,qualifies,a1,\n"
    assert related(source) == (
        (
            Relation("a1", "supports", "a2", "so", row=2),
            Relation("a2", "opposes", "a1", row=3),
            Relation("a1", "qualifies", "a1", row=4),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("a1,supports,A2", ['"A2" is not the id of an annotation in annotations.csv. Did you mean "a2"?']),
        ("x,supports,a2", ['"x" is not the id of an annotation in annotations.csv']),
        (
            "x,supports,",
            [
                '"x" is not the id of an annotation in annotations.csv',
                '"" is not the id of an annotation in annotations.csv',
            ],
        ),
        (
            "a1,Supports,a2",
            ['relation "Supports" is not known. Did you mean "supports"? Known: supports, opposes, qualifies.'],
        ),
        ("a1,,a2", ['relation "" is not known. Known: supports, opposes, qualifies.']),
    ],
)
def test_a_relation_that_leads_nowhere_is_reported(row: str, faults: list[str]) -> None:
    made, found = related(f"from,relation,to\n{row}\na1,supports,a2\n")
    assert found == [f"relations.csv, row 2: {fault}" for fault in faults]
    assert [relation.row for relation in made] == [3]


def test_a_table_of_relations_without_rows_or_columns_is_reported() -> None:
    assert related("from,relation,to\n") == (
        (),
        ["relations.csv, row 1: holds nothing below its header. Write one entry in each row"],
    )
    assert related("from,kind,to\na1,supports,a2\n")[1] == [
        'relations.csv, row 1: no column "relation"; found: from, kind, to',
        'relations.csv, row 1: column "kind" is not known. Known: from, relation, to, note.',
    ]

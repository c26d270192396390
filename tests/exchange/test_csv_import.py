"""The annotations.csv of somebody else: its rows join a reading, and nothing that it has is changed."""

from __future__ import annotations

import codecs

import pytest

from essay_explorer import Reading, ReadingError, open_reading
from essay_explorer.exchange import annotations_to_csv, exported, imported
from essay_explorer.library.finding import bundled

TEXTS = {
    "essay.md": "One fish sees the moon.\n\nTwo fish see the moon and the sea. One fish stays. Où ?\n",
    "codebook.yml": "facets:\n- id: theme\n  tags: [{id: trust}, {id: sea}]\n- id: move\n  tags: [{id: claim}]\n",
    "annotations.csv": "id,quote,theme,note\na1,Two fish,sea,mine\n",
}


def brought_in(table: str | bytes, texts=TEXTS):
    found = []
    content = table if isinstance(table, bytes) else table.encode()
    made = imported(content, texts, file="anna.csv", report=found.append)
    return Reading.from_texts(made), made, [str(one) for one in found]


def test_rows_join_with_their_tags_notes_and_creators() -> None:
    reading, made, found = brought_in("quote,move,theme,note,creator\nOne fish sees,claim,trust;sea,hm,Anna\n")
    mine, theirs = reading.annotations
    assert (mine.id, mine.quote, mine.note) == ("a1", "Two fish", "mine")
    assert (theirs.quote, theirs.tags, theirs.note, theirs.creator) == ("One fish sees", ("trust", "sea", "claim"), "hm", "Anna")  # fmt: skip
    assert (reading.faults, found) == ((), [])
    assert made.keys() == TEXTS.keys()


@pytest.mark.parametrize(
    "table",
    [
        "\ufeffid;quote;theme\r\nb1;Où ?;trust\r\n".encode(),
        codecs.BOM_UTF16_LE + "id\tquote\ttheme\r\nb1\tOù ?\ttrust\r\n".encode("utf-16-le"),
        "sep=;\nid;quote;theme\nb1;Où ?;trust\n".encode(),
    ],
)
def test_what_spreadsheets_save_is_read(table: bytes) -> None:
    reading, _, found = brought_in(table)
    assert [(entry.id, entry.quote) for entry in reading.annotations] == [("a1", "Two fish"), ("b1", "Où ?")]
    assert (reading.faults, found) == ((), [])


@pytest.mark.parametrize("file", ["anna.xlsx", "Anna.XLS", "anna.ods"])
def test_of_a_workbook_its_sheet_is_asked_for(file: str) -> None:
    with pytest.raises(
        ReadingError, match=r"is a workbook\. Open it, and save the sheet with the annotations as \.csv"
    ):
        imported(b"PK\3\4", TEXTS, file=file)


def test_an_encoding_that_had_to_be_guessed_is_reported() -> None:
    reading, _, found = brought_in("id,quote,theme\nb1,Où ?,trust\n".encode("cp1252"))
    assert reading.annotations[-1].quote == "Où ?"
    assert found == ["anna.csv: Read as cp1252. If letters are wrong, save it again as UTF-8."]


@pytest.mark.parametrize("file", ["out.csv", "relations.csv"])
def test_a_table_that_is_exported_has_the_mark_by_which_excel_knows_its_letters_and_comes_back(file: str) -> None:
    links = "from,relation,to,note\na1,supports,b1,=sum(où)\n"
    rows = 'id,quote,theme,note\na1,Two fish,sea,"=HYPERLINK(""où"")"\nb1,One fish sees,trust,@me\n'
    texts = TEXTS | {"annotations.csv": rows, "relations.csv": links}
    reading = Reading.from_texts(texts)
    content = exported(reading, file)
    assert content.startswith(codecs.BOM_UTF8)
    assert "où" in content.decode("utf-8-sig")
    back, made, found = brought_in(content, texts)
    assert (made, found) == (texts, [])
    name = "annotations.csv" if file == "out.csv" else file
    back = Reading.from_texts(texts | {name: content.decode()})
    assert (back.annotations, back.relations, back.faults) == (reading.annotations, reading.relations, ())


def test_a_whole_class_joins_one_after_another() -> None:
    table = "id,quote,theme,note\na1,Two fish,trust,{}\n"
    _, made, found = brought_in(table.format("Anna's"))
    assert found == ['anna.csv, row 2 (a1-2): "a1" is the id of another annotation. Kept as "a1-2"']
    reading, made, _ = brought_in(table.format("Ben's"), made)
    assert [(entry.id, entry.note) for entry in reading.annotations] == [("a1", "mine"), ("a1-2", "Anna's"), ("a1-3", "Ben's")]  # fmt: skip
    assert brought_in(table.format("Ben's"), made)[1] == made, "what is there already is not added again"


def test_what_the_codebook_does_not_know_is_reported_with_its_row() -> None:
    reading, _, found = brought_in("id,quote,theme,mood\nb1,One fish sees,trsut,glad\n")
    assert reading.annotations[-1].tags == ()
    assert [one.split(".")[0] for one in found] == ["anna", "anna"]
    assert 'column "mood" is not known' in found[0]
    assert found[1].startswith('anna.csv, row 2 (b1): tag "trsut" is not in facet "theme". Did you mean "trust"?')


def test_a_quote_that_is_not_there_keeps_its_row() -> None:
    reading, _, _ = brought_in("id,quote,theme\nb1,Three fish,trust\n")
    assert [entry.id for entry in reading.annotations] == ["a1", "b1"]
    assert [(fault.row, fault.entry) for fault in reading.faults] == [(3, "b1")]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("id,text\na,b\n", 'anna.csv, row 1: no column "quote"; found: id, text'),
        ("", "anna.csv, row 1: no column"),
        ("id,quote\n", "anna.csv, row 1: holds nothing below its header"),
        (b"\x00\x01\x02\x03", "anna.csv"),
    ],
)
def test_a_file_without_rows_changes_nothing(table: str | bytes, why: str) -> None:
    with pytest.raises(ReadingError) as error:
        brought_in(table)
    assert str(error.value).startswith(why)


def test_the_annotations_of_her_come_back_whole() -> None:
    her = open_reading("her")
    texts = {name: (bundled("data") / "her" / name).read_text("utf-8") for name in ("essay.md", "codebook.yml")}
    reading, _, found = brought_in(annotations_to_csv(her.annotations, her.codebook), texts)
    assert (reading.annotations, found) == (her.annotations, [])


MORE = "id,quote,theme,note\nb1,One fish sees,trust,theirs\n"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "\ufeffid;quote;prefix;theme;move;note\r\na1;Two fish;;sea;;mine\r\n",
            "\ufeffid;quote;prefix;theme;move;note\r\na1;Two fish;;sea;;mine\r\nb1;One fish sees;;trust;;theirs\r\n",
        ),
        ("quote,theme\nTwo fish,sea", "quote,theme,id,note\nTwo fish,sea,,\nOne fish sees,trust,b1,theirs\n"),
        (
            'sep=;\n"quote";id;note;theme\nTwo fish;;;\n',
            'sep=;\n"quote";id;note;theme\nTwo fish;;;\nOne fish sees;b1;theirs;trust\n',
        ),
        ("\ufeffid;quote;theme;note;created\n", "\ufeffid;quote;theme;note;created\nb1;One fish sees;trust;theirs;\n"),
        (
            'id,"quote",theme,note,,\na1,"Two fish", sea ,mine,,\n\n',
            'id,"quote",theme,note,,\na1,"Two fish", sea ,mine,,\n\nb1,One fish sees,trust,theirs,,\n',
        ),
    ],
)
def test_the_table_stays_as_it_is_written_and_rows_are_added_below(table: str, expected: str) -> None:
    reading, made, found = brought_in(MORE, {**TEXTS, "annotations.csv": table})
    assert made["annotations.csv"] == expected
    assert (reading.faults, found, reading.annotations[-1].id) == ((), [], "b1")


def test_a_table_without_a_column_for_tags_gets_one_for_the_first_facet() -> None:
    texts = {"essay.md": TEXTS["essay.md"], "annotations.csv": "id,quote,note\n"}
    reading, made, _ = brought_in("id,quote\nb1,One fish sees\n", texts)
    assert made["annotations.csv"] == "id,quote,imported,note\nb1,One fish sees,,\n"
    assert reading.faults == ()


def test_rows_without_an_id_join_once_and_the_number_of_their_row_is_not_kept() -> None:
    table = "quote,theme\nOne fish sees,trust\n"
    reading, made, found = brought_in(table)
    assert ([entry.id for entry in reading.annotations], found) == (["a1", "imported-1"], [])
    assert brought_in(table, made)[1] == made
    assert brought_in("id,quote,theme,note\n,Two fish,sea,mine\n")[1] == TEXTS


def test_a_table_larger_than_any_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"anna\.csv: is larger than 64 MB, the largest"):
        brought_in(MORE.encode() + b"x" * 2**26)

"""Hypothesis's own JSON: the client's export and the answers of its search."""

from __future__ import annotations

import json

import pytest

from essay_explorer import Reading, ReadingError
from essay_explorer.exchange import imported

TEXTS = {
    "essay.md": "One fish sees the moon.\n\nTwo fish see “the moon” and the sea. One fish stays.\n",
    "codebook.yml": "facets:\n- id: theme\n  tags: [{id: trust}, {id: sea, label: The sea}]\n",
}


def row(entry, exact="", prefix="", suffix="", **rest):
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    position = {"type": "TextPositionSelector", "start": 4711, "end": 4720}  # of the web page
    target = {
        "source": "https://example.org/p",
        **({"selector": [{"type": "RangeSelector"}, position, quote]} if exact else {}),
    }
    return {
        "id": entry, "created": "2024-05-06T07:08:09.123456+00:00", "updated": "2024-05-06T07:08:09.123456+00:00",
        "user": "acct:ann@hypothes.is", "uri": "https://example.org/p", "text": "", "tags": [], "group": "__world__",
        "permissions": {}, "target": [target], "document": {"title": ["P"]}, "links": {}, "hidden": False, "flagged": False,
        "user_info": {"display_name": None}, **rest,
    }  # fmt: skip


def brought_in(value, texts=TEXTS):
    found = []
    made = imported(json.dumps(value).encode(), texts, file="h.json", report=found.append)
    return Reading.from_texts(made), made, [str(one) for one in found]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {
            "export_date": "2024-05-06",
            "export_userid": "acct:ann@hypothes.is",
            "client_version": "1.2",
            "annotations": rows,
        },
        lambda rows: {"total": len(rows), "rows": rows},
        lambda rows: rows,
    ],
)
def test_a_quote_with_tags_and_text_is_an_annotation(wrap) -> None:
    rows = [
        row(
            "Rnq3tnVkEe-abc_",
            "the  moon”\n and",
            text="**Bold** <b>",
            tags=["sea", "The Sea"],
            user_info={"display_name": "Ann"},
        )
    ]
    reading, _, said = brought_in(wrap(rows))
    (entry,) = reading.annotations
    assert (entry.id, entry.quote, entry.tags, entry.note) == (
        "Rnq3tnVkEe-abc_",
        "the moon” and",
        ("sea",),
        "**Bold** <b>",
    )
    assert (entry.creator, entry.created) == ("Ann", "2024-05-06T07:08:09.123456+00:00")
    assert said == []
    assert reading.faults == ()


def test_what_surrounds_a_quote_tells_which_place_is_meant() -> None:
    reading, _, _ = brought_in(
        [row("x", "One fish", prefix="and the sea.\n  ", suffix=" stays"), row("y", "One fish", suffix=" sees")]
    )
    assert {passage.id: passage.paragraph for passage in reading.passages()} == {"x": 2, "y": 1}


def test_a_quote_that_may_be_in_two_places_is_listed() -> None:
    reading, _, _ = brought_in([row("x", "One fish", prefix="zzz", suffix="zzz")])
    assert [fault.entry for fault in reading.faults] == ["x"]


def test_an_unknown_tag_is_listed_and_kept() -> None:
    reading, _, said = brought_in([row("x", "Two fish", tags=["Trüst", "Trüst"])])
    assert said == [
        'h.json (trüst): tag "Trüst": not in the codebook; it is in its facet "imported" now. Did you mean "trust"? Known: trust, sea.'
    ]
    assert reading.annotations[0].tags == ("trüst",)
    assert reading.codebook.tags["trüst"].label == "Trüst"


def test_replies_join_the_note_that_they_answer() -> None:
    rows = [
        row("r2", text="So am I.", user="acct:cy@hypothes.is", references=["x", "r1"]),
        row("x", "Two fish", text="I wonder."),
        row("r1", text="I am sure.", user="acct:bob@hypothes.is", references=["x"], tags=["sea"]),
        row("lost", text="To nobody.", references=["gone"]),
    ]
    reading, _, _ = brought_in(rows)
    notes = {entry.id: entry.note for entry in reading.annotations}
    assert notes == {
        "x": "I wonder.\n\ncy@hypothes.is: So am I.\n\nbob@hypothes.is: I am sure. [sea]",
        "lost": "To nobody.",
    }


def test_replies_that_a_search_tells_apart_are_read_too() -> None:
    answer = {"total": 1, "rows": [row("x", "Two fish", text="I wonder.")]}
    answer["replies"] = [row("r1", text="I am sure.", user="acct:bob@hypothes.is", references=["x"])]
    made = imported(json.dumps(answer).encode(), TEXTS, file="h.json", report=str)
    assert [one.note for one in Reading.from_texts(made).annotations] == ["I wonder.\n\nbob@hypothes.is: I am sure."]


def test_a_note_on_the_page_keeps_its_row_and_is_listed() -> None:
    reading, _, _ = brought_in([row("x", text="All of it.")])
    assert reading.annotations[0].note == "All of it."
    assert [fault.message for fault in reading.faults] == ["no quote. Copy the passage from essay.md into this cell"]


def test_importing_twice_adds_nothing() -> None:
    rows = [row("x", "Two fish", tags=["new"]), row("x", "One fish stays"), row("p12", "the moon", prefix="sees ")]
    _, once, said = brought_in(rows)
    assert said[1:] == ['h.json (x-2): annotation 2: "x" is the id of another annotation. Kept as "x-2"']
    reading, twice, said = brought_in(rows, once)
    assert (twice, said) == (once, [])
    assert [entry.id for entry in reading.annotations] == ["x", "x-2", "imported-3"]


def test_wrong_types_are_reported_with_their_number() -> None:
    rows = [
        7,
        row("x", "Two fish", tags="sea", text=5),
        row("y", "One fish stays", target={}, tags=[1, "sea"], user=None),
    ]
    reading, _, said = brought_in({"rows": rows})
    assert [line.partition(": ")[2] for line in said] == [
        "annotation 2: `tags`: expected a list of texts; left out",
        "annotation 2: `text`: expected a text; left out",
        "annotation 1: expected an object; left out",
        "annotation 3: lost, and kept as it was: it has no quote. Copy the passage again",
    ]
    assert [entry.tags for entry in reading.annotations] == [(), ("sea",)]


def test_a_note_too_long_for_any_cell_is_refused_whole() -> None:
    with pytest.raises(
        ReadingError, match=r"h\.json: annotation 2: one of 140,000 letters; a cell of a CSV file holds at most 131,071"
    ):
        brought_in([row("x", "Two fish"), row("y", "Two fish", text="y" * 140_000)])


@pytest.mark.parametrize("value", [{"rows": []}, {"annotations": {}}, {"rows": 1}])
def test_a_file_without_annotations_says_what_was_expected(value) -> None:
    with pytest.raises(ReadingError, match=r"h\.json: holds no annotations"):
        brought_in(value)


def test_positions_of_the_web_page_tell_equal_places_and_are_no_fault() -> None:
    def at(entry, exact, start):
        made = row(entry, exact)
        made["target"][0]["selector"][1] |= {"start": start, "end": start + len(exact)}
        return made

    reading, _, said = brought_in(
        [at("x", "Two fish see", 1025), at("y", "One fish", 1075), at("z", "the moon.", 1014)]
    )
    assert {passage.id: passage.paragraph for passage in reading.passages()} == {"x": 2, "y": 2, "z": 1}
    assert said == ['h.json (y): annotation 2: "One fish" occurs 2 times; its position says place 2 of 2']


TABLE = """Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags
2024-05-06 07:08,Ann,,https://example.org/p,Class,Annotation,"the moon"" and","First, of all","sea,trust"
2024-05-07 09:00,Ben,iii,https://example.org/p,Class,Reply,,No.,
2024-05-08 10:30,Ann,,https://example.org/p,Class,Highlight,One fish sees,,
2024-05-08 10:31,Ann,,https://example.org/p,Class,Page note,,,
"""


@pytest.mark.parametrize("separator", [",", "\t"])
def test_the_table_that_the_client_exports_is_read(separator) -> None:
    table = TABLE if separator == "," else "\ufeff" + TABLE.replace("First, of", "First; of").replace("sea,trust", "sea;trust").replace(",", "\t").replace(";", ",")  # fmt: skip
    found = []
    made = imported(table.encode(), TEXTS, file="h.csv", report=found.append)
    reading = Reading.from_texts(made)
    assert [(one.quote, one.tags, one.note, one.creator, one.created) for one in reading.annotations] == [
        ("the moon” and", ("sea", "trust"), "First, of all", "Ann", "2024-05-06T07:08"),
        ("", (), "No.", "Ben", "2024-05-07T09:00"),
        ("One fish sees", (), "", "Ann", "2024-05-08T10:30"),
    ]
    assert [str(one).partition(": ")[0] for one in found] == ["h.csv, row 3", "h.csv, row 3"]
    assert "a reply, and the table does not say to what" in str(found[0])
    assert imported(table.encode(), made, file="h.csv", report=str) == made


@pytest.mark.parametrize("above", ["", "sep=,\n", "\ufeffsep=,\r\n"])
def test_a_table_that_went_through_a_spreadsheet_says_the_same(above: str) -> None:
    table = (
        TABLE.replace(",Author,", " , Author,", 1)
        .replace("\n", ",,\n")
        .replace("\n2024-05-08 10:30", "\n\n2024-05-08 10:30")
    )
    found = []
    reading = Reading.from_texts(imported((above + table).encode(), TEXTS, file="h.csv", report=found.append))
    assert [(one.quote, one.creator) for one in reading.annotations] == [("the moon” and", "Ann"), ("", "Ben"), ("One fish sees", "Ann")]  # fmt: skip
    assert {str(one).partition(": ")[0] for one in found} == {"h.csv, row 3"}

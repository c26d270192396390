"""annotations.csv, relations.csv and codebook.yml: what is written is read as the same values."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer import Annotation, Codebook, Facet, Relation, Tag, open_reading
from essay_explorer.core.annotation import annotations_from_csv, relations_from_csv
from essay_explorer.core.tag import LINES, distinct
from essay_explorer.exchange import annotations_to_csv, codebook_to_yaml, relations_to_csv
from essay_explorer.files.codebook_file import rewritten, with_facets
from essay_explorer.files.csv_files import annotations_appended, relations_appended

BOOK = Codebook.from_yaml("facets:\n- id: theme\n  tags: [{id: trust}, {id: sea}]\n- id: move\n  tags: [{id: claim}]")
CELLS = st.text("ab é😀שあ\n,;\"'#*=<&\ufeff|", max_size=20).map(str.strip)
TAGS = st.permutations(["trust", "sea"]).flatmap(
    lambda two: st.sampled_from([(), tuple(two), (two[0], "claim"), ("claim",)])
)


def test_the_files_of_her_are_written_as_they_stand() -> None:
    her, folder = open_reading("her"), Path(__file__).parents[2] / "data" / "her"
    ours = [
        list(csv.reader(text.splitlines()))
        for text in (annotations_to_csv(her.annotations, her.codebook), relations_to_csv(her.relations))
    ]
    theirs = [
        list(csv.reader((folder / name).read_text(encoding="utf-8").splitlines()))
        for name in ("annotations.csv", "relations.csv")
    ]
    assert ours == theirs


@given(
    st.lists(
        st.builds(lambda cells, tags: (cells, tags), st.lists(CELLS, min_size=6, max_size=6), TAGS),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=100)
def test_annotations_come_back(entries) -> None:
    made = tuple(
        Annotation(f"a-{number}", *cells[:3], tags, *cells[3:], row=number)
        for number, (cells, tags) in enumerate(entries, 2)
    )
    assert annotations_from_csv(annotations_to_csv(made, BOOK), BOOK) == made


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), CELLS), min_size=1, max_size=5))
def test_relations_come_back(entries) -> None:
    made = tuple(Relation(one, "opposes", two, note, row) for row, (one, two, note) in enumerate(entries, 2))
    assert relations_from_csv(relations_to_csv(made), "abc") == made


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=4), st.sampled_from(",;\t"), TAGS)
@settings(max_examples=100)
def test_annotations_that_are_added_come_back_below_those_that_were_there(entries, separator, tags) -> None:
    source = f"\ufeff{separator.join(('quote', 'theme', 'id'))}\r\n{separator.join(('mine', 'sea', ''))}"
    new = tuple(
        Annotation(f"a-{number}", *cells[:3], tags, *cells[3:], row=number) for number, cells in enumerate(entries, 3)
    )
    made = annotations_appended(source, new, BOOK)
    first, *others = annotations_from_csv(made, BOOK)
    assert (first.id, first.quote, first.tags) == ("row2", "mine", ("sea",))
    assert tuple(others) == new


def test_relations_are_added_below_those_that_were_there() -> None:
    source = "\ufefffrom;relation;to\r\na;supports;b\r\n"
    made = relations_appended(source, [Relation("b", "opposes", "a")])
    assert made == source + "b;opposes;a\r\n"
    assert relations_appended(source, [Relation("b", "opposes", "a", "n")]) == (
        "\ufefffrom;relation;to;note\r\na;supports;b;\r\nb;opposes;a;n\r\n"
    )
    assert relations_appended("\ufeff", [Relation("b", "opposes", "a")]) == "from,relation,to,note\nb,opposes,a,\n"


def test_a_tag_that_the_codebook_lacks_is_not_lost_in_silence() -> None:
    with pytest.raises(ValueError, match=r'a1: tag "moon" is not in the codebook\. Known: trust, sea, claim'):
        annotations_to_csv([Annotation("a1", "x", tags=("moon",))], BOOK)


LABELS = st.text("aé😀 no:#'\"{[*~1", min_size=1, max_size=12).map(str.strip).filter(bool)


def tag(number, label, definition, questions, line):
    return Tag(f"t{number}", label, definition, questions=tuple(questions), aliases=(f"N{number}",), line=line)


@given(
    st.lists(st.tuples(LABELS, CELLS, st.lists(LABELS, max_size=2), st.sampled_from(["", *LINES])), max_size=4), LABELS
)
@settings(max_examples=100)
def test_a_codebook_comes_back(entries, title) -> None:
    tags = distinct(tag(number, *entry) for number, entry in enumerate(entries))
    book = Codebook(title, (Facet("one", "One", "", ()), Facet("two", title, title, tags)))
    assert Codebook.from_yaml(codebook_to_yaml(book)) == book


def test_the_codebook_of_her_comes_back() -> None:
    book = open_reading("her").codebook
    assert Codebook.from_yaml(codebook_to_yaml(book)) == book


@pytest.mark.parametrize(
    "source",
    [
        "# mine\nfacets:\n  - id: theme\n    tags:\n      - {id: trust}\n",
        "# mine\nfacets:\n- id: theme\n  tags:\n  - id: trust",
        "# mine\nfacets: [{id: theme, tags: [{id: trust}]}]\n",
    ],
)
def test_what_is_added_stands_at_the_end_and_comments_stay(source) -> None:
    book = Codebook.from_yaml(source)
    wider = with_facets(book, [Facet("new", "New", tags=(Tag("a", "A: #b", "One: two"),))])
    text = rewritten(source, wider)
    assert text.startswith("# mine")
    assert Codebook.from_yaml(text) == wider
    widest = with_facets(wider, [Facet("new", "", tags=(Tag("a", "other"), Tag("c", "C")))])
    assert [one.label for one in widest.facets[-1].tags] == ["A: #b", "C"]
    assert rewritten(text, widest).startswith(text.rstrip("]}\n"))
    assert Codebook.from_yaml(rewritten(text, widest)) == widest


def test_a_change_within_is_written_too() -> None:
    book = Codebook.from_yaml("facets:\n- id: theme\n  tags: [{id: trust}]\n- id: move\n  tags: []\n")
    wider = with_facets(book, [Facet("theme", "", tags=(Tag("sea", "Sea"),))])
    again = Codebook.from_yaml(
        rewritten("facets:\n- id: theme\n  tags: [{id: trust}]\n- id: move\n  tags: []\n", wider)
    )
    assert [replace(one, colour=None, code="", line="") for one in again.facets[0].tags] == [
        Tag("trust", "trust"),
        Tag("sea", "Sea"),
    ]

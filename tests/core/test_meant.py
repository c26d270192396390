"""Values of the right kind that cannot be meant are refused where they are given, and what leads nowhere is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from essay_explorer import Annotation, Codebook, Essay, Facet, Reading, ReadingError, Relation, Stop, Tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer import Fault

EXPECTED_ID = "expected one word, without spaces"
X, Y = Tag("x", "Trust", code="T"), Tag("y", "Doubt")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Tag("two words", "A"), f'id "two words": {EXPECTED_ID}'),
        (lambda: Tag("", "A"), f'id "": {EXPECTED_ID}'),
        (lambda: Tag("a", "A", code="TRU"), 'code "TRU": expected a letter or two'),
        (lambda: Tag("a", "A", line="dashd"), 'line "dashd" is not known. Did you mean "dashed"? Known: solid,'),
        (lambda: Tag("a", "A", colour=("red", "#ffffff")), 'colour "red": expected one such as "#0067B1"'),
        (lambda: Tag("a", "A", line="solid;background:url(//x)"), 'line "solid;background:url(//x)" is not known'),
        (lambda: Tag("a", "A", colour=("#000000;background:url(//x)", "#ffffff")), 'colour "#000000;background:'),
        (lambda: Tag("a", "A", colour=("' + alert(1) + '", '"')), "colour \"' + alert(1) + '\": expected one"),
        (lambda: Tag("a", "A", colour=("#fff", "#ffffff")), 'colour "#fff": expected'),
        (lambda: Tag("a", "A", questions=("Why?", " ")), "questions: expected texts, and one of them is blank"),
        (lambda: Tag("a", "A", aliases=("",)), "aliases: expected texts, and one of them is blank"),
        (lambda: Facet("a;b", "A"), f'id "a;b": {EXPECTED_ID}'),
        (lambda: Facet("quote", "A"), 'no facet may have the id "quote": it means something else'),
        (lambda: Facet("tour", "A"), 'no facet may have the id "tour": it means something else'),
        (
            lambda: Facet("a", "A", role="hero"),
            'role "hero" is not known. Did you mean "other"? Known: theme, move, person, other.',
        ),
        (lambda: Facet("a", "A", tags=(X, Tag("x", "Other"))), 'id "x" is used for two tags. Give one of them another'),
        (
            lambda: Facet("a", "A", tags=(X, Tag("z", " trust"))),
            'two tags of facet "a" have the label "trust". Give "z" another',
        ),
        (
            lambda: Facet("a", "A", tags=(X, Tag("z", "Z", code="T"))),
            'two tags of facet "a" have the code "T". Give "z" another',
        ),
        (lambda: Codebook("", (Facet("a", "A"), Facet("a", "B"))), 'id "a" is used for two facets'),
        (lambda: Codebook("", (Facet("a", "A", tags=(X,)), Facet("b", "B", tags=(X,)))), 'id "x" is used for two tags'),
        (lambda: Relation("a", "likes", "b"), 'kind "likes" is not known. Known: supports, opposes, qualifies.'),
        (lambda: Relation("", "supports", "b"), f'source "": {EXPECTED_ID}'),
        (lambda: Stop("", "Here"), f'at "": {EXPECTED_ID}'),
    ],
)
def test_a_field_that_cannot_be_meant_is_refused(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}"):
        make()


def test_tags_of_two_facets_may_be_called_the_same() -> None:
    book = Codebook("", (Facet("theme", "A", tags=(X,)), Facet("move", "B", tags=(Tag("z", "Trust", code="T"),))))
    assert list(book.tags) == ["x", "z"]


@pytest.mark.parametrize("created", ["yesterday", "26.11.2026", "2026-13-01", "20261126", "2026-11-26T25:00"])
def test_when_an_annotation_was_made_is_a_day_or_a_moment(created: str) -> None:
    reading = Reading(Essay("Trust is chosen."))
    with pytest.raises(ValueError, match=f'^created "{re.escape(created)}": expected a day or a moment, such as'):
        reading.annotate("Trust", created=created)
    for good in ("", "2026-11-26", "2026-11-26T08:30:00Z", "2026-11-26 08:30"):
        assert reading.annotate("Trust", created=good).annotations[0].created == good


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ({"label": "TRUST "}, 'tag "new": tag "x" has the label "TRUST" too. Take another'),
        ({"colour": ("#ffff00", "#6CB6F5")}, 'tag "new": colour: "#ffff00" and "#6CB6F5" stand out too little'),
        ({"colour": ("#0067B1", "#111111")}, 'tag "new": colour: "#0067B1" and "#111111" stand out too little'),
        ({"colour": ("#0067B1", "#6CB6F5", "#6CB6F5")}, 'tag "new": colour: expected {light:'),
    ],
)
def test_a_tag_that_readers_could_not_tell_or_see_is_refused(tag: dict[str, Any], said: str) -> None:
    reading = Reading(Essay("Trust."), Codebook("", (Facet("theme", "Themes", tags=(X, Y)),)))
    with pytest.raises(ReadingError, match=re.escape(said)):
        reading.with_tag("theme", id="new", **tag)


def test_one_colour_is_made_legible_on_both_pages() -> None:
    tag = Reading(Essay("Trust.")).with_tag("theme", id="a", colour="#7a1f3d").codebook.tags["a"]
    assert tag.colour == ("#7a1f3d", "#e187a5")


def test_a_file_whose_labels_and_colours_are_no_good_is_opened_told_and_mended() -> None:
    faults: list[Fault] = []
    tags = "[{id: a, label: Trust}, {id: b, label: trust, colour: {light: '#ffff00', dark: '#6CB6F5'}}, {id: c, label: Trust (b)}]"
    book = Codebook.from_yaml(f"facets: [{{id: theme, tags: {tags}}}]", report=faults.append)
    assert [tag.label for tag in book.tags.values()] == ["Trust (a)", "trust (b)", "Trust (b) (c)"]
    assert [str(fault) for fault in faults] == [
        'codebook.yml (b): colour: "#ffff00" and "#6CB6F5" stand out too little from a light and a dark page. '
        'Take {light: "#787800", dark: "#6CB6F5"}',
        'codebook.yml (b): tag "a" has the label "trust" too; give one another. Until then their ids stand behind it',
    ]


def test_what_leads_nowhere_in_a_reading_made_in_python_is_among_its_faults() -> None:
    entries = (Annotation("a1", "One", tags=("moon",)), Annotation("a1", "two"), Annotation("a2", "Three"))
    made = Reading(
        Essay("One two. Three."),
        Codebook("", (Facet("theme", "Themes", tags=(Tag("moons", "Moons"),)),)),
        entries,
        (Relation("a1", "supports", "a3"), Relation("a1", "supports", "a2")),
        tour=(Stop("zz", "Here"), Stop("a1", "There")),
    )
    assert list(map(str, made.faults)) == [
        'annotations.csv (a1): tag "moon" is not in the codebook. Did you mean "moons"? Known: moons.',
        "annotations.csv (a1): another annotation has this id too; give one another",
        'relations.csv: "a3" is not the id of an annotation in annotations.csv',
        'tour.csv: "zz" is not the id of an annotation in annotations.csv',
    ]

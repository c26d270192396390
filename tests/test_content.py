"""The reading of *Her*: its quotes stand in the text, its tags are known and used."""

from __future__ import annotations

import csv

import pytest

from essay_explorer import Reading, open_reading
from essay_explorer.core.names import COLUMNS
from essay_explorer.core.tag import LINES
from essay_explorer.library.finding import bundled

HER = bundled("data") / "her"


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


def rows(file: str) -> list[dict[str, str]]:
    with (HER / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, strict=True))


def test_there_is_no_fault(her: Reading) -> None:
    assert her.faults == ()


def test_each_quote_is_found_exactly_once(her: Reading) -> None:
    quotes = [row["quote"] for row in rows("annotations.csv")]
    assert [quote for quote in quotes if her.essay.text.count(quote) != 1] == []


def test_each_of_67_annotations_is_a_passage(her: Reading) -> None:
    passages = her.passages()
    assert len(passages) == len(rows("annotations.csv")) == 67
    assert {passage.id: passage.text for passage in passages} == {
        row["id"]: row["quote"] for row in rows("annotations.csv")
    }


def test_annotations_stand_in_text_order(her: Reading) -> None:
    assert [passage.id for passage in her.passages()] == [row["id"] for row in rows("annotations.csv")]


def test_each_tag_used_is_in_the_codebook(her: Reading) -> None:
    for facet in ("theme", "move"):
        known = {tag.id for tag in her.codebook.tags.values() if her.codebook.facet_of[tag.id].id == facet}
        used = {tag for row in rows("annotations.csv") for tag in row[facet].split(";") if tag}
        assert used == known


def test_each_passage_has_a_theme_and_a_move(her: Reading) -> None:
    bare = [row["id"] for row in rows("annotations.csv") if not row["theme"] or not row["move"]]
    assert bare == []


def test_each_column_is_known(her: Reading) -> None:
    facets = {facet.id for facet in her.codebook.facets}
    assert set(rows("annotations.csv")[0]) <= {*COLUMNS, *facets}


def test_each_person_is_named_in_the_text(her: Reading) -> None:
    people = next(facet for facet in her.codebook.facets if facet.id == "person")
    assert {tag for tag, _ in her.codebook.named(her.essay.text)} == {tag.id for tag in people.tags}


def test_no_theme_carries_more_than_half_of_the_passages_and_none_fewer_than_three(her: Reading) -> None:
    counts = {tag.id: len(her.passages(theme=tag.id)) for tag in her.codebook.facets[0].tags}
    assert {name: count for name, count in counts.items() if not 3 <= count <= 33} == {}


def test_each_relation_joins_two_annotations(her: Reading) -> None:
    ids = {row["id"] for row in rows("annotations.csv")}
    found = [(row["from"], row["relation"], row["to"]) for row in rows("relations.csv")]
    assert found == [(relation.source, relation.kind, relation.target) for relation in her.relations]
    assert all(one in ids and other in ids and one != other for one, _, other in found)
    assert len(set(found)) == len(found) == 42


def test_each_theme_is_told_apart_by_code_line_and_colour(her: Reading) -> None:
    themes = her.codebook.facets[0].tags
    assert len({tag.code for tag in themes}) == len({tag.colour for tag in themes}) == len(themes)
    assert sorted(tag.line for tag in themes) == sorted(LINES)


def test_each_theme_has_a_definition_and_a_question(her: Reading) -> None:
    bare = [tag.id for tag in her.codebook.facets[0].tags if not tag.definition or not tag.questions]
    assert bare == []


def test_each_colour_of_a_theme_is_readable_on_light_and_on_dark_pages(her: Reading) -> None:
    for tag in her.codebook.facets[0].tags:
        assert tag.colour is not None
        light, dark = tag.colour
        assert contrast(light, "#ffffff") >= 4.5, tag.id
        assert contrast(dark, "#121212") >= 7, tag.id


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_essay_says_whose_it_is_and_what_may_be_done_with_it(her: Reading) -> None:
    essay = her.essay
    assert (essay.license, essay.language, len(essay.paragraphs)) == ("CC-BY-4.0", "en", 10)
    assert "Matt Jacobson" in essay.after
    assert essay.title
    assert essay.author
    assert essay.about
    assert essay.keywords[0] == "film"


def test_sentences_join_into_the_paragraphs(her: Reading) -> None:
    text = her.essay.text
    assert " ".join(text[slice(*sentence)] for sentence in her.essay.sentences()) == " ".join(text.split())

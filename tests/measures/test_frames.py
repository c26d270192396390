"""A reading as pandas frames: columns, dtypes, joins, and numbers that another road confirms."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import warnings
from collections import Counter

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer import open_reading
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.library.finding import bundled
from essay_explorer.measures import frames as tables

ESSAY = "Trust is chosen, not proved. Amy said so.\n\nPerhaps it was. Perhaps not: “who knows”."
BOOK = """\
facets:
- id: theme
  tags: [{id: trust, label: Trust}, {id: ending, label: Ending}, {id: unused, label: Unused}]
- id: person
  tags: [{id: amy, aliases: [Amy]}]
"""
ANNOTATIONS = """\
id,quote,prefix,theme,note
a1,who knows,,ending,The last.
lost,no such words,,trust,
a2,"chosen, not proved",,trust,
a3,"proved. Amy said so.\n\nPerhaps",,trust;ending,
"""
PLACE = {"paragraph": "Int64", "sentence": "Int64", "start": "Int64", "end": "Int64"}
TAGS = dict.fromkeys(["trust", "ending", "unused", "amy"], "bool")
DTYPES = {
    "annotations": {"passage": "string", **PLACE, "words": "Int64"}
    | dict.fromkeys(["quote", "note", "creator", "created", "tags"], "string")
    | TAGS,
    "tags": {"passage": "string", "facet": "category", "tag": "category", "label": "category"},
    "sentences": {"sentence": "Int64", "paragraph": "Int64", "start": "Int64", "end": "Int64", "words": "Int64"}
    | {"text": "string"}
    | TAGS,
    "words": {"word": "Int64", "sentence": "Int64", "paragraph": "Int64", "start": "Int64", "end": "Int64"}
    | {"text": "string", "plain": "string"}
    | TAGS,
    "relations": {"from": "string", "relation": "category", "to": "string", "note": "string"},
}


@pytest.fixture
def reading() -> Reading:
    texts = {"essay.md": ESSAY, "codebook.yml": BOOK, "annotations.csv": ANNOTATIONS}
    return Reading.from_texts(texts | {"relations.csv": "from,relation,to,note\na3,qualifies,a2,A little.\n"})


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


@pytest.mark.parametrize("table", DTYPES)
def test_a_table_has_these_columns_and_dtypes_with_rows_and_without(table: str, reading: Reading) -> None:
    bare = Reading(Essay(""), reading.codebook)
    for one in (reading, bare):
        assert {name: str(dtype) for name, dtype in one.to_frame(table).dtypes.items()} == DTYPES[table]
    assert bare.to_frame(table).empty
    assert list(reading.to_frame(table).index) == list(range(len(reading.to_frame(table))))


def test_every_column_is_in_the_description(reading: Reading) -> None:
    columns = {name for table in DTYPES for name in reading.to_frame(table)} - {"amy", "trust", "ending", "unused"}
    assert columns == tables.COLUMNS
    described = tables.__doc__.split("column  ")[1]
    assert [name for name in columns if name not in described] == []


def test_another_name_gets_the_names_that_there_are(reading: Reading) -> None:
    message = 'table "word" is not known. Did you mean "words"? Known: annotations, tags, sentences, words, relations.'
    with pytest.raises(ValueError, match="is not known") as caught:
        reading.to_frame("word")
    assert str(caught.value) == message


def test_annotations_stand_in_text_order_and_lost_ones_last_without_a_place(reading: Reading) -> None:
    frame = reading.to_frame("annotations").set_index("passage")
    assert list(frame.index) == ["a2", "a3", "a1", "lost"]
    assert frame["paragraph"].to_list() == [1, 1, 2, pd.NA]
    assert frame["sentence"].to_list() == [1, 1, 4, pd.NA]
    assert frame["words"].to_list() == [3, 5, 2, 3]
    assert frame["trust"].to_list() == [True, True, False, True]
    assert frame["amy"].to_list() == [False, True, False, False]
    assert frame.loc["a1", "note"] == "The last."
    assert frame.loc["lost", ["start", "end"]].isna().all()
    for _, row in frame.drop(index="lost").iterrows():
        assert reading.essay.text[row["start"] : row["end"]] == row["quote"]


def test_a_tag_covers_the_words_and_sentences_that_its_passages_touch(reading: Reading) -> None:
    words = reading.to_frame("words")
    assert " ".join(words["text"][words["trust"]]) == "chosen not proved Amy said so Perhaps"
    assert " ".join(words["plain"][words["ending"]]) == "proved amy said so perhaps who knows"
    assert not words["unused"].any()
    sentences = reading.to_frame("sentences")
    assert sentences["trust"].to_list() == [True, True, True, False]
    assert sentences["ending"].to_list() == [True, True, True, True]
    assert sentences["words"].to_list() == [5, 3, 3, 4]


def test_tags_have_a_row_for_each_tag_of_each_passage_and_none_of_the_unused(reading: Reading) -> None:
    tags = reading.to_frame("tags")
    assert tags[["passage", "tag"]].to_numpy().tolist() == [
        ["a2", "trust"],
        ["a3", "trust"],
        ["a3", "ending"],
        ["a3", "amy"],
        ["a1", "ending"],
        ["lost", "trust"],
    ]
    assert tags["tag"].value_counts().to_dict() == {"trust": 3, "ending": 2, "amy": 1}
    assert list(tags["label"].cat.categories) == ["Trust", "Ending", "amy"]


def test_relations_join_with_the_passages_at_both_ends(reading: Reading) -> None:
    relations, annotations = reading.to_frame("relations"), reading.to_frame("annotations")
    joined = relations.merge(annotations, left_on="from", right_on="passage").merge(
        annotations, left_on="to", right_on="passage", suffixes=("_from", "_to")
    )
    assert joined[["quote_from", "relation", "quote_to"]].to_numpy().tolist() == [
        ["proved. Amy said so.\n\nPerhaps", "qualifies", "chosen, not proved"]
    ]


def test_tables_of_her_join_without_losing_or_doubling_a_row(her: Reading) -> None:
    annotations, tags = her.to_frame("annotations"), her.to_frame("tags")
    sentences, words = her.to_frame("sentences"), her.to_frame("words")
    assert len(tags.merge(annotations, on="passage", validate="many_to_one")) == len(tags)
    keys = ["paragraph", "sentence"]
    assert len(annotations.merge(sentences, on=keys, validate="many_to_one")) == len(annotations) == 67
    assert len(words.merge(sentences, on=keys, validate="many_to_one")) == len(words) == her.essay.words
    pd.testing.assert_series_equal(
        words.groupby("sentence").size(), sentences.set_index("sentence")["words"], check_names=False, check_dtype=False
    )


def test_the_tags_of_her_are_those_of_the_file(her: Reading) -> None:
    with (bundled("data") / "her" / "annotations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = Counter(tag for row in rows for cell in (row["theme"], row["move"]) for tag in cell.split(";"))
    tags, annotations = her.to_frame("tags"), her.to_frame("annotations")
    by_hand = tags[tags["facet"] != "person"]
    assert by_hand["tag"].value_counts().loc[list(expected)].to_dict() == expected
    assert annotations[list(expected)].sum().to_dict() == expected


def test_a_tag_named_like_a_column_gets_one_of_its_own() -> None:
    names = ("words", "words_", "text", "claim")
    book = Codebook(facets=(Facet("theme", "Theme", tags=tuple(Tag(name, name) for name in names)),))
    reading = Reading(Essay("One two."), book, (Annotation("a1", "One", tags=("words", "claim")),))
    assert tables.tag_columns(book) == {"words": "words__", "words_": "words_", "text": "text_", "claim": "claim"}
    frame = reading.to_frame("annotations")
    assert frame[["words", "words__", "words_", "text_", "claim"]].to_numpy().tolist() == [
        [1, True, False, False, True]
    ]


def test_letters_beyond_the_first_plane_and_scripts_without_spaces_keep_their_places() -> None:
    reading = Reading.from_texts(
        {
            "essay.md": "😀 Ja! हिन्दी।\n\n你好。再见。",
            "codebook.yml": BOOK,
            "annotations.csv": "id,quote,theme\na1,再见,trust\n",
        }
    )
    words = reading.to_frame("words")
    assert words["plain"].to_list() == ["ja", "हिन्दी", "你", "好", "再", "见"]
    assert words["trust"].to_list() == [False] * 4 + [True] * 2
    (passage,) = reading.to_frame("annotations").itertuples()
    assert reading.essay.text[passage.start : passage.end] == "再见"
    assert passage.paragraph == 2


def test_a_passage_does_not_cover_the_sentences_that_it_only_borders_on() -> None:
    essay = Essay("你好。再见。谢谢。", language="zh")
    reading = Reading(essay, Codebook.from_yaml(BOOK), (Annotation("a1", "再见。", tags=("trust",)),))
    sentences = reading.to_frame("sentences")
    assert sentences["text"].to_list() == ["你好。", "再见。", "谢谢。"]
    assert sentences["trust"].to_list() == [False, True, False]


pieces = st.text("ab .!?\n\N{BLACK HEART SUIT}", max_size=60)


@settings(max_examples=60)
@given(
    pieces,
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 12), st.sampled_from(["trust", "ending"])), max_size=4),
)
def test_words_and_what_covers_them_are_as_plain_counting_finds(text: str, cuts: list[tuple[int, int, str]]) -> None:
    essay = Essay("\n\n".join(part for part in text.split("\n\n") if part.strip()))
    quotes = [(essay.text[at : at + length].strip(), tag) for at, length, tag in cuts]
    entries = tuple(Annotation(f"a{number}", quote, tags=(tag,)) for number, (quote, tag) in enumerate(quotes))
    reading = Reading(essay, Codebook.from_yaml(BOOK), entries)
    words = reading.to_frame("words")
    assert words["text"].to_list() == re.findall(r"[ab]+(?:\.[ab]+)*", essay.text)
    for word in words.itertuples():
        assert essay.text[word.start : word.end] == word.text
        assert word.paragraph == essay.paragraph_at(word.start)
        over = [one for one in reading.passages() if one.start < word.end and word.start < one.end]
        assert word.trust == any("trust" in one.tags for one in over)
        assert word.ending == any("ending" in one.tags for one in over)


@pytest.mark.parametrize("table", DTYPES)
def test_altair_draws_each_table(table: str, reading: Reading) -> None:
    frame = reading.to_frame(table)
    spec = alt.Chart(frame).mark_point().encode(x=frame.columns[0], y=frame.columns[1]).to_dict()
    assert len(next(iter(spec["datasets"].values()))) == len(frame)


def test_pandas_is_loaded_by_the_first_table_and_not_before() -> None:
    code = (
        "import sys, essay_explorer\nreading = essay_explorer.open_reading('her')\nassert 'pandas' not in sys.modules\n"
        "reading.to_frame('relations')\nassert 'pandas' in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=os.environ)


def test_nothing_warns_in_grouping_and_joining(her: Reading) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        joined = her.to_frame("tags").merge(her.to_frame("annotations"), on="passage")
        assert joined.groupby("tag")["words"].sum()["trust"] == 385

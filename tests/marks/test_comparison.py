"""Two readings of an essay compared, sentence by sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer import compare
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.marks.comparison import KINDS, Comparison
from essay_explorer.marks.marked import tags_by_sentence
from essay_explorer.widgets.content import content_of

TEXT = """\
Trust is chosen, not proved. Amy said so at the time. Nobody asked her.

Perhaps it was a joke. Who knows? The ending does not say.
"""
BOOK = """\
facets:
- {id: theme, tags: [{id: trust}, {id: ending}, {id: doubt}]}
- {id: move, tags: [{id: claim}, {id: question}]}
- {id: person, tags: [{id: amy, aliases: [Amy]}]}
- {id: tone, tags: [{id: dry}]}
"""
TWO_FACETS = """\
facets:
- {id: theme, role: theme, tags: [{id: trust}, {id: ending}, {id: doubt}]}
- {id: move, role: move, tags: [{id: claim}]}
"""
BLANK = Reading.from_texts({"essay.md": TEXT, "codebook.yml": BOOK}, name="mine")
THEMES = ("trust", "ending", "doubt")


def marked(*marks: tuple[str, str], name: str = "mine") -> Reading:
    reading = replace(BLANK, name=name)
    for quote, tags in marks:
        reading = reading.annotate(quote, theme=tags.split(";"))
    return reading


MINE = marked(
    ("Trust is chosen, not proved.", "trust"), ("Nobody asked her.", "doubt"), ("Who knows?", "doubt"), ("Amy said", "trust")
)  # fmt: skip
YOURS = marked(
    ("chosen, not proved", "trust"), ("Perhaps it was a joke.", "trust"), ("Who knows?", "ending"),
    ("Nobody asked her.", "doubt;trust"), ("The ending does not say", "ending"), name="yours",
)  # fmt: skip


CASES = json.loads((Path(__file__).parents[1] / "cases" / "differ.json").read_text(encoding="utf-8"))


def read(text: str, marks: list[tuple[str, list[str]]], name: str) -> Reading:
    reading = Reading.from_texts({"essay.md": text, "codebook.yml": TWO_FACETS}, name=name)
    whole = reading.essay.text
    entries = [
        Annotation(f"{name}{at}", quote, whole[: whole.index(quote)], tags=tuple(tags))
        for at, (quote, tags) in enumerate(marks, 1)
    ]
    return replace(reading, annotations=tuple(entries))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_cases_that_the_page_is_held_to_are_what_python_finds(case: dict[str, Any]) -> None:
    a, b = read(case["essay"], case["a"], "a"), read(case["essay"], case["b"], "b")
    found = compare(a, b, names=("Ann", "Kim"))
    rows = [[row.number, row.paragraph, list(row.tags_a), list(row.tags_b), row.kind] for row in found.rows]
    assert (rows, str(found)) == (case["rows"], case["said"])
    contents = [json.loads(json.dumps(content_of(reading))) for reading in (a, b)]
    for at, paragraph in enumerate(case["paragraphs"]):
        here = [content["paragraphs"][at] for content in contents]
        assert paragraph["text"] == here[0]["text"]
        assert paragraph["sentences"] == here[0]["sentences"]
        assert paragraph["passages"] == [*here[0].get("passages", []), *here[1].get("passages", [])]


def kinds(found: Comparison) -> list[tuple[int, str]]:
    return [(row.number, row.kind) for row in found.rows]


def test_each_sentence_that_is_marked_is_of_one_kind() -> None:
    found = compare(MINE, YOURS)
    assert kinds(found) == [
        (1, "alike"), (2, "only a"), (3, "partly alike"), (4, "only b"), (5, "other tags"), (6, "only b"),
    ]  # fmt: skip
    assert kinds(compare(YOURS, MINE)) == [
        (1, "alike"), (2, "only b"), (3, "partly alike"), (4, "only a"), (5, "other tags"), (6, "only a"),
    ]  # fmt: skip
    assert [row.number for row in found.of_kind("only b")] == [4, 6]


def test_a_row_has_the_sentence_its_place_and_the_tags_of_both() -> None:
    frame = compare(MINE, YOURS).to_frame()
    assert list(frame.columns) == ["sentence", "paragraph", "text", "tags_a", "tags_b", "kind"]
    assert frame.iloc[2].tolist() == [3, 1, "Nobody asked her.", "doubt", "trust;doubt", "partly alike"]
    assert frame.iloc[4].tolist() == [5, 2, "Who knows?", "doubt", "ending", "other tags"]
    assert list(frame["kind"].value_counts(sort=False).index) == [kind for kind in KINDS if kind in set(frame["kind"])]
    assert compare(MINE, MINE).to_frame()["kind"].value_counts().to_dict() == {"alike": 4}
    empty = compare(BLANK, BLANK).to_frame()
    assert empty.empty
    assert empty.dtypes.astype(str).equals(frame.dtypes.astype(str))


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (
            MINE,
            YOURS,
            'Both marked 1 of 6 sentences alike. On 1 they agree in part. On 1 they chose another theme. '
            'Only "mine" marked 1 more, only "yours" marked 2 more. Worth a talk: sentences 3 and 5.',
        ),
        (MINE, MINE.without("a1"), "Both marked 3 of 6 sentences alike. Only the first reading marked 1 more."),
        (MINE, MINE, "Both marked 4 of 6 sentences alike."),
        (BLANK, BLANK, "Neither has marked a theme in the 6 sentences yet."),
        (BLANK, YOURS, '"yours" marked 5 of 6 sentences; "mine" has marked none yet.'),
        (MINE, BLANK, "The first reading marked 4 of 6 sentences; the second reading has marked none yet."),
        (marked(("Who knows?", "trust")), marked(("Who knows?", "doubt")), "None of 6 sentences is marked alike. On 1 they chose another theme. Worth a talk: sentence 5."),
    ],
)  # fmt: skip
def test_what_was_found_is_said_in_words(a: Reading, b: Reading, said: str) -> None:
    assert str(compare(a, b)) == said


def test_the_words_may_call_the_readings_by_other_names() -> None:
    assert "Only I marked 1 more, only the class marked 2 more." in str(compare(MINE, YOURS, names=("I", "the class")))


def test_another_facet_is_compared_by_its_role_or_its_id() -> None:
    asking = BLANK.annotate("Who knows?", move="question", tone="dry")
    assert str(compare(asking, asking, facet="move")) == "Both marked 1 of 6 sentences alike."
    assert [row.tags_a for row in compare(asking, BLANK, facet="tone").rows] == [("dry",)]
    assert not compare(asking, asking).rows
    assert [row.tags_a for row in compare(MINE, MINE, facet="person").rows] == [("amy",)]
    with pytest.raises(ValueError, match=r'facet "tune" is in no codebook of these\. Did you mean "tone"\?'):
        compare(MINE, YOURS, facet="tune")


def test_a_tag_that_only_one_codebook_has_is_compared_too() -> None:
    more = BLANK.with_tag("theme", id="tact").annotate("Who knows?", theme="tact")
    assert [(row.tags_a, row.tags_b) for row in compare(more, MINE).of_kind("other tags")] == [(("tact",), ("doubt",))]
    assert [(row.tags_a, row.tags_b) for row in compare(MINE, more).of_kind("other tags")] == [(("doubt",), ("tact",))]


def test_readings_of_two_texts_are_refused_with_both_titles() -> None:
    one, other = (Reading(Essay(f"Text {at}.", title=title)) for at, title in enumerate(["*One*", "Other"]))
    with pytest.raises(ReadingError, match=r'two texts, "One" and "Other"\. Only readings of the same text'):
        compare(one, other)
    with pytest.raises(ReadingError, match='two versions of "One"'):
        compare(one, replace(one, essay=replace(one.essay, text="Text 2.")))
    assert compare(one, replace(one, essay=replace(one.essay, title="Another"))).sentences == 1


@pytest.mark.parametrize(
    ("quote", "sentences"),
    [
        ("Trust is chosen, not proved.", [1]),
        ("chosen, not p", []),  # 13 of 28 letters, and yet all of the passage
        ("proved. Amy said so at the time", [2]),
        ("proved. Amy said so at the time. Nobody", [2]),
        ("proved. Amy", [1]),
        ("time. Nobod", [2, 3]),
        ("Trust is chosen, not proved. Amy said so at the time. Nobody asked her.", [1, 2, 3]),
        ("her.\n\nPerhaps it was a j", [4]),
        ("r", [1]),
    ],
)
def test_a_passage_marks_the_sentences_of_which_it_covers_half_or_that_hold_half_of_it(
    quote: str, sentences: list[int]
) -> None:
    start = BLANK.essay.text.index(quote)
    entry = Annotation("a1", quote, BLANK.essay.text[:start], tags=("trust",))
    passages = replace(BLANK, annotations=(entry,)).passages()
    found = tags_by_sentence(passages, BLANK.essay.sentences(), THEMES)
    expected = sentences or [1]  # a passage within a sentence always marks it
    assert [number for number, tags in enumerate(found, 1) if tags] == expected


@given(st.lists(st.tuples(st.integers(0, 127), st.integers(1, 80), st.sampled_from(THEMES)), max_size=6), st.data())
@settings(max_examples=200)
def test_every_passage_marks_a_sentence_and_what_one_reading_marks_is_alike_with_itself(
    cuts: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    text = BLANK.essay.text
    entries = [
        Annotation(f"a{at}", quote, text[:start], text[start + len(quote) :], tags=(tag,))
        for at, (start, length, tag) in enumerate(cuts)
        if (quote := text[start : start + length]) == quote.strip() and quote
    ]
    reading = replace(BLANK, annotations=tuple(entries))
    passages = reading.passages()
    assert len(passages) == len(entries)
    for passage in passages:
        found = tags_by_sentence([passage], reading.essay.sentences(), THEMES)
        assert any(found)
        covered = [span for span, tags in zip(reading.essay.sentences(), found, strict=True) if tags]
        assert all(span.start < passage.end and passage.start < span.end for span in covered)
    same = compare(reading, reading)
    assert {row.kind for row in same.rows} <= {"alike"}
    other = replace(BLANK, annotations=tuple(data.draw(st.permutations(entries))[: len(entries) // 2]))
    turned = {"only a": "only b", "only b": "only a"}
    assert [(n, turned.get(kind, kind)) for n, kind in kinds(compare(other, reading))] == kinds(compare(reading, other))

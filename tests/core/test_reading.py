"""A reading made of texts: its passages, its segments, its faults and its fingerprint."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from essay_explorer.anchoring.segments import Span
from essay_explorer.core import lost_quotes
from essay_explorer.core.annotation import Annotation, Relation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault, ReadingError
from essay_explorer.core.folding import fold
from essay_explorer.core.passage import EssaySegment
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag

ESSAY = """\
---
title: On trust
---

Trust is *chosen*, not proved. Amy said so.

Perhaps it was. Perhaps not: “who knows”.
"""
BOOK = """\
facets:
- id: theme
  tags: [{id: trust}, {id: ending}]
- id: move
  tags: [{id: claim}, {id: question}]
- id: person
  tags: [{id: amy, aliases: [Amy]}]
"""
FOUND = json.loads((Path(__file__).parents[1] / "cases" / "find.json").read_text(encoding="utf-8"))
ANNOTATIONS = """\
id,quote,prefix,theme,move
a1,“who knows”,,ending,question
a2,"chosen, not proved",,trust,claim
a3,"not proved. Amy said so.\n\nPerhaps",,trust;ending,
a4,Perhaps,was.,trust,question
"""
RELATIONS = "from,relation,to\na2,supports,a3\n"


def texts(**changes: str) -> dict[str, str]:
    """The files of a small reading without faults, with `essay`, `book` ... changed."""
    given = {"essay": ESSAY, "book": BOOK, "annotations": ANNOTATIONS, "relations": RELATIONS} | changes
    names = {"essay": "essay.md", "book": "codebook.yml"}
    return {names.get(part, f"{part}.csv"): text for part, text in given.items()}


def table(*rows: tuple[str, ...]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


@pytest.fixture
def reading() -> Reading:
    return Reading.from_texts(texts())


def ids(reading: Reading, **asked: Any) -> list[str]:
    return [passage.id for passage in reading.passages(**asked)]


def test_passages_come_in_text_order_with_their_words_place_and_tags(reading: Reading) -> None:
    assert [(p.id, p.text, p.paragraph, p.tags) for p in reading.passages()] == [
        ("a2", "chosen, not proved", 1, ("trust", "claim")),
        ("a3", "not proved. Amy said so.\n\nPerhaps", 1, ("trust", "ending", "amy")),
        ("a4", "Perhaps", 2, ("trust", "question")),
        ("a1", "“who knows”", 2, ("ending", "question")),
    ]
    assert all(reading.essay.text[p.start : p.end] == p.text for p in reading.passages())
    assert {p.id: p.annotation for p in reading.passages()} == {entry.id: entry for entry in reading.annotations}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["a2", "a3", "a4", "a1"]),
        ({"theme": "trust"}, ["a2", "a3", "a4"]),
        ({"theme": ["trust", "ending"]}, ["a2", "a3", "a4", "a1"]),
        ({"theme": ["trust", "ending"], "match": "all"}, ["a3"]),
        ({"theme": "trust", "move": "question"}, ["a4"]),
        ({"theme": "trust", "move": "question", "match": "all"}, ["a4"]),
        ({"move": ["claim", "question"], "match": "all"}, []),
        ({"theme": []}, ["a2", "a3", "a4", "a1"]),
        ({"exclude": "ending"}, ["a2", "a4"]),
        ({"exclude": ["ending", "claim"]}, ["a4"]),
        ({"theme": "trust", "exclude": "amy"}, ["a2", "a4"]),
        ({"person": "amy"}, ["a3"]),
        ({"query": "PERHAPS"}, ["a3", "a4"]),
        ({"query": ' "WHO  knows" '}, ["a1"]),
        ({"query": "so. perhaps"}, ["a3"]),
        ({"query": "nobody"}, []),
        ({"query": " "}, ["a2", "a3", "a4", "a1"]),
        ({"theme": "ending", "query": "who", "exclude": "trust"}, ["a1"]),
        ({"within": (2, 2)}, ["a4", "a1"]),
        ({"within": [1, 1], "theme": "ending"}, ["a3"]),
        ({"within": []}, ["a2", "a3", "a4", "a1"]),
    ],
)
def test_a_lens_shows_the_passages_that_fit(
    reading: Reading, asked: dict[str, str | list[str]], found: list[str]
) -> None:
    assert ids(reading, **asked) == found


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"theme": "trsut"},
            'tag "trsut" is not in the codebook. Did you mean "trust"? Known: trust, ending, claim,',
        ),
        ({"theme": "claim"}, 'tag "claim" belongs to facet "move", not to "theme"'),
        (
            {"thme": "trust"},
            'facet "thme" is not in the codebook. Did you mean "theme"? Known: theme, move, person.',
        ),
        ({"self": "trust"}, 'facet "self" is not in the codebook.'),
        ({"exclude": "nothing"}, 'tag "nothing" is not in the codebook.'),
        ({"match": "some"}, 'match "some": expected "any" or "all"'),
        ({"within": 3}, "within 3: this essay has paragraphs 1 to 2. Name one of them"),
        ({"within": 0}, "within 0: this essay has paragraphs 1 to 2."),
        ({"within": -1}, "within -1: this essay has paragraphs 1 to 2."),
        ({"within": (2, 99)}, "within (2, 99): this essay has paragraphs 1 to 2."),
        ({"within": [2, 1]}, "within (2, 1): this essay has paragraphs 1 to 2."),
    ],
)
def test_a_question_that_the_codebook_does_not_know_is_refused(
    reading: Reading, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below
        ids(reading, **asked)
    assert str(caught.value).startswith(message)


def test_segments_are_cut_at_every_edge_of_a_passage_or_an_emphasis(reading: Reading) -> None:
    assert reading.segments() == (
        (
            EssaySegment("Trust is "),
            EssaySegment("chosen", ("a2",), ("em",)),
            EssaySegment(", ", ("a2",)),
            EssaySegment("not proved", ("a2", "a3")),
            EssaySegment(". Amy said so.", ("a3",)),
        ),
        (
            EssaySegment("Perhaps", ("a3",)),
            EssaySegment(" it was. "),
            EssaySegment("Perhaps", ("a4",)),
            EssaySegment(" not: "),
            EssaySegment("“who knows”", ("a1",)),
            EssaySegment("."),
        ),
    )


def test_a_segment_says_its_sentence_when_asked(reading: Reading) -> None:
    first, second = reading.segments(sentences=True)
    assert [(segment.text, segment.sentence) for segment in first] == [
        ("Trust is ", 1), ("chosen", 1), (", ", 1), ("not proved", 1), (". ", 1), ("Amy said so.", 2),
    ]  # fmt: skip
    assert {segment.sentence for segment in second} == {3, 4}
    assert "".join(segment.text for segment in second if segment.sentence == 4) == "Perhaps not: “who knows”."


def test_a_name_tags_only_the_passages_that_hold_all_of_it() -> None:
    quotes = ("Amy said", "not proved. Amy", "Amy", "my said", "not proved. Am")
    entries = tuple(Annotation(f"a{number}", quote) for number, quote in enumerate(quotes))
    made = Reading(Essay.from_markdown(ESSAY), Codebook.from_yaml(BOOK), entries)
    assert {p.text: p.tags for p in made.passages()} == {
        "Amy said": ("amy",),
        "not proved. Amy": ("amy",),
        "Amy": ("amy",),
        "my said": (),
        "not proved. Am": (),
    }


def test_a_reading_is_made_of_an_essay_alone() -> None:
    made = Reading.from_texts({"essay.md": "Words."})
    assert (made.passages(), made.faults, made.segments()) == ((), (), ((EssaySegment("Words."),),))


def test_a_reading_does_not_change(reading: Reading) -> None:
    with pytest.raises(FrozenInstanceError):
        reading.name = "other"  # type: ignore[misc]
    assert len({reading, Reading.from_texts(texts())}) == 1


def test_equal_readings_have_equal_fingerprints(reading: Reading) -> None:
    again = Reading.from_texts(texts(), name="reading")
    again.passages()
    assert again == reading
    assert again.fingerprint == reading.fingerprint
    assert replace(reading, name="other").fingerprint == reading.fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"essay": ESSAY.replace("Amy said", "Amy  says")},
        {"essay": ESSAY.replace("On trust", "On distrust")},
        {"essay": ESSAY.replace("*chosen*", "**chosen**")},
        {"essay": ESSAY.replace("title: On trust", "title: On trust\nlicense: MIT")},
        {"book": BOOK.replace("{id: trust}", "{id: trust, definition: x}")},
        {"book": BOOK.replace("[Amy]", "[Amy, Ames]")},
        {"book": "title: x\n" + BOOK},
        {"annotations": ANNOTATIONS.replace("trust;ending", "trust")},
        {"annotations": ANNOTATIONS.replace("was.", "it was.")},
        {"relations": RELATIONS.replace("supports", "opposes")},
        {"relations": RELATIONS + "a1,supports,a9\n"},
    ],
)
def test_any_change_of_content_changes_the_fingerprint(reading: Reading, changes: dict[str, str]) -> None:
    assert Reading.from_texts(texts(**changes)).fingerprint != reading.fingerprint


def faults(**changes: str) -> list[str]:
    return [str(fault) for fault in Reading.from_texts(texts(**changes)).faults]


def test_of_very_many_lost_quotes_the_first_are_compared_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lost_quotes, "MOST_GUESSES", 2)
    rows = "".join(f'l{number},"chosen, not prooved"\n' for number in range(4))
    told = faults(annotations=f"id,quote\n{rows}", relations="")
    lost = [fault for fault in told if "quote not found" in fault]
    assert ["Nearest" in fault for fault in lost] == [True, True, False, False]
    assert all(fault.endswith("Copy the passage again") for fault in lost)


def test_a_reading_without_faults_has_none() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            ("a06", "chosen, not prooved", "", ""),
            'quote not found in essay.md: "chosen, not prooved". Nearest: "chosen, not proved". Copy the passage again',
        ),
        (
            ("a06", "chosen,\xa0not proved", "", ""),
            'quote not found in essay.md: "chosen, not proved". Nearest: "chosen, not proved". '
            "They differ only in white space, quotation marks, capitals or signs that cannot be seen. "
            "Copy the passage again",
        ),
        (
            ("a06", '"who\u200b knows"', "", ""),
            'quote not found in essay.md: ""who\u200b knows"". Nearest: "“who knows”". '
            "They differ only in white space, quotation marks, capitals or signs that cannot be seen. "
            "Copy the passage again",
        ),
        (
            ("a06", "Zebras!", "", ""),
            'quote not found in essay.md: "Zebras!". Copy the passage again',
        ),
        (
            ("a06", "Perhaps", "", ""),
            'quote occurs 2 times in essay.md: "t proved. Amy said so. [Perhaps] it was. Perhaps not: “w", '
            '"id so. Perhaps it was. [Perhaps] not: “who knows”.". '
            "Copy the words before it into prefix, or those after it into suffix",
        ),
        (
            ("a06", "Perhaps", "maybe", ""),
            "quote is in essay.md, but not between this prefix and suffix: "
            '"t proved. Amy said so. [Perhaps] it was. Perhaps not: “w", '
            '"id so. Perhaps it was. [Perhaps] not: “who knows”.". '
            "Copy the words before it into prefix, or those after it into suffix",
        ),
        (("a06", "", "", "x"), "no quote. Copy the passage from essay.md into this cell"),
    ],
)
def test_a_quote_without_one_place_is_reported_and_the_annotation_kept(row: tuple[str, ...], fault: str) -> None:
    source = table(("id", "quote", "prefix", "note"), ("a01", "Amy", "", ""), row)
    made = Reading.from_texts(texts(annotations=source, relations="", book=BOOK))
    told = [str(entry) for entry in made.faults if entry.entry]
    assert told == [f"annotations.csv, row 3 (a06): {fault}"]
    assert [entry.id for entry in made.annotations] == ["a01", "a06"]
    assert ids(made) == ["a01"]


def test_a_quote_that_stands_in_many_places_shows_three_of_them() -> None:
    source = table(("id", "quote", "theme"), ("a1", "so", "trust"))
    (fault,) = faults(essay="so " * 9, annotations=source, relations="from,relation,to\na1,supports,a1\n")
    assert "quote occurs 9 times" in fault
    assert fault.count("[so]") == 3
    assert " and 6 more." in fault


def test_all_faults_of_all_files_are_listed_in_the_order_of_files_and_rows() -> None:
    found = faults(
        essay=ESSAY.replace("title", "titel"),
        book=BOOK + "- id: match\n  tags: []\n",
        annotations="id,quote,thme,theme\na1,Trust,,trust\na1,Amy,,x\na2,nowhere to be found,,trust\n",
        relations="from,relation,to\na1,likes,a2\na1,supports,a9\n",
    )
    assert [fault.split(":")[0] for fault in found] == [
        "essay.md",
        "codebook.yml (match)",
        "annotations.csv, row 1",
        "annotations.csv, row 3 (a1)",
        "annotations.csv, row 3 (a1-3)",
        "annotations.csv, row 4 (a2)",
        "relations.csv, row 2",
        "relations.csv, row 3",
    ]


def test_faults_that_came_from_elsewhere_are_kept() -> None:
    made = Reading.from_texts(texts(), faults=[Fault("cover.png", "is blurred"), Fault("essay.md", "is old")])
    assert [str(fault) for fault in made.faults] == ["essay.md: is old", "cover.png: is blurred"]


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff", "\ufeff\r\n"])
def test_an_empty_file_is_reported(content: str) -> None:
    assert faults(book=content, annotations=content, relations=content) == [
        "codebook.yml: this file is empty",
        "annotations.csv: this file is empty",
        "relations.csv: this file is empty",
    ]


def test_a_codebook_that_is_missing_is_reported_where_tags_need_it() -> None:
    files = texts()
    del files["codebook.yml"]
    first, second, *_ = Reading.from_texts(files).faults
    assert str(first) == ("codebook.yml: is missing. The tags in annotations.csv are defined in a file of this name")
    assert str(second).startswith('annotations.csv, row 1: column "theme" is not known.')


def test_a_codebook_that_cannot_be_read_leaves_text_and_passages_in_place() -> None:
    made = Reading.from_texts(texts(book="facets:\n- id: theme\n  definition: a: b"))
    assert ids(made) == ["a2", "a3", "a4", "a1"]
    assert str(made.faults[0]).startswith("codebook.yml: not readable as YAML (line 3)")


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({}, "essay.md: is missing. The text of the essay belongs in a file of this name"),
        ({"essay.md": " \n"}, "essay.md: this file is empty"),
        (
            {"essay.md": "---\ntitle: T\n---\n"},
            "essay.md: holds no text. Write the essay below the front matter",
        ),
    ],
)
def test_without_the_text_of_an_essay_no_reading_opens(files: dict[str, str], fault: str) -> None:
    with pytest.raises(ReadingError) as caught:
        Reading.from_texts({"codebook.yml": "- x", **files}, name="mine")
    assert str(caught.value).startswith('The reading "mine" cannot be opened:\n')
    assert [str(found) for found in caught.value.faults if found.file == "essay.md"] == [fault]
    assert len(caught.value.faults) == 2


def test_a_message_shows_ten_faults_and_counts_the_rest() -> None:
    book = "facets:\n- id: theme\n  tags: [" + ", ".join("x y" for _ in range(14)) + "]"
    with pytest.raises(ReadingError) as caught:
        Reading.from_texts({"essay.md": "", "codebook.yml": book})
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1], len(caught.value.faults)) == (12, "... and 5 more.", 15)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Who \n knows\xa0 ", "who knows"),
        ("‘a’ “b” «c» ‚d‛ „e‟", '\'a\' "b" "c" \'d\' "e"'),
        ("ΟΔΟΣ οδος ς", "οδοσ οδοσ σ"),
        ("İSTANBUL", "i̇stanbul"),
        ("Straße", "straße"),
        ("a\ufeffb\u2028c\x85d\x1fe", "ab c\x85d\x1fe"),
        ("", ""),
    ],
)
def test_text_is_folded_letter_by_letter(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["name"])
def test_words_are_found_where_the_page_finds_them(case: dict[str, Any]) -> None:
    reading = Reading(Essay(case["text"]), Codebook.from_yaml(BOOK), (Annotation("a1", case["text"]),))
    assert bool(reading.passages(query=case["query"])) == bool(case["hits"] or not fold(case["query"]))


@given(st.text("aÀσςΣİ’“ \n\xa0字🤖", max_size=12), st.text("aÀσςΣİ’“ \n\xa0字🤖", max_size=12))
def test_folding_looks_at_no_neighbour(one: str, other: str) -> None:
    assert fold(one + " " + other) == " ".join(filter(None, (fold(one), fold(other))))
    assert fold(fold(one)) == fold(one)


# Letters whose length differs in UTF-8, in UTF-16 and between NFC and NFD; scripts from right to left
# and without spaces; emoji of several code points; accents that come in the wrong order.
ALPHABETS = {
    "emoji": "a 🤖👩\u200d🏫🇳🇴👍🏽",
    "accents": "ae \u0301\u0323\u0302ñöÅﬁ",
    "han": "信頼を選んだ。 字𠀀か\u3099",
    "right to left": "ثقة שלום\u05b8\u064f .",
    "hangul": "한국\u1112\u1161\u11ab 가",
    "indic": "हिन्दी विश्वास",
}


@st.composite
def anchored(draw: st.DrawFn) -> tuple[str, list[str], list[str], list[Span]]:
    """A decomposed Markdown text, its composed paragraphs, and spans of words on all of it."""
    letters = ALPHABETS[draw(st.sampled_from(sorted(ALPHABETS)))]
    drawn = draw(st.lists(st.text(letters, min_size=1, max_size=20), min_size=1, max_size=4))
    paragraphs = [p for text in drawn if (p := " ".join(unicodedata.normalize("NFC", text).split()))]
    assume(paragraphs)
    text = "\n\n".join(paragraphs)
    edge = st.integers(0, len(text))
    spans = [Span(*sorted(pair)) for pair in draw(st.lists(st.tuples(edge, edge), max_size=6))]
    source = unicodedata.normalize("NFD", text)
    return source, paragraphs, [text[slice(*span)] for span in spans], spans


@given(anchored())
def test_every_passage_is_its_quote_in_any_script(
    drawn: tuple[str, list[str], list[str], list[Span]],
) -> None:
    source, paragraphs, quotes, spans = drawn
    text = "\n\n".join(paragraphs)
    rows = [
        (f"a{number}", quote, text[:start], text[end:])
        for number, (quote, (start, end)) in enumerate(zip(quotes, spans, strict=True))
    ]
    annotations = unicodedata.normalize("NFD", table(("id", "quote", "prefix", "suffix"), *rows))
    made = Reading.from_texts({"essay.md": source, "annotations.csv": annotations})
    assert made.essay.text == text
    wanted = {f"a{number}": quote.strip() for number, quote in enumerate(quotes) if quote.strip()}
    assert {passage.id: passage.text for passage in made.passages()} == wanted
    assert all(text[passage.start : passage.end] == wanted[passage.id] for passage in made.passages())
    assert [(p.start, p.end) for p in made.passages()] == sorted((p.start, p.end) for p in made.passages())


@given(anchored())
def test_segments_joined_are_the_text_and_the_passages(
    drawn: tuple[str, list[str], list[str], list[Span]],
) -> None:
    _, paragraphs, quotes, spans = drawn
    text = "\n\n".join(paragraphs)
    entries = tuple(
        Annotation(f"a{number}", quote, prefix=text[:start], suffix=text[end:])
        for number, (quote, (start, end)) in enumerate(zip(quotes, spans, strict=True))
        if quote.strip() == quote
    )
    made = Reading(Essay(text), annotations=entries)
    assert ["".join(part.text for part in segments) for segments in made.segments()] == paragraphs
    for passage in made.passages():
        pieces = ["".join(s.text for s in segments if passage.id in s.passages) for segments in made.segments()]
        assert "\n\n".join(filter(None, pieces)) == passage.text.strip("\n")


@given(
    st.lists(st.lists(st.sampled_from(["x1", "x2", "y1", "y2"]), unique=True), min_size=1, max_size=5),
    st.sets(st.sampled_from(["x1", "x2"])),
    st.sets(st.sampled_from(["y1", "y2"])),
    st.sets(st.sampled_from(["x1", "x2", "y1", "y2"])),
)
def test_any_and_all_mean_what_they_say(tagged: list[list[str]], xs: set[str], ys: set[str], without: set[str]) -> None:
    facets = tuple(Facet(name, name, tags=(Tag(f"{name}1", ""), Tag(f"{name}2", ""))) for name in "xy")
    essay = Essay(" ".join(f"w{number}." for number in range(len(tagged))))
    entries = tuple(Annotation(f"a{n}", f"w{n}.", tags=tuple(tags)) for n, tags in enumerate(tagged))
    made = Reading(essay, Codebook(facets=facets), entries)
    left = [(f"a{n}", set(tags)) for n, tags in enumerate(tagged) if not without & set(tags)]
    every = [name for name, tags in left if xs | ys <= tags]
    either = [name for name, tags in left if (not xs or xs & tags) and (not ys or ys & tags)]
    assert ids(made, x=list(xs), y=list(ys), exclude=list(without), match="all") == every
    assert ids(made, x=list(xs), y=list(ys), exclude=list(without), match="any") == either


def test_relations_name_annotations_of_the_reading(reading: Reading) -> None:
    assert reading.relations == (Relation("a2", "supports", "a3", row=2),)

"""A reading with an annotation or a tag more, or with some less."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from essay_explorer.core.annotation import Annotation, annotations_from_csv
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.core.revision import next_id
from essay_explorer.core.tag import LINES, PALETTE, Tag
from essay_explorer.files.csv_files import annotations_to_csv
from essay_explorer.library.opening import open_reading

READING = Reading.from_texts(
    {
        "essay.md": "Trust is *chosen*, not proved. Amy said so.\n\nPerhaps it was. Perhaps not: “who knows”.\n",
        "codebook.yml": """\
facets:
- {id: theme, tags: [{id: trust, label: Trust}, {id: ending, label: End}]}
- {id: move, tags: [{id: claim}, {id: question}]}
- {id: person, tags: [{id: amy, aliases: [Amy]}]}
""",
        "annotations.csv": "id,quote,theme\na1,Amy said so,trust\na2,“who knows”,ending\na3,not proved,trust\n",
        "relations.csv": "from,relation,to\na1,supports,a2\na2,opposes,a3\na1,qualifies,a3\n",
        "tour.csv": "at,title\na2,Here\na3,There\n",
    }
)
# Letters of one, two and four bytes, from the left and from the right, with accents of their own, and what is joined.
LETTERS = st.sampled_from(["a", "b", "é", "e\u0301", "o\u0308\u0323", "信", "頼", "さ", "한", "ثقة", "אמון", "😀", "👩\u200d👧", "🇩🇪", "'", "“", "-", "=", ".", ",", ";"])  # fmt: skip
BLANKS = st.sampled_from([" ", " ", "\n", "\n\n", "\t"])
TEXTS = st.lists(
    st.tuples(st.lists(LETTERS, min_size=1, max_size=4).map("".join), BLANKS), min_size=1, max_size=12
).map(lambda pieces: unicodedata.normalize("NFC", "".join(map("".join, pieces)).strip()))


def test_an_annotation_more_is_a_reading_more_and_the_old_one_stays() -> None:
    made = READING.annotate(
        "not: “who", id="new", theme=["ending", "trust"], move="claim", note="Why?", creator="Ada", created="2026-11-26"
    )
    added = Annotation("new", "not: “who", "", "", ("ending", "trust", "claim"), "Why?", "Ada", "2026-11-26")
    assert made.annotations == (*READING.annotations, added)
    assert replace(made, annotations=READING.annotations) == READING
    assert len(READING.annotations) == 3
    assert [passage.id for passage in made.passages(move="claim")] == ["new"]


def test_tags_stand_in_the_order_of_their_facets_whatever_the_order_of_the_call() -> None:
    assert READING.annotate("Perhaps it", move="claim", theme="trust").annotations[-1].tags == ("trust", "claim")


def test_the_quote_is_the_essays_own_letters_with_no_more_around_it_than_it_needs() -> None:
    verse = Reading(Essay("O rose,\nthou art sick. O rose,\nred."))
    entry = verse.annotate(" rose, thou ", prefix="O", suffix="art sick").annotations[-1]
    assert (entry.quote, entry.prefix, entry.suffix) == ("rose,\nthou", "", "")
    twice = READING.annotate("Perhaps", suffix="not").annotations[-1]
    assert (twice.quote, twice.prefix, twice.suffix) == ("Perhaps", "Perhaps it was.", "")
    assert [
        passage.start for passage in READING.annotate("Perhaps", suffix="not").passages() if passage.id == "a4"
    ] == [READING.essay.text.rindex("Perhaps")]


@given(text=TEXTS, data=st.data())
@settings(max_examples=300)
def test_any_stretch_of_any_text_is_found_again_exactly(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    assume(quote)
    start = text.index(quote, start)
    end = start + len(quote)
    reading = Reading(Essay(text))
    try:
        made = reading.annotate(quote, prefix=text[:start], suffix=text[end:])
    except ReadingError as error:  # only where the same stands around two places, but for white space
        assert "occurs" in str(error)  # noqa: PT017
        return
    (passage,) = made.passages()
    assert (passage.start, passage.end, passage.text) == (start, end, text[start:end])
    entry = passage.annotation
    again = annotations_from_csv(annotations_to_csv([entry], Codebook()), Codebook())
    assert again == (entry,)


@given(text=st.text(max_size=200), quote=st.text(max_size=20), note=st.text(max_size=20))
@settings(max_examples=200)
def test_any_words_at_all_are_taken_or_refused_with_a_sentence(text: str, quote: str, note: str) -> None:
    essay = Essay.from_markdown(text, report=lambda fault: fault)
    assume(essay.text)
    try:
        made = Reading(essay).annotate(quote, note=note)
    except ReadingError as error:
        assert error.faults  # noqa: PT017
        return
    (passage,) = made.passages()
    assert not made.faults
    assert annotations_from_csv(annotations_to_csv([passage.annotation], Codebook()), Codebook()) == made.annotations


@pytest.mark.parametrize(
    ("quote", "around", "said"),
    [
        (
            "not proven",
            {},
            r'Quote not found in the essay: "not proven"\. Nearest: "not proved"\. Copy the passage again',
        ),
        ('"who knows"', {}, r"They differ only in white space, quotation marks, capitals"),
        ("Perhaps", {}, r"occurs 2 times in the essay: .*\[Perhaps\] it.*\[Perhaps\] not.*prefix=, or .* suffix="),
        ("Perhaps", {"suffix": "so"}, r"in the essay, but not between this prefix and suffix: .*\[Perhaps\] it"),
        (" \n", {}, r"^No quote\. Give words as"),
    ],
)
def test_a_quote_without_one_place_is_refused_with_what_to_do(quote: str, around: dict[str, str], said: str) -> None:
    with pytest.raises(ReadingError, match=said) as refused:
        READING.annotate(quote, **around, theme="trust")
    assert [fault.entry for fault in refused.value.faults] == ["a4"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"theme": "trsut"}, 'tag "trsut" is not in the codebook. Did you mean "trust"?'),
        ({"theme": "claim"}, 'tag "claim" belongs to facet "move", not to "theme"'),
        ({"thema": "trust"}, 'facet "thema" is not in the codebook. Did you mean "theme"?'),
        ({"id": "a2"}, 'id "a2" is another annotation\'s. Leave id= out, and it is called "a4"'),
        ({"id": "p2"}, 'id "p2" means paragraph 2 in an address. Take another, such as "a2"'),
        ({"id": "a 2"}, "expected one word"),
        ({"note": "x" * 200_000}, "a cell of a CSV file holds at most"),
    ],
)
def test_what_no_file_may_say_no_call_may(words: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        READING.annotate("Trust is", **words)


@pytest.mark.parametrize(
    ("ids", "made"),
    [
        ([], "a1"),
        (["a66", "a67"], "a68"),
        (["a09"], "a10"),
        (["a2", "a1"], "a3"),
        (["row2", "row3"], "row4"),
        (["b7", "a3"], "a4"),
        (["first", "second"], "a1"),
        (["p7", "ana-x"], "a1"),
        (["a1", "imported-9", "ana"], "imported-10"),
        (["99"], "100"),
        (["a" + "9" * 30], "a1"),
    ],
)
def test_an_id_is_the_next_number_of_those_that_look_like_the_last(ids: list[str], made: str) -> None:
    assert next_id([Annotation(one, "x") for one in ids]) == made


def test_an_annotation_less_takes_its_relations_and_its_stop_along() -> None:
    fewer = READING.without("a2")
    assert [entry.id for entry in fewer.annotations] == ["a1", "a3"]
    assert [(entry.source, entry.target) for entry in fewer.relations] == [("a1", "a3")]
    assert [stop.at for stop in fewer.tour] == ["a3"]
    assert not READING.without("a1", "a3").relations
    assert READING.without() == READING
    with pytest.raises(ValueError, match=r'"a9" is no annotation\'s id\. .*Known: a1, a2, a3'):
        READING.without("a9")


def test_where_an_annotation_stands_in_its_file_makes_it_no_other() -> None:
    assert READING.annotate("Trust is", theme="trust").without("a4").fingerprint == READING.fingerprint
    assert READING.without("a3").annotate("not proved", theme="trust").annotations == READING.annotations


def test_a_tag_more_has_what_was_said_and_free_cues() -> None:
    made = READING.with_tag("theme", id="tact", label="Tact", definition="Not to ask.", questions="Who does not ask?")
    assert made.codebook.facets[0].tags[-1] == Tag(
        "tact", "Tact", "Not to ask.", "A", PALETTE[2], LINES[2], ("Who does not ask?",)
    )
    assert replace(made, codebook=READING.codebook) == READING
    assert made.annotate("Trust is", theme="tact").passages(theme="tact")


def test_a_tag_more_takes_no_colour_of_another() -> None:
    made = READING.with_tag("theme", id="x", colour=PALETTE[3]).with_tag("theme", id="y").with_tag("theme", id="z")
    colours = [tag.colour for tag in made.codebook.facets[0].tags]
    assert colours == [PALETTE[0], PALETTE[1], PALETTE[3], PALETTE[2], PALETTE[4]]


def test_what_is_said_of_a_tag_is_kept() -> None:
    made = READING.with_tag(
        "theme", id="tact", code="Ta", colour="#123456", line="wavy", aliases=["tactful"], questions=("Why?", "How?")
    ).codebook.tags["tact"]
    assert made == Tag("tact", "tact", "", "Ta", ("#123456", "#6da7e0"), "wavy", ("Why?", "How?"), ("tactful",))


def test_a_reading_without_a_codebook_gets_its_facet_with_its_first_tag() -> None:
    made = Reading(Essay("Trust is chosen.")).with_tag("move", id="claim")
    assert [(facet.id, facet.label, facet.role) for facet in made.codebook.facets] == [("move", "Move", "move")]
    with pytest.raises(ReadingError, match="no facet may have this id"):
        Reading(Essay("Trust is chosen.")).with_tag("quote", id="claim")


@pytest.mark.parametrize(
    ("facet", "tag", "said"),
    [
        ("them", {"id": "new"}, 'facet "them" is not in the codebook. Did you mean "theme"?'),
        ("move", {"id": "trust"}, 'tag "trust" is in the codebook already, in its facet "theme". Take another id'),
        ("theme", {"id": "a b"}, "expected `id:` with one word"),
        ("theme", {"id": "new", "code": "T"}, 'tag "new": tag "trust" has the code "T" too. Take another'),
        ("theme", {"id": "new", "code": "Tru"}, 'code "Tru": expected a letter or two'),
        ("theme", {"id": "new", "line": "weavy"}, 'Did you mean "wavy"?'),
        ("theme", {"id": "new", "colour": "blue"}, "colour: expected"),
        ("person", {"id": "new", "aliases": "Amy"}, 'the alias "Amy" belongs to tag "amy" already'),
    ],
)
def test_a_tag_that_no_file_may_have_is_refused(facet: str, tag: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        READING.with_tag(facet, **tag)


def test_a_hundred_themes_have_codes_that_a_file_can_hold() -> None:
    made = READING
    for number in range(120):
        made = made.with_tag("theme", id=f"t{number}", label=f"T {number}")
    codes = [tag.code for tag in made.codebook.facets[0].tags]
    assert max(map(len, codes)) == 2
    assert len(set(codes)) == 122


def test_the_reading_of_her_can_be_gone_on_with() -> None:
    her = open_reading("her")
    made = her.annotate("Phoenix is superb.", theme="craft", move="verdict")
    assert made.annotations[-1].id == "a68"
    assert not made.faults

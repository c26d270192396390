"""The front end's pure functions on *Her*, in node; where Python has a twin, both must agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import essay_explorer
from essay_explorer import open_reading
from essay_explorer.core.folding import fold
from essay_explorer.core.reading import Reading
from essay_explorer.widgets.content import content_of
from node import evaluating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDGETS = Path(essay_explorer.__file__).parent / "widgets"
READING = open_reading("her")
THEMES = [tag.id for tag in READING.codebook.facets[0].tags]
CONTENT = content_of(READING)
TAGS = list(READING.codebook.tags)
AT_REST = {
    "chosen": [],
    "excluded": [],
    "match": "any",
    "show": "mark",
    "query": "",
    "within": [],
    "at": "",
    "chart": "",
    "tour": 0,
    "hidden": [],
    "differ": "",
}
IN_BROWSER = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def page() -> Iterator[Callable[..., Any]]:
    """`page("(her, state) => finding.passagesOf(her, state)", state)`: a function on the modules and the content."""
    names = ("content", "finding", "lens_words", "lens_hash", "passage_body")
    with evaluating(*(WIDGETS / f"{name}.js" for name in names)) as evaluate:
        evaluate("(her) => { globalThis.her = her; }", CONTENT)
        yield lambda source, argument=None: evaluate(f"(argument) => ({source})(her, argument)", argument)


def lens(**changes: Any) -> dict[str, Any]:
    return {**AT_REST, **changes}


lenses = st.fixed_dictionaries(
    {
        "chosen": st.lists(st.sampled_from(TAGS), unique=True, max_size=4),
        "excluded": st.lists(st.sampled_from(TAGS), unique=True, max_size=2),
        "match": st.sampled_from(["any", "all"]),
        "show": st.sampled_from(["mark", "dim", "only"]),
        "query": st.sampled_from(["", "mind", "“what if”", "YOU", "no such words", " the  film "]),
        "within": st.sampled_from([[], [3, 5], [8, 8]]),
        "at": st.sampled_from(["", "a32", "p4"]),
        "chart": st.sampled_from(["", "flow"]),
        "tour": st.integers(0, len(READING.tour)),
        "hidden": st.sampled_from([[], ["reading"], ["mine", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"]]),
        "differ": st.sampled_from(["", "reading", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"]),
    }
).filter(lambda state: not set(state["chosen"]) & set(state["excluded"]))


@IN_BROWSER
@given(state=lenses)
def test_python_and_the_page_show_the_same_passages(page: Callable[..., Any], state: dict[str, Any]) -> None:
    facets: dict[str, list[str]] = {}
    for tag in state["chosen"]:
        facets.setdefault(READING.codebook.facet_of[tag].id, []).append(tag)
    expected = READING.passages(
        match=state["match"], exclude=state["excluded"], query=state["query"], within=state["within"], **facets
    )
    shown = page("(her, state) => finding.passagesOf(her, state).map(({id}) => id)", state)
    assert shown == [passage.id for passage in expected]


@IN_BROWSER
@given(state=lenses)
def test_a_lens_survives_its_address(page: Callable[..., Any], state: dict[str, Any]) -> None:
    back = page("(her, state) => lens_hash.fromHash(her, '#' + lens_hash.hashOf(her, state))", state)
    assert back == {**state, "chosen": sorted(state["chosen"], key=TAGS.index)}


@IN_BROWSER
@given(text=st.text(alphabet="aZ ßſςΣİı’“”«Åé👩‍🌾信 \n\t\u00a0\u2009ﬁﬃﷺ𝔘\u00ad\u200b\u0301\ufeff", max_size=30))
def test_python_and_the_page_fold_letters_alike(page: Callable[..., Any], text: str) -> None:
    assert page("(_, text) => finding.fold(text.normalize('NFC')).folded.trim()", text) == fold(text)
    assert page("(_, text) => finding.folded(text)", text) == fold(text)


def test_an_address_that_names_what_is_not_there_is_read_without_it(page: Callable[..., Any]) -> None:
    read = page(
        "(her, hash) => lens_hash.fromHash(her, hash)",
        "#theme=trust,nothing&move=trust&show=loud&at=a999&not=trust&within=0-99&chart=%3Cb%3E&find=a+b%20c",
    )
    assert read == lens(chosen=["trust"], query="a+b c")


@pytest.mark.parametrize(
    ("changes", "count", "sentence"),
    [
        ({}, 67, "Nothing marked yet. Choose a theme to light up its passages."),
        (
            {"chosen": ["trust"], "excluded": ["ending"]},
            14,
            "14 of 67 passages about trust, without the ending critique.",
        ),
        (
            {"chosen": ["trust", "ending", "real"]},
            5,
            "5 of 67 passages about trust, the ending critique or what counts as real.",
        ),
        ({"chosen": ["trust", "ending"], "match": "all"}, 5, "5 of 67 passages about trust and the ending critique."),
        (
            {"chosen": ["samantha"], "query": " mind "},
            0,
            "No passage speaking of Samantha, with “mind”.",
        ),
        ({"within": [3, 5], "chosen": ["trust"]}, 9, "9 of 67 passages about trust, in paragraphs 3 to 5."),
        ({"within": [8, 8]}, 9, "9 of 67 passages in paragraph 8."),
        ({"excluded": ["claim"]}, 1, "1 of 67 passages without claims."),
        ({"chosen": ["trust", "claim", "verdict"]}, 8, "8 of 67 passages: claims or verdicts about trust."),
        (
            {"chosen": ["trust", "alienness", "claim"], "excluded": ["ending"], "match": "all"},
            3,
            "3 of 67 passages: claims about trust and alienness, without the ending critique.",
        ),
        ({"chosen": ["trust", "claim"]}, 0, "No passage about trust, tagged claim."),
        ({"chosen": THEMES, "match": "any"}, 67, "All 67 passages, in nine themes."),
        ({"chosen": THEMES[:6], "match": "any"}, 58, "58 of 67 passages in six themes."),
        ({"chosen": THEMES[:6], "match": "all"}, 0, "No passage combines all six themes."),
        ({"chosen": THEMES[:2], "match": "all"}, 0, "No passage combines trust and alienness."),
        (
            {"chosen": THEMES[:6], "match": "all", "query": "x"},
            0,
            "No passage combining all six themes, with “x”.",
        ),
    ],
)
def test_a_sentence_says_what_is_shown(
    page: Callable[..., Any], changes: dict[str, Any], count: int, sentence: str
) -> None:
    assert page("(her, [state, count]) => lens_words.sentence(her, state, count)", [lens(**changes), count]) == sentence


def test_sentences_and_titles_of_cards_go_by_the_roles_of_facets_whatever_their_ids(page: Callable[..., Any]) -> None:
    book = """facets:
- {id: thema, role: theme, tags: [{id: mut, label: Mut}]}
- {id: theme, role: move, tags: [{id: these, label: These}]}
- {id: figur, role: person, tags: [{id: amy, label: Amy}]}
"""
    rows = "quote,thema,theme,figur\nAmy hofft,mut,these,amy\n"
    reading = Reading.from_texts({"essay.md": "Amy hofft.", "codebook.yml": book, "annotations.csv": rows})
    said, title = page(
        "(_, [other, state]) => [lens_words.sentence(other, state, 1),"
        " passage_body.titleOf(other.passages[0], content.tagsOf(other))]",
        [content_of(reading), lens(chosen=["mut", "these", "amy"])],
    )
    assert said == "1 of 1 passage about mut, tagged these, speaking of amy."
    assert title == "Paragraph 1 · These"


def test_hits_are_counted_over_segments(page: Callable[..., Any]) -> None:
    hits = page("(her) => finding.hitsOf(her, 'Film  That')")
    assert hits == []
    hits = page("(her) => finding.hitsOf(her, 'it has SERIOUS things')")
    assert hits == [{"paragraph": 0, "start": 60, "end": 81}]


def test_hits_in_passages_lie_in_them_from_end_to_end(page: Callable[..., Any]) -> None:
    found = "(her, query) => finding.hitsIn(her, finding.hitsOf(her, query), her.passages.filter(({ id }) => id === 'a03')).length"
    assert page(found, "to trust another mind with it") == 1
    assert page(found, "to trust another mind with it. As in") == 0


def test_the_card_lists_what_overlaps_and_what_relates(page: Callable[..., Any]) -> None:
    related = page("(her) => passage_body.relationsOf('a53', her.relations).map(({words, other}) => [words, other])")
    assert related == [["Supported by", "a52"], ["This opposes", "a32"], ["This supports", "a49"]]
    overlapping = page(
        "(her) => Object.fromEntries(her.passages.map(({id}) => [id, passage_body.overlapping(id, her)]).filter(([, ids]) => ids.length))"
    )
    expected = {
        one.id: [
            other.id
            for other in READING.passages()
            if other is not one and other.start < one.end and one.start < other.end
        ]
        for one in READING.passages()
    }
    assert overlapping == {key: ids for key, ids in expected.items() if ids}


def test_the_page_cuts_the_passages_that_python_has(page: Callable[..., Any]) -> None:
    texts = page("(her) => Object.fromEntries(content.textsOf(her))")
    assert texts == {passage.id: passage.text for passage in READING.passages()}
    made = page("(her) => her.paragraphs.map((one) => content.segmentsOf(one).map(({text}) => text).join(''))")
    assert made == READING.essay.text.split("\n\n")

"""The front end's pure functions, in the browser that runs them; where Python has a twin, both must agree."""

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
from essay_explorer.widgets.lens import content_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

WIDGETS = Path(essay_explorer.__file__).parent / "widgets"
READING = open_reading("her")
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
}
IN_BROWSER = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A blank page with the modules by name on `window`, and the content of *Her* as `content`."""
    page = browser.new_context().new_page()
    for path in WIDGETS.glob("*.js"):
        page.evaluate(
            "async ([name, text]) => { window[name] = await import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'}))); }",
            [path.stem, path.read_text(encoding="utf-8")],
        )
    page.evaluate("content => { window.content = content; }", CONTENT)
    yield page
    page.context.close()


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
    }
).filter(lambda state: not set(state["chosen"]) & set(state["excluded"]))


@IN_BROWSER
@given(state=lenses)
def test_python_and_the_page_show_the_same_passages(modules: Page, state: dict[str, Any]) -> None:
    facets: dict[str, list[str]] = {}
    for tag in state["chosen"]:
        facets.setdefault(READING.codebook.facet_of[tag].id, []).append(tag)
    expected = READING.passages(
        match=state["match"], exclude=state["excluded"], query=state["query"], within=state["within"], **facets
    )
    shown = modules.evaluate("state => lens.passagesOf(content, state).map(({id}) => id)", state)
    assert shown == [passage.id for passage in expected]


@IN_BROWSER
@given(state=lenses)
def test_a_lens_survives_its_address(modules: Page, state: dict[str, Any]) -> None:
    back = modules.evaluate("state => lens.fromHash(content, '#' + lens.hashOf(content, state))", state)
    assert back == {**state, "chosen": sorted(state["chosen"], key=TAGS.index)}


@IN_BROWSER
@given(text=st.text(alphabet="aZ ßſςΣİı’“”«Åé👩‍🌾信 \n\t\u00a0\u2009ﬁ𝔘", max_size=30))
def test_python_and_the_page_fold_letters_alike(modules: Page, text: str) -> None:
    assert modules.evaluate("text => lens.fold(text).folded.trim()", text) == fold(text)
    assert modules.evaluate("text => lens.folded(text)", text) == fold(text)


def test_an_address_that_names_what_is_not_there_is_read_without_it(modules: Page) -> None:
    read = modules.evaluate(
        "hash => lens.fromHash(content, hash)",
        "#theme=trust,nothing&move=trust&show=loud&at=a999&not=trust&within=0-99&chart=%3Cb%3E&find=a+b%20c",
    )
    assert read == lens(chosen=["trust"], query="a+b c")


@pytest.mark.parametrize(
    ("changes", "count", "sentence"),
    [
        ({}, 67, "The whole essay, with nothing marked. Choose a theme to see its passages."),
        (
            {"chosen": ["trust"], "excluded": ["ending"]},
            14,
            "14 of 67 passages about trust and not about the ending critique.",
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
            "None of 67 passages speaking of Samantha and with “mind”.",
        ),
        ({"within": [3, 5], "chosen": ["trust"]}, 9, "9 of 67 passages about trust and in paragraphs 3 to 5."),
        ({"within": [8, 8]}, 9, "9 of 67 passages in paragraph 8."),
        ({"excluded": ["claim"]}, 1, "1 of 67 passages not marked as claim."),
    ],
)
def test_a_sentence_says_what_is_shown(modules: Page, changes: dict[str, Any], count: int, sentence: str) -> None:
    assert (
        modules.evaluate("([state, count]) => lens.sentence(content, state, count)", [lens(**changes), count])
        == sentence
    )


def test_a_sentence_speaks_by_the_roles_of_facets_whatever_their_ids(modules: Page) -> None:
    book = """facets:
- {id: thema, role: theme, tags: [{id: mut, label: Mut}]}
- {id: theme, role: move, tags: [{id: these, label: These}]}
- {id: figur, role: person, tags: [{id: amy, label: Amy}]}
"""
    rows = "quote,thema,theme,figur\nAmy hofft,mut,these,amy\n"
    reading = Reading.from_texts({"essay.md": "Amy hofft.", "codebook.yml": book, "annotations.csv": rows})
    said = modules.evaluate(
        "([content, state]) => lens.sentence(content, state, 1)",
        [content_of(reading), lens(chosen=["mut", "these", "amy"])],
    )
    assert said == "1 of 1 passage about mut, marked as these and speaking of amy."


def test_hits_are_counted_over_segments(modules: Page) -> None:
    hits = modules.evaluate("lens.hitsOf(content, 'Film  That')")
    assert hits == []
    hits = modules.evaluate("lens.hitsOf(content, 'it has SERIOUS things')")
    assert hits == [{"paragraph": 0, "start": 60, "end": 81}]


def test_hits_in_passages_lie_in_them_from_end_to_end(modules: Page) -> None:
    found = "(query) => lens.hitsIn(content, lens.hitsOf(content, query), content.passages.filter(({ id }) => id === 'a03')).length"
    assert modules.evaluate(found, "to trust another mind with it") == 1
    assert modules.evaluate(found, "to trust another mind with it. As in") == 0


@pytest.mark.parametrize(
    ("tagged", "lanes"),
    [
        (["t", "", "a"], [{"t": 0}, {}, {"a": 0}]),  # none meets another
        (["t", "ta", "a"], [{"t": 0}, {"t": 0, "a": 1}, {"a": 1}]),  # a line stays in its lane to its end
        (["e", "et", "t", "te"], [{"e": 1}, {"t": 0, "e": 1}, {"t": 0}, {"t": 0, "e": 1}]),
        (["ta", "te", "e"], [{"t": 0, "a": 1}, {"t": 0, "e": 1}, {"e": 1}]),  # a lane that is free again is used again
        (["tae"], [{"t": 0, "a": 1, "e": 2}]),
        ([], []),
    ],
)
def test_lines_have_the_highest_lane_that_is_free(
    modules: Page, tagged: list[str], lanes: list[dict[str, int]]
) -> None:
    made = modules.evaluate(
        "(tagged) => essay_text.laned(tagged.map((tags) => new Set(tags)), ['t', 'a', 'e']).map(Object.fromEntries)",
        tagged,
    )
    assert made == lanes


def test_the_card_lists_what_overlaps_and_what_relates(modules: Page) -> None:
    related = modules.evaluate(
        "passage_card.relationsOf('a53', content.relations).map(({words, other}) => [words, other])"
    )
    assert related == [["Supported by", "a52"], ["Opposes", "a32"], ["Supports", "a49"]]
    overlapping = modules.evaluate(
        "Object.fromEntries(content.passages.map(({id}) => [id, passage_card.overlapping(id, content)]).filter(([, ids]) => ids.length))"
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


def test_long_texts_are_shortened_after_a_whole_word(modules: Page) -> None:
    assert modules.evaluate("passage_card.short('one two three', 9)") == "one two…"
    assert modules.evaluate("passage_card.short('👩‍🌾 one', 9)") == "👩‍🌾 one"


def test_a_chip_says_how_many_or_that_there_are_none(modules: Page) -> None:
    tally = "([count, state]) => theme_filter.tally({count}, state)"
    at_rest = {"chosen": False, "excluded": False, "would": 3}
    assert modules.evaluate(tally, [5, at_rest]) == "5"
    assert modules.evaluate(tally, [0, at_rest]) == "none"
    assert modules.evaluate(tally, [5, {**at_rest, "would": 0}]) == "none here"
    assert modules.evaluate(tally, [5, {**at_rest, "excluded": True}]) == "left out"

"""The widgets without a browser: what they hold, what they refuse, and that docstrings tell the truth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import traitlets

from essay_explorer import EssayText, Explorer, Lens, PassageCard, Reading, ThemeFilter, open_reading
from essay_explorer.widgets.lens import content_of, runs

if TYPE_CHECKING:
    import anywidget

READING = open_reading("her")
# What anywidget and ipywidgets bring to every widget.
INHERITED = {"layout", "tabbable", "tooltip"}


@pytest.fixture
def lens() -> Lens:
    return Lens(READING)


def test_a_lens_shows_all_passages_at_rest(lens: Lens) -> None:
    assert lens.passages == READING.passages()


def test_choosing_excluding_and_releasing_change_the_passages(lens: Lens) -> None:
    lens.choose("trust", "question")
    assert lens.passages == READING.passages(theme="trust", move="question")
    lens.release("question")
    lens.exclude("ending")
    assert lens.passages == READING.passages(theme="trust", exclude="ending")
    lens.choose("ending")
    assert (lens.chosen, lens.excluded) == (["trust", "ending"], [])
    lens.match = "all"
    assert lens.passages == READING.passages(theme=["trust", "ending"], match="all")
    lens.query = "nothing is settled"
    assert [passage.id for passage in lens.passages] == ["a58"]
    lens.query, lens.within = "", [8, 4]
    assert lens.within == [4, 8]
    assert lens.passages == READING.passages(theme=["trust", "ending"], match="all", within=(4, 8))
    lens.clear()
    assert lens.passages == READING.passages()


def test_an_observer_hears_of_one_act_once(lens: Lens) -> None:
    heard = []
    lens.observe(lambda change: heard.append((change["old"], change["new"])), names="chosen")
    lens.choose("trust", "trust", "ending")
    assert heard == [([], ["trust", "ending"])]


def test_a_wrong_tag_is_refused_with_the_right_ones(lens: Lens) -> None:
    with pytest.raises(
        traitlets.TraitError, match=r'tag "trus" is not in the codebook. Did you mean "trust"\? Known: trust, alienness'
    ):
        lens.choose("trus")
    assert lens.chosen == []


@pytest.mark.parametrize(
    ("trait", "value"),
    [("match", "some"), ("show", "hide"), ("at", "a99"), ("at", "p99"), ("within", [0, 3]), ("within", [3])],
)
def test_a_wrong_state_is_refused(lens: Lens, trait: str, value: str) -> None:
    with pytest.raises(traitlets.TraitError):
        setattr(lens, trait, value)


def test_views_share_the_lens_of_their_explorer() -> None:
    explorer = Explorer(READING)
    assert explorer.text.lens is explorer.filter.lens is explorer.card.lens is explorer.lens
    own = Lens(READING, chosen=["trust"])
    assert Explorer(READING, lens=own).lens is own


def test_the_lens_has_no_view(lens: Lens) -> None:
    assert lens._repr_mimebundle_() is None


@pytest.mark.parametrize("kind", [Lens, EssayText, ThemeFilter, PassageCard, Explorer])
def test_the_docstring_lists_just_the_traits_that_travel(kind: type[anywidget.AnyWidget]) -> None:
    table = re.findall(r"^ {4}(\w+) +\S", kind.__doc__.split("=\n")[2], flags=re.MULTILINE)
    travelling = {name for name in kind.class_traits(sync=True) if not name.startswith("_")} - INHERITED
    assert set(table) == travelling


def test_the_page_gets_segments_and_no_offsets() -> None:
    content = content_of(READING)
    assert [
        "".join(segment["text"] for segment in paragraph) for paragraph in content["paragraphs"]
    ] == READING.essay.text.split("\n\n")
    assert {key for passage in content["passages"] for key in passage} == {"id", "paragraph", "tags", "note", "creator"}
    counts = {tag["id"]: tag["count"] for facet in content["facets"] for tag in facet["tags"]}
    assert counts == {tag: sum(tag in passage.tags for passage in READING.passages()) for tag in READING.codebook.tags}


def test_names_keep_their_capitals_in_sentences_and_themes_lose_them() -> None:
    phrases = {tag["id"]: tag["phrase"] for facet in content_of(READING)["facets"] for tag in facet["tags"]}
    assert (phrases["ending"], phrases["samantha"]) == ("the ending critique", "Samantha")
    german = Reading.from_texts(
        {
            "essay.md": "---\nlanguage: de\n---\nText",
            "codebook.yml": "facets: [{id: theme, tags: [{id: v, label: Vertrauen}]}]",
        }
    )
    assert content_of(german)["facets"][0]["tags"][0]["phrase"] == "Vertrauen"


def test_inline_markdown_becomes_runs() -> None:
    assert runs("On *Her* & <b>") == [{"text": "On "}, {"text": "Her", "em": ["em"]}, {"text": " & <b>"}]
    assert runs("") == []


def test_a_reading_without_codebook_or_annotations_makes_an_explorer() -> None:
    bare = Explorer(Reading.from_texts({"essay.md": "One *plain* paragraph."}))
    assert bare.lens.passages == ()
    assert bare.lens.content["paragraphs"] == [
        [{"text": "One ", "sentence": 1}, {"text": "plain", "em": ["em"]}, {"text": " paragraph."}]
    ]


def test_each_sentence_is_numbered_where_it_starts() -> None:
    segments = [segment for paragraph in content_of(READING)["paragraphs"] for segment in paragraph]
    numbers = [segment["sentence"] for segment in segments if "sentence" in segment]
    assert numbers == list(range(1, len(READING.essay.sentences()) + 1))

"""The widgets without a browser: what they hold, what they refuse, and that docstrings tell the truth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import traitlets

from essay_explorer import (
    EssayText,
    Explorer,
    Lens,
    Marks,
    MarkSheet,
    PassageCard,
    Reading,
    ThemeFilter,
    Tour,
    open_reading,
)
from essay_explorer.widgets.choosing import Choosing
from essay_explorer.widgets.content import content_of, emphasised, runs
from essay_explorer.widgets.editor import Editor

if TYPE_CHECKING:
    import anywidget

READING = open_reading("her")
# What anywidget, ipywidgets and `View` bring to every widget.
INHERITED = {"layout", "tabbable", "tooltip", "seen"}


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
    lens.within = 5
    assert lens.within == [5, 5]
    assert lens.passages == READING.passages(theme=["trust", "ending"], match="all", within=5)
    lens.clear()
    assert lens.passages == READING.passages()


def test_layers_are_turned_off_and_compared_by_their_ids(lens: Lens) -> None:
    lens.hidden = ["reading", "mine", "reading"]
    lens.differ = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
    assert lens.hidden == ["reading", "mine"]
    assert lens.passages == READING.passages()  # Python sees the reading, whatever the page shows
    with pytest.raises(traitlets.TraitError, match='layer "a b": expected "reading", "mine" or the id of a layer'):
        lens.hidden = ["a b"]
    with pytest.raises(traitlets.TraitError, match='differ "mine": mine is compared with another layer'):
        lens.differ = "mine"


def test_a_mark_that_the_page_alone_knows_can_be_in_focus(lens: Lens) -> None:
    mark = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
    lens.at = mark
    lens.reading = READING
    assert lens.at == mark
    with pytest.raises(traitlets.TraitError, match='"nothing" is neither a passage nor a paragraph'):
        lens.at = "nothing"


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


@pytest.mark.parametrize(
    "kind", [Lens, EssayText, ThemeFilter, PassageCard, Tour, Marks, MarkSheet, Choosing, Editor, Explorer]
)
def test_the_docstring_lists_just_the_traits_that_travel(kind: type[anywidget.AnyWidget]) -> None:
    table = re.findall(r"^ {4}(\w+) +\S", kind.__doc__.split("=\n")[2], flags=re.MULTILINE)
    travelling = {name for name in kind.class_traits(sync=True) if not name.startswith("_")} - INHERITED
    assert set(table) == travelling


def test_the_page_gets_text_and_spans_in_its_own_units() -> None:
    content = content_of(READING)
    assert [paragraph["text"] for paragraph in content["paragraphs"]] == READING.essay.text.split("\n\n")
    whole = "\n\n".join(paragraph["text"] for paragraph in content["paragraphs"])
    pieces: dict[str, list[str]] = {}
    for paragraph in content["paragraphs"]:
        for name, start, end in paragraph["passages"]:
            pieces.setdefault(name, []).append(paragraph["text"][start:end])
    assert {name: "\n\n".join(texts) for name, texts in pieces.items()} == {
        passage.id: passage.text for passage in READING.passages()
    }
    assert whole == READING.essay.text
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
        {"text": "One plain paragraph.", "emphasis": [("em", 4, 9)], "sentences": {"first": 1, "starts": [0]}}
    ]


def test_each_sentence_is_numbered_where_it_starts() -> None:
    paragraphs = content_of(READING)["paragraphs"]
    numbers = [one["sentences"]["first"] + at for one in paragraphs for at in range(len(one["sentences"]["starts"]))]
    assert numbers == list(range(1, len(READING.essay.sentences()) + 1))


def test_spans_are_counted_as_javascript_counts() -> None:
    texts = {
        "essay.md": "👩‍🌾 One. *Two* 👋 three.",
        "codebook.yml": "facets: [{id: theme, tags: [{id: t, label: T}]}]",
        "annotations.csv": "id,quote,theme\na,Two 👋,t\n",
    }
    (paragraph,) = content_of(Reading.from_texts(texts))["paragraphs"]
    assert paragraph["emphasis"] == [("em", 11, 14)]
    assert paragraph["passages"] == [("a", 11, 17)]
    assert paragraph["sentences"] == {"first": 1, "starts": [0, 11]}
    assert emphasised(paragraph) == [
        [
            {"text": "👩‍🌾 One. "},
            {"text": "Two", "em": ["em"]},
            {"text": " 👋 three."},
        ]
    ]


SMALL = {
    "essay.md": "I trust her.\n\nIt ends.",
    "codebook.yml": "facets: [{id: theme, tags: [{id: trust, label: Trust}]}]",
    "annotations.csv": "id,quote,theme\na01,trust her,trust\n",
}


def test_another_reading_takes_the_place_of_the_first_and_what_it_has_not_is_dropped() -> None:
    other = Reading.from_texts(SMALL)
    explorer = Explorer(READING)
    lens = explorer.lens
    lens.choose("trust", "ending")
    lens.exclude("alienness")
    lens.at, lens.within, lens.query, lens.show = "a32", [3, 5], "her", "only"
    heard: list[tuple[list[str], str, int]] = []
    lens.observe(lambda _: heard.append((lens.chosen, lens.at, len(lens.content["passages"]))), names="content")
    explorer.reading = other
    assert explorer.reading is lens.reading is other
    assert heard == [(["trust"], "", 1)]  # an observer finds all of it changed
    assert (lens.chosen, lens.excluded, lens.at, lens.within) == (["trust"], [], "", [])
    assert (lens.query, lens.show) == ("her", "only")
    assert lens.content == content_of(other)
    assert [passage.id for passage in lens.passages] == ["a01"]
    with pytest.raises(traitlets.TraitError, match='tag "ending" is not in the codebook'):
        lens.choose("ending")
    lens.at = "p2"
    lens.reading = READING
    assert (lens.chosen, lens.at) == (["trust"], "p2")


def test_another_reading_reaches_a_page_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    lens = Lens(READING, chosen=["trust", "ending"], at="a32")
    sent: list[set[str]] = []
    monkeypatch.setattr(lens, "send_state", lambda key=None: sent.append({key} if isinstance(key, str) else set(key)))
    lens.reading = Reading.from_texts(SMALL)
    assert sent == [{"content", "chosen", "at"}]


def test_a_widget_that_cannot_be_drawn_says_whose_it_is(lens: Lens) -> None:
    said = repr(Explorer(READING))
    assert said.startswith("Explorer of “The Film That Asks and Won’t Answer”. After")
    assert said.endswith("Run this cell to explore it.")
    assert repr(lens) == "Lens of “The Film That Asks and Won’t Answer”."

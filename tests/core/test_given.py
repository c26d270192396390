"""What somebody gives by mistake ends in a sentence that says what to give."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pytest

from essay_explorer import (
    Annotation,
    ChartPanel,
    Codebook,
    Essay,
    Explorer,
    Facet,
    Lens,
    Marks,
    Reading,
    Relation,
    Room,
    Stop,
    Tag,
    agreement,
    charts,
    compare,
    import_annotations,
    open_copy,
    open_reading,
    picture,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HER = open_reading("her")
LENS = Lens(HER)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: HER.passages(within="5"), "within: expected the number of a paragraph"),
        (lambda: HER.passages(within=(1, 2, 3)), "within: expected the number of a paragraph"),
        (lambda: HER.passages(within=2.5), "and this is a float"),
        (lambda: HER.passages(within=True), "and this is a bool"),
        (lambda: HER.passages(query=5), "query: expected words or a regular expression, and this is an int"),
        (lambda: HER.concordance(None), "query: expected words or a regular expression, and this is None"),
        (lambda: HER.passages("claim"), "passages takes tags by the name of their facet: passages(move='claim')"),
        *((lambda draw=draw: draw("her"), "takes a reading, and this is a str") for draw in charts.CHARTS.values()),
        (lambda: charts.flow(LENS, stacked=True), "Give it the reading of that one: lens.reading"),
        (lambda: LENS.choose(["trust"]), "lens.choose takes ids of tags"),
        (lambda: LENS.exclude(0), "lens.exclude takes ids of tags"),
        (lambda: LENS.release(None), "lens.release takes ids of tags"),
        (lambda: compare(HER, "her"), 'Open it first: open_reading("her")'),
        (lambda: compare(HER, HER, facet=3), 'facet: expected the id of a facet, such as "theme", and this is an int'),
        (lambda: agreement([HER, HER], facet=3), "facet: expected the id of a facet"),
        (lambda: compare(HER, HER, names=("mine",)), "names: expected two names"),
        (lambda: compare(HER, HER, names="ab"), "names: expected two names"),
        (lambda: Marks(LENS).save(3), "path: expected a name or a path, and this is an int"),
        (lambda: compare(None, HER), "compare takes two readings, and this is None"),
        (lambda: agreement(HER), "Put them in a list"),
        (lambda: agreement([HER, LENS]), "agreement takes readings, and this is a Lens"),
        (lambda: picture("her"), 'Open it first: open_reading("her")'),
        (lambda: open_reading(5), "open_reading takes a name, a folder or a file, and this is an int"),
        (
            lambda: Reading.from_frame("A text.", {"quote": ["text"]}),
            "frame: expected a pandas frame, and this is a dict",
        ),
        (lambda: HER[None], 'expected an id, such as "a1", or a whole number or a slice, and this is None'),
        (lambda: HER[1.5], "and this is a float"),
        (lambda: HER.passages()["a01"], "place: expected a whole number or a slice"),
        (lambda: HER.without(["a06"]), 'id: expected an id, such as "a1", and this is a list'),
        (lambda: HER.passages(theme=["trust", 3]), "theme: expected the id of a tag, or a list of ids"),
        (lambda: HER.passages(theme=["trust", 3]), "and this is a list with an int in it"),
        (lambda: HER.passages(theme=iter([3])), "tag: expected text, and this is an int"),
        (lambda: HER.frequencies(stop_words="the"), "stop_words: expected a list of words, and this is a str"),
        (lambda: HER.passages(within=np.array([5, 6])), "within: expected the number of a paragraph"),
        (lambda: HER.passages(query=re.compile(b"trust")), "words or a regular expression, and this is one for bytes"),
        (lambda: HER.concordance(re.compile(b"trust")), "words or a regular expression, and this is one for bytes"),
        (
            lambda: HER.frequencies("claim"),
            "frequencies takes tags by the name of their facet: frequencies(move='claim')",
        ),
        (lambda: HER.concordance("trust", width=True), "width: expected a whole number, and this is a bool"),
        *(
            (
                lambda draw=draw, width=width: draw(HER, width=width),
                "width: expected a whole number, and this is",
            )
            for draw in charts.CHARTS.values()
            for width in ("wide", None, 2.5)
        ),
        (lambda: Explorer(HER, charts="no"), "charts: expected True or False, and this is a str"),
        (lambda: Explorer(HER, marks=None), "marks: expected True or False, and this is None"),
        (lambda: Explorer(HER, edit=5), "edit: expected True, or the folder of the reading, and this is an int"),
        (lambda: picture(HER, finding=5), "finding: expected text, and this is an int"),
        (lambda: Annotation("a1", "words", tags="trust"), "tags: expected a list of texts, and this is a str"),
        (
            lambda: Annotation("a1", "words", tags=["trust", 3]),
            "tags: expected a list of texts, and this is a list with an int in it",
        ),
        (lambda: Codebook(facets=[HER]), "facets: expected a list of Facets, and this is a list with a Reading in it"),
        (lambda: Reading(HER), "essay: expected an Essay, and this is a Reading"),
        (lambda: Tag("trust", "Trust", colour="#7a1f3d"), "colour: expected two colours"),
        (lambda: Explorer(HER, task=5), "task: expected what is asked for, by names, and this is an int"),
        (lambda: setattr(LENS, "reading", "her"), 'Open it first: open_reading("her")'),
        (lambda: setattr(Explorer(HER), "reading", None), "reading is a Reading, and this is None"),
        (lambda: Room.open("her"), 'Open it first: Room.open(open_reading("her"))'),
    ],
)
def test_a_wrong_kind_is_refused_in_a_sentence(call: Callable[[], Any], says: str) -> None:
    with pytest.raises(TypeError) as error:
        call()
    assert says in str(error.value)
    assert hasattr(error.value, "_render_traceback_")  # a notebook shows the sentence alone


def test_a_reading_has_places_and_slices_as_a_list_has() -> None:
    assert HER[0] == HER.passages()[0]
    assert HER[-1] == HER.passages()[-1]
    assert HER[:3] == HER.passages()[:3]
    assert HER[:3].to_frame()["passage"].tolist() == [one.id for one in HER[:3]]
    for places in (HER, HER.passages()):
        with pytest.raises(IndexError, match="place 67: there are 67 here, and the first is 0") as error:
            places[67]
        assert hasattr(error.value, "_render_traceback_")


def test_what_was_found_can_be_sliced_and_is_what_it_was() -> None:
    for found in (HER.passages(), HER.concordance("trust"), HER.frequencies(theme="trust")):
        assert type(found[1:3]) is type(found)
        assert found[1:3] == tuple(found)[1:3]
        assert len(found[1:3].to_frame()) == 2
        assert found[-1] == tuple(found)[-1]


@pytest.mark.parametrize("draw", charts.CHARTS.values())
def test_a_chart_has_a_width_that_can_be_drawn(draw: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="width -5: expected a number of pixels over 0"):
        draw(HER, width=-5)
    assert draw(HER, width=np.int64(300)).to_dict()


def test_an_empty_name_opens_nothing() -> None:
    with pytest.raises(ValueError, match="and this is an empty text"):
        open_reading("")


def test_a_number_of_numpy_is_a_number() -> None:
    assert HER[np.int64(0)] == HER[0]
    assert HER.passages(within=np.int64(5)) == HER.passages(within=5)
    assert HER.passages(within=(np.int64(5), 6)) == HER.passages(within=(5, 6))
    assert HER.concordance("trust", width=np.int64(9)) == HER.concordance("trust", width=9)


def test_a_chart_that_altair_refuses_is_refused_in_a_sentence() -> None:
    for chart in (alt.Chart(), alt.Chart("a.csv").mark_bar().encode(x="no type")):
        with pytest.raises(ValueError, match="ChartPanel cannot draw this chart: "):
            ChartPanel(LENS, chart)


TAG: dict[str, Any] = {"id": "silence", "label": "Silence", "definition": "", "code": "S", "colour": "#777777"}
TAG |= {"line": "solid", "questions": (), "aliases": ()}
MARK = {"id": "x1", "prefix": "", "suffix": "", "note": "", "creator": "", "created": "", "theme": "craft"}
CALLS: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
    (Reading, (HER.essay,), {}),
    (Reading.from_texts, ({"essay.md": "Trust."},), {}),
    (Reading.from_frame, ("Trust is chosen.", HER.to_frame("annotations"), HER.codebook), {}),
    (HER.passages, (), {"match": "any", "exclude": "craft", "query": "a", "within": 1, "theme": "trust"}),
    (HER.annotate, ("Phoenix is superb.",), MARK),
    (HER.without, ("a01", "a02"), {}),
    (HER.with_tag, ("theme",), TAG),
    (HER.save, ("mine",), {}),
    (HER.concordance, ("trust",), {"width": 9}),
    (HER.frequencies, (), {"stop_words": (), "theme": "trust"}),
    (HER.to_frame, ("words",), {}),
    (HER[0].tags_of, ("theme",), {}),
    (HER.codebook.tags_in, ("theme", "trust"), {}),
    (HER.codebook.known_tags, ("trust",), {}),
    (Essay, ("Trust.",), {}),
    (Essay.from_markdown, ("Trust.",), {}),
    (Codebook.from_yaml, ("facets: []",), {}),
    (Marks.open, ("her.json",), {}),
    (open_copy, ("her.txt",), {}),
    (open_reading, ("her",), {}),
    (agreement, ([HER, HER],), {}),
    (compare, (HER, HER), {}),
    (picture, (HER,), {}),
    (import_annotations, ("a.csv", "b.csv"), {"into": "mine", "by": "Ada", "source": ""}),
    (Room.open, (HER,), {"tags": "trust", "marks": 3, "minutes": 10}),
]


@pytest.mark.parametrize(("function", "given", "named"), CALLS, ids=[call[0].__qualname__ for call in CALLS])
def test_each_argument_of_another_kind_is_refused_in_a_sentence(
    function: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    wrong = object()
    places = (((*given[:at], wrong, *given[at + 1 :]), named) for at in range(len(given)))
    names = ((given, named | {name: wrong}) for name in named)
    for arguments, keywords in chain(places, names):
        with pytest.raises(TypeError) as error:
            function(*arguments, **keywords)
        assert "and this is an object" in str(error.value), (arguments, keywords)
        assert hasattr(error.value, "_render_traceback_")


GIVEN = {
    Annotation: ("a1", "words"),
    Codebook: (),
    Essay: ("Some words.",),
    Facet: ("theme", "Themes"),
    Reading: (HER.essay,),
    Relation: ("a1", "supports", "a2"),
    Stop: ("a1", "Here"),
    Tag: ("trust", "Trust"),
}


@pytest.mark.parametrize(
    ("made", "name"),
    [(made, field.name) for made in GIVEN for field in fields(made) if field.init],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_value_refuses_what_one_of_its_fields_cannot_be(made: type, name: str) -> None:
    given = dict(zip((field.name for field in fields(made)), GIVEN[made], strict=False)) | {name: object()}
    with pytest.raises(TypeError, match=f"^{name}: expected .*, and this is an object$") as error:
        made(**given)
    assert hasattr(error.value, "_render_traceback_")


def test_a_list_will_do_where_a_value_has_several() -> None:
    trust = Tag("trust", "Trust", questions=["Why?"])
    facet = Facet("theme", "Themes", tags=[trust])
    note = Annotation("a1", "Some words", tags=["trust"])
    reading = Reading(Essay("Some words."), Codebook(facets=[facet]), annotations=[note])
    assert hash(reading) == hash(replace(reading))
    assert [passage.tags for passage in reading] == [("trust",)]


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "no" / "mine.json"
    with pytest.raises(
        OSError, match=r"mine\.json: cannot be written: .* Name a file in a folder that is there$"
    ) as error:
        Marks(LENS, kept=False).save(path)
    assert hasattr(error.value, "_render_traceback_")


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_chart_takes_its_reading_by_name_too(name: str) -> None:
    draw = charts.CHARTS[name]
    assert draw(reading=HER).to_dict() == draw(HER).to_dict()
    with pytest.raises(TypeError, match="takes a reading, and this is a str"):
        draw(reading="her")

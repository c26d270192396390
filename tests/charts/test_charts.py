"""The charts: what they carry for the page, what they draw, and that they draw any reading."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise

import pytest
import vl_convert

from essay_explorer import charts, measures, open_reading
from essay_explorer.charts.linked import FAINT, PARAMETERS, altair
from essay_explorer.charts.values import values_of
from essay_explorer.core.reading import Reading
from essay_explorer.words import speaking

ESSAY = "Love is brave and slow. Who can say?\n\nTrust it. Nobody does.\n\nIt ends with a shrug."
BOOK = "facets:\n- id: theme\n  tags: [{id: trust}, {id: ending}]\n- id: move\n  tags: [{id: claim}, {id: verdict}]\n"
ONE = "id,quote,theme,move\na1,Trust it.,trust,verdict\n"
TWO = ONE + "a2,Love is,ending,claim\n"


def made(essay: str = ESSAY, **texts: str) -> Reading:
    names = {"book": "codebook.yml", "annotations": "annotations.csv", "relations": "relations.csv"}
    return Reading.from_texts({"essay.md": essay} | {names[name]: text for name, text in texts.items()})


ODD = {
    "bare": made(),
    "one word": made("Love"),
    "no annotation": made(book=BOOK),
    "one annotation": made(book=BOOK, annotations=ONE),
    "one relation": made(book=BOOK, annotations=TWO, relations="from,relation,to\na1,opposes,a2\n"),
    "to itself": made(book=BOOK, annotations=ONE, relations="from,relation,to\na1,supports,a1\n"),
    "one paragraph": made("Love is. Trust it.", book=BOOK, annotations=TWO),
    "a facet without tags": made(book="facets:\n- {id: theme, tags: []}\n- {id: move, tags: []}\n"),
    "many paragraphs": made("\n\n".join(f"Word {number} here." for number in range(150)), book=BOOK),
    "names of JavaScript": made(
        book="facets:\n- id: theme\n  tags: [{id: trust}, {id: constructor}, {id: __proto__}, {id: toString}]\n"
        '- {id: valueOf, tags: [{id: hasOwnProperty}, {id: "a\'b"}]}\n',
        annotations="id,quote,theme,valueOf\n__proto__,Trust it.,constructor;toString,hasOwnProperty\n"
        "constructor,Love is,trust;__proto__,a'b\n",
        relations="from,relation,to\n__proto__,opposes,constructor\n",
    ),
    "markup": made(
        book=BOOK.replace("{id: trust}", '{id: trust, label: "<img src=x> \'\\"; alert(1) //"}'), annotations=ONE
    ),
}


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


@pytest.fixture(scope="module")
def specs(her: Reading) -> list[dict]:
    return charts.specs(her)


def views(entry: dict) -> list[dict]:
    return [entry["spec"], *(more["spec"] for more in entry["more"])]


def drawn(entry: dict, spec: dict | None = None, *, width: int = 640, **parameters: object) -> str:
    """The SVG of a spec with its rows, as a page that sets `parameters` has it."""
    spec = json.loads(json.dumps(spec or entry["spec"]))
    spec["data"]["values"] = entry["rows"]
    spec["width"] = width
    for parameter in spec["params"]:
        if parameter["name"] in parameters:
            parameter["value"] = parameters[parameter["name"]]
    return vl_convert.vegalite_to_svg(spec, vl_version="6.4")


def marks(svg: str, description: str = "") -> list[str]:
    """The marks that have a description for screen readers, and that it holds `description`."""
    return [
        mark for mark in re.findall(r"<path [^>]*>", svg) if description in mark and 'role="graphics-symbol"' in mark
    ]


def is_faint(mark: str) -> bool:
    return bool(re.search(rf'opacity="({FAINT}|0\.13)"', mark))


def test_there_is_a_chart_for_each_measure(specs: list[dict], her: Reading) -> None:
    assert [entry["name"] for entry in specs] == list(charts.CHARTS)
    assert [more["name"] for entry in specs for more in entry["more"]] == ["flow-stacked", "weight-by-size"]
    for entry in specs:
        measure = getattr(measures, entry["name"])(her)
        assert entry["rows"] == values_of(measure.rows)
        assert (entry["label"], entry["title"], entry["summary"]) == (measure.label, measure.title, measure.summary)
        assert entry["columns"] == [list(column) for column in measure.columns]


@pytest.mark.slow
def test_the_specs_are_small_plain_and_the_same_each_time(specs: list[dict]) -> None:
    text = json.dumps(specs, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    assert len(text.encode()) < 156_000
    assert json.loads(text) == specs == charts.specs(open_reading("her"))


def test_every_spec_carries_what_the_page_drives(specs: list[dict]) -> None:
    for entry in specs:
        for spec in views(entry):
            given = {parameter["name"]: parameter.get("value") for parameter in spec["params"]}
            assert given | PARAMETERS == given
            assert spec["width"] == "container"
            assert spec["data"] == {"name": "rows"}
            assert spec["description"] == entry["summary"]
            assert spec["config"]["background"] == "transparent"
            assert not {"hconcat", "vconcat", "concat", "facet", "repeat"} & spec.keys()


def test_a_drag_is_a_mouses_and_says_what_it_counts(specs: list[dict], her: Reading) -> None:
    for entry in specs:
        for spec in views(entry):
            drag = [parameter for parameter in spec["params"] if parameter["name"] == "drag"]
            assert bool(drag) is (entry["name"] not in {"weight", "together"})
            if drag:
                assert "event.pointerType === 'mouse'" in drag[0]["select"]["on"]
                assert drag[0]["select"]["encodings"] == ["x"]
                assert drag[0]["select"]["zoom"] is drag[0]["select"]["translate"] is False
                assert spec["usermeta"]["drag"] == "words"
                ends = [end for _, end in spec["usermeta"]["paragraphs"]]
                assert [start for start, _ in spec["usermeta"]["paragraphs"]] == [0, *ends[:-1]]
                assert ends[-1] == her.essay.words


@pytest.mark.slow
def test_a_charts_title_and_description_are_the_measures(her: Reading) -> None:
    for name, chart in charts.CHARTS.items():
        spec, measure = chart(her, width=640).to_dict(), getattr(measures, name)(her)
        assert " ".join(spec["title"]["text"]) == measure.title
        assert measure.summary.startswith(" ".join(spec["title"]["subtitle"]))
        assert spec["data"]["values"] == values_of(measure.rows)


def test_a_picture_of_a_chart_says_where_its_numbers_come_from(her: Reading, specs: list[dict]) -> None:
    source = (
        "Source: The Film That Asks and Won’t Answer · After “Her Review” by Matt Jacobson, therec-room.com · CC-BY-4.0"
    )
    svg = vl_convert.vegalite_to_svg(charts.weight(her).to_dict())
    assert source in " ".join(re.sub("<[^>]*>", " ", svg).replace("&apos;", "'").split())
    assert specs[2]["source"] == source
    assert "Source: " not in json.dumps(specs[2]["spec"])  # a page has it elsewhere


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
def test_any_reading_can_be_drawn(odd: str) -> None:
    for entry in charts.specs(ODD[odd]):
        for spec in views(entry):
            svg = drawn(entry, spec, width=300, chosen=["trust"], shown=["a1"], within=[1, 1], dark=True)
            assert svg.startswith("<svg")
            assert "NaN" not in svg
            assert "undefined" not in svg
            assert "<img" not in svg


@pytest.mark.slow
def test_what_is_not_chosen_goes_faint_and_stays(specs: list[dict]) -> None:
    for entry in specs[:3]:
        svg = drawn(entry, chosen=["trust"])
        assert len(marks(svg, "Trust")) > 0
        assert not any(map(is_faint, marks(svg, "Trust")))
        assert all(map(is_faint, marks(svg, ": Alienness")))
        assert len(marks(svg)) == len(marks(drawn(entry)))
        assert not any(map(is_faint, marks(drawn(entry))))


@pytest.mark.slow
def test_what_is_not_shown_goes_faint(specs: list[dict]) -> None:
    faint = [is_faint(mark) for mark in marks(drawn(specs[0], shown=["a03"]), "Passage: ")]
    assert faint.count(False) == len([row for row in specs[0]["rows"] if row["passage"] == "a03"])


def test_an_arc_stays_while_one_of_its_ends_is_shown(specs: list[dict]) -> None:
    argument = specs[4]
    svg = drawn(argument, shown=["a05"])
    lines = [mark for mark in re.findall(r"<path [^>]*>", svg) if "; To: " in mark and 'stroke-width="9"' not in mark]
    leading = [row for row in argument["rows"] if "a05" in {row["from"], row["to"]}]
    assert len(lines) == len(argument["rows"])
    assert sum(not is_faint(line) for line in lines) == len(leading)


def test_a_sentence_stays_while_one_of_its_passages_is_shown(specs: list[dict]) -> None:
    rhythm = specs[5]
    svg = drawn(rhythm, shown=["a02", "a03"])
    full = [mark for mark in re.findall(r"<path [^>]*>", svg) if "Sentence: " in mark and 'opacity="0' not in mark]
    assert {re.search(r"Sentence: ([\w ]+)", mark)[1] for mark in full} == {"It has serious things on its mind"}


def test_both_schemes_have_colours_of_their_own(specs: list[dict]) -> None:
    light, dark = drawn(specs[0], dark=False), drawn(specs[0], dark=True)
    assert "#0067B1" in light
    assert "#6CB6F5" not in light
    assert "#6CB6F5" in dark
    assert "#0067B1" not in dark


@pytest.mark.slow
@pytest.mark.parametrize("width", [300, 640, 1000])
@pytest.mark.parametrize("which", ["her", "many paragraphs"])
def test_paragraph_numbers_do_not_overlap(which: str, width: int, specs: list[dict]) -> None:
    digit = 6.5  # pixels, in 11 px
    entries = [specs[at] for at in (0, 1, 4, 5)] if which == "her" else [charts.specs(ODD[which])[5]]
    for entry in entries:
        svg = drawn(entry, width=width)
        axis = svg[svg.index("role-axis-label") : svg.index("role-axis-title")]
        shown = re.findall(r'translate\(([\d.]+),[\d.]+\)"(?![^>]*opacity="0")[^>]*>(\d+)<', axis)
        places = [(float(x), len(number) * digit / 2) for x, number in shown]
        assert len(places) >= 9
        for (x, half), (other, its_half) in pairwise(places):
            assert x + half < other - its_half
            assert other + its_half <= width


def test_weight_by_size_starts_with_the_largest_of_each_family(her: Reading) -> None:
    chart = json.dumps(charts.weight(her, by="size").to_dict())
    assert '" theme", "trust", "ending", "alienness"' in chart
    with pytest.raises(ValueError, match='by "words": expected "codebook" or "size"'):
        charts.weight(her, by="words")  # type: ignore[arg-type]


def test_an_own_chart_follows_the_lens() -> None:
    alt = altair()
    rows = alt.InlineData(values=[{"tag": "trust", "n": 1}, {"tag": "ending", "n": 2}])
    chart = charts.follow(alt.Chart(rows).mark_bar().encode(x="n:Q", y="tag:N"))
    spec = chart.to_dict()
    for parameter in spec["params"]:
        if parameter["name"] == "chosen":
            parameter["value"] = ["trust"]
    faint = [is_faint(mark) for mark in marks(vl_convert.vegalite_to_svg(spec, vl_version="6.4"))]
    assert faint == [False, True]


def test_layers_follow_and_an_opacity_of_their_own_stays() -> None:
    alt = altair()
    own = alt.Chart().mark_bar().encode(opacity="n:Q")
    spec = charts.follow(alt.layer(own, alt.Chart().mark_bar(), data=alt.InlineData(values=[{"n": 1}]))).to_dict()
    assert spec["layer"][0]["encoding"]["opacity"] == {"field": "n", "type": "quantitative"}
    assert "chosen" in spec["layer"][1]["encoding"]["opacity"]["condition"]["test"]
    assert {parameter["name"] for parameter in spec["params"]} == set(PARAMETERS)


def test_charts_of_several_views_are_refused() -> None:
    alt = altair()
    with pytest.raises(TypeError, match=r"found HConcatChart\. Link its parts one by one"):
        charts.follow(alt.hconcat(alt.Chart(), alt.Chart()))


@pytest.mark.slow
def test_altair_comes_without_its_slow_grammar_and_only_when_asked() -> None:
    code = (
        "import sys\n"
        "from essay_explorer import charts, open_reading\n"
        "assert 'altair' not in sys.modules\n"
        "charts.specs(open_reading('her'))\n"
        "assert not {'rfc3987_syntax', 'lark', 'pandas', 'vl_convert'} & sys.modules.keys()\n"
        "import rfc3987_syntax"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_a_theme_of_somebodys_own_does_not_change_the_specs(specs: list[dict]) -> None:
    with altair().theme.enable("dark"):
        assert charts.specs(open_reading("her")) == specs


def test_a_chart_of_too_many_rows_keeps_its_finding_and_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "MOST_ROWS", 60)
    entries = {entry["name"]: entry for entry in charts.specs(open_reading("her"))}
    assert entries["weight"]["rows"]
    assert entries["weight"]["spec"]
    assert (entries["dispersion"]["rows"], entries["dispersion"]["spec"]) == ([], {})
    assert "too many to draw" in entries["dispersion"]["summary"]
    assert entries["dispersion"]["title"].startswith("Trust runs through")


@pytest.fixture
def stretched(her: Reading, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The charts of *Her* with so little room that paragraphs share a bar."""
    monkeypatch.setattr("essay_explorer.measures.stretches.MOST_STRETCHES", 4)
    monkeypatch.setattr("essay_explorer.measures.stretches.MOST_BARS", 10)
    monkeypatch.setattr("essay_explorer.measures.relations.MOST_ARCS", 10)
    return charts.specs(her)


@pytest.mark.slow
def test_every_chart_of_a_long_essay_is_drawn(stretched: list[dict]) -> None:
    for entry in stretched:
        for spec in views(entry):
            svg = drawn(entry, spec, width=300, chosen=["trust"], shown=["a1"], within=[1, 3], dark=True)
            assert not re.search("NaN|undefined", svg)
            if "last" in entry["rows"][0]:
                assert entry["summary"].startswith("Each bar stands for up to 3 paragraphs in a row")
                assert len(marks(svg, "1–3")) == sum(row["paragraph"] == 1 for row in entry["rows"])


@pytest.mark.slow
def test_stretches_go_faint_by_their_tag_and_their_place(stretched: list[dict]) -> None:
    dispersion = stretched[0]
    fills = re.compile(r'<path [^>]*fill="#0067B1"[^>]*>')  # of trust

    def faint(**parameters: object) -> list[bool]:
        return [is_faint(mark) for mark in fills.findall(drawn(dispersion, dark=False, **parameters))]

    assert faint() == faint(chosen=["trust"]) == [False] * 4
    assert faint(chosen=["ending"]) == [True] * 4
    assert faint(within=[4, 5]) == [True, False, True, True]


@pytest.mark.slow
def test_stretches_are_as_thick_as_they_are_covered(stretched: list[dict]) -> None:
    svg = drawn(stretched[0], dark=False)
    heights = [float(size) for size in re.findall(r'd="[^"]*v([\d.]+)h[^"]*"[^>]*fill="#0067B1"', svg)]
    most = max(row["percent"] for row in stretched[0]["rows"])
    shares = [row["percent"] for row in stretched[0]["rows"] if row["tag"] == "trust"]
    assert heights == pytest.approx([max(1.5, 14 * share / most) for share in shares], abs=0.01)


@pytest.mark.slow
def test_a_scale_that_no_paragraph_fills_ends_at_the_most(stretched: list[dict]) -> None:
    (peak,) = [
        layer["data"]["values"]
        for layer in stretched[1]["spec"]["layer"]
        if layer.get("data", {}).get("name") == "peaks"
    ]
    percents = {row["tag"]: row["percent"] for row in sorted(stretched[1]["rows"], key=lambda row: row["percent"])}
    assert {row["tag"]: row["said"] for row in peak} == {tag: f"{most:.1f}%" for tag, most in percents.items()}


@pytest.mark.slow
def test_charts_speak_the_readers_language(her: Reading) -> None:
    with speaking("de"):
        entries = {entry["name"]: entry for entry in charts.specs(her)}
    assert entries["rhythm"]["title"] == "Urteile sind kurz: im Median 13 Wörter, sonst 18"
    assert entries["rhythm"]["values"] == {
        "kind": {"question": "Frage", "verdict": "Urteil", "other": "keins von beiden"}
    }
    assert entries["argument"]["values"]["relation"]["opposes"] == "widerspricht"
    assert '\\"opposes\\":\\"widerspricht\\"' in json.dumps(entries["argument"]["spec"], ensure_ascii=False)
    assert any("2,2-mal" in row["often"] for row in entries["together"]["rows"])
    assert entries["weight"]["spec"]["config"]["locale"]["number"]["decimal"] == ","


@pytest.mark.parametrize("name", ["dispersion", "rhythm"])
def test_what_is_short_in_a_long_essay_is_seen(name: str) -> None:
    """A bar of a pixel is no gap between bars."""
    essay = "\n\n".join(f"Sentence {number} of many stands here and is not long." for number in range(900))
    quotes = "".join(f"a{number},Sentence {number} of many,trust,claim\n" for number in range(0, 900, 9))
    reading = made(essay, book=BOOK, annotations=f"id,quote,theme,move\n{quotes}")
    svg = vl_convert.vegalite_to_svg(getattr(charts, name)(reading, width=328).to_json())
    kind = {"dispersion": "bar", "rhythm": "rect mark"}[name]
    bars = [bar for bar in re.findall(rf'<path [^>]*roledescription="{kind}"[^>]*>', svg) if "Paragraph: " in bar]
    assert len(bars) >= 200
    assert {re.search(r'stroke-width="([^"]*)"', bar)[1] for bar in bars} == {"0"}
    if name == "dispersion":
        across = [[float(x) for x in re.findall(r"([\d.]+),[\d.]+", bar)] for bar in bars]
        assert min(max(xs) - min(xs) for xs in across) > 1.4

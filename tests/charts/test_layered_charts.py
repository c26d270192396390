"""Charts of the layers that are on: a page counts as Python does, held to the same numbers and the same words."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from essay_explorer import ChartPanel, Reading, open_reading
from essay_explorer.charts import bundle
from essay_explorer.widgets.content import content_of
from essay_explorer.words import known, speaking, spoken
from node import evaluating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COUNTED = ("dispersion", "flow", "weight", "together", "rhythm")
# All that is on is the reading's own, so that what the page counts anew must be what Python counted.
RECOUNT = """({content, charts, counting}) => {
  const layers = () => [{ id: "reading", label: "", count: 1, on: true }, { id: "mine", label: "", count: 0, on: true }];
  const layered = panel.createLayeredCharts({ content, layers });
  return charts.map((chart) => {
    const { chart: made, whose } = layered.of(chart, charts, counting);
    return { name: chart.name, again: made !== chart, rows: made.rows, title: made.title, spec: made.spec, whose };
  });
}"""
CODEBOOK = """
facets:
  - id: theme
    label: Themes
    role: theme
    tags:
      - {id: trust, label: Trust}
      - {id: end, label: The ending}
  - id: move
    label: Moves
    role: move
    tags:
      - {id: verdict, label: Verdict}
"""
TEXTS = {
    "chinese": ("我喜欢这部电影。它的结尾让人失望！真的吗？\n\n第二段很短。", ["这部电影", "第二段很短"]),
    "signs": (
        "Don't—say 3,000 “words”; naïve 👩‍👩‍👧 co-op.\n\nIt ends. And is it well? It is.",
        ["3,000 “words”", "It ends"],
    ),
    "thai": ("ภาพยนตร์เรื่องนี้ดีมาก และตอนจบก็แปลก\n\nจบแล้ว", ["เรื่องนี้ดีมาก"]),
    "one": ("It was all in one paragraph, and it was good. It ended well.", ["all in one", "It ended"]),
}


@pytest.fixture(scope="module")
def recount(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Reading], list[dict[str, Any]]]]:
    with recounting(tmp_path_factory.mktemp("panel")) as counted:
        yield counted


@contextmanager
def recounting(folder: Path) -> Iterator[Callable[[Reading], list[dict[str, Any]]]]:
    """What a page counts, by the script as it is in the language that is spoken."""
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "panel.js").write_text(spoken(str(ChartPanel._esm)), encoding="utf-8")
    with evaluating(folder / "panel.js") as evaluate:

        def counted(reading: Reading) -> list[dict[str, Any]]:
            made = json.loads(bundle.charts(reading)) | {"content": content_of(reading)}
            plain = [{**one, **more} for one in made["charts"] for more in ({}, *one["more"])]
            return evaluate(RECOUNT, made | {"charts": plain})

        yield counted


def reading_of(folder: Path, text: str, quotes: list[str]) -> Reading:
    (folder / "essay.md").write_text(f"---\ntitle: T\n---\n\n{text}\n", encoding="utf-8")
    (folder / "codebook.yml").write_text(CODEBOOK, encoding="utf-8")
    rows = [f'm{at},"{quote}",{"trust;end" if at else "trust"},verdict' for at, quote in enumerate(quotes)]
    (folder / "annotations.csv").write_text("\n".join(["id,quote,theme,move", *rows]) + "\n", encoding="utf-8")
    return open_reading(folder)


def expect_the_same(reading: Reading, recounted: list[dict[str, Any]]) -> None:
    charts = {chart["name"]: chart for chart in json.loads(bundle.charts(reading))["charts"]}
    for made in recounted:
        if made["name"] in COUNTED:
            chart = charts[made["name"]]
            assert made["again"], made["whose"]
            rows = [{key: value for key, value in row.items() if key != "layer"} for row in made["rows"]]
            assert rows == chart["rows"]
            assert made["title"] == chart["title"]


def test_a_page_counts_the_same_in_her(recount: Callable[[Reading], list[dict[str, Any]]]) -> None:
    reading = open_reading("her")
    recounted = recount(reading)
    expect_the_same(reading, recounted)
    charts = json.loads(bundle.charts(reading))["charts"]
    specs = {one["name"]: one["spec"] for chart in charts for one in (chart, *chart["more"])}
    assert {made["name"]: made["spec"] for made in recounted} == specs  # peaks, codes and scales too
    assert "Relations belong to the reading" in next(made["whose"] for made in recounted if made["name"] == "argument")


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_counts_the_same_in_any_script(
    name: str, recount: Callable[[Reading], list[dict[str, Any]]], tmp_path: Path
) -> None:
    reading = reading_of(tmp_path, *TEXTS[name])
    assert reading.passages()
    expect_the_same(reading, recount(reading))


@pytest.mark.parametrize("language", known())
@pytest.mark.parametrize("name", ["her", *TEXTS])
def test_a_page_says_the_same_in_any_language(name: str, language: str, tmp_path: Path) -> None:
    reading = open_reading("her") if name == "her" else reading_of(tmp_path, *TEXTS[name])
    with speaking(language), recounting(tmp_path) as recount:
        expect_the_same(reading, recount(reading))

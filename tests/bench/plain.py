"""The essay as plain HTML: what the alternatives show. Standard library only, a notebook imports it too."""

from __future__ import annotations

import json
from html import escape
from typing import Any

STYLE = """
.essay { max-width: 40rem; font: 1.1rem/1.6 Georgia, serif; }
.essay mark { background: none; color: inherit; }
.essay mark.on { background: #ffe9a8; }
"""

# A click marks the passages of a theme, as the notebook does it in Python.
SCRIPT = """
const essay = document.querySelector(".essay");
const marks = [...essay.querySelectorAll("mark")].map((mark) => [mark, mark.dataset.tags.split(" ")]);
const buttons = [...document.querySelectorAll("button[data-tag]")];
for (const button of buttons) {
  button.addEventListener("click", () => {
    const { tag } = button.dataset;
    for (const [mark, tags] of marks) mark.classList.toggle("on", tags.includes(tag));
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    essay.dataset.chosen = tag;
  });
}
"""

# One cell, as somebody would write it who has ipywidgets and nothing else.
NOTEBOOK = """
import json
from pathlib import Path

import ipywidgets as widgets
from plain import essay_html

content = json.loads(Path("essay.json").read_text(encoding="utf-8"))
themes = {"All": "all"} | {label: tag for tag, label in content["themes"]}
picker = widgets.ToggleButtons(options=themes.items(), tooltips=list(themes.values()))
essay = widgets.HTML(essay_html(content))

def show(change):
    essay.value = essay_html(content, change["new"])

picker.observe(show, "value")
widgets.VBox([picker, essay])
"""

# The same with a chart: a cell before that one, and a cell after it.
OFFLINE = """
import altair as alt

alt.JupyterChart.enable_offline()
"""
CHARTS = """
bars = json.loads(Path("bars.json").read_text(encoding="utf-8"))
place = widgets.VBox([])

def draw(_):
    chart = alt.Chart(alt.Data(values=bars)).mark_bar(height=10).encode(
        x="start:Q", x2="end:Q", y="label:N", color="label:N", tooltip=["label:N", "quote:N"]
    )
    place.children = [alt.JupyterChart(chart)]

button = widgets.Button(description="Charts", tooltip="charts")
button.on_click(draw)
widgets.VBox([button, place])
"""

# Python follows what the reader chooses.
LISTENING = """
import ipywidgets
from IPython.display import display
from essay_explorer import Explorer, open_reading
explorer, chosen = Explorer(open_reading("her")), ipywidgets.Label("nothing")
explorer.lens.observe(lambda change: setattr(chosen, "value", ", ".join(change["new"])), "chosen")
display(explorer, chosen)
"""

# A chart below the text.
DRAW = """
import embed from "./vega.js";
const spec = await (await fetch("chart.json")).json();
embed("#chart", spec, { actions: false, renderer: "svg", ast: false });
"""


def essay_html(content: dict[str, Any], chosen: str = "all") -> str:
    """The essay with a <mark> for every passage; those that carry the theme `chosen` are lit."""
    paragraphs = "\n".join(
        f'<p class="paragraph">{"".join(_run(run, chosen) for run in paragraph)}</p>'
        for paragraph in content["paragraphs"]
    )
    return f'<style>{STYLE}</style><div class="essay" data-chosen="{chosen}"><h1>{escape(content["title"])}</h1>{paragraphs}</div>'


def _run(run: dict[str, Any], chosen: str) -> str:
    text = escape(run["text"])
    if run["em"]:
        text = f"<em>{text}</em>"
    if not run["tags"]:
        return text
    lit = ' class="on"' if chosen in run["tags"] else ""
    return f'<mark{lit} data-tags="{" ".join(run["tags"])}">{text}</mark>'


def page(content: dict[str, Any], *, chart: bool = False) -> str:
    """The whole thing as one HTML file that works without a server; `chart`: with vega.js and chart.json beside it."""
    tags = [["all", "All"], *content["themes"]]
    buttons = "".join(
        f'<button data-tag="{tag}" aria-pressed="{str(tag == "all").lower()}">{escape(label)}</button>'
        for tag, label in tags
    )
    drawing = f'<div id="chart"></div><script type="module">{DRAW}</script>' if chart else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>{escape(content["title"])}</title></head>
<body><nav>{buttons}</nav>
{essay_html(content)}
<script>{SCRIPT}</script>{drawing}
</body>
</html>
"""


def notebook(*, charts: bool = False) -> str:
    """The notebook file for stock Voila."""
    return _notebook(*((OFFLINE, NOTEBOOK, CHARTS) if charts else (NOTEBOOK,)))


def with_python() -> str:
    """A notebook with our explorer, and Python that listens to it."""
    return _notebook(LISTENING)


def _notebook(*sources: str) -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"essay-{number}",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": source.strip(),
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})

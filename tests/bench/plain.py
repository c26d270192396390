"""The essay as plain HTML: what the two alternatives show. Standard library only, a notebook imports it too."""

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


def page(content: dict[str, Any]) -> str:
    """The whole thing as one HTML file that works without a server."""
    tags = [["all", "All"], *content["themes"]]
    buttons = "".join(
        f'<button data-tag="{tag}" aria-pressed="{str(tag == "all").lower()}">{escape(label)}</button>'
        for tag, label in tags
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>{escape(content["title"])}</title></head>
<body><nav>{buttons}</nav>
{essay_html(content)}
<script>{SCRIPT}</script>
</body>
</html>
"""


def notebook() -> str:
    """The notebook file for stock Voila."""
    cell = {
        "cell_type": "code",
        "id": "essay",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": NOTEBOOK.strip(),
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})

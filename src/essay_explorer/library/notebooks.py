"""The notebook of a reading: its explorer, and below it the essay's text in a Markdown cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from essay_explorer.core.essay import FILE, Essay
from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.files.reading_files import texts_in
from essay_explorer.files.whole import write_whole
from essay_explorer.library.finding import folder_of
from essay_explorer.library.opening import open_reading

if TYPE_CHECKING:
    from pathlib import Path

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "voila": {"template": "essay-explorer"},
}
# JupyterLab folds away the cells below such a heading; other viewers do not know the word.
FOLDED = {"jp-MarkdownHeadingCollapsed": True}
# The page shows the essay itself; a cell with this tag is not shown there a second time.
TEXT = {"tags": ["essay-explorer-text"]}
CODE = """\
from essay_explorer import Explorer, open_reading

explorer = Explorer(open_reading({argument}))
explorer"""
INVITATION = "Run the next cell to read the essay with its themes. The same text stands below it, without them."


def notebook_of(source: str, *, opens: str = "") -> dict[str, Any]:
    """The notebook that shows a reading and carries its essay: nbformat 4.5, without outputs.

    `source`: the text of its essay.md. `opens`: what its code gives to `open_reading`; "" for the
    reading that was asked for. JupyterLab folds the text away, Voila leaves it out; a code host,
    a viewer or a printer shows it.
    """
    essay = Essay.from_markdown(source)
    body = FrontMatter.from_markdown(source, FILE, lambda _: None).body.strip()
    author = essay.author and f"{'Text by' if essay.after else 'By'} {essay.author}"
    credit = filter(None, (essay.after and f"After {essay.after}", author, essay.license))
    head = filter(None, (f"# {essay.title}", essay.subtitle, " · ".join(credit), INVITATION))
    about = essay.about and f"**About this text.** {essay.about}"
    text = "\n\n".join(filter(None, (body, about)))
    cells = [
        _markdown("title", "\n\n".join(head), TEXT),
        _markdown("explorer", CODE.format(argument=json.dumps(opens, ensure_ascii=False) if opens else ""))
        | {"cell_type": "code", "execution_count": None, "outputs": []},
        _markdown("heading", "# The text", TEXT | FOLDED),
        _markdown("text", text, TEXT),
    ]
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def _markdown(name: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "markdown", "id": name, "metadata": metadata or {}, "source": lines}


def write(reading: str | None, to: Path) -> None:
    """Write the notebook of a reading to a file, whole or not at all; one that is there is replaced."""
    folder = folder_of(reading)
    open_reading(folder)  # tells what is wrong with it
    texts, _ = texts_in(folder)
    content = json.dumps(notebook_of(texts[FILE], opens=reading or ""), ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(to, content + "\n")

"""The notebook of a reading: its explorer, and below it the essay's text in a Markdown cell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from essay_explorer.core.essay import FILE, Essay
from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.files.reading_files import texts_in
from essay_explorer.files.whole import write_whole
from essay_explorer.library.finding import folder_of
from essay_explorer.library.opening import open_reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from essay_explorer.core.image import Image

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
INVITATION = "Run the next cell to read the essay with its themes. The same text is below it, without them."


def notebook_of(source: str, *, opens: str = "", images: Sequence[Image] = ()) -> dict[str, Any]:
    """The notebook that shows a reading and carries its essay: nbformat 4.5, without outputs.

    `source`: the text of its essay.md. `opens`: what its code gives to `open_reading`; "" for the
    reading that was asked for. JupyterLab folds the text away, Voila leaves it out; a code host,
    a viewer or a printer shows it. `images`: the pictures of the essay, which the notebook carries too.
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
        _with_pictures(_markdown("text", text, TEXT), images),
    ]
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def _markdown(name: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "markdown", "id": name, "metadata": metadata or {}, "source": lines}


def _with_pictures(cell: dict[str, Any], images: Sequence[Image]) -> dict[str, Any]:
    """The cell with its pictures attached, as Jupyter does it with one that is pasted."""
    attached = {f"{at}.{image.kind.partition('/')[2].partition('+')[0]}": image for at, image in enumerate(images, 1)}
    lines = cell["source"]
    for name, image in attached.items():
        written = "|".join(map(re.escape, {image.source, quote(image.source)}))
        address = re.compile(rf"(?<=\]\()<?(?:{written})>?(?=[\s)])")
        lines = [address.sub(f"attachment:{name}", line) for line in lines]
    files = {name: {image.kind: image.base64} for name, image in attached.items()}
    return cell | {"source": lines} | ({"attachments": files} if files else {})


def write(reading: str | None, to: Path) -> None:
    """Write the notebook of a reading to a file, whole or not at all; one that is there is replaced."""
    folder = folder_of(reading)
    images = open_reading(folder).images  # which tells what is wrong with it
    texts, _ = texts_in(folder)
    made = notebook_of(texts[FILE], opens=reading or "", images=images)
    content = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(to, content + "\n")

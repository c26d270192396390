"""The notebook of a reading: its explorer, and below it the essay's text in a Markdown cell."""

from __future__ import annotations

import json
import keyword
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from essay_explorer.core.essay import FILE, Essay
from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.core.prose import Prose
from essay_explorer.files.reading_files import texts_in
from essay_explorer.files.whole import write_whole
from essay_explorer.library.finding import folder_of, own_library
from essay_explorer.library.opening import open_quietly, open_reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from essay_explorer.core.image import Image
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Facet

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


def students_notebook(reading: Reading, opens: str) -> dict[str, Any]:
    """The notebook in which students explore a reading: its own tags and questions, and cells that run for any.

    `opens`: what its code gives to `open_reading`.
    """
    title = Prose.from_inline(reading.essay.title).text or reading.name
    facet = next((one for one in reading.codebook.facets if one.tags), None)
    opening = CODE.format(argument=json.dumps(opens, ensure_ascii=False))
    parts = [
        (f"# Explore “{title}”", "Work from top to bottom: Shift+Enter runs a cell and goes on to the next."),
        f"{opening.removesuffix('explorer')}reading = explorer.reading\nexplorer",
        *(_about_tags(facet) if facet else ()),
        ("## Words", "The words of the essay that stand there most often. Put one into `reading.concordance(...)`."),
        "reading.frequencies()",
        (
            "## Tables",
            "A row for each sentence, with a column for each tag; `to_frame` has other tables too.",
        ),
        'reading.to_frame("sentences").head()',
        *_questions(reading),
    ]
    cells = [_cell(number, part) for number, part in enumerate(parts, 1)]
    return {"cells": cells, "metadata": {"kernelspec": METADATA["kernelspec"]}, "nbformat": 4, "nbformat_minor": 5}


def _about_tags(facet: Facet) -> list[str | tuple[str, str]]:
    """Cells about a facet: its first tag in Python, in the explorer, and as a chart."""
    tag, name = facet.tags[0], json.dumps(facet.tags[0].id, ensure_ascii=False)
    asked = f"{facet.id}={name}"
    if not facet.id.isidentifier() or keyword.iskeyword(facet.id):
        asked = f"**{json.dumps({facet.id: tag.id}, ensure_ascii=False)}"
    return [
        ("## Ask from Python", f"This asks for the passages with “{tag.label}”. Each has an id, which is its name."),
        f"reading.passages({asked})",
        ("Python steers the explorer above, too.", "Run this cell, and look there."),
        f"explorer.lens.choose({name})",
        ("## See where it stands", "The charts follow what is chosen, and are chosen in."),
        "from essay_explorer import ChartPanel\n\nChartPanel(explorer.lens)",
    ]


def _questions(reading: Reading) -> list[tuple[str, str]]:
    """A cell for each tag that has a question, to be answered in words."""
    tags = [tag for tag in reading.codebook.tags.values() if tag.questions]
    heading = "*Your answer (double-click here to write it):*"
    return [(f"## {tag.label}", "\n".join(f"> {one}" for one in tag.questions) + f"\n\n{heading}") for tag in tags]


def _cell(number: int, part: str | tuple[str, str]) -> dict[str, Any]:
    if isinstance(part, tuple):
        return _markdown(f"words-{number}", "\n\n".join(part))
    return _markdown(f"code-{number}", part) | {"cell_type": "code", "execution_count": None, "outputs": []}


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


def write_students_notebook(name: str, to: Path) -> None:
    """Write the students' notebook of a reading to a file, whole or not at all."""
    folder = folder_of(name)
    made = students_notebook(open_quietly(folder), str(folder) if folder.parent != own_library() else folder.name)
    write_whole(to, json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write(reading: str | None, to: Path) -> None:
    """Write the notebook of a reading to a file, whole or not at all; one that is there is replaced."""
    folder = folder_of(reading)
    images = open_reading(folder).images  # which tells what is wrong with it
    texts, _ = texts_in(folder)
    made = notebook_of(texts[FILE], opens=reading or "", images=images)
    content = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(to, content + "\n")

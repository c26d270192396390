"""The page without a server: one file to take home, or a folder for any web host."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from essay_explorer.charts import vega
from essay_explorer.core.fault import counted
from essay_explorer.core.prose import Prose
from essay_explorer.files.whole import write_whole
from essay_explorer.library.finding import originals_of
from essay_explorer.library.sealed_sets import sealed_set
from essay_explorer.page import own_copy
from essay_explorer.page.document import PARTS, STYLE, Parts, opening, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from essay_explorer.core.reading import Reading


def write_page(reading: Reading, to: Path, *, charts: bool = True) -> None:
    """Write the page as one HTML file that needs no server and no network."""
    write_whole(to, whole(reading, charts=charts))


def write_site(readings: Sequence[Reading], folder: Path) -> None:
    """Write a page for each reading, an index of them, and what their charts load later.

    What the folder holds besides is left alone. Files in the folder PARTS may be cached for ever, but
    for those that end in .html: the name of each tells its content.
    """
    parts = folder / PARTS
    parts.mkdir(parents=True, exist_ok=True)
    write_whole(parts / vega.module_name(), vega.module())
    for name in {name for reading in readings for name in originals_of(reading.name)}:
        write_whole(parts / f"{name}.html", own_copy.page(sealed_set(name)))
    for reading in readings:
        write_whole(parts / vega.charts_name(reading), vega.charts(reading))
        write_whole(parts / f"{reading.name}.html", whole(reading))
        write_whole(folder / f"{reading.name}.html", f"{opening(reading, Parts.beside(reading))}</body>\n</html>\n")
    write_whole(folder / "index.html", _index(readings))


def _index(readings: Sequence[Reading]) -> str:
    entries = "\n".join(_entry(reading) for reading in readings)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Essays to explore</title>
<meta name="color-scheme" content="light dark">
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body class="essay-explorer-index">
<main>
<h1>Essays to explore</h1>
<ul>
{entries}
</ul>
</main>
</body>
</html>
"""


def _entry(reading: Reading) -> str:
    essay = reading.essay
    title = escape(Prose.from_inline(essay.title).text)
    about = escape(Prose.from_inline(essay.subtitle).text)
    facts = [essay.author, counted(len(reading.passages()), "passage"), counted(essay.minutes, "minute")]
    told = escape(" · ".join(filter(None, facts)))
    return f'<li><a href="{quote(reading.name)}.html">{title}</a> <span>{about}</span><small>{told}</small></li>'

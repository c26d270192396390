"""The page without a server: one file to take home, or a folder for any web host."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from essay_explorer.charts import bundle
from essay_explorer.core.prose import Prose
from essay_explorer.files.whole import write_whole
from essay_explorer.library.finding import originals_of
from essay_explorer.library.sealed_sets import sealed_set
from essay_explorer.library.whole_reading import embedded
from essay_explorer.page import own_copy
from essay_explorer.page.document import PARTS, Parts, closed, opening, whole
from essay_explorer.page.parted import PartedPage
from essay_explorer.page.shelf import Entry, next_on, shelf
from essay_explorer.paper.picture import picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from essay_explorer.core.reading import Reading


def write_page(
    reading: Reading, to: Path, *, charts: bool = True, files: Mapping[str, str] | None = None, url: str = ""
) -> Sequence[Path]:
    """Write the page as one HTML file that needs no server and no network; what was written.

    `files`: the texts of the reading's files by name, which `essay-explorer open` takes out of the page again.
    `url`: the address that the page will have. With it links to the page show its picture, which is written beside it.
    """
    written, shown = [to], ""
    if url:
        beside = to.with_suffix(".png")
        write_whole(beside, picture(reading, address=url.partition("://")[2]))
        written, shown = [to, beside], urljoin(url, quote(beside.name))
    data = embedded(files, reading.images) if files else {}
    write_whole(to, whole(reading, charts=charts, data=data, picture=shown))
    return written


def embedding(reading: Reading, file: str) -> str:
    """The line of HTML that shows a page of `write_page` inside another page; `file`: where it is, seen from there."""
    title = escape(Prose.from_inline(reading.essay.title).text)
    look = "width: 100%; height: 44rem; border: 0"
    return f'<iframe src="{quote(file)}" title="{title}" loading="lazy" style="{look}"></iframe>'


def write_site(readings: Sequence[Reading], folder: Path, *, url: str = "") -> None:
    """Write a page for each reading, its picture, an index of them, and what their charts load later.

    What the folder holds besides is left alone. Files in the folder PARTS may be cached for ever, but
    for those that end in .html: the name of each tells its content.

    `url`: the address that the folder will have. With it the pictures that links show have whole addresses, which
    most programs ask for; without it relative ones.
    """
    parts, base = folder / PARTS, f"{url.rstrip('/')}/" if url else ""
    parts.mkdir(parents=True, exist_ok=True)
    write_whole(parts / bundle.vega_name(), bundle.vega())
    for name in {name for reading in readings for name in originals_of(reading.name)}:
        write_whole(parts / f"{name}.html", own_copy.page(sealed_set(name)))
    entries = [(f"{quote(reading.name)}.html", Entry.of(reading)) for reading in readings]
    for at, reading in enumerate(readings):
        write_whole(parts / bundle.charts_name(reading), bundle.charts(reading))
        shown, address = f"{base}{quote(reading.name)}.png", f"{base}{reading.name}.html".partition("://")[2]
        write_whole(folder / f"{reading.name}.png", picture(reading, address=address))
        write_whole(parts / f"{reading.name}.html", whole(reading, picture=shown if base else ""))
        found = replace(Parts.beside(reading), following=next_on(entries, at))
        parted = PartedPage.of(closed(opening(reading, found, picture=shown)))
        write_whole(parts / parted.name, parted.script)
        write_whole(folder / f"{reading.name}.html", parted.page)
    first = f"{base}{quote(readings[0].name)}.png" if readings else ""
    write_whole(folder / "index.html", shelf(entries, picture=first))

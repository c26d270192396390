"""One file whose lens a test can write, as Python writes it in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.page.document import START
from essay_explorer.page.export import write_page

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer import Reading


def write_kept(reading: Reading, path: Path) -> None:
    """Write the page without charts; in a browser its lens is `lens`."""
    write_page(reading, path, charts=False)
    page = path.read_text(encoding="utf-8")
    assert page.count(START) == 1
    path.write_text(page.replace(START, f"{START} window.lens = models.Lens;"), encoding="utf-8")

"""A notebook's file, which may be anything that somebody calls so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.files.limits import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode


def notebook_in(path: Path) -> NotebookNode:
    """The notebook in a file, in the format of today. Raises ReadingError where there is none."""
    if not path.is_file():
        refuse(Fault(str(path), "is not there. Give the path of a notebook, or the name of a reading"))
    content = bytes_of(path)
    try:
        return nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-any-return, no-untyped-call]
    except Exception:  # noqa: BLE001 - of what it does not expect, nbformat raises whatever comes of it
        refuse(Fault(str(path), "cannot be read as a notebook. Open it in JupyterLab and save it again"))

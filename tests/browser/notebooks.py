"""Notebooks written in a test, small enough to read there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat.v4 as nbf
from nbformat import NotebookNode, write

if TYPE_CHECKING:
    from pathlib import Path

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def prose(source: str, *tags: str) -> NotebookNode:
    """A Markdown cell."""
    return nbf.new_markdown_cell(source, metadata={"tags": list(tags)})


def write_notebook(path: Path, *cells: NotebookNode | str, **metadata: Any) -> Path:
    """Write a notebook of these cells, plain text being code; it is one of our template unless told."""
    made = [cell if isinstance(cell, NotebookNode) else nbf.new_code_cell(cell) for cell in cells]
    metadata = {"kernelspec": KERNELSPEC, "voila": {"template": "essay-explorer"}, **metadata}
    write(nbf.new_notebook(cells=made, metadata=metadata), path)
    return path

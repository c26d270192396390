"""What is no notebook is refused in a sentence, whatever it is instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from essay_explorer import ReadingError
from essay_explorer.files.limits import LARGEST
from essay_explorer.server.notebook_file import notebook_in

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NO_NOTEBOOKS = [
    "",
    "One two.",
    "[]",
    "null",
    '"cells"',
    "[" * 100_000,
    f'{{"nbformat": {"9" * 5_000}}}',
    '{"nbformat": "x"}',
    '{"nbformat": []}',
    '{"nbformat": null}',
    '{"nbformat": 1e999}',
    '{"nbformat": 99, "nbformat_minor": 1, "metadata": {}, "cells": []}',
    '{"nbformat": 4, "nbformat_minor": "x", "metadata": {}, "cells": []}',
    '{"nbformat": 4, "nbformat_minor": 5, "metadata": [], "cells": []}',
    '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [5]}',
    '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": 5}',
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("content", NO_NOTEBOOKS, ids=lambda content: repr(content[:60]))
def test_what_is_no_notebook_is_refused_in_a_sentence(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    words = "cannot be read as a notebook. Open it in JupyterLab and save it again"
    with pytest.raises(ReadingError, match=f"^{re.escape(f'{path}: {words}')}$"):
        notebook_in(path)


def test_a_notebook_without_measure_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as file:
        file.truncate(LARGEST * 40)
    with pytest.raises(ReadingError, match=f"is larger than {LARGEST // 1024**2} MB"):
        notebook_in(path)


@pytest.mark.parametrize("there", [False, True], ids=["nothing", "a folder"])
def test_a_path_without_a_file_is_refused(tmp_path: Path, *, there: bool) -> None:
    path = tmp_path / "a.ipynb"
    if there:
        path.mkdir()
    with pytest.raises(ReadingError, match="is not there"):
        notebook_in(path)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_our_own_notebooks_are_read(path: Path) -> None:
    assert notebook_in(path).cells

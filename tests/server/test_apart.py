"""Charts made by another process: those of another state of the files are never kept in place of what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from essay_explorer.charts import bundle
from essay_explorer.library.opening import open_quietly
from essay_explorer.server.apart import charts_apart

if TYPE_CHECKING:
    from pathlib import Path


def test_charts_of_files_that_changed_meanwhile_are_not_kept(tmp_path: Path) -> None:
    essay = tmp_path / "essay.md"
    essay.write_text(f"Trust is chosen in {tmp_path}.", encoding="utf-8")
    name = bundle.charts_name(open_quietly(tmp_path))
    essay.write_text("Trust is proved.", encoding="utf-8")
    with pytest.raises(RuntimeError, match="the reading has changed meanwhile"):
        charts_apart(tmp_path, name)

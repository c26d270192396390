"""Vega as a file of the wheel: a host without vl-convert, such as Colab, draws charts too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import vl_convert
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Vega(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Puts what `essay_explorer.charts.bundle.vega` makes into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file; an editable installation has vl-convert itself."""
        if version != "editable":
            made = Path(self.root, "build", "vega.js")
            made.parent.mkdir(exist_ok=True)
            made.write_text(vl_convert.javascript_bundle("export default vegaEmbed;"), encoding="utf-8")
            build_data["force_include"][str(made)] = "essay_explorer/charts/vega.js"

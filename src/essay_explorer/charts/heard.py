"""What a screen reader hears of a chart: at each mark what the pointer is told there, and of other marks nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def heard(view: Mapping[str, Any], told: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A view of Vega-Lite in which each mark says its tooltip; one without, and letters beside it, are silent.

    Left to itself Vega names every channel too: "start: 12; top: 3.04; tag: trust; Theme: Trust".
    `told`: the tooltip of the view around it.
    """
    told = view.get("encoding", {}).get("tooltip", told)
    if "layer" in view:
        return {**view, "layer": [heard(layer, told) for layer in view["layer"]]}
    mark = view["mark"] if isinstance(view["mark"], dict) else {"type": view["mark"]}
    if isinstance(told, list) and mark["type"] != "text" and mark.get("aria", True):
        parts = [_part("; " if at else "", tip) for at, tip in enumerate(told)]
        return {**view, "mark": {**mark, "description": {"expr": "+".join(parts)}}}
    return {**view, "mark": {**mark, "aria": False}}


def _part(before: str, tip: Mapping[str, Any]) -> str:
    """The expression of what a tooltip says of one field."""
    name = json.dumps(f"{before}{tip['title']}: ", ensure_ascii=False)
    field = f"datum.{tip['field']}" if tip["field"].isidentifier() else f"datum[{json.dumps(tip['field'])}]"
    if tip["type"] == "quantitative":
        return f"{name}+format({field},'{tip.get('format', '')}')"
    return f"{name}+{field}"

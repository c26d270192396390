"""Rows as Vega-Lite takes them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def values_of(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Frozen rows as dicts of plain JSON values, by the names of their fields; `from_` is "from" there."""
    return [{field.name.rstrip("_"): _plain(getattr(row, field.name)) for field in fields(row)} for row in rows]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value

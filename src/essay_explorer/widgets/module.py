"""A widget's JavaScript in one piece: a module imports nothing, since hosts load it from its text."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def module(*names: str) -> str:
    """The files of one module, each built on those before it; the last one has the default export."""
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in names)

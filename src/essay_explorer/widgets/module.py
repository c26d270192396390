"""A widget's JavaScript and its style sheet in one piece: a module imports nothing, hosts load it from its text."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
SAY = "say"


def module(*names: str) -> str:
    """The files of one module, each built on those before it; the last one has the default export.

    What a module says to a reader it says by say.js, which comes before all.
    """
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in (SAY, *names))


def style(*names: str) -> str:
    """The style sheets of one widget, each of which may overrule those before it."""
    return "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in names)

"""A widget's JavaScript and its style sheet in one piece: a module imports nothing, hosts load it from its text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
SAY = "say"
REM = re.compile(r"(?<![\w.-])(-?\d*\.?\d+)rem\b")


def module(*names: str) -> str:
    """The files of one module, each built on those before it; the last one has the default export.

    What a module says to a reader it says by say.js, which comes before all.
    """
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in (SAY, *names))


def style(*names: str) -> str:
    """The style sheets of one widget, each of which may overrule those before it."""
    return "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in names)


@lru_cache(maxsize=64)
def in_a_host(css: str) -> str:
    """A style sheet whose measures are not small where a host gives its page a small root, as nbclassic does: 10 px.

    >>> in_a_host("@container (max-width: 46rem) { p { margin: -2rem } }")
    '@container (max-width: calc(46 * max(1rem, 16px))) { p { margin: calc(-2 * max(1rem, 16px)) } }'
    """
    return REM.sub(r"calc(\1 * max(1rem, 16px))", css)

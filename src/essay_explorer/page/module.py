"""JavaScript modules as functions, since a page holds them all in one script."""

from __future__ import annotations

import re

EXPORT = re.compile(r"^[ \t]*export (default )?", re.MULTILINE)
IMPORT = re.compile(r"^\s*import\b|\bimport\.meta\b", re.MULTILINE)


def is_standalone(module: str) -> bool:
    """Whether a module can be a function: it imports nothing, and has one default export and no end of a script."""
    defaults = [found for found in EXPORT.finditer(module) if found[1]]
    return len(defaults) == 1 and not IMPORT.search(module) and "</script" not in module


def as_function(module: str) -> str:
    """A module as a function that gives its default export.

    In parentheses, since browsers take that for a sign that it is called soon, and parse it only once.
    """
    if not is_standalone(module):
        message = "a module has one default export, imports nothing, and has no end of a script in it"
        raise ValueError(message)
    body = EXPORT.sub(lambda found: "return " if found[1] else "", module)
    return f"(() => {{\n{body}}})"

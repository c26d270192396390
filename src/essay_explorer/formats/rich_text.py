"""Rich text: what pandoc would read without end."""

from __future__ import annotations

import re

from essay_explorer.formats.refusing import refuse_file

DEEPEST = 100  # groups in one another; Word makes a dozen
BRACE = re.compile(rb"\\[\\{}]|[{}]")


def check_depth(content: bytes, file: str) -> None:
    """Raise ReadingError for rich text with more groups in one another than any program writes."""
    depth = 0
    for sign in BRACE.finditer(content):
        depth += {b"{": 1, b"}": -1}.get(sign[0], 0)
        if depth > DEEPEST:
            refuse_file(file, f"has groups more than {DEEPEST} deep, which no essay has. Save its text alone, as .txt")

"""Rich text: what pandoc would read without end, and what it leaves out or takes unasked."""

from __future__ import annotations

import re

from essay_explorer.formats.refusing import refuse_file
from essay_explorer.formats.rewriting import Losses

DEEPEST = 100  # groups in one another; Word makes a dozen
# What stands for each, with what becomes of it; a 0 behind a word turns it off.
WORDS = {
    rb"\\\*\\annotation(?![a-z])": ("comment", "left out"),
    rb"\\v(?:1)?(?![a-z0-9])": ("hidden passage", "left out"),
    rb"\\revised(?:1)?(?![a-z0-9])": ("tracked insertion", "taken as if accepted"),
}
BRACE = re.compile(rb"\\[\\{}]|[{}]")


def check_depth(content: bytes, file: str) -> None:
    """Raise ReadingError for rich text with more groups in one another than any program writes."""
    depth = 0
    for sign in BRACE.finditer(content):
        depth += {b"{": 1, b"}": -1}.get(sign[0], 0)
        if depth > DEEPEST:
            refuse_file(file, f"has groups more than {DEEPEST} deep, which no essay has. Save its text alone, as .txt")


def losses_of(content: bytes) -> Losses:
    """What the text holds besides what is read of it, or what was read though it is no longer meant."""
    losses = Losses()
    for word, (noun, fate) in WORDS.items():
        if number := len(re.findall(word, content)):
            losses.add(noun, fate, number=number)
    return losses

"""What a surface says in the pseudo-language that is neither of the catalogue nor of a reading all in the letter Z."""

from __future__ import annotations

import re
from html.parser import HTMLParser

OURS = re.compile("⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
SEEN = ("aria-label", "title", "alt", "placeholder")  # attributes that are read out


def said_outside(text: str, *own: str) -> set[str]:
    """Its words outside of the brackets; `own`: what else may stand there, such as names."""
    while OURS.search(text):  # what is filled in may have brackets of its own
        text = OURS.sub(" ", text)
    known = {word.casefold() for one in own for word in WORD.findall(one)}
    found = {word.casefold() for word in WORD.findall(re.sub("[\u2010\xad]", "", text))}
    return {word for word in found - known if word.strip("z")}


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag if tag in {"style", "script"} else self.silent
        self.texts += [f" {value} " for name, value in attrs if name in SEEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data: str) -> None:
        self.texts += [] if self.silent else [data]


def text_of(page: str) -> str:
    """All that can be seen or heard of a page."""
    made = _Read()
    made.feed(page)
    return "".join(made.texts)

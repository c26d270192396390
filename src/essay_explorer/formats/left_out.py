"""What a page holds that is no text of an essay: drawings, buttons, fields, what is played. None of it goes untold."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats.manuscript import line_of
from essay_explorer.formats.pictures import LEFT_OUT
from essay_explorer.formats.tags import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.rewriting import Losses


class _Kind(NamedTuple):
    """What an element is called where it is told, and whether that happens without a word in it too."""

    noun: str
    always: bool = False


HIDDEN = _Kind("hidden part")
OTHERS = _Kind("part for other browsers")
FIELD = _Kind("form field")
BUTTON = _Kind("button")
DRAWING = "drawing"
# Elements with all that is in them, by their names. Most drawings without words are icons.
DROPPED = {
    "svg": _Kind(DRAWING),
    "canvas": _Kind(DRAWING, always=True),
    "audio": _Kind("recording", always=True),
    "video": _Kind("video", always=True),
    "object": _Kind("embedded object", always=True),
    "template": HIDDEN,
    "noscript": OTHERS,
    "select": FIELD,
    "datalist": FIELD,
    "button": BUTTON,
}
# Elements whose tags are letters.
LETTERS = {"textarea": FIELD, "noembed": OTHERS, "noframes": OTHERS}
# Those that hold nothing, or the words of another page.
PAGE = _Kind("embedded page", always=True)
EMPTY = {"iframe": PAGE, "frame": PAGE, "embed": DROPPED["object"], "area": _Kind("link in a picture")}
BUTTONS = {"submit", "reset", "button", "image"}
WITHOUT_WORDS = {"hidden", "checkbox", "radio", "file", "range", "color"}  # inputs: none of their value is seen


class LeftOut:
    """What was left out of a page so far, which `losses` are told, and the words of the part that is open."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._words: list[str] = []

    def start(self) -> None:
        """One of DROPPED starts that is in no other."""
        self._words = []

    def say(self, words: str) -> None:
        """Words that stand in it."""
        self._words.append(words)

    def end(self, name: str) -> None:
        """It ends; an e-book's list for its program is none of DROPPED and not told."""
        if name in DROPPED:
            self._tell(DROPPED[name], " ".join(self._words))

    def letters(self, name: str, text: str) -> None:
        """What stands in an element whose tags are letters."""
        if name in LETTERS:
            plain = text if name == "textarea" else _words_of(text)
            self._tell(LETTERS[name], html.unescape(plain))

    def empty(self, name: str, given: Mapping[str, str]) -> None:
        """An element that holds nothing."""
        if name == "input":
            kind = given.get("type", "").lower()
            if kind in BUTTONS:
                self._tell(BUTTON, given.get("alt" if kind == "image" else "value", ""))
            elif kind not in WITHOUT_WORDS:
                self._tell(FIELD, given.get("value") or given.get("placeholder", ""))
        elif name in EMPTY:
            words = given.get("alt") or given.get("title") or _words_of(given.get("srcdoc", ""))
            self._tell(EMPTY[name], words)

    def _tell(self, kind: _Kind, words: str) -> None:
        words = line_of(words)
        if words or kind.always:
            self._losses.add(kind.noun, LEFT_OUT, words)


def _words_of(page: str) -> str:
    """The words between the tags of a page."""
    return html.unescape(" ".join(token.rest for token in tokens(page) if not token.name))

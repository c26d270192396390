"""The marks of notes in a web page, the notes themselves, and the links between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    Kind = Literal["", "mark", "back", "note", "inner", "outer"]

MARKS = re.compile(
    r"(?:^|\s)(?:doc-)?(?:note-?ref|note-?call|(?:foot|end)note-?(?:ref|mark|anchor|call|link)?|fn-?ref)(?:$|\s)"
)
BACK = re.compile(r"(?:^|\s)(?:[\w-]*back-?link|(?:foot|end)note-?back(?:-?ref)?|reverse-?footnote)(?:$|\s)")
NOTES = re.compile(r"(?:^|\s)(?:doc-)?(?:foot|end|rear)-?notes?(?:-[\w-]+)?(?:$|\s)")
# Of a link to the mark of a note; or of one to the heading that it stands in, as manuals have it.
ARROWS = re.compile(r"[\s\[(]*[↩↪⤴⤶⤾↵↲↰↶↺↑⇑⇧⬆⟰↖⏎▲△^←⇐⇦⟵⬅⮌🔙«¶🔗#][↩↪⤴⤶⤾↵↲↰↶↺↑⇑⇧⬆⟰↖⏎▲△^←⇐⇦⟵⬅⮌🔙«\ufe0e\ufe0f\s\])]*")
WAY_BACK = re.compile(
    r"\W*(?:(?:go |jump )?(?:back|up)(?: to (?:the )?(?:text|content|top|article|reference))?"
    r"|return(?: to (?:the )?text)?|zurück(?: zum text)?|retour(?: au texte)?|volver(?: al texto)?|torna(?: al testo)?"
    r")\W*",
    re.IGNORECASE,
)
SIDE = re.compile(r"(?:^|\s)(?:(?:side|margin|foot|end)-?note)(?:$|\s)")
PAGES = re.compile(r"(?:^|\s)(?:doc-)?(?:page-?break|page-?num(?:ber)?|page-?no)(?:$|\s)")
NUMBER = re.compile(r"[\s\[(]*([0-9]{1,4}|[*†‡§¶]{1,4})[.\s\])]*")
LETTER = re.compile(r"[\s\[(]*([a-z]|[ivxl]{1,6})[.\s\])]*")
PLACE = re.compile(r"#(?=[^#]*+$)[^#]*?(?:fn|ftn|note|cite|ref|(?:^#|[_-])[nr])", re.IGNORECASE)
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
STARTS = re.compile(r"\A(?:\[)?([0-9]{1,4}|[⁰¹²³⁴-⁹]{1,4}|\\?[*†‡])(?:\]|\\?[.)])?(?=\s)")


def kind_of(attributes: Mapping[str, str]) -> Kind:
    """What a link may be: the mark of a note, the way back from it, or a link within the page."""
    said = _said(attributes)
    if BACK.search(said):
        return "back"
    if MARKS.search(said):
        return "mark"
    href = attributes.get("href", "")
    if "#" in href and not re.match(r"[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
        return "note" if PLACE.search(href) else "inner"
    return "outer" if href else ""


def holds_notes(attributes: Mapping[str, str]) -> bool:
    """Whether an element holds notes."""
    return bool(NOTES.search(_said(attributes)))


def is_side_note(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element in a sentence is itself a note to it."""
    return name in {"span", "small"} and bool(SIDE.search(_said(attributes)))


def is_page_number(attributes: Mapping[str, str]) -> bool:
    """Whether an element in a sentence only says which page of a printed book starts here."""
    return bool(PAGES.search(_said(attributes)))


def _said(attributes: Mapping[str, str]) -> str:
    """What the attributes of an element say of it."""
    return " ".join(filter(None, map(attributes.get, ("role", "epub:type", "class")))).lower()


def is_way_back(kind: Kind, text: str) -> bool:
    """Whether a link only leads back from a note to its mark."""
    arrow = kind in {"mark", "note", "inner"} and ARROWS.fullmatch(text)
    return kind == "back" or bool(arrow or (kind in {"mark", "note"} and WAY_BACK.fullmatch(text)))


def marked(kind: Kind, text: str, *, raised: bool) -> str:
    """The number or sign of a note that a link's text is; "" where it is none."""
    plain = text.translate(DIGITS).strip()
    if found := NUMBER.fullmatch(plain):
        return found[1] if raised or kind in {"mark", "note"} else ""
    found = LETTER.fullmatch(plain) if kind == "mark" else None
    return found[1] if found else ""


def numbered(text: str, number: str = "") -> str:
    """A note with its number before it, in the form that its mark has; its own number, where it starts with one."""
    if start := STARTS.match(text):
        return f"[{start[1].translate(DIGITS)}]{text[start.end() :]}"
    return f"[{number}] {text}" if number else text

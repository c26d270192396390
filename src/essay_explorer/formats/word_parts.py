"""The parts of a Word file, found by what its list of content types says of them."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"
# Where pandoc looks for each part, by the end of its content type.
PLACES = {
    r"(?:document|template)(?:\.macroEnabled\w*)?\.main": MAIN, "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml", "styles": "word/styles.xml", "numbering": "word/numbering.xml",
    "comments": "word/comments.xml",
}  # fmt: skip
RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\b([^>]*+)>")
ATTRIBUTE = re.compile(r"""\b(Id|Target)\s*=\s*["']([^"']*+)["']""")
OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*+>")
PART_NAME = re.compile(rb"""\bPartName\s*=\s*["']/?([^"']++)["']""")
CONTENT_TYPE = re.compile(rb"""\bContentType\s*=\s*["'][^"']*?\b(?:wordprocessingml|ms-word)\.([\w.]++)\+xml["']""")


def main_part(content_types: bytes) -> str:
    """The name of the part that holds the document; "" where none is named."""
    return next((old for old, new in _places(content_types).items() if new == MAIN), "")


def in_place(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts by the names that pandoc knows: Word Online calls a document `word/document2.xml`."""
    places = _places(parts.get(CONTENT_TYPES, b""))
    moves = {old: new for old, new in places.items() if old in parts and old != new}
    moves |= {_relations(old): _relations(new) for old, new in moves.items() if _relations(old) in parts}
    made = {name: data for name, data in parts.items() if name not in moves and name not in moves.values()}
    made |= {new: parts[old] for old, new in moves.items()}
    for old, new in moves.items():
        if new == MAIN and "_rels/.rels" in made:
            made["_rels/.rels"] = re.sub(b"/?" + re.escape(old.encode()), MAIN.encode(), made["_rels/.rels"])
    return made


def pictures_of(part: str, parts: Mapping[str, bytes]) -> set[str]:
    """The ids by which a part names the pictures that the file holds."""
    folder = posixpath.dirname(part)
    found = RELATIONSHIP.findall(parts.get(_relations(part), b"").decode(errors="replace"))
    given = [dict(ATTRIBUTE.findall(attributes)) for attributes in found]
    return {
        one["Id"]
        for one in given
        if "Id" in one and posixpath.normpath(posixpath.join(folder, html.unescape(one.get("Target", "")))) in parts
    }


def _places(content_types: bytes) -> dict[str, str]:
    """Where each part belongs, by the name that it has."""
    places: dict[str, str] = {}
    for override in OVERRIDE.findall(content_types):
        name, kind = PART_NAME.search(override), CONTENT_TYPE.search(override)
        for known, place in PLACES.items():
            if name and kind and place not in places.values() and re.fullmatch(known, kind[1].decode()):
                places[name[1].decode(errors="replace")] = place
    return places


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")

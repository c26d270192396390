"""The parts of a Word file, found by what its list of content types says of them."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
MAIN = "word/document.xml"
# Where pandoc looks for each part, by the end of its content type.
PLACES = {
    r"(?:document|template)(?:\.macroEnabled\w*)?\.main": MAIN, "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml", "styles": "word/styles.xml", "numbering": "word/numbering.xml",
    "comments": "word/comments.xml",
}  # fmt: skip
RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\b([^>]*+)>")
ATTRIBUTE = re.compile(r"""\b(Id|Target)\s*=\s*["']([^"']*+)["']""")
DOCUMENT = re.compile(r"""/officeDocument["']""")  # the kind of relationship that leads to the main part
OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*+>")
PART_NAME = re.compile(rb"""\bPartName\s*=\s*["']/?([^"']++)["']""")
CONTENT_TYPE = re.compile(rb"""\bContentType\s*=\s*["'][^"']*?\b(?:wordprocessingml|ms-word)\.([\w.]++)\+xml["']""")


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the document; "" where none is named.

    `parts`: all names, with what CONTENT_TYPES and RELATIONS hold.
    """
    return next((old for old, new in _places(parts).items() if new == MAIN), "")


def in_place(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts by the names that pandoc knows: Word Online calls a document `word/document2.xml`."""
    moves = {old: new for old, new in _places(parts).items() if old != new}
    moves |= {_relations(old): _relations(new) for old, new in moves.items() if _relations(old) in parts}
    made = {name: data for name, data in parts.items() if name not in moves and name not in moves.values()}
    made |= {new: parts[old] for old, new in moves.items()}
    for old, new in moves.items():
        if new == MAIN and RELATIONS in made:
            named = re.compile(b"/?" + re.escape(old.encode()), re.IGNORECASE)
            made[RELATIONS] = named.sub(MAIN.encode(), made[RELATIONS])
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


def _places(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Where each part belongs, by the name that it has; small and capital letters are the same in such names."""
    named = {name.lower(): name for name in parts}
    places: dict[str, str] = {}
    for override in OVERRIDE.findall(parts.get(CONTENT_TYPES, b"")):
        name, kind = PART_NAME.search(override), CONTENT_TYPE.search(override)
        part = named.get(name[1].decode(errors="replace").lower(), "") if name else ""
        for known, place in PLACES.items():
            if part and kind and place not in places.values() and re.fullmatch(known, kind[1].decode()):
                places[part] = place
    if MAIN not in places.values():
        relations = RELATIONSHIP.findall(parts.get(RELATIONS, b"").decode(errors="replace"))
        given = (dict(ATTRIBUTE.findall(one)) for one in relations if DOCUMENT.search(one))
        targets = (html.unescape(one.get("Target", "")).lstrip("/").lower() for one in given)
        places |= {named[target]: MAIN for target in targets if named.get(target, "").lower().endswith(".xml")}
    return places


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")

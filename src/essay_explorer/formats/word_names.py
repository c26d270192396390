"""What Word calls the elements of its files; other programs may say otherwise, and pandoc knows these names alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from essay_explorer.formats.rewriting import Rewriting

if TYPE_CHECKING:
    from collections.abc import Mapping


# Parts that are read as they are.
OTHERS = re.compile(r"word/(?:styles|numbering|comments|settings|(?:header|footer)\d*)\.xml")


def renamed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts, those that are read as they are with Word's names. Raises ValueError for what is no XML."""
    foreign = (name for name, part in parts.items() if OTHERS.fullmatch(name) and part and b"<w:" not in part)
    return {**parts, **{name: Renamed().written(parts[name]) for name in foreign}}


class Renamed(Rewriting):
    """A part as it is, its elements called as Word calls them."""

    names: ClassVar[Mapping[str, str]] = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
        "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
        "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
        "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
        "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
        "http://purl.oclc.org/ooxml/drawingml/main": "a",
        "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
        "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
        "urn:schemas-microsoft-com:vml": "v",
        "urn:schemas-microsoft-com:office:office": "o",
        "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
        "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    }

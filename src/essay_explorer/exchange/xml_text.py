"""XML as other programs read it: text that it can hold, names in its form, and elements."""

from __future__ import annotations

import re
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, indent, tostring

UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACE = UUID("6d1c2f0a-5b7e-4c8e-9a52-0f5f2f4d7b11")  # a number of our own, under which the GUIDs are made


def writable(text: str) -> str:
    """`text` with a sign for each letter that XML cannot hold; as long as it was, so offsets stay."""
    return UNWRITABLE.sub("\ufffd", text.replace("\r", "\n"))


def guid(*names: str) -> str:
    """The GUID of a thing: the same for the same names, today and on another machine."""
    return str(uuid5(SPACE, "\n".join(writable(name) for name in names))).upper()


def element(name: str, attributes: dict[str, str] | None = None, *inside: Element, text: str = "") -> Element:
    """An element with its attributes, its text and the elements inside it; empty attributes are left out."""
    given = {key: writable(value) for key, value in (attributes or {}).items() if value}
    made = Element(name, given)
    made.text = writable(text) or None
    made.extend(inside)
    return made


def document(root: Element) -> str:
    """The text of a whole XML document in UTF-8."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def laid_out(root: Element) -> Element:
    """`root`, its elements on lines of their own. For elements that hold either text or elements."""
    indent(root, " ")
    return root

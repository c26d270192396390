"""A codebook in REFI-QDA's form, `.qdc`, out: what QualCoder, Taguette, NVivo and others exchange.

Elements and attributes stand as Codebook.xsd 1.0 of the REFI-QDA standard has them (www.qdasoftware.org):
Codes, Code with Description first, guid, name, isCodable, color. A facet is a code that is not codable.
Questions and names go into the description, below a line that says so. What the format has no place for, a
facet's role, a tag's letter, line and dark colour, stands in a processing instruction, which other programs skip.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import ProcessingInstruction

from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.fault import Fault, refuse
from essay_explorer.exchange.qda_codes import ORIGIN
from essay_explorer.exchange.xml_text import document, element, guid, laid_out, writable
from essay_explorer.files.codebook_file import plain_codebook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.tag import Facet, Tag

NAMESPACE = "urn:QDA-XML:codebook:1.0"
QUESTIONS, NAMES = "Questions:", "Names in the text:"


def to_qdc(book: Codebook) -> str:
    """The text of a `.qdc` file. Raises ReadingError for a codebook without facets, which it cannot be."""
    if not book.facets:
        refuse(Fault(CODEBOOK, "has no facets, so there is no codebook to export"))
    root = element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN}, *codes(book))
    return document(laid_out(root))


def codes(book: Codebook) -> tuple[Element, ...]:
    """The element Codes, a code for each facet with one inside it for each tag, and what we say for ourselves."""
    said = writable(json.dumps(plain_codebook(book), ensure_ascii=False)).replace("?>", "?\\u003e")
    noted = cast("Element", ProcessingInstruction(ORIGIN, said))
    times = Counter(label_key(tag.label) for facet in book.facets for tag in facet.tags)
    return element("Codes", {}, *(_facet(facet, times) for facet in book.facets)), noted


def label_key(label: str) -> str:
    """What two labels have in common that are one to a reader."""
    return " ".join(label.split()).casefold()


def told_apart(label: str, facet: str) -> str:
    """The name of a code whose label another facet has too: other programs know no two codes of one name."""
    return f"{label} ({facet})"


def tag_guid(tag: str) -> str:
    """The GUID of the code that a tag is."""
    return guid("tag", tag)


def facet_guid(facet: str) -> str:
    """The GUID of the code that a facet is."""
    return guid("facet", facet)


def _facet(facet: Facet, times: Mapping[str, int]) -> Element:
    given = {"guid": facet_guid(facet.id), "name": facet.label, "isCodable": "false"}
    return element(
        "Code",
        given,
        *_description(facet.definition),
        *(
            _tag(tag, told_apart(tag.label, facet.label) if times[label_key(tag.label)] > 1 else tag.label)
            for tag in facet.tags
        ),
    )


def _tag(tag: Tag, name: str) -> Element:
    colour = tag.colour[0] if tag.colour else ""
    given = {"guid": tag_guid(tag.id), "name": name, "isCodable": "true", "color": colour}
    parts = [tag.definition]
    for heading, lines in ((QUESTIONS, tag.questions), (NAMES, tag.aliases)):
        parts += ["\n".join([heading, *(f"- {' '.join(line.split())}" for line in lines)])] if lines else []
    return element("Code", given, *_description("\n\n".join(filter(None, parts))))


def _description(text: str) -> tuple[Element, ...]:
    return (element("Description", {}, text=text),) if text else ()

"""A codebook in SKOS, as JSON-LD of Web Annotations can carry it: a scheme of concepts, facets above their tags.

https://www.w3.org/TR/skos-reference/. The context of Web Annotation knows the prefixes skos, dcterms and
schema; no other names are needed. An id is the concept's notation, guiding questions are its scope notes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from essay_explorer.core.codebook import Codebook

if TYPE_CHECKING:
    from essay_explorer.core.fault import Report
    from essay_explorer.core.tag import Facet, Tag

SCHEME, CONCEPT = "skos:ConceptScheme", "skos:Concept"
TAG_PROPERTIES = {
    "id": "skos:notation", "label": "skos:prefLabel", "definition": "skos:definition", "code": "skos:hiddenLabel",
    "line": "styleClass", "questions": "skos:scopeNote", "aliases": "skos:altLabel",
}  # fmt: skip
FACET_PROPERTIES = {
    "id": "skos:notation", "label": "skos:prefLabel", "definition": "skos:definition", "role": "dcterms:type",
}  # fmt: skip
COLOUR, INSIDE, TOP = "schema:color", "skos:narrower", "skos:hasTopConcept"

Json = dict[str, Any]


def scheme_of(book: Codebook, address: str) -> Json:
    """The codebook as a scheme at that address."""
    title = {"skos:prefLabel": book.title} if book.title else {}
    return {"id": address, "type": SCHEME, **title, TOP: [_facet(facet) for facet in book.facets]}


def _facet(facet: Facet) -> Json:
    inside = {INSIDE: [_tag(tag) for tag in facet.tags]} if facet.tags else {}
    return {"type": CONCEPT, **_properties(facet, FACET_PROPERTIES), **inside}


def _tag(tag: Tag) -> Json:
    colour = {COLOUR: list(tag.colour)} if tag.colour else {}
    return {"type": CONCEPT, **_properties(tag, TAG_PROPERTIES), **colour}


def _properties(entry: Facet | Tag, names: dict[str, str]) -> Json:
    values = {name: getattr(entry, ours) for ours, name in names.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}


def book_in(scheme: Any, report: Report) -> Codebook | None:  # noqa: ANN401 - JSON may be anything
    """The codebook that a scheme holds; None for anything else. Its faults go to `report`, as those of a YAML do."""
    if not isinstance(scheme, dict) or scheme.get("type") != SCHEME:
        return None
    facets = [_read_facet(facet) for facet in _concepts(scheme, TOP)]
    title = scheme.get("skos:prefLabel")
    book = {"facets": facets} | ({"title": title} if isinstance(title, str) else {})
    return Codebook.from_yaml(json.dumps(book, ensure_ascii=False), report=report) if facets else None


def _concepts(above: Json, name: str) -> list[Json]:
    found = above.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _read(concept: Json, names: dict[str, str]) -> Json:
    return {ours: concept[name] for ours, name in names.items() if name in concept}


def _read_facet(concept: Json) -> Json:
    return _read(concept, FACET_PROPERTIES) | {"tags": [_read_tag(tag) for tag in _concepts(concept, INSIDE)]}


def _read_tag(concept: Json) -> Json:
    read = _read(concept, TAG_PROPERTIES)
    match concept.get(COLOUR):
        case [light, dark]:
            return read | {"colour": {"light": light, "dark": dark}}
    return read

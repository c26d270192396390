"""A revision: annotations and a codebook with one entry more, as strict about it as files are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from essay_explorer.anchoring.quotes import exact_occurrences, unbroken
from essay_explorer.anchoring.surroundings import shortest_surroundings
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.codebook import Codebook, check_aliases
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.codebook_entries import entries_in, facet_from
from essay_explorer.core.fault import Fault, ReadingError, instead_of, shown
from essay_explorer.core.lost_quotes import why_lost
from essay_explorer.core.names import PARAGRAPH
from essay_explorer.core.table import as_cell
from essay_explorer.core.tag import Facet, label_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.tag import Tag

FIRST_ID = "a1"
NUMBERED = re.compile(r"([^0-9]*)([0-9]{1,9})")  # "a07"
CELLS = ("id", "quote", "prefix", "suffix", "note", "creator", "created")


def next_id(annotations: Sequence[Annotation]) -> str:
    """The id for one annotation more: "a68" where "a67" has the highest number of those that look like the last."""
    numbered = [found for entry in annotations if (found := NUMBERED.fullmatch(entry.id)) and found[1] != "p"]
    if not numbered:
        return FIRST_ID
    stem, width = numbered[-1][1], len(numbered[-1][2])
    highest = max(int(found[2]) for found in numbered if found[1] == stem)
    return f"{stem}{highest + 1:0{width}}"


def known_ids(annotations: Iterable[Annotation], ids: Iterable[str]) -> set[str]:
    """Those ids. Raises ValueError for one that no annotation has."""
    known = dict.fromkeys(entry.id for entry in annotations)
    for entry in (ids := set(ids)):
        if entry not in known:
            message = f"{shown(entry)} is no annotation's id. {instead_of(entry, known)}"
            raise ArgumentValueError(message)
    return ids


def tags_chosen(book: Codebook, facets: Mapping[str, str | Iterable[str]]) -> tuple[str, ...]:
    """Tag ids by facet in one row, in the order of the facets of the codebook, which must have them all."""
    chosen = {facet: book.tags_in(facet, ids) for facet, ids in facets.items()}
    return tuple(tag for facet in book.facets for tag in chosen.get(facet.id, ()))


def with_annotation(annotations: tuple[Annotation, ...], entry: Annotation, text: str) -> tuple[Annotation, ...]:
    """The annotations and one more, whose quote is the text's own letters with no more around it than it needs.

    Raises ValueError for an id that no new annotation may have, and ReadingError for a quote that does not
    stand in exactly one place of `text`.
    """
    cells: dict[str, Any] = {name: as_cell(getattr(entry, name)) for name in CELLS}
    entry = replace(entry, **cells)
    if any(entry.id == other.id for other in annotations):
        message = f'id "{entry.id}" is another annotation\'s. Leave id= out, and it is called "{next_id(annotations)}"'
        raise ArgumentValueError(message)
    if PARAGRAPH.fullmatch(entry.id):
        other = f"a{entry.id[1:]}"
        message = f'id "{entry.id}" means paragraph {entry.id[1:]} in an address. Take another, such as "{other}"'
        raise ArgumentValueError(message)
    return *annotations, _anchored(entry, text)


def _anchored(entry: Annotation, text: str) -> Annotation:
    """The annotation with the letters of the text, and the shortest surroundings where those stand more than once."""
    plain, (quote, prefix, suffix) = unbroken(text), map(unbroken, entry.anchor)
    places = exact_occurrences(plain, quote, prefix=prefix, suffix=suffix)
    if len(places) != 1:
        said = why_lost(text, entry.anchor, places)
        raise ReadingError(said, (Fault(ANNOTATIONS, said, entry=entry.id),))
    (span,) = places
    prefix, suffix = shortest_surroundings(plain, span, exact_occurrences(plain, quote)) or (prefix, suffix)
    return replace(entry, quote=text[slice(*span)], prefix=prefix, suffix=suffix)


def with_tag(book: Codebook, facet: str, tag: Mapping[str, Any]) -> Codebook:
    """The codebook with one tag more, the last of a facet; in a book without any, the facet is made.

    `tag`: what a file of a codebook says of it, or nothing under a name. Raises ReadingError for what no file
    may say, and ValueError for a facet that the codebook does not have.
    """
    facets = book.facets or _first_facet(facet)
    if facet not in (known := [one.id for one in facets]):
        message = f'facet "{facet}" is not in the codebook. {instead_of(facet, known)}'
        raise ArgumentValueError(message)
    said = {name: _plain(value) for name, value in tag.items() if value}
    if isinstance(pair := said.get("colour"), list):
        said["colour"] = dict(zip(("light", "dark"), pair, strict=False)) if len(pair) == 2 else pair  # noqa: PLR2004
    (new,) = facet_from({"id": facet, "tags": [said]}, set(), _refuse).tags
    _check_free(new, book, facet)
    made = [replace(one, tags=(*one.tags, new)) if one.id == facet else one for one in facets]
    revised = replace(book, facets=tuple(made))
    check_aliases(revised, _refuse)
    return revised


def _first_facet(name: str) -> tuple[Facet, ...]:
    (entry,) = entries_in([{"id": name}], "facet", seen=set(), report=_refuse)
    return Codebook(facets=(Facet(entry["id"], name.capitalize()),)).facets


def _plain(value: Any) -> Any:  # noqa: ANN401 - what YAML holds
    if isinstance(value, str):
        return as_cell(value)
    return [as_cell(text) for text in value]


def _check_free(tag: Tag, book: Codebook, facet: str) -> None:
    if tag.id in book.tags:
        where = f'tag "{tag.id}" is in the codebook already, in its facet "{book.facet_of[tag.id].id}"'
        _refuse(Fault(CODEBOOK, f"{where}. Take another id"))
    for other in book.tags.values():
        if book.facet_of[other.id].id != facet:
            continue
        if label_key(tag) == label_key(other):
            alike = f'tag "{other.id}" has the label {shown(tag.label)} too. Take another'
            _refuse(Fault(CODEBOOK, alike, entry=tag.id))
        if tag.code and tag.code == other.code:
            _refuse(Fault(CODEBOOK, f'tag "{other.id}" has the code {shown(tag.code)} too. Take another', entry=tag.id))


def _refuse(fault: Fault) -> NoReturn:
    """Raise what is wrong with a tag that no file tells of."""
    message = f'tag "{fault.entry}": {fault.message}' if fault.entry else fault.message
    raise ReadingError(message, (fault,))

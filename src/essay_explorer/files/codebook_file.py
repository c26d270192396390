"""A codebook as the text of codebook.yml, written anew or with something added."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from essay_explorer.core.codebook import Codebook, Facet, Tag
from essay_explorer.core.fault import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 100  # of a line, before a long text goes on in the next


def codebook_to_yaml(book: Codebook) -> str:
    """The text of codebook.yml: `Codebook.from_yaml` reads the same codebook from it."""
    title = {"title": book.title} if book.title else {}
    return _yaml({**title, "facets": [_facet(facet) for facet in book.facets]})


def with_facets(book: Codebook, facets: Iterable[Facet]) -> Codebook:
    """`book` and what `facets` have besides: a facet of the same id takes the tags in, at its end.

    A tag whose id the book has already is left as the book has it, and so is an alias.
    """
    made = {facet.id: facet for facet in book.facets}
    taken = set(book.tags)
    owner = {alias: tag.id for tag in book.tags.values() for alias in tag.aliases}
    for facet in facets:
        new = [tag for tag in facet.tags if tag.id not in taken]
        taken.update(tag.id for tag in new)
        tags = tuple(
            replace(tag, aliases=tuple(alias for alias in tag.aliases if owner.setdefault(alias, tag.id) == tag.id))
            for tag in new
        )
        here = made.get(facet.id, replace(facet, tags=()))
        made[facet.id] = replace(here, tags=here.tags + tags)
    return replace(book, facets=tuple(made.values()))


def rewritten(source: str, book: Codebook) -> str:
    """`source` made to say `book`: with lines at its end where that suffices, so that comments stay."""
    wanted = codebook_to_yaml(book)
    meant = Codebook.from_yaml(wanted)
    return next((text for text in _longer(source, book) if _says(text, meant)), wanted)


def _longer(source: str, book: Codebook) -> Iterator[str]:
    if not source.strip():
        return
    old = Codebook.from_yaml(source)
    indent = re.search(r"^( *)- ", source, re.MULTILINE)
    margin = indent[1] if indent else ""
    start = source if source.endswith("\n") else f"{source}\n"
    yield start
    more = [_facet(facet) for facet in book.facets[len(old.facets) :]]
    if more:
        yield start + textwrap.indent(_yaml(more), margin)
    last = len(old.facets) - 1
    tags = [_tag(tag) for tag in book.facets[last].tags[len(old.facets[last].tags) :]]
    for deeper in ("  ", "    ", "") if tags and not more else ():
        yield start + textwrap.indent(_yaml(tags), margin + deeper)


def _says(source: str, book: Codebook) -> bool:
    try:
        return Codebook.from_yaml(source) == book
    except ReadingError:
        return False


def _facet(facet: Facet) -> dict[str, Any]:
    return {**_labels(facet), "role": facet.role, "tags": [_tag(tag) for tag in facet.tags]}


def _tag(tag: Tag) -> dict[str, Any]:
    colour = {"light": tag.colour[0], "dark": tag.colour[1]} if tag.colour else None
    rest = {
        "code": tag.code,
        "colour": colour,
        "line": tag.line,
        "questions": list(tag.questions),
        "aliases": list(tag.aliases),
    }
    return _labels(tag) | {name: value for name, value in rest.items() if value}


def _labels(entry: Facet | Tag) -> dict[str, str]:
    definition = {"definition": entry.definition} if entry.definition else {}
    return {"id": entry.id, "label": entry.label, **definition}


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=WIDTH)

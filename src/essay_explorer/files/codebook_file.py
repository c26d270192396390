"""A codebook as the text of codebook.yml, written anew or with something added."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml
from ruamel.yaml import YAML

from essay_explorer.core.codebook import Codebook
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.tag import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.tag import Facet, Tag

WIDTH = 100  # of a line, before a long text goes on in the next


def codebook_to_yaml(book: Codebook) -> str:
    """The text of codebook.yml: `Codebook.from_yaml` reads the same codebook from it."""
    return _yaml(plain_codebook(book))


def plain_codebook(book: Codebook) -> dict[str, Any]:
    """The codebook as lists and texts, which YAML and JSON hold."""
    title = {"title": book.title} if book.title else {}
    return {**title, "facets": [_facet(facet) for facet in book.facets]}


def with_book(book: Codebook, other: Codebook) -> Codebook:
    """`book` and what the other one has besides; an empty one gets its title too."""
    made = with_facets(book, other.facets)
    return replace(made, title=other.title) if not book.facets and not book.title else made


def with_facets(book: Codebook, facets: Iterable[Facet]) -> Codebook:
    """`book` and what `facets` have besides: a facet of the same id takes the tags in, at its end.

    A tag whose id the book has already is left as the book has it. Of a new one, a name that carries
    another tag is left out, and so are cues (code, colour, line) by which another is known: it gets free ones.
    """
    made = {facet.id: facet for facet in book.facets}
    known = dict(book.tags)
    for facet in facets:
        here = made.get(facet.id, replace(facet, tags=()))
        for tag in facet.tags:
            if tag.id not in known:
                known[tag.id] = _apart(tag, known.values())
                here = replace(here, tags=distinct((*here.tags, known[tag.id])))
                known[tag.id] = here.tags[-1]
        made[facet.id] = here
    return replace(book, facets=tuple(made.values()))


def _apart(tag: Tag, others: Iterable[Tag]) -> Tag:
    """The tag without what tells another one."""
    others = tuple(others)
    taken = {alias for other in others for alias in other.aliases}
    return replace(
        tag,
        code="" if any(tag.code == other.code for other in others) else tag.code,
        colour=None if any(tag.colour == other.colour for other in others) else tag.colour,
        line="" if any(tag.line == other.line for other in others) else tag.line,
        aliases=tuple(alias for alias in tag.aliases if alias not in taken),
    )


def rewritten(source: str, book: Codebook) -> str:
    """`source` made to say `book`, which has more than it: its comments and its layout stay where that can be."""
    wanted = codebook_to_yaml(book)
    text = _extended(source, book) if source.strip() else ""
    return text if text and _says(text, Codebook.from_yaml(wanted)) else wanted


def _extended(source: str, book: Codebook) -> str:
    """`source` with the facets and the tags that it lacks, at the end of the lists where they belong."""
    yaml, old = _round_trip(source), Codebook.from_yaml(source)
    if old == book:
        return source
    tree = yaml.load(source)
    for entry, before, now in zip(tree["facets"], old.facets, book.facets, strict=False):
        entry["tags"].extend(_nodes(yaml, map(plain_tag, now.tags[len(before.tags) :])))
    tree["facets"].extend(_nodes(yaml, map(_facet, book.facets[len(old.facets) :])))
    written = io.StringIO()
    yaml.dump(tree, written)
    above = source[: len(source) - len(source.lstrip("\n"))]  # empty lines, which are not kept
    return above + written.getvalue().lstrip("\n")


def _round_trip(source: str) -> YAML:
    """A reader and writer that keeps comments, quotes and the indent of lists."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 2**16  # no line that somebody wrote is cut
    indent = re.search(r"^( *)- ", source, re.MULTILINE)
    margin = len(indent[1]) if indent else 0
    yaml.indent(mapping=2, sequence=margin + 2, offset=margin)
    return yaml


def _nodes(yaml: YAML, entries: Iterable[dict[str, Any]]) -> list[Any]:
    """The entries as the text that they are in a codebook, so that "yes" stays a word."""
    entries = list(entries)
    return list(yaml.load(_yaml(entries))) if entries else []


def _says(source: str, book: Codebook) -> bool:
    try:
        return Codebook.from_yaml(source) == book
    except ReadingError:
        return False


def _facet(facet: Facet) -> dict[str, Any]:
    return {**_labels(facet), "role": facet.role, "tags": [plain_tag(tag) for tag in facet.tags]}


def plain_tag(tag: Tag) -> dict[str, Any]:
    """A tag as what it has stands in a codebook, by name; without what it has nothing of."""
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

"""The addresses of what a reading holds, as other programs want them: absolute, the same on every export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.exchange.xml_text import guid

if TYPE_CHECKING:
    from essay_explorer.core.annotation import Annotation, Relation
    from essay_explorer.core.essay import Essay


def address(kind: str, essay: Essay, *names: str) -> str:
    """The URN of something that belongs to an essay: its text, a collection of annotations, one of them."""
    return f"urn:uuid:{guid(kind, essay.title, essay.author, *names).lower()}"


def address_of(entry: Annotation, essay: Essay) -> str:
    """The URN of an annotation: another for each maker, so that two people's first ones are two."""
    return address("annotation", essay, entry.id, entry.creator)


def address_of_link(link: Relation, essay: Essay) -> str:
    """The URN of a relation."""
    return address("relation", essay, link.source, link.kind, link.target, link.note)

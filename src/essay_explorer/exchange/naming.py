"""Names from elsewhere as ids and tags of a reading: each id is given once, and no tag is guessed at."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from essay_explorer.core.fault import CONTROLS, Fault, instead_of, shown
from essay_explorer.core.names import ID, PARAGRAPH
from essay_explorer.core.tag import Facet, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.codebook import Codebook

IMPORTED = Facet(
    "imported", "Imported", "Tags that came with imported annotations; move them where they belong.", role="other"
)


def tags_by_name(names: Iterable[str], book: Codebook) -> tuple[dict[str, str], tuple[Tag, ...]]:
    """The tag id of each name, and the tags to add to the codebook for names that it does not know.

    A name is a tag's id, its label, or its facet and label ("Moves: Claim"), whatever the case.
    """
    known: dict[str, str] = {}
    for facet in book.facets:
        for tag in facet.tags:
            known.setdefault(f"{facet.label}: {tag.label}".casefold(), tag.id)
    labels = Counter(tag.label.casefold() for tag in book.tags.values())
    known |= {tag.label.casefold(): tag.id for tag in book.tags.values() if labels[tag.label.casefold()] == 1}
    known |= {tag.casefold(): tag for tag in book.tags}
    free, added, ids = FreeIds(book.tags), list[Tag](), dict[str, str]()
    for name in dict.fromkeys(names):
        if name not in book.tags and name.casefold() not in known:
            entry = free.one(word(name) or "tag")
            known[name.casefold()] = entry
            added.append(Tag(entry, name))
        ids[name] = name if name in book.tags else known[name.casefold()]
    return ids, tuple(added)


def unknown_tag(name: str, tag: str, book: Codebook, file: str) -> Fault:
    """What to say of a tag that the codebook did not know."""
    where = f'not in the codebook; it is in its facet "{IMPORTED.id}" now'
    return Fault(file, f"tag {shown(name)}: {where}. {instead_of(name, book.tags)}", entry=tag)


def word(name: str) -> str:
    """`name` as an id: one word in lower case; "" where nothing of it is left."""
    made = "-".join(re.sub("[,;&=#*:/]", " ", CONTROLS.sub(" ", name)).casefold().split())
    return unicodedata.normalize("NFC", made) if ID.fullmatch(made) else ""


def annotation_id(name: str, number: int) -> str:
    """The id for the annotation of that number: the last part of the name in its file, if that can be one."""
    made = unquote(name[1:]) if name.startswith("#") else re.split("[/#:]", name)[-1]
    made = unicodedata.normalize("NFC", made)
    return made if ID.fullmatch(made) and not PARAGRAPH.fullmatch(made) else f"imported-{number}"


class FreeIds:
    """Ids that are given once: the wanted one, or it with the lowest number that makes it new."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken, self._tried = set(taken), dict[str, int]()

    def one(self, wanted: str) -> str:
        """A new id, taken from now on."""
        made = wanted
        while made in self._taken:
            self._tried[wanted] = self._tried.get(wanted, 1) + 1
            made = f"{wanted}-{self._tried[wanted]}"
        self._taken.add(made)
        return made

"""A codebook: every tag that a passage can carry, in facets, with questions to think about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import yaml

from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import SPACELESS
from essay_explorer.core import kinds, meant
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.codebook_entries import FILE, check_names, entries_in, facet_from, text_of
from essay_explorer.core.fault import Fault, instead_of, refuse, short
from essay_explorer.core.plain_yaml import explained, plain_yaml
from essay_explorer.core.provided import Representable
from essay_explorer.core.tag import ROLES, Facet, Tag, coloured
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.core.fault import Report

BOOK_NAMES = ("title", "facets")
MOST_ALIASES = 1000  # of a codebook: a novel's text is searched for all of them at each word


@dataclass(frozen=True)
class Codebook(Representable):
    """All facets and tags of a reading, in their own order. `title` is inline Markdown.

    The id of a tag is unique in the whole codebook, so that "trust" needs no facet to name it. A
    facet that does not say its role has the one that its id names; else one whose tags have aliases
    speaks of persons, the first one is about themes, and the second one tells moves. A theme that lacks
    a colour, a code or a line has one that no other theme of its facet has.

    >>> from essay_explorer import open_reading
    >>> book = open_reading("her").codebook
    >>> [facet.id for facet in book.facets], book.tags["trust"].label
    (['theme', 'move', 'person'], 'Trust')
    """

    title: str = ""
    facets: tuple[Facet, ...] = ()

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        meant.check_once("facets", (facet.id for facet in self.facets))
        meant.check_once("tags", (tag.id for facet in self.facets for tag in facet.tags))
        facets = (replace(facet, role=facet.role or _role(at, facet)) for at, facet in enumerate(self.facets))
        object.__setattr__(self, "facets", tuple(map(coloured, facets)))

    @classmethod
    def from_yaml(cls, source: str, *, report: Report = refuse) -> Codebook:
        """The codebook in a YAML text.

        Each fault goes to `report`, which by default raises ReadingError; an entry with a fault is
        left out or mended, never guessed at.

        >>> from essay_explorer import Codebook
        >>> source = "facets: [{id: theme, label: Theme, tags: [{id: trust, label: Trust, definition: Reliance.}]}]"
        >>> list(Codebook.from_yaml(source).tags)
        ['trust']
        """
        kinds.check(kinds.TEXT, source=source)
        try:
            book = plain_yaml(unicodedata.normalize("NFC", source))
        except yaml.YAMLError as error:
            report(Fault.of(FILE, explained(error)))
            return cls()
        entries = book.get("facets") if isinstance(book, dict) else None
        if not isinstance(book, dict) or not isinstance(entries, list) or not entries:
            told = Phrase("holds no list named `facets`. Start it with `facets:` and `- id: theme`")
            report(Fault.of(FILE, told.filled()))
            return cls()
        check_names(book, BOOK_NAMES, report)
        seen: set[str] = set()
        facets = [facet_from(entry, seen, report) for entry in entries_in(entries, "facet", seen=set(), report=report)]
        made = cls(title=text_of(book, "title", "", report), facets=tuple(facets))
        check_aliases(made, report)
        return made

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Every tag by its id, in the order of the codebook.

        >>> from essay_explorer import open_reading
        >>> open_reading("her").codebook.tags["ending"].label
        'The ending critique'
        """
        return {tag.id: tag for facet in self.facets for tag in facet.tags}

    def tags_of(self, role: str) -> tuple[Tag, ...]:
        """The tags of the facets with that role, in the order of the codebook.

        >>> from essay_explorer import open_reading
        >>> [tag.id for tag in open_reading("her").codebook.tags_of("person")]
        ['theodore', 'samantha', 'amy', 'jonze', 'phoenix', 'johansson']
        """
        return tuple(tag for facet in self.facets if facet.role == role for tag in facet.tags)

    @cached_property
    def facet_of(self) -> dict[str, Facet]:
        """The facet of each tag, by the tag's id.

        >>> from essay_explorer import open_reading
        >>> open_reading("her").codebook.facet_of["trust"].label
        'Themes'
        """
        return {tag.id: facet for facet in self.facets for tag in facet.tags}

    def tags_in(self, facet: str, ids: str | Iterable[str]) -> tuple[str, ...]:
        """Ids of tags of a facet, each once; one id needs no list around it.

        Raises ValueError for a facet that is not in the codebook, and for a tag that is not in the facet.

        >>> from essay_explorer import open_reading
        >>> open_reading("her").codebook.tags_in("theme", ("ending", "trust", "ending"))
        ('ending', 'trust')
        """
        kinds.check(kinds.FACET, facet=facet)
        kinds.check(kinds.TAGS, **{facet: ids})
        known = [entry.id for entry in self.facets]
        if facet not in known:
            message = f'facet "{facet}" is not in the codebook. {instead_of(facet, known)}'
            raise ArgumentValueError(message)
        tags = self.known_tags(ids)
        for tag in tags:
            if self.facet_of[tag].id != facet:
                message = f'tag "{tag}" belongs to facet "{self.facet_of[tag].id}", not to "{facet}"'
                raise ArgumentValueError(message)
        return tags

    def only(self, ids: Iterable[str]) -> Codebook:
        """The codebook with these tags alone, as they look in the whole one; a facet that has none is left out.

        >>> from essay_explorer import open_reading
        >>> list(open_reading("her").codebook.only(("trust", "ending")).tags)
        ['trust', 'ending']
        """
        wanted = set(ids)
        facets = (replace(one, tags=tuple(tag for tag in one.tags if tag.id in wanted)) for one in self.facets)
        return replace(self, facets=tuple(facet for facet in facets if facet.tags))

    def known_tags(self, ids: str | Iterable[str]) -> tuple[str, ...]:
        """Ids of tags, each once; one id needs no list around it. Raises ValueError for one that is not here.

        >>> from essay_explorer import open_reading
        >>> open_reading("her").codebook.known_tags("trust")
        ('trust',)
        """
        kinds.check(kinds.TAGS, tags=ids)
        ids = [ids] if isinstance(ids, str) else ids
        for tag in (ids := tuple(dict.fromkeys(ids))):
            kinds.check(kinds.TEXT, tag=tag)
            if tag not in self.tags:
                message = f'tag "{tag}" is not in the codebook. {instead_of(tag, self.tags)}'
                raise ArgumentValueError(message)
        return ids

    @cached_property
    def _names(self) -> dict[str, tuple[int, str]]:
        """Of each alias its place, the longest alias first, and the tag's id; one in small letters means any case."""
        every = ((alias, tag.id) for tag in self.tags.values() for alias in tag.aliases if alias)
        names = sorted(islice(every, MOST_ALIASES), key=lambda name: len(name[0]), reverse=True)
        return {alias: (at, tag) for at, (alias, tag) in reversed(list(enumerate(names)))}

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        """What finds an alias; with a group for each, `re` would take fifty times as long over a hundred."""
        letter = rf"[^\W{SPACELESS}]"  # where words have no spaces between them, a name may touch others
        patterns = map(_pattern, sorted(self._names, key=self._names.__getitem__))
        return re.compile(rf"(?<!{letter})(?:{'|'.join(patterns)})(?!{letter})")

    def named(self, text: str) -> Iterator[tuple[str, Span]]:
        """(tag id, span) of each alias in `text`: whole words, longest first, in text order.

        >>> from essay_explorer import open_reading
        >>> [tag for tag, _ in open_reading("her").codebook.named("Samantha and Theodore")]
        ['samantha', 'theodore']
        """
        tags: dict[str, str] = {}
        for match in self._any_name.finditer(text) if self._names else ():
            name = match[0]
            if name not in tags:
                tags[name] = self._tag_named(name)
            if not _inside_a_word(text, *match.span()):
                yield tags[name], Span(*match.span())

    def _tag_named(self, name: str) -> str:
        """The tag of an alias as it stands in a text: of the first that is written so, or else of the first that fits.

        `re` takes some letters for others, "ſ" for "s", when it looks for any case.
        """
        written = [alias for alias in (name, name.lower()) if alias in self._names]
        found = written or [alias for alias in self._names if re.fullmatch(_pattern(alias), name)]
        return min(self._names[alias] for alias in found)[1]


def _pattern(alias: str) -> str:
    return f"(?i:{re.escape(alias)})" if alias == alias.lower() else re.escape(alias)


def _role(at: int, facet: Facet) -> str:
    """The role of the facet number `at`, from 0, that does not say it; another facet is not asked."""
    if facet.id in ROLES:
        return facet.id
    if any(tag.aliases for tag in facet.tags):
        return "person"
    return {0: "theme", 1: "move"}.get(at, "other")


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """Does a vowel sign or an accent join the stretch to its neighbours? `re` takes those for no letters."""
    return any(
        unicodedata.category(letter).startswith("M")
        for letter in (text[start - 1 : start], text[end : end + 1])
        if letter
    )


def check_aliases(book: Codebook, report: Report) -> None:
    """Report the aliases that more than one tag has, and those that are too many."""
    owner: dict[str, str] = {}
    for tag in book.tags.values():
        for alias in tag.aliases:
            if owner.setdefault(alias, tag.id) != tag.id:
                report(
                    Fault.of(
                        FILE,
                        Phrase('the alias "{alias}" belongs to tag "{tag}" already').filled(
                            alias=short(alias), tag=owner[alias]
                        ),
                        entry=tag.id,
                    )
                )
    if (count := sum(len(tag.aliases) for tag in book.tags.values())) > MOST_ALIASES:
        told = Phrase("has {number} aliases, and the first {most} of them are looked for in the text")
        report(Fault.of(FILE, told.filled(number=f"{count:,}", most=f"{MOST_ALIASES:,}")))

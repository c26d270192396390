"""A codebook: every tag that a passage can carry, in facets, with questions to think about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

import yaml

from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import SPACELESS
from essay_explorer.core.fault import Fault, instead_of, refuse, shown
from essay_explorer.core.names import AN_ID, COLUMNS, ID
from essay_explorer.core.plain_yaml import explained, plain_yaml
from essay_explorer.core.provided import Representable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from essay_explorer.core.fault import Report
    from essay_explorer.core.plain_yaml import Plain

FILE = "codebook.yml"
# Not for facets: their ids are keyword arguments beside the first three, and address keys beside the rest.
RESERVED = ("match", "exclude", "query", "within", "show", "find", "at", "not", "chart")
BOOK_NAMES = ("title", "facets")
FACET_NAMES = ("id", "label", "definition", "role", "tags")
ROLES = ("theme", "move", "person", "other")
TAG_NAMES = ("id", "label", "definition", "code", "colour", "line", "questions", "aliases")
# CSS text-decoration styles, some of them in another weight.
LINES = ["solid", "dashed", "double", "dotted", "wavy", "solid-thick", "dashed-thick", "dotted-thick", "solid-thin"]
# Light and dark, for tags that bring no colour: the palette of the reading of *Her*, at least
# 4.5:1 on the light page and 7:1 on the dark one (WCAG 2.2, 1.4.3 and 1.4.6).
PALETTE = (
    ("#0067B1", "#6CB6F5"), ("#C0500C", "#F0905A"), ("#B51E3C", "#F58A9B"), ("#8A6A00", "#E6C84A"),
    ("#00757A", "#5CCFD3"), ("#2F7D1F", "#8FD06F"), ("#A8329B", "#E59ADB"), ("#5D4AA8", "#B3A4F5"),
    ("#5A5A5A", "#BDBDBD"),
)  # fmt: skip
LONGEST_CODE = 2
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that a passage can carry.

    `colour` is (light, dark) as "#rrggbb", None for a tag that is drawn in the ink of the page.
    `code` (a letter or two) and `line` (one of LINES, "" for none) are its cues besides the colour.
    `aliases`: names in the text that carry this tag by themselves; one with a capital in it is
    found as it is written ("Will" is not "will"), any other in capitals too.
    """

    id: str
    label: str
    definition: str = ""
    code: str = ""
    colour: tuple[str, str] | None = None
    line: str = ""
    questions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A family of tags.

    `role`, one of ROLES: what its tags say of a passage, be it what that is about ("theme"), what it
    does in the argument ("move"), whom it speaks of ("person") or something else ("other"). "" leaves
    it to the codebook to guess.
    """

    id: str
    label: str
    definition: str = ""
    tags: tuple[Tag, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Codebook(Representable):
    """All facets and tags of a reading, in their own order. `title` is inline Markdown.

    The id of a tag is unique in the whole codebook, so that "trust" needs no facet to name it. A
    facet that does not say its role has the one that its id names; else one whose tags have aliases
    speaks of persons, the first one is about themes, and the second one tells moves.
    """

    title: str = ""
    facets: tuple[Facet, ...] = ()

    def __post_init__(self) -> None:
        facets = tuple(replace(facet, role=facet.role or _role(at, facet)) for at, facet in enumerate(self.facets))
        object.__setattr__(self, "facets", facets)

    @classmethod
    def from_yaml(cls, source: str, *, report: Report = refuse) -> Codebook:
        """The codebook in a YAML text.

        Each fault goes to `report`, which by default raises ReadingError; an entry with a fault is
        left out or mended, never guessed at.
        """
        try:
            book = plain_yaml(unicodedata.normalize("NFC", source))
        except yaml.YAMLError as error:
            report(Fault(FILE, explained(error)))
            return cls()
        entries = book.get("facets") if isinstance(book, dict) else None
        if not isinstance(book, dict) or not isinstance(entries, list) or not entries:
            report(Fault(FILE, "holds no list named `facets`. Start it with `facets:` and `- id: theme`"))
            return cls()
        _check_names(book, BOOK_NAMES, report)
        seen: set[str] = set()
        facets = [_facet(entry, seen, report) for entry in _entries(entries, "facet", seen=set(), report=report)]
        plain = cls(title=_text(book, "title", "", report), facets=tuple(facets))
        made = replace(plain, facets=tuple(map(_with_cues, plain.facets)))
        _check_aliases(made, report)
        return made

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Every tag by its id, in the order of the codebook."""
        return {tag.id: tag for facet in self.facets for tag in facet.tags}

    def tags_of(self, role: str) -> tuple[Tag, ...]:
        """The tags of the facets with that role, in the order of the codebook."""
        return tuple(tag for facet in self.facets if facet.role == role for tag in facet.tags)

    @cached_property
    def facet_of(self) -> dict[str, Facet]:
        """The facet of each tag, by the tag's id."""
        return {tag.id: facet for facet in self.facets for tag in facet.tags}

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """(pattern, tag id) of each alias, the longest alias first."""
        names = [(alias, tag.id) for tag in self.tags.values() for alias in tag.aliases if alias]
        names.sort(key=lambda name: len(name[0]), reverse=True)
        patterns = ((re.escape(alias), alias == alias.lower(), tag) for alias, tag in names)
        return tuple((f"(?i:{pattern})" if any_case else pattern, tag) for pattern, any_case, tag in patterns)

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        """What finds an alias; with a group for each, `re` would take fifty times as long over a hundred."""
        letter = rf"[^\W{SPACELESS}]"  # where words have no spaces between them, a name may touch others
        return re.compile(rf"(?<!{letter})(?:{'|'.join(pattern for pattern, _ in self._names)})(?!{letter})")

    def named(self, text: str) -> Iterator[tuple[str, Span]]:
        """(tag id, span) of each alias in `text`: whole words, longest first, in text order."""
        tags: dict[str, str] = {}
        for match in self._any_name.finditer(text) if self._names else ():
            name = match[0]
            if name not in tags:
                tags[name] = next(tag for pattern, tag in self._names if re.fullmatch(pattern, name))
            if not _inside_a_word(text, *match.span()):
                yield tags[name], Span(*match.span())


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


def _check_names(entry: Mapping[str, Any], known: tuple[str, ...], report: Report) -> None:
    for name in entry:
        if name not in known:
            report(Fault(FILE, f"`{name}` is not known here. {instead_of(name, known)}", entry=_id(entry)))


def _check_aliases(book: Codebook, report: Report) -> None:
    owner: dict[str, str] = {}
    for tag in book.tags.values():
        for alias in tag.aliases:
            if owner.setdefault(alias, tag.id) != tag.id:
                report(
                    Fault(
                        FILE,
                        f'the alias {shown(alias)} belongs to tag "{owner[alias]}" already',
                        entry=tag.id,
                    )
                )


def _id(entry: Mapping[str, Any]) -> str:
    return entry["id"] if isinstance(entry.get("id"), str) else ""


def _entries(entries: Iterable[Plain], kind: str, *, seen: set[str], report: Report) -> Iterator[Mapping[str, Any]]:
    """The entries that are mappings with an id of their own; the others are reported and left out."""
    for number, entry in enumerate(entries, 1):
        given = entry.get("id") if isinstance(entry, dict) else entry
        if not isinstance(entry, dict) or not isinstance(given, str) or not ID.fullmatch(given):
            report(Fault(FILE, f"{kind} number {number}: expected `id:` with {AN_ID}; found {_found(given)}"))
        elif given in seen:
            report(Fault(FILE, f"this id is used twice; give the second {kind} another", entry=given))
        elif kind == "facet" and given in (*RESERVED, *COLUMNS):
            meaning = "a column of its own" if given in COLUMNS else "something else in an address or a call"
            report(Fault(FILE, f"no facet may have this id: it means {meaning}. Take another", entry=given))
        else:
            seen.add(given)
            yield entry


def _found(value: Plain) -> str:
    if value is None:
        return "nothing"
    return shown(value) if isinstance(value, str) else "a list" if isinstance(value, list) else "`name: value`"


def _text(entry: Mapping[str, Plain], name: str, default: str, report: Report) -> str:
    value = entry.get(name)
    if value is None or isinstance(value, str):
        return value or default
    advice = 'Put quotation marks around a text with ": " in it'
    report(Fault(FILE, f"`{name}`: expected a text, found {_found(value)}. {advice}", entry=_id(entry)))
    return default


def _facet(entry: Mapping[str, Any], seen: set[str], report: Report) -> Facet:
    _check_names(entry, FACET_NAMES, report)
    tags = entry.get("tags")
    if not isinstance(tags, list):
        report(Fault(FILE, "this facet has no list named `tags`", entry=entry["id"]))
        tags = []
    made = [_tag(tag, report) for tag in _entries(tags, "tag", seen=seen, report=report)]
    owner: dict[str, str] = {}
    for tag in made:
        if tag.code and owner.setdefault(tag.code, tag.id) != tag.id:
            report(
                Fault(
                    FILE,
                    f'tag "{owner[tag.code]}" has the code {shown(tag.code)} too; give one another',
                    entry=tag.id,
                )
            )
    label, definition = _labels(entry, report)
    return Facet(entry["id"], label, definition, tuple(made), _one_of(entry, "role", ROLES, report))


def _labels(entry: Mapping[str, Any], report: Report) -> tuple[str, str]:
    return _text(entry, "label", entry["id"], report), _text(entry, "definition", "", report)


def _tag(entry: Mapping[str, Any], report: Report) -> Tag:
    _check_names(entry, TAG_NAMES, report)
    label, definition = _labels(entry, report)
    return Tag(
        id=entry["id"],
        label=label,
        definition=definition,
        code=_code(entry, report),
        colour=_colour(entry, report),
        line=_one_of(entry, "line", LINES, report),
        questions=_texts(entry, "questions", report),
        aliases=_texts(entry, "aliases", report),
    )


def _code(entry: Mapping[str, Any], report: Report) -> str:
    code = _text(entry, "code", "", report)
    if len(code) > LONGEST_CODE:
        report(Fault(FILE, f"code {shown(code)}: expected a letter or two", entry=entry["id"]))
    return code[:LONGEST_CODE]


def _colour(entry: Mapping[str, Any], report: Report) -> tuple[str, str] | None:
    if "colour" not in entry:
        return None
    colour = entry["colour"]
    light, dark = (colour.get("light"), colour.get("dark")) if isinstance(colour, dict) else (colour, colour)
    if _is_colour(light) and _is_colour(dark):
        return light, dark
    found = f"light {_found(light)} and dark {_found(dark)}" if isinstance(colour, dict) else _found(colour)
    expected = 'expected {light: "#0067B1", dark: "#6CB6F5"}, with the quotation marks'
    report(Fault(FILE, f"colour: {expected}; found {found}", entry=entry["id"]))
    return None


def _is_colour(value: Plain) -> TypeGuard[str]:
    return isinstance(value, str) and bool(COLOUR.fullmatch(value))


def _one_of(entry: Mapping[str, Any], name: str, known: Collection[str], report: Report) -> str:
    value = _text(entry, name, "", report)
    if value and value not in known:
        report(Fault(FILE, f"{name} {shown(value)} is not known. {instead_of(value, known)}", entry=entry["id"]))
        return ""
    return value


def _texts(entry: Mapping[str, Any], name: str, report: Report) -> tuple[str, ...]:
    """The texts of a list; one text alone needs no list around it."""
    value = entry.get(name)
    texts = value if isinstance(value, list) else [] if value is None else [value]
    for text in texts:
        if not isinstance(text, str) or not text.strip():
            advice = 'Put quotation marks around a text with ": " in it'
            report(Fault(FILE, f"{name}: expected texts, found {_found(text)}. {advice}", entry=entry["id"]))
    return tuple(text.strip() for text in texts if isinstance(text, str) and text.strip())


def _with_cues(facet: Facet) -> Facet:
    """The facet; of themes, each tag with a colour besides what `with_cues` gives it."""
    if facet.role != "theme":
        return facet
    coloured = (replace(tag, colour=tag.colour or PALETTE[at % len(PALETTE)]) for at, tag in enumerate(facet.tags))
    return replace(facet, tags=with_cues(coloured))


def with_cues(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags, each with a code and a line, by which readers tell them from the others; what they have is kept."""
    tags = list(tags)
    codes, lines = {tag.code for tag in tags}, {tag.line for tag in tags}
    made = []
    for at, tag in enumerate(tags):
        letters = (letter for letter in tag.label.upper() if letter.isalnum() and letter not in codes)
        code = tag.code or next(letters, str(at + 1))
        line = tag.line or next((one for one in LINES if one not in lines), LINES[at % len(LINES)])
        codes.add(code)
        lines.add(line)
        made.append(replace(tag, code=code, line=line))
    return tuple(made)

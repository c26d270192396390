"""A REFI-QDA project as its XML tells it: texts with selections, memos, people and links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.exchange.dates import NO_DATE, as_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

TEXTS = ("TextSource", "Representation", "Transcript")  # elements that have a plain text and selections of it
SELECTION = "PlainTextSelection"


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a text, `start` and `end` in the units of its program, with codes that one person gave it.

    `codes` and `memos` are GUIDs; `note` is what it says of itself.
    """

    guid: str
    name: str
    start: int
    end: int
    codes: tuple[str, ...]
    note: str
    memos: tuple[str, ...]
    creator: str
    created: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text: `path` of its file in the archive, or the text itself where there is none."""

    guid: str
    name: str
    path: str
    text: str
    selections: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """What a project holds that a reading may take. `memos` are texts, or paths, by GUID; `others` by kind, counted."""

    name: str
    origin: str
    sources: tuple[Source, ...]
    memos: Mapping[str, str]
    links: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    others: Mapping[str, int]


def project_in(content: bytes, file: str) -> Project:
    """The project in a .qde file. Raises ReadingError for a file that is none."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        refuse(Fault(file, f"line {line}, column {column + 1}: not readable as XML from here on. Export it again"))
    except (DefusedXmlException, ValueError, LookupError):
        refuse(Fault(file, "declares what no project needs, or an unknown encoding. Export it again"))
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
    users = {_guid(user): user.get("name", "") for user in root.iterfind("Users/User")}
    texts = [one for one in root.iterfind("Sources//*") if one.tag in TEXTS]
    names = {id(inner): outer.get("name", "") for outer in root.iterfind("Sources/*") for inner in outer.iter()}
    return Project(
        root.get("name", ""),
        root.get("origin", ""),
        tuple(_source(one, names[id(one)], users) for one in texts),
        {_guid(note): _said(note) for note in root.iterfind("Notes/Note")},
        tuple(_link(one) for one in root.iterfind("Links/Link")),
        _others(root),
    )


def _source(text: Element, name: str, users: Mapping[str, str]) -> Source:
    selections = tuple(made for one in text.iterfind(SELECTION) for made in _selections(one, users))
    path = text.get("plainTextPath", "")
    return Source(_guid(text), text.get("name") or name, path, text.findtext("PlainTextContent") or "", selections)


def _selections(one: Element, users: Mapping[str, str]) -> Iterator[Selection]:
    """The selection as each person made it who gave it a code."""
    try:
        start, end = int(one.get("startPosition", "")), int(one.get("endPosition", ""))
    except ValueError:
        start = end = -1
    codings = one.findall("Coding")
    own = one.get("creatingUser") or next((coding.get("creatingUser", "") for coding in codings), "")
    makers = dict.fromkeys([own, *(coding.get("creatingUser") or own for coding in codings)])
    if len(makers) > 1 and codings and not _refs(one, "NoteRef") and not one.findtext("Description"):
        makers = dict.fromkeys(coding.get("creatingUser") or own for coding in codings)
    for at, user in enumerate(makers):
        theirs = [coding for coding in codings if (coding.get("creatingUser") or own) == user]
        dates = [one.get("creationDateTime", ""), *(coding.get("creationDateTime", "") for coding in theirs)]
        memos = [
            *(_refs(one, "NoteRef") if not at else ()),
            *(ref for coding in theirs for ref in _refs(coding, "NoteRef")),
        ]
        yield Selection(
            _guid(one),
            one.get("name", ""),
            start,
            end,
            tuple(ref for coding in theirs for ref in _refs(coding, "CodeRef")),
            (one.findtext("Description") or "").strip() if not at else "",
            tuple(memos),
            users.get(_plain(user), ""),
            as_cell(next((date for date in dates if date and date != NO_DATE), "")),
        )


def _refs(one: Element, kind: str) -> list[str]:
    return [_plain(ref.get("targetGUID", "")) for ref in one.iterfind(kind)]


def _guid(one: Element) -> str:
    return _plain(one.get("guid", ""))


def _plain(guid: str) -> str:
    return guid.strip("{} ").upper()


def _said(note: Element) -> str:
    content = note.findtext("PlainTextContent") or note.findtext("Description") or ""
    return content.strip() or note.get("plainTextPath", "")


def _link(one: Element) -> tuple[str, str, str, tuple[str, ...]]:
    ends = (_plain(one.get("originGUID", "")), one.get("name", ""), _plain(one.get("targetGUID", "")))
    return (*ends, tuple(_refs(one, "NoteRef")))


def _others(root: Element) -> Mapping[str, int]:
    """What no text has: cases, variables, and so on, by their elements."""
    kinds: Iterable[Element] = (
        one for part in ("Variables", "Cases", "Sets", "Graphs") for one in root.iterfind(f"{part}/*")
    )
    counts = Counter(one.tag for one in kinds)
    media = (one.tag for one in root.iterfind("Sources/*") if not any(inner.tag in TEXTS for inner in one.iter()))
    selections = (
        one.tag for one in root.iterfind("Sources//*") if one.tag.endswith("Selection") and one.tag != SELECTION
    )
    whole = (
        "Coding of a whole text"
        for one in root.iterfind("Sources//Coding/..")
        if one.tag in TEXTS
        for _ in one.iterfind("Coding")
    )
    return counts + Counter(media) + Counter(selections) + Counter(whole)

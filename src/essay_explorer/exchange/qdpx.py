"""A reading as a REFI-QDA project, `.qdpx`, out: a zip file with project.qde and the essay as plain text.

Elements stand in the order of Project.xsd (REFI-QDA 1.5, 18 March 2019, www.qdasoftware.org): Users,
CodeBook, Sources, Notes, Links, NoteRef. Positions are half-open and count Unicode code points of the
source. A passage's note is its selection's Description, which QualCoder shows as its memo, and a note that the
selection refers to, which others show. So is a date in words, which no dateTime holds. Every GUID is made from what
it names, so the same reading gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from essay_explorer.exchange.dates import NO_DATE, comes_back, utc
from essay_explorer.exchange.qda_codes import ORIGIN
from essay_explorer.exchange.qdc import codes, tag_guid
from essay_explorer.exchange.xml_text import document, element, guid, laid_out, writable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT, SOURCES = "project.qde", "Sources"
CREATED = "Created: "  # before a date in words, in a note of its own
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that zip files know: the same bytes each time


def to_qdpx(reading: Reading) -> bytes:
    """The bytes of a `.qdpx` file. Annotations without a place become notes on the project."""
    source = _guid(reading, "source")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        _put(archive, PROJECT, document(laid_out(_project(reading, source))))
        _put(archive, f"{SOURCES}/{source}.txt", writable(reading.essay.text))
    return file.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode())


def _guid(reading: Reading, kind: str, name: str = "") -> str:
    """A GUID for something of this essay; those of tags hold for every essay."""
    return guid(kind, _fingerprint(reading.essay.text), name)


@lru_cache(maxsize=1)  # one export asks for every GUID
def _fingerprint(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def _project(reading: Reading, source: str) -> Element:
    passages = reading.passages()
    placed = {passage.id for passage in passages}
    notes = [*_notes(reading)]
    lost = [entry.id for entry in reading.annotations if entry.id not in placed]
    links = [*_links(reading, placed)]
    users = sorted({entry.creator for entry in reading.annotations if entry.creator})
    parts = [
        element("Users", {}, *(element("User", {"guid": guid("user", name), "name": name}) for name in users)),
        element("CodeBook", {}, *codes(reading.codebook)),
        element("Sources", {}, _source(reading, source, passages)),
        element("Notes", {}, *notes),
        element("Links", {}, *links),
    ]
    inside = [part for part in parts if len(part) and (part.tag != "CodeBook" or reading.codebook.facets)]
    refs = [_note_ref(reading, f"lost {entry}") for entry in lost]
    given = {"xmlns": NAMESPACE, "name": reading.essay.title, "origin": ORIGIN}
    return element("Project", given, *inside, *refs)


def _source(reading: Reading, source: str, passages: tuple[Passage, ...]) -> Element:
    path = f"internal://{source}.txt"
    given = {
        "guid": source,
        "name": reading.essay.title,
        "plainTextPath": path,
        "creationDateTime": NO_DATE,
    }
    return element("TextSource", given, *(_selection(reading, passage) for passage in passages))


def _selection(reading: Reading, passage: Passage) -> Element:
    entry = passage.annotation
    who = _made(entry)
    given = {"guid": _guid(reading, "annotation", entry.id), "name": entry.id}
    positions = {"startPosition": str(passage.start), "endPosition": str(passage.end)}
    codings = [
        element(
            "Coding",
            {"guid": _guid(reading, "coding", f"{entry.id}\n{tag}"), **who},
            element("CodeRef", {"targetGUID": tag_guid(tag)}),
        )
        for tag in passage.tags
    ]
    notes = [_note_ref(reading, f"annotation {entry.id}")] if entry.note else []
    notes += [_note_ref(reading, f"created {entry.id}")] if _is_in_words(entry.created) else []
    described = [element("Description", text=entry.note)] if entry.note else []
    return element("PlainTextSelection", given | positions | who, *described, *codings, *notes)


def _made(entry: Annotation) -> dict[str, str]:
    """Who made it, and when; importers such as QualCoder's want some date of everything."""
    user = guid("user", entry.creator) if entry.creator else ""
    return {"creatingUser": user, "creationDateTime": utc(entry.created) or NO_DATE}


def _is_in_words(created: str) -> bool:
    """Whether a date says what no dateTime holds: "last spring"."""
    return bool(created) and not comes_back(created)


def _note_ref(reading: Reading, name: str) -> Element:
    return element("NoteRef", {"targetGUID": _guid(reading, "note", name)})


def _notes(reading: Reading) -> Iterator[Element]:
    placed = {passage.id for passage in reading.passages()}
    for entry in reading.annotations:
        if entry.id not in placed:
            tags = ", ".join(entry.tags)
            date = f"{CREATED}{entry.created}" if _is_in_words(entry.created) else ""
            text = "\n\n".join(filter(None, (entry.quote, tags, entry.note, date)))
            yield _note(reading, f"lost {entry.id}", text, _made(entry))
            continue
        if entry.note:
            yield _note(reading, f"annotation {entry.id}", entry.note, _made(entry))
        if _is_in_words(entry.created):
            yield _note(reading, f"created {entry.id}", f"{CREATED}{entry.created}", _made(entry))
    for number, link in enumerate(reading.relations, 1):
        if link.note:
            yield _note(reading, f"relation {number}", link.note, {"creationDateTime": NO_DATE})


def _note(reading: Reading, name: str, text: str, made: dict[str, str]) -> Element:
    given = {"guid": _guid(reading, "note", name), "name": name}
    return element("Note", given | made, element("PlainTextContent", {}, text=text))


def _links(reading: Reading, placed: set[str]) -> Iterator[Element]:
    """A link between the two selections; one whose passage has no place ends at that passage's note."""
    for number, link in enumerate(reading.relations, 1):
        origin, target = (
            _guid(reading, "annotation", end) if end in placed else _guid(reading, "note", f"lost {end}")
            for end in (link.source, link.target)
        )
        given = {"guid": _guid(reading, "link", str(number)), "name": link.kind, "direction": "OneWay"}
        notes = [_note_ref(reading, f"relation {number}")] if link.note else []
        yield element("Link", given | {"originGUID": origin, "targetGUID": target}, *notes)

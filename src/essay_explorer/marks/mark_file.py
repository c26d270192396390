"""The file of a reader's marks: "Keep a copy", what JupyterLab keeps beside a notebook, and what a pupil hands in.

A Web Annotation collection (https://www.w3.org/TR/annotation-model/), which other programs read too, with a few
facts of ours under the name "essay-explorer": to which text the marks belong, whose they are, when they were handed in.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from essay_explorer.core.annotation import annotations_from_csv
from essay_explorer.core.fault import Fault, refuse, shown
from essay_explorer.core.names import ID
from essay_explorer.core.prose import Prose
from essay_explorer.core.table import rows_in
from essay_explorer.core.tag import Tag
from essay_explorer.exchange import BYTE_ORDER_MARK
from essay_explorer.exchange.naming import IMPORTED
from essay_explorer.exchange.web_form import MARKS as HEADER
from essay_explorer.files.codebook_file import with_facets
from essay_explorer.files.csv_files import annotations_to_csv
from essay_explorer.files.decoding import certain_text
from essay_explorer.files.json_text import json_text
from essay_explorer.files.limits import MOST_MARKS, OF_MARKS, check_size
from essay_explorer.files.plain_json import plain_json
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import LONGEST_NAME, NEVER, DamagedMarkError, Mark, line, moment
from essay_explorer.marks.task import Task, number_in
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.fault import Report
    from essay_explorer.core.reading import Reading

FORMAT, VERSION = "marks", 1
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:uuid:"
ESSAY = "urn:x-essay:"
FINGERPRINT = re.compile(r"[0-9a-f]{16}")
LONGEST_TITLE = 1000
SAVE_AGAIN = Phrase("Save it again with “Keep a copy” or “Hand in”").filled()
NO_MARKS = Phrase("is no file of marks. Save it again with “Keep a copy” or “Hand in”, and take that file as it is")
NO_LIST = Phrase("holds no list of marks, not even an empty one. Save it again with “Keep a copy” or “Hand in”")
NOBODYS = Phrase("does not say to which essay its marks belong. Save it again with “Keep a copy” or “Hand in”")
NEWER = Phrase("is of version {version}, and this program reads {known}. Install a newer one")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MarkFile:
    """A file of marks. `essay`: the fingerprint of the text that they were made on.

    `round`: which pass of a class they belong to, from 1. `handed_in`: a moment, "" where it was not. `task`: what
    was asked for. `account`, `late`: what a teacher's platform calls the person, and whether it says that they were
    late; whoever reads a file from elsewhere does not take its word for these.
    """

    essay: str
    title: str
    kept: Kept = field(default_factory=Kept)
    person: str = ""
    round: int = 1
    handed_in: str = ""
    task: Task = field(default_factory=Task)
    account: str = ""
    late: bool = False

    @classmethod
    def of(cls, essay: Essay, kept: Kept, person: str = "") -> MarkFile:
        """The file of marks on an essay."""
        return cls(essay.fingerprint, Prose.from_inline(essay.title).text, kept, person)

    @classmethod
    def from_json(cls, content: bytes | str, file: str, *, report: Report = refuse) -> MarkFile:
        """The marks that a file holds.

        What is wrong with one of them goes to `report`, and the others are read; ReadingError is raised for a file
        that is none of marks, that is cut off, or that is larger than any may be.
        """
        size = content if isinstance(content, bytes) else content.encode(errors="replace")
        check_size(size, file, most=OF_MARKS, advice=SAVE_AGAIN)
        value = plain_json(content, file, advice=SAVE_AGAIN)
        header = _header(value, file)
        first = value.get("first")
        items = first.get("items") if isinstance(first, dict) else None
        if not isinstance(items, list):
            refuse(Fault.of(file, NO_LIST.filled()))
        if len(items) > MOST_MARKS:
            told = Phrase("has {number} marks; expected at most {most}")
            refuse(Fault.of(file, told.filled(number=f"{len(items):,}", most=f"{MOST_MARKS:,}")))
        marks = list(_marks(map(_flat, items), file, report))
        return cls(
            essay=header["essay"],
            title=line(header.get("title"), LONGEST_TITLE),
            kept=Kept.of(marks, _removed(header.get("removed"), file)),
            person=line(header.get("person"), LONGEST_NAME),
            round=number_in(header, "pass", least=1),
            handed_in=moment(line(header.get("handedIn"), LONGEST_NAME)),
            task=Task.from_json(header.get("task")),
            account=line(header.get("account"), LONGEST_NAME),
            late=header.get("late") is True,
        )

    def to_json(self) -> str:
        """The text of the file; the same marks make the same text."""
        marks, removed = self.kept.marks, dict(self.kept.removed)
        facts: Json = {"format": FORMAT, "version": VERSION, "essay": self.essay, "title": self.title}
        facts |= {"person": self.person, "pass": self.round, "handedIn": self.handed_in}
        task = {name: value for name, value in self.task.to_json().items() if value}
        rare = {"task": task, "account": self.account, "late": self.late, "removed": removed}
        facts |= {name: value for name, value in rare.items() if value}
        return json_text(
            {
                "@context": [CONTEXT],
                "id": f"{URN}{uuid.uuid5(uuid.NAMESPACE_URL, f'{ESSAY}{self.essay}/{self.person}')}",
                "type": "AnnotationCollection",
                "label": f"Marks on {self.title}",
                HEADER: facts,
                "total": len(marks),
                "first": {"type": "AnnotationPage", "items": [_item(mark, self.essay) for mark in marks]},
            }
        )


def to_table(reading: Reading) -> str:
    """The annotations of a reading of marks as a table with the columns of annotations.csv, for a spreadsheet."""
    return BYTE_ORDER_MARK + annotations_to_csv(reading.annotations, reading.codebook, every=True)


def from_table(content: bytes, file: str, reading: Reading | None) -> MarkFile:
    """The marks of such a table on the essay of a reading. Raises ReadingError for a table of anything else."""
    if reading is None:
        refuse(Fault(file, "a table does not say of which text it is. Give a reading of that text, as reading="))
    text = certain_text(content, file, advice="Save the table as CSV")
    book = _with_imported(text, reading.codebook)
    entries = annotations_from_csv(text, book, report=lambda fault: refuse(replace(fault, file=file)))
    given = ({**asdict(one), "tags": list(one.tags), "reason": one.note} for one in entries)
    return MarkFile.of(reading.essay, Kept.of(_marks(given, file, refuse)))


def _with_imported(table: str, book: Codebook) -> Codebook:
    """The codebook with the tags that a table of marks holds in the column of those that it did not know."""
    rows = rows_in(table, "", needed=(), known=(IMPORTED.id,), report=lambda _: None)
    cells = (cell for _, row in rows for cell in row.get(IMPORTED.id, "").split(";"))
    names = dict.fromkeys(name for cell in cells if ID.fullmatch(name := cell.strip()) and name not in book.tags)
    return with_facets(book, [replace(IMPORTED, tags=tuple(Tag(name, name) for name in names))]) if names else book


def is_marks(value: object) -> bool:
    """Whether parsed JSON says of itself that it holds marks."""
    return isinstance(value, dict) and isinstance(value.get(HEADER), dict) and value[HEADER].get("format") == FORMAT


def _header(value: Any, file: str) -> Json:  # noqa: ANN401 - JSON may be anything
    """Our facts. Raises ReadingError where they are not those of a file of marks."""
    if not is_marks(value):
        refuse(Fault.of(file, NO_MARKS.filled()))
    header: Json = value[HEADER]
    if header.get("version") != VERSION:
        version = shown(str(header.get("version")), 20)
        refuse(Fault.of(file, NEWER.filled(version=version, known=str(VERSION))))
    if not isinstance(header.get("essay"), str) or not FINGERPRINT.fullmatch(header["essay"]):
        refuse(Fault.of(file, NOBODYS.filled()))
    return header


def _marks(given: Iterable[Json], file: str, report: Report) -> Iterator[Mark]:
    seen: dict[str, Mark] = {}
    for number, one in enumerate(given, 1):
        try:
            mark = Mark.from_json(one)
        except ValueError as error:
            problem = error.sentence if isinstance(error, DamagedMarkError) else str(error)
            told = Phrase("mark {number}: {problem}. It is left out")
            report(Fault.of(file, told.filled(number=str(number), problem=problem)))
            continue
        if seen.setdefault(mark.id, mark) != mark:
            twice = Phrase("mark {number}: has the id of one before it. The one that was changed later is kept")
            report(Fault.of(file, twice.filled(number=str(number))))
        yield mark


def _flat(item: Any) -> Json:  # noqa: ANN401 - JSON may be anything
    """A mark as pages hold it, of an annotation in the W3C's form."""
    if not isinstance(item, dict):
        return {}
    target = item.get("target")
    selector = target.get("selector") if isinstance(target, dict) else None
    quote = selector if isinstance(selector, dict) else {}
    bodies = [body for body in _listed(item.get("body")) if isinstance(body, dict)]
    creator = item.get("creator")
    name = item.get("id")
    return {
        "id": name.removeprefix(URN) if isinstance(name, str) else name,
        "quote": quote.get("exact", ""),
        "prefix": quote.get("prefix", ""),
        "suffix": quote.get("suffix", ""),
        "tags": [body.get("value") for body in bodies if body.get("purpose") == "tagging"],
        "reason": next((body.get("value", "") for body in bodies if body.get("purpose") == "commenting"), ""),
        "creator": creator.get("name", "") if isinstance(creator, dict) else "",
        "created": item.get("created", ""),
        "changed": item.get("modified", ""),
    }


def _item(mark: Mark, essay: str) -> Json:
    """A mark in the W3C's form."""
    bodies = [("tagging", tag) for tag in mark.tags] + [("commenting", mark.reason)] * bool(mark.reason)
    around = {name: value for name, value in (("prefix", mark.prefix), ("suffix", mark.suffix)) if value}
    dates = {"created": mark.created, "modified": mark.changed}
    return {
        "id": f"{URN}{mark.id}",
        "type": "Annotation",
        **(dates if set(dates.values()) != {NEVER} else {}),
        **({"creator": {"type": "Person", "name": mark.creator}} if mark.creator else {}),
        "body": [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in bodies],
        "target": {
            "source": f"{ESSAY}{essay}",
            "selector": {"type": "TextQuoteSelector", "exact": mark.quote, **around},
        },
    }


def _removed(value: object, file: str) -> dict[str, str]:
    """The ids of marks that were removed, each with its moment; what is none is no loss."""
    if not isinstance(value, dict):
        return {}
    if len(value) > MOST_MARKS:
        told = Phrase(
            "tells of {count} removed mark; expected at most {most}",
            "tells of {count} removed marks; expected at most {most}",
        )
        refuse(Fault.of(file, told.filled(len(value), most=f"{MOST_MARKS:,}")))
    found = {name: moment(when) for name, when in value.items() if isinstance(when, str)}
    return {name: when for name, when in found.items() if when}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]

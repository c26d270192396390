"""A REFI-QDA project, `.qdpx`, in: its selections are passages, its codes tags, its memos notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import unbroken
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.annotation import KINDS, Relation
from essay_explorer.core.fault import Fault, counted, refuse, shown
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.joining import join, join_relations, reading_to_join
from essay_explorer.exchange.placement import CONTEXT
from essay_explorer.exchange.qda_codes import ORIGIN, codes_in
from essay_explorer.exchange.qda_offsets import plain, spans_of
from essay_explorer.exchange.qda_project import project_in
from essay_explorer.exchange.qdc_import import book_joined, book_of
from essay_explorer.exchange.qdpx import CREATED
from essay_explorer.exchange.xml_text import writable
from essay_explorer.files.limits import check_size
from essay_explorer.formats.any_file import likely_text
from essay_explorer.formats.archive import text_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Origin
    from essay_explorer.exchange.joining import Joined
    from essay_explorer.exchange.qda_project import Project, Selection, Source

PARTS = re.compile(r"\.qde$|(?:^|/)sources/[^/]*\.txt$", re.IGNORECASE)
MOST_BYTES = 2**25  # of its XML
MOST_ELEMENTS = 500_000
NAMED = 8  # texts of a project that are listed

Files = dict[str, bytes]


def qdpx_joined(content: bytes, texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files of a reading, `texts`, with the codes and the selections of a project added to them.

    Of several texts the one is taken that is the reading's, or that `origin.source` names. Raises
    ReadingError for a file that is no project, and where it is not clear which text is meant.
    """
    file = origin.file
    parts = text_parts(content, file, PARTS)
    qde = next((part for name, part in parts.items() if name.casefold().endswith(".qde")), b"")
    if not qde:
        refuse(Fault(file, "holds no project.qde. Export the project as REFI-QDA (.qdpx) again"))
    check_size(qde, file, most=MOST_BYTES)
    read = codes_in(qde, file, report, root="Project", most=MOST_ELEMENTS)
    project = project_in(qde, file)
    files = {name.rpartition("/")[2].casefold(): part for name, part in parts.items()}
    reading = reading_to_join(texts, file)
    source, said = _chosen(project, files, reading.essay.text, origin)
    book, tags = book_of(read, reading.codebook, file, report)
    found = list(_found(source, said, file, report))
    marks, numbers = _marks(found, _Names(project, files, tags, book, plain(said), reading.essay.text))
    _report_rest(project, source, file, report)
    wider = book_joined(book, texts, origin, report) if book.facets else dict(texts)
    joined = join(marks, wider, replace(origin, title=source.name), report)
    ids = {guid: joined.annotations[number - 1].id for guid, number in numbers.items()}
    links = _links(project, files, ids, file, report)
    changed, _ = join_relations(links, joined.texts, file=file, report=report)
    return replace(joined, texts=changed)


def _chosen(project: Project, files: Files, essay: str, origin: Origin) -> tuple[Source, str]:
    """The text of the project that is meant, and its letters."""
    file, wanted = origin.file, origin.source.strip().casefold()
    if not project.sources:
        refuse(Fault(file, "holds no text with selections. Export a project with a text document"))
    texts = [_text_at(source.path, files, file) or source.text for source in project.sources]
    both = list(zip(project.sources, texts, strict=True))
    meant = [one for one in both if wanted and wanted in {one[0].name.casefold(), one[0].guid.casefold()}]
    if not wanted:
        meant = both if len(both) == 1 else [one for one in both if _key(one[1]) == _key(essay)]
    if len(meant) != 1:
        some = ", ".join(shown(source.name) for source in project.sources[:NAMED])
        some += ", ..." if len(both) > NAMED else ""
        refuse(Fault(file, f"holds {counted(len(both), 'text')}: {some}. Say which one to take: --source NAME"))
    source, text = meant[0]
    if not text.strip():
        refuse(Fault(file, f"the text of {shown(source.name)} is not in the archive. Export it with its sources"))
    return source, text


def _key(text: str) -> str:
    return "".join(writable(text).split())


def _text_at(path: str, files: Files, file: str) -> str:
    """The text of a part of the archive, every letter of it; "" for a path that leads elsewhere."""
    part = files.get(re.split(r"[/\\]", path)[-1].casefold(), b"") if path else b""
    try:
        return part.decode()
    except UnicodeDecodeError:
        return likely_text(part, file)[0]


def _found(source: Source, said: str, file: str, report: Report) -> Iterator[tuple[Selection, Span]]:
    """The selections with their places in the plain text, without the white space at their ends."""
    spans = spans_of(said, [(one.start, one.end) for one in source.selections])
    text = plain(said)
    for one, span in zip(source.selections, spans, strict=True):
        quote = text[slice(*span)] if span else ""
        if span and quote.strip():
            yield one, Span(span.end - len(quote.lstrip()), span.start + len(quote.rstrip()))
        else:
            say = f"selection {shown(one.name or one.guid)}: no text is at {one.start} to {one.end}; left out"
            report(Fault(file, say))


@dataclass(frozen=True, slots=True)
class _Names:
    """What the GUIDs and positions of a project mean in a reading. `text`: that of its source, in which they count."""

    project: Project
    files: Files
    tags: Mapping[str, str]
    book: Codebook
    text: str
    essay: str

    @property
    def ours(self) -> bool:
        """Whether it is a project that we have written."""
        return self.project.origin == ORIGIN

    def mark(self, number: int, one: Selection, span: Span) -> Incoming:
        """The annotation that a selection is."""
        same = writable(self.essay) == self.text
        text = self.essay if same else self.text
        quote = text[slice(*span)]
        named = {tag for tag, _ in self.book.named(unbroken(quote))} if self.ours else ()  # tags that it has by itself
        codes = (self.tags[code] for code in one.codes if code in self.tags)
        memos = [_memo(memo, self.project, self.files) for memo in one.memos]
        dates = [memo for memo in memos if self.ours and memo.startswith(CREATED) and memo != one.note]
        return Incoming(
            number,
            one.name if self.ours else "",
            quote,
            text[max(span.start - CONTEXT, 0) : span.start],
            text[span.end : span.end + CONTEXT],
            span if same else None,
            None if same else span,
            tuple(dict.fromkeys(code for code in codes if code not in named)),
            "\n\n".join(dict.fromkeys(filter(None, (one.note, *(memo for memo in memos if memo not in dates))))),
            one.creator,
            dates[0].removeprefix(CREATED) if dates else one.created,
        )


def _marks(found: Sequence[tuple[Selection, Span]], names: _Names) -> tuple[list[Incoming], dict[str, int]]:
    """The annotations, and the number of that of each selection, by its GUID.

    Other programs make a selection for each code: what one person said of one stretch is one annotation.
    """
    marks, numbers = list[Incoming](), dict[str, int]()
    places: dict[tuple[Span, str], int] = {}
    for one, span in found:
        key = (span, one.creator)
        if key in places and not names.ours:
            at = places[key]
            marks[at] = _together(marks[at], names.mark(at + 1, one, span))
        else:
            at = places[key] = len(marks)
            marks.append(names.mark(at + 1, one, span))
        numbers.setdefault(one.guid, at + 1)
    return marks, numbers


def _together(one: Incoming, other: Incoming) -> Incoming:
    notes = "\n\n".join(dict.fromkeys(filter(None, (one.note, other.note))))
    tags = tuple(dict.fromkeys((*one.tags, *other.tags)))
    created = min(filter(None, (one.created, other.created)), default="")
    return replace(one, tags=tags, note=notes, created=created)


def _memo(guid: str, project: Project, files: Files) -> str:
    """What a memo says; it may stand in a part of its own."""
    said = project.memos.get(guid, "")
    return plain(_text_at(said, files, project.name)).strip() if said.startswith("internal://") else said


def _links(
    project: Project, files: Files, ids: Mapping[str, str], file: str, report: Report
) -> Iterator[tuple[int, Relation]]:
    """The relations between the passages; links of other kinds, or to something else, are counted."""
    left = 0
    for number, (origin, name, target, memos) in enumerate(project.links, 1):
        kind = name.strip().casefold()
        if origin in ids and target in ids and kind in KINDS:
            note = "\n\n".join(filter(None, (_memo(memo, project, files) for memo in memos)))
            yield number, Relation(ids[origin], kind, ids[target], note)
        else:
            left += 1
    if left:
        report(
            Fault(file, f"left out {counted(left, 'link')}: not between two passages, or not named {', '.join(KINDS)}")
        )


def _report_rest(project: Project, source: Source, file: str, report: Report) -> None:
    """Tell what of the project has no place in a reading."""
    used = {memo for one in project.sources for selection in one.selections for memo in selection.memos}
    used |= {memo for *_, memos in project.links for memo in memos}
    memos = len(project.memos.keys() - used)
    others = [shown(one.name) for one in project.sources if one is not source]
    if others:
        more = ", ..." if len(others) > NAMED else ""
        report(Fault(file, f"reads {shown(source.name)} and leaves out {', '.join(others[:NAMED])}{more}"))
    rest = dict(project.others) | ({"Note that belongs to no passage": memos} if memos else {})
    if rest:
        kinds = ", ".join(f"{number} × {kind}" for kind, number in rest.items())
        report(Fault(file, f"left out, since a reading has no place for it: {kinds}"))

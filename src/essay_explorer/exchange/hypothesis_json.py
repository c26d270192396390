"""Annotations made with Hypothesis: the export of its client, and what its search answers.

The client's export is an object with `annotations`, the search's answer one with `rows`; both hold
annotations as Hypothesis stores them: https://h.readthedocs.io/en/latest/api-reference/v1/. Its positions
count the letters of a web page, not of an essay, so its quotes and what surrounds them find the place;
positions only tell which of equal places comes first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.fault import Fault, refuse, shown
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.joining import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Origin
    from essay_explorer.exchange.joining import Joined

LISTS = ("annotations", "rows")
QUOTE = {"quote": "exact", "prefix": "prefix", "suffix": "suffix"}

Json = dict[str, Any]


def is_hypothesis(value: Any) -> bool:  # noqa: ANN401 - JSON may be anything
    """Whether parsed JSON is Hypothesis's own, and not the W3C's, whose annotations have an id `type`."""
    if isinstance(value, dict) and "type" not in value and "@context" not in value:
        return any(isinstance(value.get(name), list) for name in LISTS)
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "uri" in one for one in value)


def hypothesis_joined(
    value: Any,  # noqa: ANN401 - as above
    texts: Mapping[str, str],
    origin: Origin,
    report: Report,
) -> Joined:
    """The files of a reading, `texts`, with the annotations of a Hypothesis export, parsed JSON, added to them.

    A reply joins the note of what it answers. A note on the whole page keeps its row without a quote,
    which `Reading.faults` then lists. Of groups, permissions and addresses nothing is read.
    """
    file = origin.file
    rows = _rows(value, file)
    marks = [_mark(number, row, file, report) for number, row in enumerate(rows, 1) if isinstance(row, dict)]
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            report(Fault(file, f"annotation {number}: expected an object; left out"))
    answers = {row["id"]: _references(row) for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
    return join(list(_with_replies(marks, answers)), texts, origin, report)


def _rows(value: Any, file: str) -> list[Any]:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        replies = value.get("replies")  # told apart by a search that was asked to
        value = next((value[name] for name in LISTS if isinstance(value.get(name), list)), None)
        value = [*value, *replies] if value and isinstance(replies, list) else value
    if not isinstance(value, list) or not value:
        expected = "expected a list named `annotations`, as its client exports, or `rows`, as its search answers"
        refuse(Fault(file, f"holds no annotations of Hypothesis: {expected}"))
    return value


def _mark(number: int, row: Json, file: str, report: Report) -> Incoming:
    first, *others = _dicts(row.get("target")) or [{}]
    selectors = _dicts(first.get("selector"))
    for other in others:
        quoted = next((_text(one, "exact") for one in _dicts(other.get("selector")) if "exact" in one), "")
        say = f"annotation {number}: a second target, {shown(quoted)}, is left out. Mark it by itself"
        report(Fault(file, say, entry=_text(row, "id")))
    quote = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), {})
    tags = row.get("tags", [])
    for name, given, kind in (("tags", tags, list), ("text", row.get("text", ""), str)):
        if given is not None and not isinstance(given, kind):
            expected = "a list of texts" if kind is list else "a text"
            report(Fault(file, f"annotation {number}: `{name}`: expected {expected}; left out", entry=_text(row, "id")))
    info = row.get("user_info")
    words: Json = {name: _text(quote, key) for name, key in QUOTE.items()}
    position = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    start, end = position.get("start"), position.get("end")
    return Incoming(
        number,
        _text(row, "id"),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        note=_text(row, "text"),
        creator=(_text(info, "display_name") if isinstance(info, dict) else "")
        or _text(row, "user").removeprefix("acct:"),
        created=_text(row, "created"),
        elsewhere=Span(start, end) if type(start) is type(end) is int else None,
        **words,
    )


def _with_replies(marks: list[Incoming], answers: Mapping[str, list[str]]) -> Iterator[Incoming]:
    """The annotations that are no replies, each with its replies, in their order, at the end of its note."""
    first = {mark.name: mark for mark in marks if mark.quote or not answers.get(mark.name)}
    said: dict[str, list[str]] = {name: [mark.note] for name, mark in first.items()}
    alone = []
    for mark in marks:
        to = next((name for name in answers.get(mark.name, ()) if name in first), "")
        if mark.name in first:
            continue
        if to:
            tags = f" [{', '.join(mark.tags)}]" if mark.tags else ""
            said[to].append(f"{mark.creator}: {mark.note}{tags}")
        else:
            alone.append(mark)
    for mark in marks:
        if first.get(mark.name) is mark:
            yield replace(mark, note="\n\n".join(filter(None, said[mark.name])))
        elif mark.name in first or mark in alone:
            yield mark


def _references(row: Json) -> list[str]:
    given = row.get("references")
    return [name for name in given if isinstance(name, str)] if isinstance(given, list) else []


def _dicts(value: Any) -> list[Json]:  # noqa: ANN401 - as above
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(entry: Json, name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""

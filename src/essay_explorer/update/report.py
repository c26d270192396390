"""What `update` says and writes once it is known where each annotation belongs."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.annotation import ANNOTATIONS, COLUMNS, NAMED_SEPARATOR, separator_of
from essay_explorer.fault import Fault, counted, shown
from essay_explorer.update.reanchoring import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.annotation import Annotation
    from essay_explorer.update.reanchoring import Move

ANCHOR = ("quote", "prefix", "suffix")
LETTERS_SHOWN = 300  # of a quote


def report(moves: Iterable[Move]) -> tuple[str, ...]:
    """How many annotations are exact, moved, changed and lost, and one line for each that is not exact."""
    moves = tuple(moves)
    count = Counter(move.state for move in moves)
    first = f"{counted(len(moves), 'annotation')}: {', '.join(f'{count[state]} {state}' for state in STATES)}"
    return first, *(_line(move) for state in STATES[1:] for move in moves if move.state == state)


def _line(move: Move) -> str:
    entry = move.annotation
    quote = shown(entry.quote, LETTERS_SHOWN)
    if move.state == "moved":
        message = f"moved: {quote}"
    elif move.certain:
        message = f"changed, but not in its words: {move.diff}"
    elif move.state == "changed":
        message = f"changed, {move.score:.0%} alike: {move.diff}"
    else:
        near = f". Nearest: {shown(move.nearest, LETTERS_SHOWN)}" if move.nearest else ""
        message = f"lost, and kept as it was: {quote}: {move.why}{near}. Copy the passage again"
    return str(Fault(ANNOTATIONS, " ".join(message.split()), entry.row or None, entry.id))


def updated_csv(source: str, moves: Iterable[Move]) -> str:
    """`source`, a CSV text, with new quotes, prefixes and suffixes where `moves` changed them.

    Every other cell and row stays letter by letter, also what cannot be read. A column for
    prefixes or suffixes is added beside the quotes when one is needed and not there.
    """
    changes = {_anchor(move.annotation): _anchor(move.anchored) for move in moves}
    changes = {old: new for old, new in changes.items() if old != new}
    if not changes:
        return source
    separator = separator_of(unicodedata.normalize("NFC", source), COLUMNS)
    above = re.match(rf"\ufeff?(?:{NAMED_SEPARATOR.pattern.removeprefix('(?i)')})?", source, re.IGNORECASE)
    start = above.end() if above else 0
    rows = list(_rows(source[start:], separator))
    header = [_value(cell) for cell in rows[0][0]] if rows else []
    if "quote" not in header:
        return source
    added = [name for at, name in enumerate(ANCHOR) if name not in header and any(new[at] for new in changes.values())]
    made = [source[:start]]
    for number, (cells, end) in enumerate(rows):
        anchor = tuple(_named(header, cells, name) for name in ANCHOR)
        new = dict(zip(ANCHOR, changes.get(anchor, anchor) if number else ANCHOR, strict=True))
        if anchor in changes and number:
            for name in set(ANCHOR) & set(header):
                _put(cells, header.index(name), new[name], separator)
        at = header.index("quote") + 1
        if at <= len(cells):
            cells[at:at] = [_written(new[name], separator) for name in added]
        made += [separator.join(cells), end]
    return "".join(made)


def _anchor(entry: Annotation) -> tuple[str, ...]:
    return entry.quote, entry.prefix, entry.suffix


def _rows(text: str, separator: str) -> Iterator[tuple[list[str], str]]:
    """(cells as they are written, the end of the line) of each row; of one that is not readable no cells, all end."""
    lines = list(io.StringIO(text, newline=""))
    table = csv.reader(lines, strict=True, delimiter=separator)
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{separator}\r\n]*')
    start = 0
    while start < len(lines):
        try:
            count = len(next(table, []))
        except csv.Error:
            count = 0
        raw = "".join(lines[start : table.line_num])
        start = table.line_num
        cells, at = list[str](), 0
        while len(cells) < count and (found := cell.match(raw, at)):
            cells.append(found[0])
            at = found.end() + 1
        yield cells, raw[at - 1 :] if cells else raw


def _value(cell: str) -> str:
    """What a cell says, as the reader of annotations takes it."""
    if cell.startswith('"'):
        cell = cell[1:-1].replace('""', '"')
    return unicodedata.normalize("NFC", re.sub("\r\n?", "\n", cell)).strip()


def _named(header: Sequence[str], cells: Sequence[str], name: str) -> str:
    at = header.index(name) if name in header else len(cells)
    return _value(cells[at]) if at < len(cells) else ""


def _put(cells: list[str], at: int, value: str, separator: str) -> None:
    """Write a value; a cell that says it already stays as it is written."""
    cells += [""] * (at + 1 - len(cells) if value else 0)
    if at < len(cells) and _value(cells[at]) != value.strip():
        cells[at] = _written(value, separator, quoted=cells[at].startswith('"'))


def _written(value: str, separator: str, *, quoted: bool = False) -> str:
    if quoted or re.search(rf'["\r\n{separator}]', value):
        return '"' + value.replace('"', '""') + '"'
    return value

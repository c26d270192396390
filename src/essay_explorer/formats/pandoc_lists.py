"""Lists of pandoc's Markdown, "(a)", "iv.", "#." and "(@)", and of its terms with definitions, as an essay has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.core.marker import readings, written
from essay_explorer.formats.lines import FENCE, MARKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK = re.compile(
    r"( {0,3})(?:(\()(\d{1,9}|[a-z]{1,2}|[A-Z]|[ivxlcdm]+|[IVXLCDM]+|#|@[\w-]*)(\))|([a-z]{1,2}|[ivxlcdm]+|#)([.)])"
    r"|([A-Z]|[IVXLCDM]+)(?:(\))|(\.)(?=  )))[ \t]+(?=\S)"
)
EXAMPLE = re.compile(r"\(@([\w-]+)\)")
DEFINITION = re.compile(r" {0,2}[:~][ \t]+(?=\S)")
DEEPER = re.compile(r" {4}|\t")
FEWEST = 2  # entries of a list whose letters might be words: "i. e."
DEEPEST = 9


class _Entry(NamedTuple):
    """The sign before the label, the label, the sign behind it, and the lines of the entry."""

    before: str
    label: str
    behind: str
    lines: list[str]


def with_lists(markdown: str) -> str:
    """The Markdown with these lists as an essay has them."""
    lines = markdown.split("\n")
    if not any(MARK.match(line) or DEFINITION.match(line) for line in map(str.lstrip, lines)):
        return markdown
    examples = _Lists()
    text = "\n".join(examples.converted(lines))
    return EXAMPLE.sub(lambda name: f"({examples.named[name[1]]})" if name[1] in examples.named else name[0], text)


class _Lists:
    """`named`: the numbers of the examples that have a name."""

    def __init__(self) -> None:
        self.named: dict[str, int] = {}
        self._examples = 0
        self._depth = 0

    def converted(self, lines: Sequence[str]) -> Iterator[str]:
        """The lines, those of lists written in another way."""
        at, fence, is_start = 0, "", True
        while at < len(lines):
            if match := FENCE.match(lines[at]):
                fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
            entries, end = ([], at) if fence or not is_start or self._depth > DEEPEST else _entries(lines, at)
            if entries:
                yield from self._list(entries)
            elif not fence and is_start and (end := _end_of_definitions(lines, at)) > at:
                yield from self._definitions(lines[at:end])
            else:
                yield lines[at]
                end = at + 1
            is_start, at = not lines[end - 1].strip(), end

    def _list(self, entries: Sequence[_Entry]) -> Iterator[str]:
        self._depth += 1
        for at, (before, label, behind, body) in enumerate(entries, 1):
            shown = label
            if label[0] == "@":
                self._examples += 1
                self.named.setdefault(label[1:], self._examples)
                shown = str(self._examples)
            marker = written(f"{before}{at if label == '#' else shown}{behind}")
            indent = " " * (2 if marker.startswith("-") else len(marker) + 1)
            first, *others = self.converted(body)
            yield f"{marker} {first}"
            yield from (f"{indent}{line}" if line.strip() else "" for line in others)
        self._depth -= 1

    def _definitions(self, lines: Sequence[str]) -> Iterator[str]:
        """A term and its definitions as paragraphs."""
        self._depth += 1
        yield from (lines[0], "")
        starts = [at for at, line in enumerate(lines) if at and DEFINITION.match(line)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield from self.converted(
                [DEFINITION.sub("", lines[start]), *(DEEPER.sub("", one, count=1) for one in lines[start + 1 : end])]
            )
            yield ""
        self._depth -= 1


def _entries(lines: Sequence[str], at: int) -> tuple[list[_Entry], int]:
    """The entries of the list that starts at a line, and where it ends; none where there is no list."""
    made: list[_Entry] = []
    end = at
    while (found := MARK.match(lines[at]) if at < len(lines) else None) and _follows(made, _entry(found)):
        indent, width = len(found[1]), found.end()
        entry, body_end = _entry(found), _end_of_body(lines, at + 1, indent)
        made.append(
            entry._replace(lines=[lines[at][width:], *(_outdented(one, width) for one in lines[at + 1 : body_end])])
        )
        at = end = body_end
        while at < len(lines) and not lines[at].strip():
            at += 1
        blank = at - end
        if blank and at < len(lines) and (coming := MARK.match(lines[at])) and _follows(made, _entry(coming)):
            made[-1].lines.extend([""] * blank)
            end = at
    is_list = len(made) >= FEWEST or (made and made[0].label[0] in "#@")
    return (made, end) if is_list else ([], end)


def _entry(found: re.Match[str]) -> _Entry:
    return _Entry(found[2] or "", found[3] or found[5] or found[7], found[4] or found[6] or found[8] or found[9], [])


def _follows(made: Sequence[_Entry], entry: _Entry) -> bool:
    """Whether an entry is the next one of a list, or may be its first."""
    if not made:
        return entry.label[0] in "#@" or any(readings(entry.label))
    first, last = made[0], made[-1]
    if (entry.before, entry.behind) != (first.before, first.behind):
        return False
    if entry.label[0] in "#@":
        return first.label[0] == entry.label[0]
    before = readings(last.label)
    return any((one.number - 1, one.figures) in before for one in readings(entry.label))


def _end_of_body(lines: Sequence[str], at: int, indent: int) -> int:
    """Where the lines of an entry end: at the next one, or before what stands at the left below a blank line."""
    end = at
    while at < len(lines):
        line = lines[at]
        if line.strip() and not DEEPER.match(line):
            found = MARK.match(line)
            if end < at or (found and len(found[1]) <= indent):
                break
        at += 1
        end = at if line.strip() else end
    return end


def _outdented(line: str, width: int) -> str:
    line = line.expandtabs(4)
    return line[min(len(line) - len(line.lstrip()), width) :]


def _end_of_definitions(lines: Sequence[str], at: int) -> int:
    """Where the definitions of the term end that stands at a line; the same line where it is no term."""
    below = at + 1
    if below < len(lines) and not lines[below].strip():
        below += 1
    if not lines[at].strip() or MARKED.match(lines[at]) or below >= len(lines) or not DEFINITION.match(lines[below]):
        return at
    end = at = below
    while at < len(lines):
        line = lines[at]
        if line.strip() and end < at and not DEEPER.match(line) and not DEFINITION.match(line):
            break
        at += 1
        end = at if line.strip() else end
    return end

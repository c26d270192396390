"""The lines under the text, each in a lane."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.core.passage import Passage


class Line(NamedTuple):
    """A line under the text; `tag` is its number on the hand-out."""

    lane: int
    tag: int
    span: Span


def lines_of(passages: Mapping[int, Iterable[Passage]]) -> list[Line]:
    """The lines under the text: no two that meet share a lane.

    `passages`: those of each tag, in text order. Passages of one tag that overlap have one line.
    """
    lines: list[tuple[int, Span]] = []
    for tag, group in passages.items():
        end = -1
        for passage in group:
            if passage.start < end:
                end = max(end, passage.end)
                lines[-1] = (tag, Span(lines[-1][1].start, end))
            else:
                end = passage.end
                lines.append((tag, Span(passage.start, end)))
    made, ends = [], list[int]()
    for tag, span in sorted(lines, key=lambda line: (line[1].start, -line[1].end, line[0])):
        lane = next((lane for lane, end in enumerate(ends) if end <= span.start), len(ends))
        ends[lane : lane + 1] = [span.end]
        made.append(Line(lane, tag, span))
    return made

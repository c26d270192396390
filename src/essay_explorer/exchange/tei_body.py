"""The text of an essay as the body of a TEI P5 document: each block in the element that the Guidelines have for it.

The letters of a block, with its line breaks and the tabs between its cells, are those of the element "pN", so that
a pointer counts in it as in the essay.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.block import PARTINGS, Group, grouped, heading_ranks
from essay_explorer.exchange.xml_text import element, writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from essay_explorer.core.block import Block
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.inline import Emphasis

ADDRESS = "/:?#[]@!$&'()*+,;=%~"  # signs that may stand in an address as they are
ELEMENTS = {"heading": "head", "verse": "lg", "row": "row", "code": "ab", "note": "note"}
ANYWHERE = {"figure", "milestone", "note"}  # elements that may stand everywhere, but of which alone no body is made
PIECES = {"verse": "l", "row": "cell"}


def tei_body(essay: Essay) -> Element:
    """The body; a heading opens a division that goes on to the next of its level or a higher one."""
    body = element("body")
    ranks = heading_ranks(essay.blocks)
    open_divisions = [(0, body)]
    for node, made in _nodes(essay):
        rank = 0 if isinstance(node, Group) else ranks.get(node.level, 0)
        if rank:
            while open_divisions[-1][0] >= rank:
                open_divisions.pop()
            division = element("div")
            open_divisions[-1][1].append(division)
            open_divisions.append((rank, division))
        open_divisions[-1][1].append(made)
    for one in body.iter():
        if one.tag in {"body", "div", "quote", "list", "item", "table", "lg"}:
            for child in one:
                child.tail = "\n" if one.tag != "lg" else None
    for division in body.iter("div"):
        if len(division) == 1:  # nothing stands below its heading, but something has to
            division.append(element("p"))
    if all(child.tag in ANYWHERE for child in body):
        body.append(element("p"))
    return body


def _nodes(essay: Essay) -> Iterator[tuple[Group | Block, Element]]:
    numbers = {span.start: number for number, span in enumerate(essay.paragraphs, 1)}
    emphasis: defaultdict[int, list[Emphasis]] = defaultdict(list)
    for kind, span in essay.emphasis:
        emphasis[essay.paragraph_at(span.start)].append((kind, span))

    def leaf(block: Block) -> Element:
        has_text = block.span.start < block.span.end
        number = numbers[block.span.start] if has_text else 0
        return _leaf(block, number, _cut(block, essay.text, emphasis[number]) if number else [])

    def made(node: Group | Block) -> Element:
        return _frame(node, map(made, node.within)) if isinstance(node, Group) else leaf(node)

    return ((node, made(node)) for node in grouped(essay.blocks))


def _frame(group: Group, inside: Iterable[Element]) -> Element:
    kind = group.frame.kind
    if kind == "quotation":
        return element("quote", {}, *inside)
    if kind == "table":
        return element("table", {}, *inside)
    if kind == "item":
        return element("item", {"n": group.frame.marker.rstrip("-*+.")}, *inside)
    return element("list", {"rend": "numbered" if kind == "ordered list" else "bulleted"}, *inside)


Runs = list[tuple[str, tuple[str, ...]]]


def _leaf(block: Block, number: int, pieces: Sequence[Runs]) -> Element:
    if block.kind == "rule":
        return element("milestone", {"unit": "section", "rend": "rule"})
    name = ELEMENTS.get(block.kind, "p")
    if block.kind == "heading" and block.frames:
        name = "p"  # only a division has a heading
    rend = {"code": "code", "heading": "heading" if block.frames else ""}.get(block.kind, "")
    role = "label" if block.header else ""
    made = element(name, {"xml:id": f"p{number}", "rend": rend, "role": role} if number else {})
    inner = PIECES.get(block.kind)
    gaps = iter(block.gaps[1:])
    for at, runs in enumerate(pieces):
        indent = block.indents[at] if at < len(block.indents) else 0
        piece = element(inner, {"rend": f"indent{indent}" if indent else ""}) if inner else made
        for text, looks in runs:
            _append(piece, writable(text), looks, breaks=block.kind != "verse", gaps=gaps)
        if inner:
            made.append(piece)
    if block.pictures and block.kind == "row":  # in which no figure stands
        cell = made[0] if len(made) else element("cell")
        cell.extend(_graphics(block))
        made[:1] = [cell]
        return made
    return _figure(block, made if number else None) if block.pictures else made


def _graphics(block: Block) -> list[Element]:
    addresses = (quote(picture.source, safe=ADDRESS) for picture in block.pictures if picture.source)
    return [element("graphic", {"url": address}) for address in addresses]


def _figure(block: Block, said: Element | None) -> Element:
    heads = [element("head", text=picture.caption) for picture in block.pictures if picture.caption]
    return element("figure", {}, *heads, *_graphics(block), *([] if said is None else [said]))


def _cut(block: Block, text: str, emphasis: Sequence[Emphasis]) -> list[Runs]:
    """The block in its lines or cells, each with what parts it from the next, cut where emphasis starts and ends."""
    start, end = block.span
    parting = PARTINGS.get(block.kind, "")
    ends = [at + 1 for at in range(start, end) if parting and text[at] == parting]
    pieces = []
    for first, last in pairwise([start, *ends, end]):
        here = (
            (kind, Span(max(span.start, first) - first, min(span.end, last) - first))
            for kind, span in emphasis
            if span.start < last and span.end > first
        )
        pieces.append([(segment.text, segment.labels) for segment in cut(text[first:last], here)])
    return pieces


def _append(inside: Element, text: str, looks: tuple[str, ...], *, breaks: bool, gaps: Iterator[int]) -> None:
    """Text at the end of an element; a line break is one for TEI too, and stays a letter for its pointers.

    `gaps`: how many blank lines stand above each line that starts from here on.
    """
    if looks:
        marked = element("hi", {"rend": " ".join(sorted(set(looks)))})
        inside.append(marked)
        inside = marked
    first, *others = text.split("\n") if breaks else [text]
    _say(inside, first)
    for line in others:
        for _ in range(1 + next(gaps, 0)):
            inside.append(element("lb"))
        _say(inside, f"\n{line}")


def _say(inside: Element, text: str) -> None:
    if len(inside):
        inside[-1].tail = (inside[-1].tail or "") + text
    else:
        inside.text = (inside.text or "") + text

"""A codebook as it is written: what is not changed in it stays letter by letter, comments and all."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Value = str | Sequence[str] | Mapping[str, str]

ORDER = (
    "title",
    "facets",
    "id",
    "label",
    "role",
    "code",
    "colour",
    "line",
    "definition",
    "questions",
    "aliases",
    "tags",
)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
COMMENT = re.compile(r"[ \t]*#")
STEP = 2  # by which a list is indented where nothing tells


class UnusualError(ValueError):
    """The codebook is written in a way in which nothing can be changed in place."""


class CodebookText:
    """The text of a codebook, whose facets and tags are found by their ids, the first of each.

    Raises UnusualError for what cannot be changed where it stands, and yaml.YAMLError for what is no YAML.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._line_end = "\r\n" if "\r\n" in source else "\n"

    def __str__(self) -> str:
        return self._source

    def put(self, facet: str, tag: str, name: str, value: Value) -> None:
        """Write what a tag has under a name, or a facet where `tag` is ""; an empty value takes the name away."""
        entry = self._entry(facet, tag)
        for at, (key, node) in enumerate(entry.value):
            if key.value == name:
                if not value:
                    self._take_away(entry, at)
                else:
                    self._replace(node, value, flow=_is_flow(entry))
                return
        if value:
            self._add(entry, name, value)

    def arrange(self, facet: str, order: Sequence[str], known: Iterable[str]) -> None:
        """Put the tags of a facet in an order, by their ids: those `known` that are not in it go, new ones are made.

        What is no tag that is known stays behind the one that it stands behind.
        """
        entry, known = self._entry(facet), set(known)
        tags = self._value(entry, "tags")
        if not isinstance(tags, yaml.SequenceNode):
            raise UnusualError
        head, chunks = self._chunks(tags, known)
        if list(chunks) == list(order):
            return
        if not tags.value:
            self._begin(entry, tags, order)
            return
        if tags.flow_style:
            made = [*head, *(chunk for tag in order for chunk in chunks.get(tag) or [f"{{id: {_flow(tag)}}}"])]
            self._splice(tags.start_mark.index, tags.end_mark.index, f"[{', '.join(made)}]")
            return
        start, end = self._items(tags)[0][0], self._items(tags)[-1][1]
        margin = " " * self._dash(tags.value[0])[1]
        new = {tag: [f"{margin}- id: {_block(tag)}{self._line_end}"] for tag in order if tag not in chunks}
        made = [*head, *(chunk for tag in order for chunk in (chunks.get(tag) or new[tag]))]
        closed = (chunk if chunk.endswith(("\r", "\n")) else chunk + self._line_end for chunk in made)
        if not made:
            key = next(key for key, node in entry.value if node is tags)
            self._splice(key.end_mark.index, end, f": []{self._line_end}")
            return
        self._splice(start, end, "".join(closed))

    # --- Where things are

    def _entry(self, facet: str, tag: str = "") -> yaml.MappingNode:
        root = yaml.compose(self._source, Loader=LOADER)
        if not isinstance(root, yaml.MappingNode):
            raise UnusualError
        found = self._named(self._value(root, "facets"), facet)
        return self._named(self._value(found, "tags"), tag) if tag else found

    @staticmethod
    def _value(entry: yaml.MappingNode, name: str) -> yaml.Node:
        for key, node in entry.value:
            if key.value == name and isinstance(node, yaml.Node):
                return node
        raise UnusualError

    @staticmethod
    def _named(entries: yaml.Node, name: str) -> yaml.MappingNode:
        for entry in entries.value if isinstance(entries, yaml.SequenceNode) else ():
            if isinstance(entry, yaml.MappingNode) and _id(entry) == name:
                return entry
        raise UnusualError

    def _end(self, node: yaml.Node) -> int:
        """Where a node's own letters end; the mark of what has no bracket at its end lies behind what follows."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = node.end_mark.index
        while end > node.start_mark.index and self._source[end - 1].isspace():
            end -= 1
        return end

    def _line_behind(self, at: int) -> int:
        """Where the line ends in which a place stands, its end included."""
        end = self._source.find("\n", at)
        return len(self._source) if end < 0 else end + 1

    def _dash(self, item: yaml.Node) -> tuple[int, int]:
        """Where the line starts in which the hyphen of an item stands, and how far that stands to the right."""
        start = self._source.rfind("\n", 0, item.start_mark.index) + 1
        while not (before := self._source[start : item.start_mark.index].lstrip(" \t\ufeff")).startswith("-"):
            if before.strip() or not start:
                raise UnusualError
            start = self._source.rfind("\n", 0, start - 1) + 1
        line = self._source[start : item.start_mark.index].removeprefix("\ufeff")
        return start, len(line) - len(line.lstrip(" "))

    def _items(self, tags: yaml.SequenceNode) -> list[tuple[int, int]]:
        """Where the lines of each item start and end, with the comments above it."""
        starts = []
        for item in tags.value:
            start, _ = self._dash(item)
            while start and COMMENT.match(self._source, above := self._source.rfind("\n", 0, start - 1) + 1):
                start = above
            starts.append(start)
        return list(zip(starts, [*starts[1:], self._line_behind(self._end(tags))], strict=True))

    def _chunks(self, tags: yaml.SequenceNode, known: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
        """What stands before the first known tag, and by the id of each it and what stands behind it."""
        head: list[str] = []
        chunks: dict[str, list[str]] = {}
        if tags.flow_style:
            places = [(item.start_mark.index, self._end(item)) for item in tags.value]
        else:
            places = self._items(tags)
        here = head
        for item, (start, end) in zip(tags.value, places, strict=True):
            name = _id(item)
            if name in known and name not in chunks:
                here = chunks[name] = []
            here.append(self._source[start:end])
        return head, chunks

    # --- What changes

    def _splice(self, start: int, end: int, text: str) -> None:
        self._source = self._source[:start] + text + self._source[end:]

    def _begin(self, entry: yaml.MappingNode, tags: yaml.SequenceNode, order: Sequence[str]) -> None:
        """Write the first tags of a facet, in the place of `[]`."""
        if _is_flow(entry):
            items = ", ".join(f"{{id: {_flow(tag)}}}" for tag in order)
            self._splice(tags.start_mark.index, tags.end_mark.index, f"[{items}]")
            return
        margin = " " * (entry.value[0][0].start_mark.column + STEP)
        lines = "".join(f"{self._line_end}{margin}- id: {_block(tag)}" for tag in order)
        start = tags.start_mark.index
        while self._source[start - 1] == " ":
            start -= 1
        self._splice(start, tags.end_mark.index, lines)

    def _replace(self, node: yaml.Node, value: Value, *, flow: bool) -> None:
        start, end = node.start_mark.index, self._end(node)
        old = self._source[start:end]
        if isinstance(value, str):
            quoted = flow or old.startswith('"')
            new = json.dumps(value, ensure_ascii=False) if quoted else _block(value)
        elif isinstance(node, yaml.SequenceNode) and not node.flow_style and not flow and node.value:
            _, margin = self._dash(node.value[0])
            parting = f"{self._line_end}{' ' * margin}"
            new = parting.join(f"- {_block(one)}" for one in value)
        else:
            new = _flow(value)
        self._splice(start, end, new if old or not self._source[start - 1 : start].strip() else f" {new}")

    def _add(self, entry: yaml.MappingNode, name: str, value: Value) -> None:
        """Write a name that was not there, behind those that stand before it elsewhere."""
        if _is_flow(entry):
            self._splice(entry.end_mark.index - 1, entry.end_mark.index - 1, f", {name}: {_flow(value)}")
            return
        before = [node for key, node in entry.value if ORDER.index(key.value) < ORDER.index(name)] or [
            entry.value[0][1]
        ]
        at = self._line_behind(self._end(before[-1]))
        margin = " " * entry.value[0][0].start_mark.column
        if isinstance(value, str | dict):
            written = f"{margin}{name}: {_block(value) if isinstance(value, str) else _flow(value)}"
        else:
            items = (f"{self._line_end}{margin}{' ' * STEP}- {_block(one)}" for one in value)
            written = f"{margin}{name}:{''.join(items)}"
        opened = "" if self._source[:at].endswith("\n") else self._line_end
        self._splice(at, at, f"{opened}{written}{self._line_end}")

    def _take_away(self, entry: yaml.MappingNode, at: int) -> None:
        key, node = entry.value[at]
        if at + 1 < len(entry.value) and (at == 0 or _is_flow(entry)):
            self._splice(key.start_mark.index, entry.value[at + 1][0].start_mark.index, "")
        elif _is_flow(entry) and at:
            self._splice(self._end(entry.value[at - 1][1]), self._end(node), "")
        elif at:
            start = self._source.rfind("\n", 0, key.start_mark.index) + 1
            self._splice(start, self._line_behind(self._end(node)), "")
        else:
            raise UnusualError


def _id(entry: yaml.Node) -> str:
    pairs: Iterator[tuple[yaml.Node, yaml.Node]] = iter(entry.value if isinstance(entry, yaml.MappingNode) else ())
    return next((str(node.value) for key, node in pairs if key.value == "id"), "")


def _is_flow(node: yaml.CollectionNode) -> bool:
    return bool(node.flow_style)


def _block(text: str) -> str:
    """A text as a value in a line of its own, in quotation marks where it needs them."""
    written = yaml.safe_dump(text, allow_unicode=True, width=2**30)
    return written.removesuffix("...\n").rstrip("\n")


def _flow(value: Any) -> str:  # noqa: ANN401 - a text, or texts in a list or by their names
    """A value between brackets, where each text may stand in quotation marks."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(one)}" for name, one in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]"

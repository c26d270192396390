"""Markdown as other programs write it, in the Markdown of an essay, which knows neither HTML nor links by name."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from essay_explorer.core.fault import counted, shown
from essay_explorer.formats.pandoc_inline import PandocInline
from essay_explorer.formats.paragraph import RAISED as SHIFTED
from essay_explorer.formats.pictures import LEFT_OUT, Pictures, Taken
from essay_explorer.formats.rows import with_tables
from essay_explorer.formats.tags import Token
from essay_explorer.formats.webpage import from_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\s]{1,40}\]:")
INDENT = re.compile(r"^(?: {4}|\t)")
DEFINITION = re.compile(
    r"""^ {0,3}\[(?!\^)([^][]{1,200})\]:[ \t]*(?:<([^<>\n]*)>|([^\s<]\S*))"""
    r"""(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"""
)
ADDRESS = re.compile(r"[:/.#@]")  # in what a name stands for; "[1]: Smith" is a note
NAMED = re.compile(r"(?<!\\)(!?)\[([^][\n]{1,500})\](?:\[([^][\n]{0,200})\])?(?![(\[:])")
TAG = re.compile(
    r"""(?<!\\)<(/?)([a-z]+[1-6]?)((?:\s+[a-z][\w:-]*+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*)\s*/?>""",
    re.IGNORECASE,
)
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)", re.DOTALL)
RAISED = re.compile(r"<(sup|sub)>([0-9+-]{1,8})</\1>", re.IGNORECASE)
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "br": "\\\n"}
# Elements that stand in a line and have no mark; others in a line stay the letters that they are.
UNMARKED = {
    "a", "abbr", "bdi", "bdo", "big", "del", "dfn", "font", "ins", "kbd", "mark", "s", "samp", "small", "span",
    "strike", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip
ATTRIBUTES = re.compile(r"^(#{1,6} .*?)[ \t]*\{[#.][^{}]*\}[ \t]*$", re.MULTILINE)
DIVISION = re.compile(r"^:::+[^\n]*$", re.MULTILINE)
PIECES_SHOWN = 3


def translated(markdown: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown of an essay that says the same, and what was left out of it, in sentences."""
    lines = _outdented(markdown).split("\n")
    pandoc = PandocInline(markdown)
    is_plain = not (pandoc.is_needed or any(map(DEFINITION.match, lines)) or TAG.search(markdown))
    if not is_plain or "<!--" in markdown or ":::" in markdown:
        return _Dialect(lines, pandoc).translated()
    return ATTRIBUTES.sub(r"\1", "\n".join(lines)), ()


def _outdented(markdown: str) -> str:
    """The same, where what belongs to a note and stands further right is no code, and notes are not one paragraph."""
    lines, in_note, in_first = markdown.split("\n"), False, False  # in_first: in the first paragraph of a note
    for at, line in enumerate(lines):
        if FOOTNOTE.match(line):
            lines[at] = f"\n{line}" if in_first or (in_note and lines[at - 1].strip()) else line
            in_note = in_first = True
        elif in_note and line.strip():
            in_note = bool(INDENT.match(line))
            lines[at] = INDENT.sub("", line)
        in_first = in_first and bool(line.strip())
    return "\n".join(lines)


class _Addresses(Pictures):
    """Pictures stay where they are: the Markdown names others there, and whoever opens it looks for all of them."""

    def take(self, address: str, _place: str = "") -> Taken:
        """The address itself."""
        return Taken("" if address[:5].lower() == "data:" else address, LEFT_OUT)


class _Dialect:
    """A text whose parts are known: code, HTML, and the rest."""

    def __init__(self, lines: list[str], pandoc: PandocInline) -> None:
        self._lines, self._pandoc = lines, pandoc
        self._comments: list[str] = []
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse("\n".join(lines))
        self._code = [tuple(one.map) for one in tokens if one.map and one.type in {"fence", "code_block"}]
        self._html = {
            one.map[0]: one.map[1] for one in tokens if one.map and one.type == "html_block" and not one.level
        }

    def translated(self) -> tuple[str, tuple[str, ...]]:
        names = dict(self._definitions())
        text = "\n\n".join([_parted(self._stretches(names)), *self._pandoc.notes])
        if not self._comments:
            return text, ()
        some = ", ".join(map(shown, filter(str.strip, self._comments[:PIECES_SHOWN])))
        return text, (f"{counted(len(self._comments), 'comment')} left out{f': {some}' if some else ''}.",)

    def _is_code(self, line: int) -> bool:
        at = bisect_right(self._code, (line, len(self._lines) + 1)) - 1
        return at >= 0 and line < self._code[at][1]

    def _definitions(self) -> Iterator[tuple[str, str]]:
        """The names of addresses, each in small letters; their lines are gone from the text."""
        for at, line in enumerate(self._lines):
            found = None if self._is_code(at) else DEFINITION.match(line)
            address = (found[2] or found[3] or "") if found else ""
            if found and ADDRESS.search(address):
                self._lines[at] = ""
                yield _name(found[1]), address

    def _stretches(self, names: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
        """The text, stretch by stretch, and whether each was HTML: pieces of it, lines of code, and all between."""
        at, held = 0, list[str]()
        while at < len(self._lines):
            end = self._html.get(at, at)
            if (end > at or self._is_code(at)) and held:
                yield self._inline("\n".join(held), names), False
                held = []
            if end > at:
                yield self._block("\n".join(self._lines[at:end])), True
            elif self._is_code(at):
                yield self._lines[at], False
            else:
                held.append(self._lines[at])
            at = max(end, at + 1)
        if held:
            yield self._inline("\n".join(held), names), False

    def _block(self, source: str) -> str:
        made = from_html(self._without_comments(source), pictures=_Addresses())
        return "\n\n".join(filter(None, (f"# {made.title}" if made.title else "", *with_tables(made.blocks))))

    def _without_comments(self, text: str) -> str:
        kept, at = list[str](), 0
        while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
            kept.append(text[at:start])
            self._comments.append(" ".join(text[start + 4 : end].split()))
            at = end + 3
        return "".join([*kept, text[at:]])

    def _inline(self, text: str, names: Mapping[str, str]) -> str:
        pieces, at = [], 0
        for code in CODE.finditer(text):
            pieces += [self._plain(text[at : code.start()], names), code[0]]
            at = code.end()
        return "".join([*pieces, self._plain(text[at:], names)])

    def _plain(self, text: str, names: Mapping[str, str]) -> str:
        text = self._pandoc.plain(RAISED.sub(lambda one: one[2].translate(SHIFTED[one[1].lower()]), text))
        text = NAMED.sub(lambda link: _linked(link, names), self._without_comments(text))
        return DIVISION.sub("", ATTRIBUTES.sub(r"\1", TAG.sub(_marked, text)))


def _parted(stretches: Iterable[tuple[str, bool]]) -> str:
    """The stretches one below the other, a blank line around those that were HTML."""
    made, after_html = list[str](), False
    for text, was_html in stretches:
        if was_html or after_html:
            made[-1:] = [made[-1].rstrip("\n"), ""] if made and made[-1] else made[-1:]
            made += [inner] if (inner := text.lstrip("\n")) else []
        else:
            made.append(text)
        after_html = was_html
    return "\n".join(made).strip("\n")


def _name(name: str) -> str:
    return " ".join(name.casefold().split())


def _linked(link: re.Match[str], names: Mapping[str, str]) -> str:
    address = names.get(_name(link[3] or link[2]))
    return link[0] if address is None else f"{link[1]}[{link[2]}](<{address}>)"


def _marked(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name == "img":
        given = Token("<", name, tag[3] or "").attributes
        return f"![{given.get('alt', '')}](<{given.get('src', '')}>)"
    return MARKS.get(name, "" if name in UNMARKED else tag[0])

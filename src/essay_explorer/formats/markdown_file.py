"""A file of Markdown: what it says of itself in one of the ways that programs have for this, and its text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.formats.dialects import translated
from essay_explorer.formats.lines import as_lines, with_breaks, without_line_blocks
from essay_explorer.formats.manuscript import Manuscript, Run, line_of, markdown_of
from essay_explorer.formats.markdown_tables import with_whole_rows
from essay_explorer.formats.pandoc_lists import with_lists
from essay_explorer.formats.pandoc_tables import with_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.fault import Fault

HEADING = re.compile(r"\A\s*(?:#[ \t]+(\S[^\n]*)|([^\s#>*+-][^\n]*)\n=+[ \t]*)(?:\n|\Z)")
TOML = re.compile(r"\A\s*^\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
PERCENT = re.compile(r"\A%[ \t]*(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)\n(?:%([^\n]*)\n)?(?:%([^\n]*)\n)?(?=\s)")
NAMES = {"lang": "language", "authors": "author", "languageCode": "language"}
FACTS = ("title", "subtitle", "author", "date", "language")


def from_markdown(source: str) -> Manuscript:
    """The Markdown of a file; a first heading becomes the title unless the file names one above its text."""
    faults: list[Fault] = []
    front = FrontMatter.from_markdown(as_lines(source), "The file", faults.append)
    about, body = ({}, front.body) if front.values else _about(front.body)
    title = HEADING.match(body) if not about.get("title") and "title" not in front.values else None
    body = with_tables(body[title.end() if title else 0 :].strip("\n"))
    body, left_out = translated(with_lists(body))
    body = with_breaks(without_line_blocks(with_whole_rows(body)))
    notices = (*(f"{fault}." for fault in faults), *filter(None, [front.doubt()]), *left_out)
    made = Manuscript((body,), front=front.source, notices=notices)
    if title:
        return replace(made, title=_unclosed(title[1] or title[2]))
    title_, subtitle, author, date, language = (about.get(name, "") for name in FACTS)
    return replace(made, title=title_, subtitle=subtitle, author=author, date=date, language=language)


def _about(body: str) -> tuple[Mapping[str, str], str]:
    """What a text says of itself as Hugo has it, in TOML, or as pandoc has it, behind percent signs; and the rest."""
    if match := TOML.match(body):
        try:
            values = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError:
            return {}, body
        facts = {NAMES.get(name, name): _said(value) for name, value in values.items()}
    elif match := PERCENT.match(body):
        facts = dict(zip(("title", "author", "date"), (line_of(part or "") for part in match.groups()), strict=True))
        facts["author"] = ", ".join(name.strip() for name in facts["author"].split(";"))
    else:
        return {}, body
    return {**facts, "title": markdown_of([Run(facts.get("title", ""))])}, body[match.end() :]


def _said(value: Any) -> str:  # noqa: ANN401 - TOML may hold anything
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _unclosed(heading: str) -> str:
    """A heading's text without the number signs that may close it."""
    text = heading.rstrip(" \t")
    inner = text.rstrip("#")
    return inner.rstrip(" \t") if inner.endswith((" ", "\t")) else text

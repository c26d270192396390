"""What several commands ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.terminal import plain
from essay_explorer.core.fault import Fault, refuse
from essay_explorer.words import PSEUDO, known

if TYPE_CHECKING:
    from pathlib import Path

Name = Annotated[
    str | None,
    typer.Argument(metavar="READING", help="A reading's name or folder; by default the review of Her."),
]
RANGE = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")
LANGUAGES = ", ".join(known())


def _known(lang: str | None) -> str | None:
    if lang not in {None, *known(), *PSEUDO}:
        message = f"{lang} is no language that this program speaks; expected one of {LANGUAGES}"
        raise typer.BadParameter(message)
    return lang


Lang = Annotated[
    str | None,
    typer.Option(
        metavar="LANGUAGE",
        callback=_known,
        help=f"Speak it with every reader: {LANGUAGES}. Without it a server speaks each reader's own, a hand-out that "
        "of its essay, and any other file English.",
    ),
]
OwnName = Annotated[str, typer.Argument(metavar="NAME", help="The name of a reading of your own.")]


def range_of(paragraphs: str | None) -> tuple[int, int] | None:
    """The first and the last of "5-12"; "7" is both."""
    if not paragraphs:
        return None
    if not (named := RANGE.fullmatch(paragraphs.strip())):
        message = f'--paragraphs "{paragraphs}": expected the first and the last, such as 5-12, or one, such as 7'
        raise typer.BadParameter(plain(message))
    return int(named[1]), int(named[2] or named[1])


def check_end(file: Path, *ends: str) -> None:
    """Raise ReadingError where the file's name has none of these ends."""
    if not file.name.casefold().endswith(ends):
        refuse(Fault(str(file), f"nothing was written; expected a name that ends in {', '.join(ends)}"))

"""What several commands ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.terminal import plain
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.excerpt import paragraphs_named
from essay_explorer.core.fault import Fault, refuse
from essay_explorer.words import PSEUDO, known

if TYPE_CHECKING:
    from pathlib import Path

Name = Annotated[
    str | None,
    typer.Argument(metavar="READING", help="A reading's name or folder; by default the review of Her."),
]
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
    try:
        return paragraphs_named(paragraphs or "")
    except ArgumentValueError as error:
        message = f"--{error}"
        raise typer.BadParameter(plain(message)) from None


def check_end(file: Path, *ends: str) -> None:
    """Raise ReadingError where the file's name has none of these ends."""
    if not file.name.casefold().endswith(ends):
        refuse(Fault(str(file), f"nothing was written; expected a name that ends in {', '.join(ends)}"))

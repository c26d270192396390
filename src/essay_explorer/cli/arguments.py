"""What several commands ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.core.fault import Fault, refuse

if TYPE_CHECKING:
    from pathlib import Path

Name = Annotated[
    str | None,
    typer.Argument(metavar="READING", help="A reading's name or folder; by default the review of Her."),
]
OwnName = Annotated[str, typer.Argument(metavar="NAME", help="The name of a reading of your own.")]


def check_end(file: Path, *ends: str) -> None:
    """Raise ReadingError where the file's name has none of these ends."""
    if not file.name.casefold().endswith(ends):
        refuse(Fault(str(file), f"nothing was written; expected a name that ends in {', '.join(ends)}"))

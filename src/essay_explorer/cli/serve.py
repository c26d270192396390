"""The command of a hub's service."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from essay_explorer.cli.read import LogLevel
from essay_explorer.core.fault import ReadingError

app = typer.Typer()


class LogFormat(StrEnum):
    """How a record is written."""

    TEXT = "text"
    JSON = "json"


@app.command()
def serve(
    *,
    store: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Where rooms are kept: postgresql://USER@HOST/DATABASE, or a file."),
    ] = None,
    readings: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A folder with readings; by default your own library.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer.")] = 1,
    most_rooms: Annotated[int | None, typer.Option(min=1, help="How many rooms a course has at most.")] = None,
    most_readers: Annotated[int | None, typer.Option(min=1, help="How many phones join a room at most.")] = None,
    open_courses: Annotated[
        bool,
        typer.Option("--open-courses", help="Whoever has the code of a course's room may join, not its members alone."),
    ] = False,
    host: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Answer to these host names only.")] = None,
    log_level: Annotated[LogLevel, typer.Option(help="How much is written to standard error.")] = LogLevel.INFO,
    log_format: Annotated[LogFormat, typer.Option(help="A record as text, or as an object of JSON.")] = LogFormat.TEXT,
) -> None:
    """Serve rooms and readings as a service of a JupyterHub, with its sign-in."""
    from essay_explorer.hub.place import HubPlace
    from essay_explorer.library.finding import own_library
    from essay_explorer.rooms.limits import USUAL, Terms
    from essay_explorer.rooms.serving import usual_store
    from essay_explorer.server import isolation, logs

    place = HubPlace.from_environment(os.environ)
    try:
        from essay_explorer.hub import serving
    except ModuleNotFoundError as error:
        message = f"serve needs {error.name}: pip install 'essay-explorer[hub]'"
        raise ReadingError(message) from None
    folder = (readings or own_library()).absolute()
    if not folder.is_dir():
        message = f"There is no folder {folder}. Name one that has readings in it with --readings"
        raise ReadingError(message)
    where = usual_store() if store is None else store
    where = where if "://" in where or not where else str(Path(where).absolute())
    logs.set_up(log_level, json=log_format is LogFormat.JSON)
    isolation.step_aside()
    terms = Terms(most_rooms or USUAL.rooms, most_readers or USUAL.readers, open_courses=open_courses)
    serving.serve(place, where, readings=folder, workers=workers, hosts=tuple(host or ()), terms=terms)

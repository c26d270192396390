"""The command that opens a room for a class."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from essay_explorer.cli.arguments import Lang, Name, range_of
from essay_explorer.cli.read import LogLevel

if TYPE_CHECKING:
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.store.database import Database

app = typer.Typer()


@app.command("class")
def class_room(
    reading: Name = None,
    *,
    tags: Annotated[
        str, typer.Option(metavar="TAG,TAG", help="What to mark: ids of tags; by default all themes.")
    ] = "",
    marks: Annotated[int, typer.Option(min=1, max=100, help="How many sentences to mark.")] = 3,
    most: Annotated[
        int | None, typer.Option(min=1, max=100, help="How many at most; by default twice as many.")
    ] = None,
    reasons: Annotated[
        int | None, typer.Option(min=0, max=100, help="How many of them with a reason; by default each.")
    ] = None,
    minutes: Annotated[int, typer.Option(min=1, help="How long a pass takes.")] = 10,
    paragraphs: Annotated[
        str | None, typer.Option(metavar="FIRST-LAST", help="These paragraphs alone, such as 5-12, or one, such as 7.")
    ] = None,
    blind: Annotated[bool, typer.Option(help="Nobody sees the others' marks before the reveal.")] = True,
    talk_first: Annotated[bool, typer.Option(help="The class talks before it sees itself.")] = True,
    room: Annotated[str | None, typer.Option(metavar="CODE", help="Go on with this room.")] = None,
    new: Annotated[bool, typer.Option("--new", help="A new room, though one of today is still open.")] = False,
    days: Annotated[int, typer.Option(min=1, max=3650, help="After how many days the room is forgotten.")] = 30,
    store: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Where rooms are kept: a file, or postgresql://USER@HOST/DATABASE."),
    ] = None,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the results are written at the end.")] = Path(),
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Use this port only.")] = None,
    ip: Annotated[str, typer.Option(help="The address to listen on; by default the whole network.")] = "0.0.0.0",  # noqa: S104 - phones are to come in
    host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A host name that the server answers to.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="PREFIX", help="What every address begins with, such as /essays/.")
    ] = None,
    browser: Annotated[
        bool | None, typer.Option(help="Open your own page in a browser; by default from a terminal.")
    ] = None,
    log_level: Annotated[LogLevel, typer.Option(help="How much is written to standard error.")] = LogLevel.WARNING,
    lang: Lang = None,
) -> None:
    """Open a room in which a class marks a reading on phones, blind, and then sees itself."""
    from essay_explorer.rooms import serving
    from essay_explorer.rooms.store.database import Database
    from essay_explorer.server import logs
    from essay_explorer.server.running import Door, prefix_of
    from essay_explorer.words import settle

    if most and most < marks:
        message = f"--most {most}: expected {marks} at least, as many as --marks"
        raise typer.BadParameter(message)
    settle(lang)
    logs.set_up(log_level)
    wanted: dict[str, Any] = {
        "marks": marks,
        "most": most or 2 * marks,
        "reasons": marks if reasons is None else reasons,
        "minutes": minutes,
        "blind": blind,
        "talk_first": talk_first,
    }
    if tags:
        wanted["tags"] = [tag.strip() for tag in tags.split(",") if tag.strip()]
    database = Database.opened(serving.usual_store() if store is None else store)
    within = range_of(paragraphs)
    state = _room(database, reading, wanted, within=within, code=room, new=new, days=days)
    shown = sys.stdout.isatty() if browser is None else browser
    door = Door(ip, port, prefix_of(base_url), tuple(host or ()), open_browser=shown)
    serving.serve(state, database, door, folder=to.absolute())


def _room(
    database: Database,
    reading: str | None,
    wanted: dict[str, Any],
    *,
    within: tuple[int, int] | None,
    code: str | None,
    new: bool,
    days: int,
) -> RoomState:
    """The room that is asked for by its code, or one at a reading."""
    from essay_explorer.cli.terminal import say
    from essay_explorer.files.reading_files import texts_in
    from essay_explorer.library.finding import folder_of
    from essay_explorer.library.opening import open_quietly
    from essay_explorer.rooms import opening

    if code:
        return opening.room_called(database, code)
    found = open_quietly(reading)
    task = opening.task_for(found, wanted, within=within)
    files = texts_in(folder_of(reading))[0]
    state, goes_on = opening.open_room(database, found, files, task, new=new, days=days)
    if goes_on:
        say(f"Room {state.code} goes on. For another one: essay-explorer class --new")
    return state

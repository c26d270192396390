"""The commands for the place where rooms are kept."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.arguments import check_end
from essay_explorer.cli.terminal import say
from essay_explorer.core.fault import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.rooms.store.database import Database

app = typer.Typer(no_args_is_help=True)
Store = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="Where rooms are kept: a file, or postgresql://USER@HOST/DATABASE."),
]
END = ".rooms.gz"


@app.callback()
def store() -> None:
    """Look after the place where rooms are kept: bring it up to date, look it over, copy it, empty it."""


@app.command()
def upgrade(*, store: Store = None) -> None:
    """Bring the rooms of an older version to this one's schema; nothing in them is lost."""
    with _store(store) as database:
        before = database.schema()
        database.upgrade()
        after = database.schema()
    say(
        f"{database.where} is at schema {after}"
        + (" already" if before == after else f"; it was at {before or 'none'}")
    )


@app.command()
def check(*, store: Store = None) -> None:
    """Say which schema it has, whether it is whole, and what is in it; the exit code is 1 if there is a fault."""
    from essay_explorer.rooms.lessons import now
    from essay_explorer.rooms.store.health import health
    from essay_explorer.rooms.store.schema import check_newest

    with _store(store) as database:
        found = health(database, now())
        say(f"{database.where}: schema {found.schema or 'none'}, {found.size / 1_000_000:,.1f} MB")
        say(*(f"{name}: {count:,}" for name, count in found.rows.items()))
        if found.past:
            say(f"{counted(found.past, 'room')} past their date: essay-explorer store forget")
        say(*(f"Fault: {fault}" for fault in found.faults))
        check_newest(found.schema, database.where)
    if found.faults:
        say("Keep this file, and go back to the last one of `essay-explorer store export`.")
        raise typer.Exit(1)
    say("No faults.")


@app.command("export")
def export_store(
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help=f"Where it is written; the name ends in {END}.")],
    store: Store = None,
) -> None:
    """Write all rooms to one file, from which they can be restored elsewhere. Who has it can lead the rooms."""
    from essay_explorer.rooms.store import backup

    check_end(to, END)
    with _store(store) as database:
        rows = backup.write(database, to)
    say(f"Wrote {to}: {_in_words(rows)}")


@app.command("import")
def import_store(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `store export` has written.")],
    *,
    store: Store = None,
) -> None:
    """Restore the rooms of a file in a new place, also of another kind; an older schema becomes the newest."""
    from essay_explorer.rooms.store import backup

    with _store(store, new=True) as database:
        rows = backup.restore(database, file)
    say(f"Restored in {database.where}: {_in_words(rows)}")


@app.command()
def forget(
    room: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="This room; by default those whose date has come.")
    ] = None,
    *,
    store: Store = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete a room without asking.")] = False,
) -> None:
    """Delete rooms with all that is in them, from the disk too."""
    from essay_explorer.rooms import opening
    from essay_explorer.rooms.lessons import now
    from essay_explorer.rooms.store import kept_rooms
    from essay_explorer.rooms.store.schema import check_newest

    with _store(store) as database:
        check_newest(database.schema(), database.where)
        one = opening.room_called(database, room) if room else None
        if one and not yes:
            typer.confirm(f"Delete the room {one.code} at {one.title} with all marks in it?", abort=True)
        with database.writing() as on:
            if one:
                kept_rooms.forget_room(on, one.id)
            gone = [one.code] if one else kept_rooms.forget_old(on, now())
        if gone:
            database.wipe()
    say(f"Deleted: {', '.join(sorted(gone))}" if gone else "No room is past its date.")


@contextmanager
def _store(where: str | None, *, new: bool = False) -> Iterator[Database]:
    """The store that is asked for, as it is; what goes wrong with it is said in plain words."""
    from essay_explorer.rooms.serving import usual_store
    from essay_explorer.rooms.store.database import Database
    from essay_explorer.rooms.store.refusals import in_words

    database = Database.found(usual_store() if where is None else where, new=new)
    try:
        with in_words(database.where):
            yield database
    finally:
        database.close()


def _in_words(rows: dict[str, int]) -> str:
    return ", ".join(counted(rows[name], noun) for name, noun in _NOUNS.items() if name in rows)


_NOUNS = {"rooms": "room", "participants": "participant", "marks": "mark"}

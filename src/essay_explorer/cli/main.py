"""The command line: what is typed, what is printed, and the exit code."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from essay_explorer.core.fault import Fault, ReadingError, ReadingWarning, counted, refuse
from essay_explorer.files.decoding import exact_text
from essay_explorer.library.adding import folder_to_change, name_for
from essay_explorer.library.finding import (
    ASKED_FOR,
    bundled,
    folder_of,
    hollow_names,
    names,
    own_library,
    own_names,
    unopened,
    unopened_names,
)
from essay_explorer.library.opening import open_quietly, open_reading
from essay_explorer.library.summaries import growth, holdings

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE = Path(__file__).parents[1]
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
Name = Annotated[
    str | None,
    typer.Argument(metavar="READING", help="A reading's name or its folder; by default the review of Her."),
]
OwnName = Annotated[str, typer.Argument(metavar="NAME", help="The name of a reading of your own.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what is wrong with the input is said in plain words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an essay has letters that not every terminal knows
            stream.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", ReadingWarning)
            warnings.showwarning = _show_warning
            app(arguments)
    except ReadingError as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))


def _end(message: str) -> NoReturn:
    print(f"essay-explorer: {message}", file=sys.stderr)
    sys.exit(1)


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **__: object
) -> None:
    """Say what is wrong with a reading in plain words; a warning of the program's own names its line."""
    own = "essay-explorer" if issubclass(category, ReadingWarning) else f"{filename}:{lineno}: {category.__name__}"
    print(f"{own}: {message}", file=sys.stderr)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        from essay_explorer import __version__

        print(f"essay-explorer {__version__}")
        raise typer.Exit


@app.callback()
def everything(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_tell_version, help="Say the version.")
    ] = False,
) -> None:
    """Read an essay beside widgets that filter its passages by theme."""


def _check_end(file: Path, *ends: str) -> None:
    """Raise ReadingError where the file's name has none of these ends."""
    if not file.name.casefold().endswith(ends):
        refuse(Fault(str(file), f"nothing is written; expected a name that ends in {', '.join(ends)}"))


@app.command()
def read(
    reading: Name = None,
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The first port to try.")] = 8866,
    ip: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for a whole network.")] = "127.0.0.1",
    pool: Annotated[int, typer.Option(min=0, help="Kernels kept warm for the next readers.")] = 2,
    idle: Annotated[int, typer.Option(min=1, help="Seconds until a kernel without a reader ends.")] = 120,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = False,
    embed: Annotated[list[str] | None, typer.Option(help="An origin that may show the page in a frame.")] = None,
) -> None:
    """Serve the dashboard of a reading."""
    from essay_explorer.server.dashboard import serve  # Voila is slow to import; `check` needs none of it

    serve(reading, port=port, ip=ip, pool=pool, idle=idle, open_browser=browser, embed=embed or [])


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the students' notebook: lab [READING] [OPTIONS OF JUPYTERLAB]."""
    options = list(context.args)
    named = bool(options) and not options[0].startswith("-")
    os.environ[ASKED_FOR] = str(folder_of(options.pop(0) if named else None))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    notebook = bundled("notebooks") / "explore.ipynb"
    if notebook.parent.is_relative_to(PACKAGE):  # installed: work on a copy of one's own
        own = Path.cwd() / notebook.name
        if not own.exists():
            shutil.copyfile(notebook, own)
        notebook = own
    # Nothing is fetched from the network, neither news nor updates nor extensions.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(PACKAGE / "lab"), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as in most containers
    command = [sys.executable, "-m", "jupyterlab", str(notebook), *root, *options]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


@app.command()
def notebook(
    reading: Name = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write, .ipynb; one that is there is replaced.")],
) -> None:
    """Write a notebook with a reading's explorer and, folded away below it, its text."""
    from essay_explorer.library.notebooks import write

    _check_end(to, ".ipynb")
    write(reading, to)
    print(f"Written: {to}")


@app.command()
def export(
    reading: Name = None,
    *,
    to: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help=".html (the page as one file), .pdf (a hand-out), .jsonld, .qdpx, .qdc, .tei.xml, .csv or .yml.",
        ),
    ],
    charts: Annotated[bool, typer.Option(help="In .html: with the charts.")] = True,
    kind: Annotated[str | None, typer.Option(help="In .pdf: coded (by default), blank or cloze.")] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="In .pdf: a tag to show or to seek; by default all themes.")
    ] = None,
    paper: Annotated[str | None, typer.Option(help="In .pdf: a4 (by default) or us-letter.")] = None,
) -> None:
    """Write a reading as a file of another kind; the end of the file's name says which."""
    from essay_explorer.exchange import KEPT, WRITERS, exported
    from essay_explorer.files.whole import write_whole

    _check_end(to, ".html", ".htm", ".pdf", *WRITERS)
    page, pdf = to.suffix.casefold() in {".html", ".htm"}, to.suffix.casefold() == ".pdf"
    given = [name for name, value in (("--kind", kind), ("--tag", tag), ("--paper", paper)) if value]
    if given and not pdf:
        message = f"{', '.join(given)}: only a hand-out has this. Leave it out, or name a file that ends in .pdf"
        raise typer.BadParameter(message)
    if page and (sealed := unopened(reading)):
        from essay_explorer.page import own_copy
        from essay_explorer.sealed.sealed_set import Sealed

        write_whole(to, own_copy.page(Sealed.from_json(sealed.read_text(encoding="utf-8"))))
        print(f"Written: {to}. Open it in a browser, and on it your own copy of the text")
        return
    opened = open_reading(reading)
    if page:
        from essay_explorer.page.export import write_page

        write_page(opened, to, charts=charts)
    elif pdf:
        from essay_explorer.paper import handout

        try:
            handout.write(opened, to, kind=kind or "coded", tags=tag or (), paper=paper or "a4")
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    else:
        kept = folder_of(reading) / KEPT
        write_whole(to, exported(opened, to.name, kept=exact_text(kept) if kept.is_file() else ""))
    print(f"Written: {to}")


@app.command()
def site(
    readings: Annotated[
        list[str] | None, typer.Argument(metavar="READING...", help="By default the review of Her.")
    ] = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder to write into.")] = Path("site"),
) -> None:
    """Write a folder for any web host: a page for each reading, and an index."""
    from essay_explorer.page.export import write_site

    if to.exists() and not to.is_dir():
        refuse(Fault(str(to), "is a file; expected a folder to write into. Name another"))
    write_site([open_reading(name) for name in readings] if readings else [open_reading()], to)
    print(f"Written: {to}. Open {to / 'index.html'}, or copy the folder to a web host")


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Annotations from elsewhere: .jsonld, .json, .csv or .qdc.")
    ],
    *,
    into: Annotated[str, typer.Option(metavar="READING", help="The reading, one of your own, that they join.")],
) -> None:
    """Add what others say: Web Annotations, an export of Hypothesis, an annotations.csv, a REFI-QDA codebook."""
    from essay_explorer.core.reading import FILES, Reading
    from essay_explorer.exchange import KEPT, imported
    from essay_explorer.files.whole import write_whole
    from essay_explorer.formats.any_file import content_of

    folder = folder_to_change(into)
    texts = {name: exact_text(folder / name) for name in (*FILES, KEPT) if (folder / name).is_file()}
    found: list[Fault] = []
    made = imported(content_of(file), texts, file=file.name, report=found.append)
    added = growth(Reading.from_texts(texts), Reading.from_texts(made))
    for name, text in made.items():
        if texts.get(name) != text:
            write_whole(folder / name, text)
    print(*found, sep="\n", end="\n" if found else "")
    start = f"Added to {folder}: {added}" if added else f"Nothing new: all of it is in {folder}"
    print(f"{start} ({holdings(folder)})")


@app.command()
def seal(
    reading: Name = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write, .json.")],
    source: Annotated[str, typer.Option(help="Where the text can be had.")] = "",
) -> None:
    """Seal the annotations of a reading, to share them without a word of its text."""
    from essay_explorer.files.whole import write_whole
    from essay_explorer.sealed.sealing import seal as sealed_set

    _check_end(to, ".json")
    write_whole(to, sealed_set(open_quietly(reading), source=source).to_json())
    print(f"Written: {to}. Who owns a copy of the text opens it with: essay-explorer open COPY --with {to}")


@app.command()
def update(path: Annotated[str, typer.Argument(metavar="READING", help="A reading's folder or name.")]) -> None:
    """Re-anchor the annotations after the essay was edited: exact, moved, changed or lost."""
    from essay_explorer.library.updating import update as update_folder

    print(*update_folder(folder_to_change(path)), sep="\n")


@app.command()
def check(path: Annotated[str, typer.Argument(metavar="PATH", help="A reading's folder or name.")]) -> None:
    """List every fault of a reading; the exit code is 1 when there are any."""
    folder = folder_of(path)
    try:
        reading = open_quietly(folder)
    except ReadingError as error:
        for fault in error.faults:
            print(fault)
        print(f"The reading in {folder} cannot be opened.")
        raise typer.Exit(1) from None
    for fault in reading.faults:
        print(fault)
    found = ", ".join(
        (
            counted(len(reading.essay.paragraphs), "paragraph"),
            counted(len(reading.annotations), "annotation"),
            counted(len(reading.relations), "relation"),
        )
    )
    if reading.faults:
        print(f"{counted(len(reading.faults), 'fault')} in {folder} ({found})")
        raise typer.Exit(1)
    print(f"No faults in {folder}: {found}")


@app.command("open")
def open_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An essay: .txt, .md, .html, .docx, .odt, .epub or .rtf.")
    ],
    *,
    name: Annotated[str | None, typer.Option(help="What the reading is called; by default as the file.")] = None,
    sealed: Annotated[
        Path | None, typer.Option("--with", metavar="SEALED", help="A set of sealed annotations of this text.")
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Leave out menus, notices and other web litter.")] = False,
) -> None:
    """Make a reading of your own from an essay, or from your copy of a text that has sealed annotations."""
    from essay_explorer.formats.any_file import content_of
    from essay_explorer.library.adding import add
    from essay_explorer.library.new_reading import new_reading

    sets = None
    if sealed:
        from essay_explorer.exchange.plain_json import decoded
        from essay_explorer.sealed.sealed_set import Sealed

        sets = (Sealed.from_json(decoded(content_of(sealed), sealed.name), file=sealed.name),)
    made = new_reading(content_of(file), file.name, clean=clean, sets=sets)
    folder = add(name or made.name, made.texts)
    print(*made.sentences, sep="\n", end="\n" if made.sentences else "")
    _tell_of(folder, name or made.name)


@app.command()
def new(title: Annotated[str, typer.Argument(metavar="NAME", help="A title or a name.")]) -> None:
    """Make an empty reading of your own, to write or to paste an essay into."""
    from essay_explorer.formats.manuscript import Manuscript
    from essay_explorer.library.adding import add
    from essay_explorer.library.starter import NEW_ESSAY, starter

    if not title.strip():
        message = 'Give the reading a title. For example: essay-explorer new "On trust"'
        raise ReadingError(message)
    name = name_for(title)
    _tell_of(add(name, starter(Manuscript((NEW_ESSAY,)).essay(title))), name)


def _tell_of(folder: Path, wanted: str) -> None:
    """Say what a new reading holds, and what to do with it. `wanted`: the name that it was to have."""
    taken = f' (the name "{wanted}" was taken, so it is called {folder.name})' if folder.name != wanted else ""
    print(f'The reading "{folder.name}" is in {folder}{taken}: {holdings(folder)}')
    print(f"Read it: essay-explorer read {folder.name}")
    print(f"Name its themes in codebook.yml, its passages in annotations.csv: essay-explorer check {folder.name}")


@app.command("list")
def list_readings() -> None:
    """List the readings that come with the project and your own."""
    for name in (name for name in names() if name not in own_names()):
        print(f"{name}  {holdings(folder_of(name))}")
    for name in unopened_names():
        print(f"{name}  open your own copy of it first: essay-explorer open COPY")
    for name in sorted([*own_names(), *hollow_names()]):
        print(f"{name}  {holdings(own_library() / name)} (your own)")


@app.command()
def rename(old: OwnName, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]) -> None:
    """Give a reading of your own another name."""
    from essay_explorer.library import adding

    print(f'"{old}" is now "{new}", in {adding.rename(old, new)}')


@app.command()
def remove(name: OwnName) -> None:
    """Put a reading of your own into the recycle folder of your library."""
    from datetime import datetime

    from essay_explorer.library import adding

    kept = adding.remove(name, today=datetime.now().astimezone().date())
    print(f'"{name}" is removed, not deleted: it is kept in {kept}')

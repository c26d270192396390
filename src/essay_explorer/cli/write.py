"""The commands that write a reading as a file of another kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from essay_explorer.cli.arguments import Lang, Name, check_end, range_of
from essay_explorer.cli.terminal import plain, say
from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.files.reading_files import WEB_ANNOTATIONS, exact_text_in
from essay_explorer.library.finding import folder_of, unopened
from essay_explorer.library.opening import open_quietly, open_reading
from essay_explorer.words import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.core.reading import Reading

PAGE = (".html", ".htm")
PAPER = (".pdf",)
PICTURE = (".png",)
app = typer.Typer()


@app.command()
def notebook(
    reading: Name = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The .ipynb file to write; an existing one is replaced.")],
) -> None:
    """Write a notebook with a reading's explorer and, folded away below it, its text."""
    from essay_explorer.library.notebooks import write

    check_end(to, ".ipynb")
    write(reading, to)
    say(f"Wrote {to}")


@app.command()
def export(
    reading: Name = None,
    *,
    to: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help=".html (the page as one file), .pdf (a hand-out), .png (a picture to post), "
            ".jsonld, .qdpx, .qdc, .tei.xml, .csv or .yml.",
        ),
    ],
    charts: Annotated[bool, typer.Option(help="In .html: with the charts.")] = True,
    embed: Annotated[
        bool, typer.Option("--embed", help="In .html: also say the line that shows it inside another page.")
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="In .html: the address it will have. Links to it show its picture, which is written beside it.",
        ),
    ] = None,
    lang: Lang = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="In .pdf: coded (by default) shows the passages, blank has room to write, find asks for the passages, "
            "cloze leaves words out. The answers to find and cloze go into NAME-key.pdf."
        ),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="In .pdf: a tag to show or to ask for; by default the themes found there.")
    ] = None,
    paragraphs: Annotated[
        str | None, typer.Option(metavar="FIRST-LAST", help="In .pdf: these paragraphs alone, such as 5-12.")
    ] = None,
    task: Annotated[str | None, typer.Option(metavar="TEXT", help="In .pdf: what to do, in your own words.")] = None,
    word_bank: Annotated[
        bool, typer.Option("--word-bank", help="In a cloze: list the missing words above the text.")
    ] = False,
    paper: Annotated[str | None, typer.Option(help="In .pdf: a4 (by default) or us-letter.")] = None,
) -> None:
    """Write a reading in another format; the end of the file's name says which."""
    from essay_explorer.exchange import WRITERS

    settle(lang)
    check_end(to, *PAGE, *PAPER, *PICTURE, *WRITERS)
    end = to.suffix.casefold()
    for_paper = {
        "kind": kind,
        "tag": tag,
        "paragraphs": paragraphs,
        "task": task,
        "word-bank": word_bank,
        "paper": paper,
    }
    given = [f"--{name}" for name, value in for_paper.items() if value]
    if given and end not in PAPER:
        message = f"{', '.join(given)}: only for a hand-out. Leave it out, or name a file that ends in .pdf"
        raise typer.BadParameter(message)
    if embed and end not in PAGE:
        message = "--embed: only a page stands inside another one. Name a file that ends in .html"
        raise typer.BadParameter(message)
    if url and end not in PAGE:
        message = "--url: only a page has an address that others link to. Name a file that ends in .html"
        raise typer.BadParameter(message)
    _check_address(url, "https://essays.example.edu/her.html")
    if end in PAGE and (sealed := unopened(reading)):
        _write_copy_page(sealed, to)
        say(f"Wrote {to}. Open it in a browser, and open your own copy of the text there")
        return
    written: Sequence[Path] = (to,)
    more: Sequence[str] = ()
    if end in PAGE:
        from essay_explorer.files.reading_files import texts_in
        from essay_explorer.page.export import embedding, write_page

        opened = open_reading(reading)
        written = write_page(opened, to, charts=charts, files=texts_in(folder_of(reading))[0], url=url or "")
        if embed:
            more = (f"Put this line into a page beside {to.name}, in Quarto, MyST or HTML:", embedding(opened, to.name))
    elif end in PAPER:
        wanted = {"kind": kind, "tags": tag, "within": range_of(paragraphs), "task": task, "word_bank": word_bank}
        written = _write_handout(open_reading(reading), to, **wanted, paper=paper)
    elif end in PICTURE:
        _write_picture(open_reading(reading), to)
    else:
        _write_annotations(reading, to)
    say(*(f"Wrote {file}" for file in written), *more)


def _check_address(url: str | None, example: str) -> None:
    if url and not url.startswith(("https://", "http://")):
        message = f"{url} is no address of a page; expected one like {example}"
        raise typer.BadParameter(message, param_hint="--url")


def _write_copy_page(sealed: Path, to: Path) -> None:
    """Write the page on which readers open their own copy of a text that may not be shared."""
    from essay_explorer.files.whole import write_whole
    from essay_explorer.page import own_copy
    from essay_explorer.sealed.sealed_set import Sealed

    write_whole(to, own_copy.page(Sealed.from_json(sealed.read_text(encoding="utf-8"))))


def _write_handout(reading: Reading, to: Path, **wanted: Any) -> tuple[Path, ...]:  # noqa: ANN401 - a Handout's fields
    from essay_explorer.paper.handout import Handout

    try:
        return Handout(**{name: value for name, value in wanted.items() if value}).write(reading, to)
    except ReadingError:
        raise
    except ValueError as error:
        raise typer.BadParameter(plain(str(error))) from None


def _write_picture(reading: Reading, to: Path) -> None:
    from essay_explorer.files.whole import write_whole
    from essay_explorer.paper.picture import picture

    write_whole(to, picture(reading))


def _write_annotations(name: str | None, to: Path) -> None:
    """Write what other programs read; what an earlier import kept for later goes with it."""
    from essay_explorer.exchange import exported
    from essay_explorer.files.whole import write_whole

    reading = open_reading(name)
    kept = exact_text_in(folder_of(name), WEB_ANNOTATIONS) or ""
    write_whole(to, exported(reading, to.name, kept=kept))


@app.command()
def site(
    readings: Annotated[
        list[str] | None, typer.Argument(metavar="READING...", help="By default the review of Her.")
    ] = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder to write into.")] = Path("site"),
    lang: Lang = None,
    url: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The address it will have, so that links show a picture.")
    ] = None,
) -> None:
    """Write a folder for any web host: a page for each reading, and an index."""
    from essay_explorer.page.export import write_site

    settle(lang)

    if to.exists() and not to.is_dir():
        refuse(Fault(str(to), "is a file; expected a folder to write into. Name another"))
    _check_address(url, "https://essays.example.edu/her")
    write_site([open_reading(name) for name in readings] if readings else [open_reading()], to, url=url or "")
    say(f"Wrote {to}. Copy the folder to a web host, or look at it here: python -m http.server --directory {to}")


@app.command()
def seal(
    reading: Name = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The .json file to write.")],
    source: Annotated[str, typer.Option(help="Where the text is published.")] = "",
) -> None:
    """Seal the annotations of a reading, to share them without a word of its text."""
    from essay_explorer.files.whole import write_whole
    from essay_explorer.sealed.sealing import seal as sealed_set

    check_end(to, ".json")
    write_whole(to, sealed_set(open_quietly(reading), source=source).to_json())
    say(f"Wrote {to}. Whoever has a copy of the text opens it with: essay-explorer open COPY --with {to}")

"""The shelf: a page that lists readings, with their titles, authors, minutes and themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.core.fault import counted
from essay_explorer.page.document import HERE, ICON
from essay_explorer.page.templates import render
from essay_explorer.widgets.lens import runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.codebook import Tag
    from essay_explorer.core.reading import Reading

WEIGHTS = {"thick": "3px", "thin": "1px"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A theme as the shelf shows it: its label, and the colour, line and code by which the page knows it."""

    label: str
    code: str
    colour: str
    line: str
    weight: str

    @classmethod
    def of(cls, tag: Tag) -> Chip:
        """The chip of a tag."""
        style, _, weight = tag.line.partition("-")
        colour = "light-dark({}, {})".format(*tag.colour) if tag.colour else "currentColor"
        return cls(tag.label, tag.code, colour, style or "solid", WEIGHTS.get(weight, "2px"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading on the shelf. `title` and `subtitle`: runs of text, some of them emphasised."""

    name: str
    version: str
    title: list[dict[str, Any]]
    subtitle: list[dict[str, Any]]
    facts: str
    language: str
    themes: tuple[Chip, ...]

    @classmethod
    def of(cls, reading: Reading) -> Entry:
        """What the shelf says of a reading."""
        essay, passages = reading.essay, reading.passages()
        facts = (essay.author, counted(essay.minutes, "minute"), counted(len(passages), "passage"))
        used = {tag for passage in passages for tag in passage.tags}
        themes = reading.codebook.facets[0].tags if reading.codebook.facets else ()
        return cls(
            name=reading.name,
            version=reading.fingerprint,
            title=runs(essay.title),
            subtitle=runs(essay.subtitle),
            facts=" · ".join(filter(None, facts)),
            language=essay.language,
            themes=tuple(Chip.of(tag) for tag in themes if tag.id in used),
        )


def shelf(entries: Iterable[tuple[str, Entry]]) -> str:
    """The page. `entries`: the address of each reading, relative to the page, and what is said of it."""
    from markupsafe import Markup  # noqa: PLC0415 - as Jinja2, which brings it

    style = Markup((HERE / "page.css").read_text("utf-8") + (HERE / "shelf.css").read_text("utf-8"))  # noqa: S704 - our own
    return render("shelf", entries=list(entries), style=style, icon=ICON)

"""The shelf: a page that lists readings, with their titles, authors, minutes and themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.core.prose import Prose
from essay_explorer.page.document import HERE, ICON, script
from essay_explorer.page.module import as_function
from essay_explorer.page.templates import own, render
from essay_explorer.widgets.content import runs
from essay_explorer.words import say, say_n, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

NO_BREAK = "\N{NO-BREAK SPACE}"
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
    language: str
    themes: tuple[Chip, ...]
    after: str = ""
    author: str = ""
    passages: int = 0
    minutes: int = 0

    @property
    def facts(self) -> list[str]:
        """Whose text it is, and how long, in words."""
        facts = [say("After {work}", work=self.after) if self.after else self.author]
        if self.passages:
            facts.append(say_n("{count} passage", "{count} passages", self.passages).replace(" ", NO_BREAK))
        if self.minutes:
            facts.append(say_n("{count} minute", "{count} minutes", self.minutes).replace(" ", NO_BREAK))
        return list(filter(None, facts))

    @classmethod
    def of(cls, reading: Reading) -> Entry:
        """What the shelf says of a reading."""
        essay, passages = reading.essay, reading.passages()
        used = {tag for passage in passages for tag in passage.tags}
        themes = reading.codebook.tags_of("theme")
        return cls(
            name=reading.name,
            version=reading.fingerprint,
            title=runs(essay.title),
            subtitle=runs(essay.subtitle),
            language=essay.language,
            themes=tuple(Chip.of(tag) for tag in themes if tag.id in used),
            after=Prose.from_inline(essay.after).text,
            author=essay.author,
            passages=len(passages),
            minutes=essay.minutes,
        )


def next_on(entries: Sequence[tuple[str, Entry]], at: int, *, up: str = "") -> dict[str, Any]:
    """What the page of the reading at place `at` says of the next on the shelf, after the last of the first.

    `entries`: as `shelf` takes them; `up` leads from the page to the shelf. {} where the reading is alone.
    """
    if len(entries) == 1:
        return {}
    address, entry = entries[(at + 1) % len(entries)]
    return {"address": f"{up}{address}", "title": entry.title}


def shelf(entries: Iterable[tuple[str, Entry]], *, news: str = "", picture: str = "") -> str:
    """The page.

    `entries`: the address of each reading, relative to the page, and what is said of it. `news`: where the page hears
    of changes; "" where nobody tells. `picture`: the address of the one that links to the shelf show.
    """
    files = [(HERE / name).read_text("utf-8") for name in ("page.css", "shelf.css")]
    modules = {name: own(as_function(spoken(script(name)[name]))) for name in ("news", "shelf", "starting")}
    return render(
        "shelf",
        entries=list(entries),
        style=own("".join(files)),
        icon=ICON,
        news=news,
        picture=picture,
        modules=modules,
    )

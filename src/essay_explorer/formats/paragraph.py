"""The paragraph of a page that is being read: its words, how they look, and the links in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats import notes
from essay_explorer.formats.manuscript import Run, joined, markdown_of
from essay_explorer.formats.styles import PLAIN, Look, Styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.notes import Kind
    from essay_explorer.formats.pieces import Pieces

LOOKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Look(em=True)),
    **dict.fromkeys(("strong", "b"), Look(strong=True)),
}
RAISED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
MANY_RUNS = 1000  # of a paragraph; more are joined where they look the same
ONLY_LINKS = 0.6  # of a paragraph's letters stand in links: it holds nothing else
LONGEST_PAGE_NUMBER = 20  # letters
REACH = 50  # elements that a page may leave open in a wrong order


class Said(NamedTuple):
    """What a paragraph says, as Markdown; `links`: how many to other pages, where it holds nothing else."""

    text: str
    links: int


class _Link(NamedTuple):
    """A link that is open; `place`: where it leads to in the page, `start`: its first run."""

    element: str
    kind: Kind
    place: str
    start: int


class Paragraph:
    """What has been read of a paragraph, and the elements that are open in it.

    `numbers`: those of notes, by the ids of the places to which their marks lead.
    """

    def __init__(self, styles: Styles, pieces: Pieces) -> None:
        self.numbers: dict[str, str] = {}
        self._styles, self._pieces = styles, pieces
        self._runs: list[Run] = []
        self._open: list[tuple[str, Look]] = []  # each element that is open, and how words in it look
        self._within = Counter[str]()  # how many elements of a name are open
        self._links: list[_Link] = []
        self._broken = False  # whether nothing stands behind the last line break
        self._soft = False  # whether that came from an element that has a line of its own
        self._lines: list[tuple[str, int]] = []  # such elements that are open, and how many of their name are
        self._joined = MANY_RUNS
        self._away = False  # whether a link is open that leads to another page
        self._links_away = self._linked = 0  # those of the paragraph, and the letters in them
        self._sides: list[tuple[str, int, int]] = []  # notes that are open in it: their element, and where they start
        self.side_notes: list[str] = []  # those of the paragraph that has ended
        self._side_notes = 0  # those of the page
        self._page_numbers: list[tuple[str, int, int]] = []  # as notes: numbers of printed pages that are open
        self.page_numbers = 0  # those that were left out

    @property
    def look(self) -> Look:
        """How the words here look, as far as the elements in the paragraph say."""
        return self._open[-1][1] if self._open else PLAIN

    def end(self) -> Said:
        """What it says; the next one starts."""
        while self._sides:
            self._end_side_note()
        self._page_numbers.clear()
        text = markdown_of(self._runs)
        links = self._links_away if self._linked > ONLY_LINKS * len(text) else 0
        self._runs, self._broken, self._joined = [], False, MANY_RUNS
        self._links_away = self._linked = 0
        self._links.clear()
        return Said(text, links)

    def end_page(self) -> None:
        """What is still open on a page is not open on the next."""
        self._open.clear()
        self._within.clear()
        self._lines.clear()
        self._page_numbers.clear()
        self._sides.clear()

    def add(self, text: str, look: Look, *, plain_weight: bool = False) -> None:
        """Say more; `plain_weight`: bold letters say nothing here, since all of them are."""
        if not text or not (self._runs or text.strip()):
            return
        self._broken = self._broken and not text.strip()
        self._pieces.add(letters=len(text))
        self._linked += len(text) if self._away else 0
        raised = next((name for name in RAISED if self._within[name]), "")
        strong = look.strong and not plain_weight
        kind = "both" if look.em and strong else "em" if look.em else "strong" if strong else ""
        self._runs.append(Run(text.translate(RAISED[raised]) if raised else text, kind))
        if len(self._runs) > self._joined:
            self._links.clear()
            self._sides.clear()
            self._page_numbers.clear()
            self._runs = joined(self._runs)
            self._joined = 2 * len(self._runs) + MANY_RUNS
            self._pieces.check(len(self._runs))

    def show(self, picture: str, description: str) -> None:
        """Show a picture of the reading's folder here."""
        self._broken = False
        self._runs.append(Run(description, picture=picture))

    def indent(self, spaces: str) -> None:
        """What is said next is a line that stands so far right."""
        if spaces and (self._broken or not self._runs):
            self._runs.append(Run(spaces))

    def break_line(self, *, soft: bool = False) -> bool:
        """Start a line; False where one has just started, so that another break parts two paragraphs.

        `soft`: it is the start or the end of an element that has a line of its own, which needs no other break.
        """
        if self._broken:
            self._soft, needed = False, not (soft or self._soft)
            return not needed
        if self._runs:
            self._runs.append(Run("\n", self._runs[-1].kind))
            self._broken, self._soft = True, soft
        return True

    def open(self, name: str, given: Mapping[str, str]) -> None:
        """An element starts."""
        look = self._styles.look_of(name, given).over(LOOKS.get(name, PLAIN))
        self._open.append((name, look.over(self.look)))
        self._within[name] += 1
        if notes.is_side_note(name, given):
            self._sides.append((name, self._within[name], len(self._runs)))
        elif given and notes.is_page_number(given):
            self._page_numbers.append((name, self._within[name], len(self._runs)))
        elif self._styles.makes_line(name, given):
            self.break_line(soft=True)
            self._lines.append((name, self._within[name]))
        if name == "a":
            self._away = not given.get("href", "#").startswith("#")
            self._links_away += self._away
        kind = notes.kind_of(given) if name == "a" or given else ""
        if kind in {"mark", "back"} or (name == "a" and kind):
            self._links.append(_Link(name, kind, given.get("href", "").rpartition("#")[2], len(self._runs)))

    def close(self, name: str) -> None:
        """An element ends."""
        if not self._within[name]:
            return
        if self._sides and self._sides[-1][:2] == (name, self._within[name]):
            self._end_side_note()
        elif self._page_numbers[-1:] and self._page_numbers[-1][:2] == (name, self._within[name]):
            self._end_page_number()
        elif self._lines[-1:] == [(name, self._within[name])]:
            self._lines.pop()
            self.break_line(soft=True)
        self._within[name] -= 1
        self._away = self._away and name != "a"
        self._close_innermost(name)
        if self._links and self._links[-1].element == name:
            self._end_link(self._links.pop())

    def _close_innermost(self, name: str) -> None:
        """End the innermost element of that name; those inside it that are still open stay so."""
        inside: list[str] = []
        while self._open and len(inside) < REACH:
            last = self._open.pop()[0]
            if last == name:
                break
            inside.append(last)
        for other in reversed(inside):
            self._open.append((other, LOOKS.get(other, PLAIN).over(self.look)))

    def _end_page_number(self) -> None:
        start = self._page_numbers.pop()[2]
        said = "".join(run.text for run in self._runs[start:])
        if len(said) <= LONGEST_PAGE_NUMBER:
            self.page_numbers += bool(said.strip())
            del self._runs[start:]
            self._links = [link for link in self._links if link.start <= start]

    def _end_side_note(self) -> None:
        """A note in a sentence becomes a mark there and a note below, as other notes are."""
        start = self._sides.pop()[2]
        said = markdown_of(self._runs[start:])
        if not start or not said or notes.NUMBER.fullmatch(said.replace("\\", "")):  # it is no more than a mark
            return
        self._side_notes += 1
        self._runs[start:] = [Run(f"[{self._side_notes}]")]
        self._links = [link for link in self._links if link.start <= start]
        self.side_notes.append(notes.numbered(said, str(self._side_notes)))

    def _end_link(self, link: _Link) -> None:
        """The mark of a note has one form, whatever form it has on the page; a way back to it is no text."""
        _, kind, place, start = link
        text = "".join(run.text for run in self._runs[start:])
        if not text.strip():
            return
        if notes.is_way_back(kind, text):
            del self._runs[start:]
            return
        number = notes.marked(kind, text, raised=self._within["sup"] > 0 or text != text.translate(notes.DIGITS))
        if number:
            if place:
                self.numbers.setdefault(place, number.replace("*", "\\*"))
            before = self._runs[start - 1].text if start else ""
            self._runs[start:] = [Run(number if before.endswith("[") else f"[{number}]")]

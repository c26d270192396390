"""The hand-out: a reading on paper, with numbered sentences and a wide margin, as PDF.

Set by Typst (PyPI: typst, Apache-2.0): the compiler and its fonts are inside one wheel, so it needs
no system library and no network; it hyphenates, justifies and breaks pages as a book does, and writes
tagged PDF (PDF/UA-1). `handout.typ` is the whole layout; what it sets comes to it as JSON, so nothing
of a reading is ever part of its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.core.block import is_from_right
from essay_explorer.core.excerpt import stretch_of
from essay_explorer.core.fault import instead_of
from essay_explorer.core.tag import with_cues
from essay_explorer.files.whole import write_whole
from essay_explorer.paper import content
from essay_explorer.paper.blocks import names_of
from essay_explorer.paper.gaps import gaps_of
from essay_explorer.paper.typesetting import readable, typeset
from essay_explorer.words import Phrase, chosen, direction, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from essay_explorer.anchoring.segments import Span
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

KINDS = ("coded", "blank", "find", "cloze")
WITH_KEY = ("find", "cloze")
PAPERS = ("a4", "us-letter")
FIND = Phrase(
    "Find the passages about each of these. Underline them in the text and write the letter beside them; "
    "note the numbers of their sentences below."
)
GAPS = Phrase("Read the whole text first. Then write the missing words into the gaps, one word in each.")
MARK = Phrase(
    "Mark 3 to 6 sentences that are about one of these. Write its letter beside the sentence, and why in the margin."
)
MARK_ANY = Phrase("Mark the 3 to 6 sentences that matter most to you, and write why in the margin.")


@dataclass(frozen=True, slots=True)
class Handout:
    """What a hand-out is to be.

    `kind`: "coded" draws the lines of the tags under their passages and says in which sentences they
    are; "blank" is the text with room to write, a task and the tags; "find" asks for the passages of
    each tag; "cloze" leaves a word out of each passage, as `gaps_of` says. `tags`: ids of any facet, in the
    order in which they shall stand; without them all themes, those alone that have a passage here unless readers are
    to look for some themselves ("blank"). `paper`: "a4" or "us-letter". `within`: the first and
    the last paragraph, counted from 1; sentences keep the numbers that they have in the whole text.
    `task`: what to do, in place of our own words. `word_bank`: a cloze lists the words of its gaps.

    What we say stands in the language that is spoken with everybody, else in that of the essay, else in English.

    The text is set in Libertinus Serif. A letter that it lacks comes from another font of the
    machine; one that no font has shows as a crossed box, a ReadingWarning names it, and the PDF is
    tagged but no PDF/UA. Equal input gives equal bytes where the same fonts are installed.
    Raises ValueError for a kind or a paper that does not exist.
    """

    kind: str = "coded"
    tags: str | Iterable[str] = ()
    paper: str = "a4"
    within: tuple[int, int] | None = None
    task: str = ""
    word_bank: bool = False

    def __post_init__(self) -> None:
        for name, value, known in (("kind", self.kind, KINDS), ("paper", self.paper, PAPERS)):
            if value not in known:
                message = f'{name} "{value}" is not known. {instead_of(value, known)}'
                raise ValueError(message)
        if self.word_bank and self.kind != "cloze":
            message = f'a word bank belongs to kind "cloze", and this is "{self.kind}". Change one of them'
            raise ValueError(message)

    def pdf(self, reading: Reading) -> bytes:
        """The hand-out of a reading. Raises ValueError for tags or paragraphs that the reading has not."""
        images = readable(reading.images)
        with speaking(chosen(reading.essay.language)):
            made = self._content(reading, names_of(images))
        return typeset(made, images)

    def _content(self, reading: Reading, names: Mapping[str, str]) -> dict[str, Any]:
        tags, within, gaps = self._parts(reading)
        words = sorted({reading.essay.text[slice(*gap)] for gap in gaps}, key=str.casefold)
        return {
            **content.sheet(reading, tags, within, gaps=None if self.kind == "coded" else gaps, names=names),
            "kind": self.kind,
            "paper": self.paper,
            "task": self.task or self._own_task(tags),
            "task_rtl": is_from_right(self.task) if self.task else direction() == "rtl",
            "bank": words if self.word_bank else [],
        }

    def key(self, reading: Reading) -> bytes:
        """The answers to `pdf`, for the teacher: b"" for a kind that asks nothing which has one answer."""
        if self.kind not in WITH_KEY:
            return b""
        tags, within, gaps = self._parts(reading)
        with speaking(chosen(reading.essay.language)):
            made = content.key(reading, tags, within, gaps)
        return typeset(made | {"kind": "key", "of": self.kind, "paper": self.paper}, ())

    def write(self, reading: Reading, to: Path) -> tuple[Path, ...]:
        """Write the hand-out to a file, and its key, if it has one, beside it as NAME-key.pdf; their paths.

        Each is written whole or not at all; one that is there is replaced.
        """
        files = {to: self.pdf(reading), to.with_name(f"{to.stem}-key{to.suffix}"): self.key(reading)}
        for path, made in files.items():
            if made:
                write_whole(path, made)
        return tuple(path for path, made in files.items() if made)

    def _parts(self, reading: Reading) -> tuple[tuple[Tag, ...], tuple[int, int], tuple[Span, ...]]:
        """The tags, the paragraphs and the gaps of the hand-out."""
        within = self._paragraphs(reading)
        tags = self._listed(reading, within)
        if self.kind != "cloze":
            return tags, within, ()
        passages = [passage for passage in reading.passages() if {tag.id for tag in tags}.intersection(passage.tags)]
        stretch = stretch_of(reading.essay, within)
        return tags, within, gaps_of(reading.essay, passages, [tag.id for tag in tags], stretch)

    def _listed(self, reading: Reading, within: tuple[int, int]) -> tuple[Tag, ...]:
        """The tags that stand on the sheet; where none were asked for, none that these paragraphs lack."""
        tags = self._chosen(reading)
        if self.tags or self.kind == "blank":
            return tags
        found = content.passages_of(reading, tags, within)
        return tuple(tag for tag in tags if found[tag.id]) or tags

    def _chosen(self, reading: Reading) -> tuple[Tag, ...]:
        """The tags asked for, each with a code and a line of its own."""
        book = reading.codebook
        wanted = dict.fromkeys([self.tags] if isinstance(self.tags, str) else self.tags)
        for tag in wanted:
            if tag not in book.tags:
                message = f'tag "{tag}" is not in the codebook. {instead_of(tag, book.tags)}'
                raise ValueError(message)
        return with_cues([book.tags[tag] for tag in wanted] or book.tags_of("theme"))

    def _paragraphs(self, reading: Reading) -> tuple[int, int]:
        within = self.within or (1, len(reading.essay.paragraphs))
        stretch_of(reading.essay, within)
        return within

    def _own_task(self, tags: Sequence[Tag]) -> str:
        """What to do, where nobody has said it."""
        blank = MARK if tags else MARK_ANY
        task = {"blank": blank, "find": FIND if tags else None, "cloze": GAPS}.get(self.kind)
        return task.said() if task else ""

"""What a class marked, together: how many of those who handed in gave a tag to a sentence, and where they differ."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import quote_at
from essay_explorer.marks.agreement import FEW
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import NEVER, Mark
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.marked import check_same_text, tags_asked, tags_by_sentence
from essay_explorer.words import Phrase, say, say_n

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

AGREED = 2 / 3  # of those who answered; as much as makes an alpha of "mostly agree"
SPLIT = 1 / 3
BESIDE_READING = {
    "split, yes": Phrase("split, the reading says yes"),
    "split, no": Phrase("split, the reading says no"),
    "both": Phrase("both"),
    "only the reading": Phrase("only the reading"),
    "only the class": Phrase("only the class"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who handed in gave a tag to a sentence; `reading`: whether the reading's own layer does."""

    sentence: int
    paragraph: int
    text: str = field(repr=False)
    tag: Tag
    count: int
    answers: int
    reading: bool

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.count / self.answers if self.answers else 0.0

    @property
    def kind(self) -> str:
        """How the class stands to it: "agreed", "split", "few", or "none" where nobody gave the tag."""
        if not self.count:
            return "none"
        return "agreed" if self.share >= AGREED else "split" if self.share >= SPLIT else "few"

    @property
    def number(self) -> str:
        """How many, in words for everybody's eyes."""
        return say("{count} of {all}", count=self.count, all=self.answers) if self.count >= FEW else say("few")

    @property
    def finding(self) -> str:
        """How many gave the tag, in words for everybody's eyes."""
        return f"{self.tag.label}: {self.number}"

    @property
    def beside(self) -> str:
        """How the class and the reading compare, one of BESIDE_READING; "" where neither says much."""
        if self.kind == "split":
            return f"split, {'yes' if self.reading else 'no'}"
        if self.reading:
            return "both" if self.kind == "agreed" else "only the reading"
        return "only the class" if self.kind == "agreed" else ""

    @property
    def beside_reading(self) -> str:
        """The same in words."""
        return BESIDE_READING[self.beside].said() if self.beside else ""


@dataclass(frozen=True, slots=True)
class ClassLayer:
    """The shares of a class, sentence by sentence, tag by tag: those that anybody gave, or the reading has."""

    shares: tuple[Share, ...]
    answers: int

    @classmethod
    def of(
        cls, readings: Sequence[Reading], reference: Reading, *, facet: str = "theme", only: Collection[str] = ()
    ) -> ClassLayer:
        """The layer of readings of the same text, one for each who handed in. `reference`: the reading's own.

        `only`: ids of the tags that were asked for; without any, all of the facet.
        """
        check_same_text([reference, *readings])
        tags = tags_asked([reference.codebook, *(one.codebook for one in readings)], facet)
        tags = {name: tag for name, tag in tags.items() if not only or name in only}
        essay, sentences = reference.essay, reference.essay.sentences()
        marked = [tags_by_sentence(one.passages(), sentences, tags) for one in readings]
        own = tags_by_sentence(reference.passages(), sentences, tags)
        shares = []
        for at, span in enumerate(sentences):
            for tag in tags.values():
                count = sum(tag.id in each[at] for each in marked)
                if count or tag.id in own[at]:
                    place = at + 1, essay.paragraph_at(span.start), essay.text[slice(*span)]
                    shares.append(Share(*place, tag, count, len(readings), tag.id in own[at]))
        return cls(tuple(shares), len(readings))

    def most_split(self, most: int) -> tuple[Share, ...]:
        """Those that split the class, the most even first."""
        split = [share for share in self.shares if share.kind == "split"]
        return tuple(sorted(split, key=lambda share: (abs(share.share - 0.5), share.sentence))[:most])

    def differences(self) -> tuple[Share, ...]:
        """Where the class and the reading differ, or the class is split, in the order of the text."""
        return tuple(share for share in self.shares if share.beside not in {"", "both"})

    def to_marks(self, reading: Reading) -> MarkFile:
        """The layer as a file of marks, which the page opens: a mark for each sentence that anybody marked."""
        by_sentence: dict[int, list[Share]] = {}
        for share in self.shares:
            if share.count:
                by_sentence.setdefault(share.sentence, []).append(share)
        spans, text = reading.essay.sentences(), reading.essay.text
        name, marks = say("The class"), []
        for number, shares in by_sentence.items():
            quote = quote_at(text, spans[number - 1])
            found = ". ".join(share.finding for share in sorted(shares, key=lambda one: -one.count))
            key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{reading.essay.fingerprint}/class/{number}"))
            marks.append(Mark(key, *quote, tuple(share.tag.id for share in shares), f"{found}.", name, NEVER, NEVER))
        person = say_n("The class ({count} hand-in)", "The class ({count} hand-ins)", self.answers)
        return MarkFile.of(reading.essay, Kept.of(marks), person)

"""A comparison of two readings of an essay, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from essay_explorer.core import kinds
from essay_explorer.core.fault import shown
from essay_explorer.core.given import reading_given
from essay_explorer.marks.marked import check_same_text, tags_asked, tags_by_sentence
from essay_explorer.words import Phrase, say, say_n

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

Kind = Literal["alike", "partly alike", "other tags", "only a", "only b"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NOUNS = {"theme": "theme", "move": "move", "person": "person"}  # of a tag, by the role of its facet
NEITHER = {
    "theme": Phrase(
        "Neither has marked a theme in the {count} sentence yet.",
        "Neither has marked a theme in the {count} sentences yet.",
    ),
    "move": Phrase(
        "Neither has marked a move in the {count} sentence yet.",
        "Neither has marked a move in the {count} sentences yet.",
    ),
    "person": Phrase(
        "Neither has marked a person in the {count} sentence yet.",
        "Neither has marked a person in the {count} sentences yet.",
    ),
    "tag": Phrase(
        "Neither has marked a tag in the {count} sentence yet.",
        "Neither has marked a tag in the {count} sentences yet.",
    ),
}
ANOTHER = {
    "theme": Phrase("On {number} they chose another theme."),
    "move": Phrase("On {number} they chose another move."),
    "person": Phrase("On {number} they chose another person."),
    "tag": Phrase("On {number} they chose another tag."),
}
TALKED_ABOUT = 3  # sentences that are named


TWO_NAMES = kinds.Kind(
    'two names, such as ("mine", "theirs")',
    lambda value: value is None or (isinstance(value, list | tuple) and len(value) == 2 and kinds.TEXTS.fits(value)),  # noqa: PLR2004
)


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence that at least one of two readings marks, with the tags of both. Numbers count from 1."""

    number: int
    paragraph: int
    text: str
    tags_a: tuple[str, ...]
    tags_b: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """How the tags of both compare; "partly alike" where they have one in common and another not."""
        if not self.tags_a or not self.tags_b:
            return "only a" if self.tags_a else "only b"
        if set(self.tags_a) == set(self.tags_b):
            return "alike"
        return "other tags" if set(self.tags_a).isdisjoint(self.tags_b) else "partly alike"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two readings of an essay mark the same, and where they differ; as text, what was found.

    `rows`: the sentences that at least one of them marks. `sentences`: how many the essay has. `names`:
    what the readings are called in words. `noun`: what a tag is called here, such as "theme".
    """

    rows: tuple[ComparedSentence, ...] = field(repr=False)
    sentences: int
    names: tuple[str, str]
    noun: str = "theme"

    def of_kind(self, kind: Kind) -> tuple[ComparedSentence, ...]:
        """The sentences of that kind, one of KINDS."""
        return tuple(row for row in self.rows if row.kind == kind)

    def __str__(self) -> str:
        return " ".join(_finding(self, Counter(row.kind for row in self.rows)))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - IPython's signature
        """What a notebook shows."""
        printer.text(str(self))

    def to_frame(self) -> pd.DataFrame:
        """The sentences as a pandas frame: sentence, paragraph, text, tags_a, tags_b (parted by `;`), kind."""
        import pandas as pd  # noqa: PLC0415 - the words need none, and it takes half a second

        kinds = [row.kind for row in self.rows]
        columns = {
            "sentence": pd.array([row.number for row in self.rows], dtype="Int64"),
            "paragraph": pd.array([row.paragraph for row in self.rows], dtype="Int64"),
            "text": pd.array([row.text for row in self.rows], dtype="string"),
            "tags_a": pd.array([";".join(row.tags_a) for row in self.rows], dtype="string"),
            "tags_b": pd.array([";".join(row.tags_b) for row in self.rows], dtype="string"),
            "kind": pd.Categorical(
                kinds, categories=[kind for kind in KINDS if kind in kinds]
            ),  # no count shows others
        }
        return pd.DataFrame(columns)


def compare(a: Reading, b: Reading, *, facet: str = "theme", names: tuple[str, str] | None = None) -> Comparison:
    """Where two readings of the same text mark the same sentences with the same tags, and where they differ.

    A passage marks a sentence when it covers at least half of its letters, or when at least half of its own
    letters lie in it. `facet`: the role of the facets whose tags are compared, or the id of one of them.
    `names`: what the two are called in words; without, what the readings are.
    Raises ReadingError for readings of two texts, and ValueError for a facet that neither of them has.

    >>> from essay_explorer import compare, open_reading
    >>> reference = open_reading("her")
    >>> mine = reference.without("a05", "a30").annotate("Phoenix is superb.", theme="real")
    >>> found = compare(mine, reference, names=("mine", "the review's"))
    >>> print(found)
    Both marked 56 of 66 sentences alike. On 1 they agree in part. Only the review's marked 2 more. ...
    >>> found.to_frame().query("kind == 'only b'")[["sentence", "tags_b"]].values.tolist()
    [[4, 'ending;questions'], [30, 'trust']]
    """
    for one in (a, b):
        reading_given(one, "compare", takes="takes two readings")
    kinds.check(TWO_NAMES, names=names)
    check_same_text((a, b))
    tags = tags_asked((a.codebook, b.codebook), facet)
    sentences = a.essay.sentences()
    marked = [tags_by_sentence(reading.passages(), sentences, tags) for reading in (a, b)]
    rows = tuple(
        ComparedSentence(
            number, a.essay.paragraph_at(span.start), a.essay.text[slice(*span)], *(_ordered(one, tags) for one in both)
        )
        for number, (span, *both) in enumerate(zip(sentences, *marked, strict=True), 1)
        if any(both)
    )
    called = shown(a.name), shown(b.name)
    if a.name == b.name:
        called = say("the first reading"), say("the second reading")
    return Comparison(rows, len(sentences), names or called, NOUNS.get(facet, "tag"))


def _ordered(found: frozenset[str], tags: dict[str, Tag]) -> tuple[str, ...]:
    """Those tags in the order of the codebooks."""
    return tuple(tag for tag in tags if tag in found)


def _finding(made: Comparison, counts: Counter[Kind]) -> Iterator[str]:
    a, b = made.names
    if not made.rows:
        yield NEITHER[made.noun].said(made.sentences)
        return
    if not any(row.tags_a for row in made.rows) or not any(row.tags_b for row in made.rows):
        yield _one_sided(made, *((a, b) if made.rows[0].tags_a else (b, a)))
        return
    if counts["alike"]:
        yield say_n(
            "Both marked {number} of {count} sentence alike.",
            "Both marked {number} of {count} sentences alike.",
            made.sentences,
            number=counts["alike"],
        )
    else:
        yield say_n(
            "The {count} sentence is not marked alike.",
            "None of {count} sentences is marked alike.",
            made.sentences,
        )
    if counts["partly alike"]:
        yield say("On {number} they agree in part.", number=counts["partly alike"])
    if counts["other tags"]:
        yield ANOTHER[made.noun].said(number=counts["other tags"])
    alone = [(name, number) for name, number in ((a, counts["only a"]), (b, counts["only b"])) if number]
    if alone:
        said = ", ".join(say("only {name} marked {count} more", name=name, count=number) for name, number in alone)
        yield f"{_capital(said)}."
    yield from _to_talk_about(made)


def _one_sided(made: Comparison, one: str, other: str) -> str:
    """Where only one of them has marked anything."""
    phrase = Phrase(
        "{one} marked {number} of {count} sentence; {other} has marked none yet.",
        "{one} marked {number} of {count} sentences; {other} has marked none yet.",
    )
    if other == say("you"):
        phrase = Phrase(
            "{one} marked {number} of {count} sentence; you have marked none yet.",
            "{one} marked {number} of {count} sentences; you have marked none yet.",
        )
    return phrase.said(made.sentences, one=_capital(one), other=other, number=len(made.rows))


def _to_talk_about(made: Comparison) -> Iterator[str]:
    """A sentence that names a few where both saw something, and not the same."""
    both = (*made.of_kind("other tags"), *made.of_kind("partly alike"))[:TALKED_ABOUT]
    if not both:
        return
    *others, last = sorted(row.number for row in both)
    if others:
        yield say("Worth a talk: sentences {others} and {last}.", others=", ".join(map(str, others)), last=last)
    else:
        yield say("Worth a talk: sentence {last}.", last=last)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]

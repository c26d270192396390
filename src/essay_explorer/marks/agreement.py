"""How far readers of an essay agree on the sentences to which they give a tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from essay_explorer.core import kinds
from essay_explorer.core.brief import ArgumentTypeError
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.given import reading_given
from essay_explorer.core.reading import Reading
from essay_explorer.marks.alpha import alpha_of
from essay_explorer.marks.marked import check_same_text, tags_asked, tags_by_sentence
from essay_explorer.words import places, say, say_n

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types
    from numpy.typing import NDArray

    from essay_explorer.core.tag import Tag

MOSTLY = 2 / 3  # Krippendorff's lowest alpha for cautious conclusions
SPLIT = 1 / 3  # and half of that, where readers hardly agree
FEW = 3  # fewer answers than these are not counted aloud: they would tell whose they are
TEXTS, NUMBERS, COUNTS = ("tag", "label", "finding"), ("alpha", "low", "high"), ("given", "sentences", "readers")


@dataclass(frozen=True, slots=True)
class TagAgreement:
    """How far `readers` agree on a tag; as text, in words.

    `given`: to how many of the `sentences` at least one of them gave it. `givers`: how many of them gave it to any.
    `alpha` is Krippendorff's; with `low` and `high` it is what `Alpha` says.
    """

    tag: str
    label: str
    readers: int
    givers: int
    sentences: int
    given: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def finding(self) -> str:
        """What was found, in a few words that can stand behind the label."""
        return self._why_not() or self._how_far()

    def __str__(self) -> str:
        found = say("{label}: {finding}", label=self.label, finding=self.finding)
        return f"{found} ({self._number()})." if self.alpha is not None and self.alpha < 1 else f"{found}."

    def _why_not(self) -> str:
        """Why there is no number, or none is needed."""
        if self.readers == 1:
            return say("only one reader, so nobody to agree with")
        if not self.given:
            return say("nobody used it")
        if self.alpha is None:
            return say("everybody gave it to every sentence, which tells nothing")
        if self.alpha != 1:
            return ""
        return say_n(
            "all gave it to the same {count} sentence", "all gave it to the same {count} sentences", self.given
        )

    def _how_far(self) -> str:
        if self.givers == 1:
            return say("only one of {readers} used it", readers=self.readers)
        alpha = self.alpha or 0.0
        if alpha >= MOSTLY:
            return say("mostly agree")
        return say("split") if alpha >= SPLIT else say("hardly agree")

    def _number(self) -> str:
        alpha = places(self.alpha or 0.0)
        if self.low is None or self.high is None:
            return say("alpha {alpha}", alpha=alpha)
        return say("alpha {alpha}, between {low} and {high}", alpha=alpha, low=places(self.low), high=places(self.high))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree on each tag, in the order of the codebook; as text, a line for each."""

    tags: tuple[TagAgreement, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.tags))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - IPython's signature
        """What a notebook shows."""
        printer.text(str(self))

    def to_frame(self) -> pd.DataFrame:
        """The tags as a pandas frame: tag, label, finding, alpha, low, high, given, sentences, readers."""
        import pandas as pd  # noqa: PLC0415 - the words need none, and it takes half a second

        texts = {name: pd.array([getattr(one, name) for one in self.tags], "string") for name in TEXTS}
        numbers = {name: pd.array([getattr(one, name) for one in self.tags], "Float64") for name in NUMBERS}
        counts = {name: pd.array([getattr(one, name) for one in self.tags], "Int64") for name in COUNTS}
        return pd.DataFrame(texts | numbers | counts)


def agreement(readings: Iterable[Reading], *, facet: str = "theme", seed: int = 0) -> Agreement:
    """How far the readers of an essay agree on each tag, a reading each; to which sentences they give it counts.

    A passage marks a sentence as in `compare`, and who marks no sentence has said no to each. `facet`: the role
    of the facets whose tags are asked for, or the id of one of them. `seed`: of the samples. Raises ReadingError
    for readings of two texts, and ValueError for a facet that none of them has.

    >>> from essay_explorer import agreement, open_reading
    >>> reading = open_reading("her")
    >>> found = agreement([reading, reading.without("a05"), reading.without("a30", "a32")])
    >>> print(found.tags[0])
    Trust: mostly agree (alpha 0.95, between 0.88 and 1.00).
    """
    if isinstance(readings, Reading):
        message = "agreement takes the readings of several people, and this is one. Put them in a list: [one, other]"
        raise ArgumentTypeError(message)
    kinds.check(kinds.SEVERAL, readings=readings)
    readings = [reading_given(one, "agreement", takes="takes readings") for one in readings]
    if not readings:
        message = "There is no reading here. Give those of at least two readers"
        raise ReadingError(message)
    check_same_text(readings)
    tags = tags_asked([reading.codebook for reading in readings], facet)
    sentences = readings[0].essay.sentences()
    marked = [tags_by_sentence(reading.passages(), sentences, tags) for reading in readings]
    size = len(readings), len(sentences)
    given = {tag: np.array([[tag in one for one in each] for each in marked], bool).reshape(size) for tag in tags}
    return Agreement(tuple(tag_agreement(tag, given[tag.id], seed=seed) for tag in tags.values()))


def tag_agreement(tag: Tag, given: NDArray[np.bool_], *, seed: int = 0) -> TagAgreement:
    """How far readers agree on a tag. `given`: a row for each reader, and whether they gave it to each sentence."""
    readers, sentences = given.shape
    givers, marked = (int(given.any(axis=axis).sum()) for axis in (1, 0))
    return TagAgreement(tag.id, tag.label, readers, givers, sentences, marked, *alpha_of(given, seed=seed))

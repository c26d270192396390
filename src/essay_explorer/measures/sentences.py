"""The rhythm of an essay: how long its sentences are, and which ask or judge."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from essay_explorer.core.given import of_reading
from essay_explorer.measures.findings import said
from essay_explorer.measures.measure import Measure, StretchedMeasure, clipped, in_words, words_of
from essay_explorer.measures.stretches import InStretch, bar_legend, blurred, stretches_of
from essay_explorer.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

VERDICT = "verdict"
# Unicode's question marks that end a sentence; the Armenian one stands inside its last word.
QUESTION_MARKS = "?\u037e\u061f\u1367\u2047\u2048\u2049\u203d\u2cfa\u2cfb\u2e2e\ua60f\ua6f7\ufe16\ufe56\uff1f\U00011143"
ARMENIAN = "\u055e"
ENOUGH = 3  # sentences of a kind, so that their median says something
CLEARLY = 1.25  # so much longer are the others, so many times as often as in the whole


@dataclass(frozen=True, slots=True)
class SentenceLength:
    """A sentence, from word `start` to `end`. `kind`: "question", "verdict" or "other"; `passages` overlap it."""

    number: int
    paragraph: int
    start: int
    end: int
    words: int
    kind: str
    passages: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class StretchRhythm(InStretch):
    """The sentences of a stretch: the median of their words, the quartiles, and how many ask or judge.

    `asks` and `judges` tell whether clearly more of them do so than in the whole essay.
    """

    sentences: int
    words: float
    low: float
    high: float
    questions: int
    verdicts: int
    asks: bool
    judges: bool


@of_reading
def rhythm(reading: Reading) -> Measure[SentenceLength] | StretchedMeasure[StretchRhythm]:
    """How many words each sentence has, and whether it asks, judges or does neither.

    A question ends in a question mark of any script; a verdict is another sentence that overlaps
    a passage with the tag "verdict". With too many of them, a row for each stretch.
    """
    essay, words = reading.essay, words_of(reading.essay.text)
    rows: list[SentenceLength] = []
    coming: deque[Passage] = deque(reading.passages())
    here: list[Passage] = []  # those that the sentence overlaps
    for at, span in enumerate(essay.sentences(), 1):
        while coming and coming[0].start < span.end:
            here.append(coming.popleft())
        here = [passage for passage in here if span.start < passage.end]
        reach, text = words.touched(*span), essay.text[slice(*span)]
        judges = any(VERDICT in passage.tags for passage in here)
        kind = "question" if asks(text, essay.language) else VERDICT if judges else "other"
        place = essay.paragraph_at(span.start), reach.start, reach.stop, len(reach)
        rows.append(SentenceLength(at, *place, kind, tuple(passage.id for passage in here), clipped(text)))
    if blurred(len(rows)):
        return StretchedMeasure(
            "rhythm",
            say("Rhythm"),
            _lengths(rows),
            say(
                "{legend}. It reaches over the lengths of the middle half of its sentences; its line is their "
                "median. A question mark stands where clearly more of them ask than in the whole essay, a "
                "diamond where clearly more judge.",
                legend=bar_legend(essay),
            ),
            (("paragraphs", say("Paragraphs")), ("sentences", say("Sentences")),
             ("words", say("Median of their words")), ("low", say("Lower quartile")),
             ("high", say("Upper quartile")), ("questions", say("Questions")), ("verdicts", say("Verdicts"))),
            tuple(_in_stretches(essay, rows)),
        )  # fmt: skip
    return Measure(
        "rhythm",
        say("Rhythm"),
        _lengths(rows),
        say(
            "Each bar is a sentence, at its place in the essay, as high as it has words; a question mark stands over "
            "questions, a diamond over verdicts."
        ),
        (
            ("number", say("Sentence")),
            ("paragraph", say("Paragraph")),
            ("words", say("Words")),
            ("kind", say("Kind")),
            ("quote", say("Text")),
        ),
        tuple(rows),
        in_words("kind", {"question": say("question"), VERDICT: say("verdict"), "other": say("neither")}),
    )


def _in_stretches(essay: Essay, rows: Sequence[SentenceLength]) -> Iterator[StretchRhythm]:
    stretches = stretches_of(essay)
    firsts = [stretch.first for stretch in stretches]
    parts: defaultdict[int, list[SentenceLength]] = defaultdict(list)
    for row in rows:
        parts[bisect_right(firsts, row.paragraph) - 1].append(row)
    overall = Counter(row.kind for row in rows)
    for at, part in parts.items():
        lengths, kinds = [row.words for row in part], Counter(row.kind for row in part)
        low, middle, high = quantiles(lengths, n=4, method="inclusive") if len(lengths) > 1 else lengths * 3
        often = {kind for kind in kinds if kinds[kind] >= max(ENOUGH, CLEARLY * overall[kind] * len(part) / len(rows))}
        counts = kinds["question"], kinds[VERDICT]
        signs = "question" in often, VERDICT in often
        yield StretchRhythm(*stretches[at].place(), len(part), middle, low, high, *counts, *signs)


def asks(sentence: str, language: str = "en") -> bool:
    """Does it end in a question mark of any script? Closing quotation marks, brackets and a "!" may follow."""
    end = len(sentence)
    while end and (sentence[end - 1] in "!\"' " or unicodedata.category(sentence[end - 1]) in {"Pe", "Pf", "Pi"}):
        end -= 1
    marks = f"{QUESTION_MARKS};" if language.startswith("el") else QUESTION_MARKS  # NFC makes the Greek one a ";"
    return sentence[end - 1 : end] in tuple(marks) or ARMENIAN in sentence


def _lengths(rows: list[SentenceLength]) -> str:
    lengths = [row.words for row in rows]
    if len(rows) < 2:  # noqa: PLR2004 - one sentence has no rhythm
        return said("one sentence", sum(lengths)) if rows else said("no sentence")
    if min(lengths) == max(lengths):
        return said("all as long", lengths[0], number=len(rows))
    verdicts = [length for length, row in zip(lengths, rows, strict=True) if row.kind == VERDICT]
    others = [length for length, row in zip(lengths, rows, strict=True) if row.kind == "other"]
    if min(len(verdicts), len(others)) >= ENOUGH:
        here, elsewhere = median(verdicts), median(others)
        if max(here, elsewhere) >= CLEARLY * min(here, elsewhere):
            key = "short verdicts" if here < elsewhere else "long verdicts"
            return said(key, verdicts=number(here, 0), others=number(elsewhere, 0))
    return said("from to", max(lengths), least=min(lengths), median=number(median(lengths), 0))

"""Where in a text a quote stands, or may stand: by its letters, by the words it shares, by what stands around it."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import groupby
from os.path import commonprefix
from typing import TYPE_CHECKING

from essay_explorer.anchoring.nearest import MARKS, MARKS_BEFORE
from essay_explorer.anchoring.pairing import Words, clues, keys_of
from essay_explorer.anchoring.quotes import occurrences
from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Places = Mapping[str, Sequence[int]]  # by clue: which words of a text

LETTERS_AROUND = 40  # that are compared, on each side
LETTERS_COMPARED = 400  # difflib takes the square of these; of longer stretches the first and last ones
LONG = 1000  # words; difflib takes the square of them, so a longer quote is taken to be as long as it was
VOTES = 2000  # places of the rarest clues that are looked at
CANDIDATES = 6  # places that most of them point to
GROWING = (12, 24, 48, 96, 192, 384)  # letters of a prefix or suffix that is made


def standing(words: Words, places: Places, quote: str) -> list[Span]:
    """Every place where the quote stands letter by letter, found by the rarest clue inside it.

    Its first and last word may be parts of words of the text, so they are no clue.
    """
    inner = Words.of(quote)
    sure = [at for at in range(len(inner.keys)) if inner.starts[at] > 0 and inner.ends[at] < len(quote)]
    known = [
        (places[clue], inner.starts[sure[at]]) for clue, at in clues([inner.keys[at] for at in sure]) if clue in places
    ]
    if not known:
        return list(occurrences(words.text, quote))
    rarest, offset = min(known, key=lambda one: len(one[0]))
    starts = sorted({words.starts[at] - offset for at in rarest})
    return [Span(start, start + len(quote)) for start in starts if start >= 0 and words.text.startswith(quote, start)]


def between(text: str, span: Span, prefix: str, suffix: str) -> bool:
    """Whether what is at the span stands right after `prefix` and right before `suffix`, as `occurrences` has it."""
    prefix, suffix = prefix.strip(), suffix.strip()
    before = text[max(span.start - len(prefix) - LETTERS_AROUND, 0) : span.start].rstrip()
    after = text[span.end : span.end + len(suffix) + LETTERS_AROUND].lstrip()
    return before.endswith(prefix) and after.startswith(suffix)


def telling(text: str, span: Span, others: Iterable[Span]) -> tuple[str, str] | None:
    """The shortest prefix, suffix or both that tells the span from `others`; None when nothing does."""
    others = [other for other in others if other != span]
    if not others:
        return "", ""
    for letters in GROWING:
        prefix, suffix = _before(text, span.start, letters), _after(text, span.end, letters)
        for pair in ((prefix, ""), ("", suffix), (prefix, suffix)):
            if between(text, span, *pair) and not any(between(text, other, *pair) for other in others):
                return pair
    return None


def _before(text: str, end: int, letters: int) -> str:
    """At least so many letters before `end`, from the start of a word."""
    start = max(end - letters, 0)
    while start and not text[start - 1].isspace() and end - start < 2 * letters:
        start -= 1
    return text[start:end].strip()


def _after(text: str, start: int, letters: int) -> str:
    end = min(start + letters, len(text))
    while end < len(text) and not text[end].isspace() and end - start < 2 * letters:
        end += 1
    return text[start:end].strip()


def aligned(words: Words, places: Places, head: list[str], quote: list[str], tail: list[str]) -> Iterator[Span]:
    """The stretches of words that are like `quote` between `head` and `tail`: the six that share most clues with them.

    Spans here count words.
    """
    around = [*head, *quote, *tail]
    slack = 3 + len(quote) // 4
    matcher = SequenceMatcher(None, "", around, autojunk=False)
    for start in _voted(around, places, slack):
        left, right = max(start - slack, 0), min(start + len(around) + slack, len(words.keys))
        matcher.set_seq1(words.keys[left:right] if len(around) <= LONG else ())
        blocks = [(there + left, here, size) for there, here, size in matcher.get_matching_blocks()]
        first = start + len(head)
        for one, other in ((first, first + len(quote)), *_edges(blocks, len(head), len(head) + len(quote))):
            yield Span(max(one, left), min(other, right))


def _voted(around: list[str], places: Places, slack: int) -> list[int]:
    """The words at which `around` may start, by how many of its rarest clues say so."""
    known = sorted(((places[clue], at) for clue, at in clues(around) if clue in places), key=lambda one: len(one[0]))
    votes = Counter[int]()
    spent = 0
    for there, at in known:
        spent += len(there)
        if spent > VOTES:
            break
        votes.update(place - at for place in there)
    taken: list[int] = []
    for start, _ in votes.most_common(8 * CANDIDATES):
        if len(taken) < CANDIDATES and all(abs(start - other) > slack for other in taken):
            taken.append(start)
    return taken


def _edges(blocks: list[tuple[int, int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """(first, last) word of the text for the words [start, end) of which `blocks` are found in it.

    Words at an edge that were not found stand for as many of the text, or for all up to what is
    found beyond it. Tried twice: with all that was found, and with the longest run alone, in case
    the others are only alike by chance.
    """
    went = {here + step: there + step for there, here, size in blocks for step in range(size)}
    inside = [here for here in sorted(went) if start <= here < end]
    if not inside:
        return
    runs = [list(run) for _, run in groupby(inside, key=lambda here: went[here] - here)]
    for found in (inside, max(runs, key=len)):
        first, last = found[0], found[-1]
        left = went[start - 1] + 1 if first > start and start - 1 in went else went[first] - (first - start)
        right = went[end] if last < end - 1 and end in went else went[last] + end - last
        yield left, right


def with_marks(words: Words, stretch: Span, quote: str) -> Span:
    """The span of a stretch of words, with marks around it where `quote` has some at its own edges."""
    text, (start, end) = words.text, words.span(*stretch)
    head, tail = MARKS.match(quote), MARKS_BEFORE.search(quote)
    before = MARKS_BEFORE.search(text, max(start - (head.end() if head else 0), 0), start)
    after = MARKS.match(text, end, end + (len(tail[0]) if tail else 0))
    return Span(before.start() if before else start, after.end() if after else end)


def likeness(one: str, other: str) -> float:
    """How much of both is the same letters in the same order, from 0 to 1."""
    if not one or not other:
        return float(one == other)
    head = len(commonprefix((one, other)))  # noqa: RUF071 - letters are what is compared
    tail = len(commonprefix((one[head:][::-1], other[head:][::-1])))  # noqa: RUF071 - the same
    middle = (_ends(one[head : len(one) - tail]), _ends(other[head : len(other) - tail]))
    same = sum(block.size for block in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks())
    return 2 * (head + tail + same) / (2 * (head + tail) + len(middle[0]) + len(middle[1]))


def _ends(letters: str) -> str:
    return (
        letters
        if len(letters) <= LETTERS_COMPARED
        else letters[: LETTERS_COMPARED // 2] + letters[-LETTERS_COMPARED // 2 :]
    )


def surroundings(text: str, span: Span, before: str, after: str) -> float | None:
    """How like the letters around the span are to `before` and `after`; None when there is nothing to compare.

    Letters without white space and marks. A text that ends there contradicts nothing.
    """
    reach = 3 * LETTERS_AROUND
    now_before = letters_of(text[max(span.start - reach, 0) : span.start])[-LETTERS_AROUND:]
    now_after = letters_of(text[span.end : span.end + reach])[:LETTERS_AROUND]
    sides = []
    if before and now_before:
        shorter = min(len(before), len(now_before), LETTERS_AROUND)
        sides.append(likeness(before[-shorter:], now_before[-shorter:]))
    if after and now_after:
        shorter = min(len(after), len(now_after), LETTERS_AROUND)
        sides.append(likeness(after[:shorter], now_after[:shorter]))
    return sum(sides) / len(sides) if sides else None


def letters_of(text: str) -> str:
    """The folded letters of `text`, without white space and marks."""
    return "".join(keys_of(text))

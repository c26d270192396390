"""Which words a cloze leaves out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.anchoring.counting import WORD
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.essay import Essay
from essay_explorer.core.passage import Passage
from essay_explorer.library.opening import open_reading
from essay_explorer.paper.gaps import APART, gaps_of

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading

HER = open_reading("her")


def words(reading: Reading, tag: str) -> list[str]:
    passages = reading.passages(theme=tag)
    gaps = gaps_of(reading.essay, passages, [tag], Span(0, len(reading.essay.text)))
    return [reading.essay.text[slice(*gap)].casefold() for gap in gaps]


def gapped(text: str, **rest) -> list[str]:
    essay = Essay(text, **rest)
    return [text[slice(*gap)] for gap in gaps_of(essay, [], [], Span(0, len(text)))]


def test_the_words_left_out_are_those_that_a_theme_speaks_of() -> None:
    assert "trust" in words(HER, "trust")
    assert not {"that", "which", "with", "about", "their"} & set(words(HER, "trust"))


def test_every_gap_is_a_word_of_a_passage_and_no_word_is_left_out_twice() -> None:
    themes = [tag.id for tag in HER.codebook.tags_of("theme")]
    passages = HER.passages(theme=themes)
    text = HER.essay.text
    gaps = gaps_of(HER.essay, passages, themes, Span(0, len(text)))
    assert all(any(one.start <= gap.start and gap.end <= one.end for one in passages) for gap in gaps)
    left_out = [text[slice(*gap)].casefold() for gap in gaps]
    assert len(set(left_out)) == len(left_out) > len(passages) / 2
    for one, other in pairwise(gaps):
        assert len(WORD.findall(text[one.end : other.start])) >= APART


def test_without_passages_each_sentence_has_a_gap() -> None:
    assert gapped("We saw the lighthouse again. It has kept a beam for sailors.") == ["lighthouse", "sailors"]


def test_a_word_of_chinese_is_two_characters() -> None:
    text = "我们相信机器会思考。人们相信机器会感觉。"
    assert all(len(word) == 2 for word in gapped(text, language="zh"))
    assert len(gapped(text, language="zh")) == 2


def test_headings_and_code_have_no_gaps() -> None:
    essay = Essay.from_markdown("# A remarkable heading\n\n```\nprogramming language\n```\n\nWords remain.")
    gaps = gaps_of(essay, [], [], Span(0, len(essay.text)))
    assert [essay.text[slice(*gap)] for gap in gaps] == ["remain"] or len(gaps) == 1


def test_what_lies_outside_an_extract_has_no_gap_and_takes_no_word_from_it() -> None:
    text = "The lighthouse stands.\n\nThe lighthouse shines."
    essay = Essay(text)
    (gap,) = gaps_of(essay, [], [], essay.paragraphs[1])
    assert gap.start >= essay.paragraphs[1].start
    assert text[slice(*gap)] == "lighthouse"


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 80)), max_size=5))
def test_gaps_lie_in_the_text_and_never_overlap(text: str, places: list[tuple[int, int]]) -> None:
    made = Essay(text)
    passages = [
        Passage("a", "", start, min(start + size, len(text)), 1, ("t",), Annotation("a", "q"))
        for start, size in sorted(places)
        if start < len(text)
    ]
    gaps = gaps_of(made, passages, ["t"], Span(0, len(text)))
    assert all(0 <= start < end <= len(text) for start, end in gaps)
    assert all(one.end <= other.start for one, other in pairwise(gaps))

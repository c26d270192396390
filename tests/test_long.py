"""Long texts: the fast roads lead where the plain ones do, and the work grows with the text, not with its square."""

from __future__ import annotations

import re
import runpy
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.anchoring import search
from essay_explorer.anchoring.quotes import Quote, occurrences
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import SPACELESS
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.folding import TO_CHANGE, TYPED, WHITE_SPACE, _opened, fold
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.widgets.content import content_of

pytestmark = pytest.mark.slow

BENCH = runpy.run_path(str(Path(__file__).parent / "bench" / "long.py"), run_name="bench")
PIECES = ["a", "b", "ab", "ba", "é", "字", "学", " ", " ", "  ", "\n\n", ", ", "\u3000"]


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, list[Quote]]:
    """A text, and quotes with prefix and suffix, cut from it at any letter or made up."""
    made_up = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
    text = draw(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
    quotes = []
    for _ in range(draw(st.integers(0, 6))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
        cut = [
            draw(st.sampled_from([text[a:b], text[a:b], text[a:b].strip(), ""]) | made_up) for a, b in pairwise(edges)
        ]
        quotes.append(Quote(cut[1], cut[0], cut[2]))
    return text, quotes


@settings(max_examples=500)
@given(quoted(), st.sampled_from([1, 5, search.STRETCH]))
def test_many_quotes_are_found_where_each_alone_is(drawn: tuple[str, list[Quote]], stretch: int) -> None:
    text, quotes = drawn
    alone = [occurrences(text, quote, prefix=prefix, suffix=suffix) for quote, prefix, suffix in quotes]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "STRETCH", stretch)
        assert all_occurrences(text, quotes) == alone


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix", "starts"),
    [
        ("it", "one two three four,", "", [20]),  # only the prefix has words enough to be looked up by
        ("it", "", "six seven eight nine", [20]),
        ("it", "one two three four,", "six seven eight ten", []),
        (" it", "one two three four,", "six", [19]),  # the white space is the quote's here
        ("two three four, it six", "", "", [4]),
        ("wo three four, it s", "", "", [5]),  # cut inside of words
    ],
)
def test_a_quote_is_found_by_words_in_it_or_around_it(quote: str, prefix: str, suffix: str, starts: list[int]) -> None:
    found = all_occurrences("one two three four, it six seven eight nine", [Quote(quote, prefix, suffix)])
    assert found == [tuple(Span(start, start + len(quote)) for start in starts)]


@given(st.text() | st.text("ΑΣσς ’“İK\u0307\n\xa0", max_size=12))
def test_folding_a_text_is_folding_its_letters(text: str) -> None:
    opened = (TO_CHANGE.sub(_opened, letter) for letter in unicodedata.normalize("NFC", text))
    letters = "".join(letter.lower() for letter in opened).replace("ς", "σ")
    assert fold(text) == WHITE_SPACE.sub(" ", letters.translate(TYPED)).strip(" ")


@settings(max_examples=300)
@given(
    st.lists(st.text("aAbB sſ字.", min_size=1, max_size=3).filter(str.strip), min_size=1, max_size=8),
    st.text("aAbB sſS字.,", max_size=30),
)
def test_a_name_has_the_tag_of_the_first_alias_that_is_written_so_or_fits(aliases: list[str], text: str) -> None:
    tags = tuple(Tag(f"t{number}", "", aliases=(alias,)) for number, alias in enumerate(aliases))
    ordered = sorted(tags, key=lambda tag: -len(tag.aliases[0]))
    groups = [(tag.id, tag.aliases[0]) for tag in ordered]
    named = "|".join(f"(?P<{tag}>{'(?i:' if one == one.lower() else '(?:'}{re.escape(one)}))" for tag, one in groups)
    letter = rf"[^\W{SPACELESS}]"
    found = list(re.finditer(f"(?<!{letter})(?:{named})(?!{letter})", text))
    written = [[tag for tag, alias in groups if alias in {one[0], one[0].lower()}] for one in found]
    expected = [((so or [one.lastgroup])[0], one.span()) for one, so in zip(found, written, strict=True)]
    assert [*Codebook(facets=(Facet("person", "", "", tags),)).named(text)] == expected


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return BENCH["texts"](50_000)


def test_every_annotation_of_a_long_reading_has_its_place(texts: dict[str, str]) -> None:
    reading = Reading.from_texts(texts)
    assert reading.faults == ()
    assert len(reading.passages()) == len(reading.annotations) == 500
    assert all(passage.text == passage.annotation.quote for passage in reading.passages())
    assert any(entry.quote == BENCH["REFRAIN"] for entry in reading.annotations)  # found by what is around it


def test_the_page_gets_the_whole_of_a_long_reading(texts: dict[str, str]) -> None:
    reading = Reading.from_texts(texts)
    content = content_of(reading)
    assert "\n\n".join(paragraph["text"] for paragraph in content["paragraphs"]) == reading.essay.text
    counts = {tag["id"]: tag["count"] for facet in content["facets"] for tag in facet["tags"]}
    assert counts == {tag: sum(tag in one["tags"] for one in content["passages"]) for tag in reading.codebook.tags}
    assert min(counts.values()) > 0


def test_the_nearest_of_a_lost_quote_in_a_long_text_is_the_quote_without_its_slip(texts: dict[str, str]) -> None:
    quotes = {entry.id: entry.quote for entry in Reading.from_texts(texts).annotations}
    lost = Reading.from_texts(BENCH["texts"](50_000, lost=True)).faults
    assert len(lost) == len(quotes)
    assert sum(quotes[fault.entry] in fault.message for fault in lost) >= 0.98 * len(lost)


def seconds(words: int) -> float:
    """The processor's time to open a reading of so many words; the shortest of three."""
    files = BENCH["texts"](words)
    took = []
    for _ in range(3):
        start = time.process_time()
        reading = Reading.from_texts(files)
        assert not reading.faults
        reading.segments()
        took.append(time.process_time() - start)
    return min(took)


def test_ten_times_the_text_with_ten_times_the_annotations_take_about_ten_times_as_long() -> None:
    assert seconds(200_000) < 25 * seconds(20_000)


def test_a_novel_opens_in_the_memory_that_it_may_take() -> None:
    (figures,) = BENCH["curve"]([1_000_000]).values()
    assert (figures["passages"], figures["faults"]) == (10_000, 0)
    assert figures["peak MB"] < BENCH["GOALS"]["peak MB"]

"""Where quotes stand, what is like a lost one, and how spans cut a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.anchoring.nearest import nearest
from essay_explorer.anchoring.quotes import Quote, occurrences
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.anchoring.segments import Segment, Span, cut

TEXT = "Trust is chosen, not proved. To be known is to be hurt. Perhaps it was. Perhaps not: “who knows”."


@st.composite
def spanned(draw: st.DrawFn) -> tuple[str, list[tuple[str, Span]]]:
    """A text with labelled spans on it, which may overlap, nest, touch or be empty."""
    text = draw(st.text("ab é\u0301🤖字ש", max_size=20))
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge), max_size=8))
    return text, [(f"s{number}", Span(*sorted(pair))) for number, pair in enumerate(pairs)]


def test_every_place_of_a_quote_is_found_in_text_order() -> None:
    assert occurrences("to be or not to be", "to be") == (Span(0, 5), Span(13, 18))


def test_places_that_overlap_are_all_found() -> None:
    assert occurrences("aaaa", "aa") == (Span(0, 2), Span(1, 3), Span(2, 4))


@pytest.mark.parametrize("quote", ["rows,\nviolets", "rows, violets"])
@pytest.mark.parametrize("text", ["Roses in rows,\nviolets.\n\nEnd.", "Roses in rows, violets.\n\nEnd."])
def test_a_line_break_counts_as_a_space(text: str, quote: str) -> None:
    assert occurrences(text, quote, prefix="in", suffix=".\n\nEnd") == (Span(9, 22),)
    assert all_occurrences(text, [Quote(quote, "in", ".")]) == [(Span(9, 22),)]
    assert occurrences(text, "violets.\nEnd") == ()


def test_an_empty_quote_stands_nowhere() -> None:
    assert occurrences("text", "") == ()


@pytest.mark.parametrize(
    ("prefix", "suffix", "places"),
    [
        ("was.", "", (Span(72, 79),)),
        ("hurt. ", "", (Span(56, 63),)),
        ("", "not", (Span(72, 79),)),
        ("hurt.", "it", (Span(56, 63),)),
        ("hurt.", "not", ()),
        ("nowhere", "", ()),
    ],
)
def test_prefix_and_suffix_tell_which_place_is_meant(prefix: str, suffix: str, places: tuple[Span, ...]) -> None:
    assert occurrences(TEXT, "Perhaps", prefix=prefix, suffix=suffix) == places


def test_white_space_between_quote_and_prefix_or_suffix_does_not_count() -> None:
    assert occurrences("one\n\ntwo  three", "two", prefix="one ", suffix=" three") == (Span(5, 8),)


def test_a_prefix_that_is_longer_than_the_text_before_it_finds_nothing() -> None:
    assert occurrences("one two", "one", prefix="zero") == ()


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("chosen, not prooved", "chosen, not proved"),
        ("chosen, not prooved.", "chosen, not proved."),
        ("Chosen not proved", "chosen, not proved"),
        ("to be knwon is to be hurt", "To be known is to be hurt"),
        ('not: "who knows".', "not: “who knows”."),
        ("prooved", "proved"),
        ("TRUST", "Trust"),
    ],
)
def test_the_nearest_stretch_is_as_many_words_long_as_the_quote(quote: str, found: str) -> None:
    assert nearest(TEXT, quote) == found


def test_the_nearest_stretch_of_a_long_quote_is_found() -> None:
    essay = " ".join(f"word{number} and then" for number in range(200))
    quote = essay[essay.index("word20") : essay.index(" word60")]
    assert nearest(essay, quote.replace("word42", "wort42")) == quote


def test_a_slip_in_every_other_word_of_a_long_quote_does_not_hide_it() -> None:
    words = "it is only the same old tale told to some other men at the end of one more lost day " * 5
    slips = " ".join(f"{word[:-1]}e" if at % 2 else word for at, word in enumerate(words.split()))
    assert nearest(f"So: {words.strip()}.", slips) == words.strip()


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("彼は信頼を選んだ。証明ではない。", "信頼を選んた", "信頼を選んだ"),
        ("قال إن الثقة اختيار لا برهان", "الثقه اختيار لا برهان", "الثقة اختيار لا برهان"),
        ("यह विश्वास एक चुनाव है और", "विश्वास एक चुनव है", "विश्वास एक चुनाव है"),
        ("Ça 🤖 pense, donc", "Ca 🤖 pense", "Ça 🤖 pense"),
    ],
)
def test_the_nearest_stretch_is_found_in_any_script(text: str, quote: str, found: str) -> None:
    assert nearest(text, quote) == found


@pytest.mark.parametrize("quote", ["zebra", "Quantum chromodynamics forbids this outright", "…", ""])
def test_nothing_is_near_a_quote_that_is_unlike_the_text(quote: str) -> None:
    assert nearest(TEXT, quote) == ""


def test_nothing_is_near_in_an_empty_text() -> None:
    assert nearest("", "quote") == ""


@given(st.text("ab c,.“”é字🤖\n", max_size=40), st.text("ab c,.“”é字🤖\n", max_size=15))
def test_the_nearest_stretch_stands_in_the_text(text: str, quote: str) -> None:
    assert nearest(text, quote) in text


def test_overlapping_spans_are_cut_at_every_edge() -> None:
    assert cut("abcdef", [("x", Span(1, 4)), ("y", Span(2, 5))]) == (
        Segment("a", ()),
        Segment("b", ("x",)),
        Segment("cd", ("x", "y")),
        Segment("e", ("y",)),
        Segment("f", ()),
    )


def test_labels_stand_in_the_order_in_which_their_spans_start() -> None:
    (first, second, *_) = cut("abc", [("late", Span(1, 3)), ("early", Span(0, 3))])
    assert (first.labels, second.labels) == (("early",), ("early", "late"))


def test_two_spans_of_one_label_end_one_after_the_other() -> None:
    segments = cut("abc", [("em", Span(0, 3)), ("em", Span(1, 2))])
    assert [segment.labels for segment in segments] == [("em",), ("em", "em"), ("em",)]


def test_an_empty_span_cuts_nothing() -> None:
    assert cut("abc", [("x", Span(1, 1))]) == (Segment("abc", ()),)


def test_an_empty_text_has_no_segments() -> None:
    assert cut("", []) == ()


@pytest.mark.parametrize("span", [Span(-1, 2), Span(2, 1), Span(0, 4)])
def test_a_span_that_leaves_the_text_is_named(span: Span) -> None:
    expected = rf"a07: \[{span.start}, {span.end}\) leaves the text, which has 3 code points"
    with pytest.raises(ValueError, match=expected):
        cut("abc", [("a07", span)])


@given(spanned())
def test_segments_joined_are_the_text(drawn: tuple[str, list[tuple[str, Span]]]) -> None:
    text, spans = drawn
    assert "".join(segment.text for segment in cut(text, spans)) == text


@given(spanned())
def test_each_segment_carries_the_spans_that_lie_on_all_of_it(
    drawn: tuple[str, list[tuple[str, Span]]],
) -> None:
    text, spans = drawn
    at = 0
    for segment in cut(text, spans):
        end = at + len(segment.text)
        assert sorted(segment.labels) == sorted(name for name, (a, b) in spans if a <= at and end <= b)
        assert not any(at < edge < end for _, (a, b) in spans if a < b for edge in (a, b))
        assert segment.text
        at = end

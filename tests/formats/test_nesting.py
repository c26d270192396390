"""What blocks of a page stand in: quotations with those who are quoted, and lists however they are numbered."""

from __future__ import annotations

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.formats.webpage import from_html


def shape(page: str) -> list[str]:
    """Each block of the essay that a page becomes, behind the signs of what it stands in."""
    essay = Essay.from_markdown(from_html(page).essay("x"))
    made = []
    for block in essay.blocks:
        signs = (
            f"{frame.number}>" if frame.kind == "quotation" else frame.marker if frame.kind == "item" else ""
            for frame in block.frames
        )
        made.append(" ".join(filter(None, (*signs, essay.text[slice(*block.span)] or block.kind))))
    return made


SAID = "<p>Light is a guest.</p>"


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        (f"<blockquote>{SAID}<footer>Mary Oliver, <cite>Lamps</cite></footer></blockquote>", "Mary Oliver, Lamps"),
        (f"<blockquote>{SAID}<cite>Mary Oliver</cite></blockquote>", "Mary Oliver"),
        ("<blockquote>Light is a guest.<br><br>— Mary Oliver</blockquote>", "— Mary Oliver"),
        (
            f"<figure><blockquote>{SAID}</blockquote><figcaption>— Mary, <cite>Lamps</cite></figcaption></figure>",
            "— Mary, Lamps",
        ),
        (f"<figure><blockquote>{SAID}</blockquote><figcaption>Mary Oliver</figcaption></figure>", "Mary Oliver"),
        (f'<section class="epigraph"><blockquote>{SAID}<cite>Mary</cite></blockquote></section>', "Mary"),
        (f"<blockquote>{SAID}</blockquote><p>—Mary Oliver</p>", "—Mary Oliver"),
        (f"<blockquote>{SAID}</blockquote><p>-- <i>Mary Oliver</i></p>", "-- Mary Oliver"),
        (f'<blockquote>{SAID}</blockquote><p class="quote-author">Mary Oliver</p>', "Mary Oliver"),
    ],
)
def test_who_is_quoted_stands_in_the_quotation(quotation: str, source: str) -> None:
    assert shape(f"<p>One.</p>{quotation}<p>Two.</p>") == ["One.", "1> Light is a guest.", f"1> {source}", "Two."]


@pytest.mark.parametrize(
    "below",
    ["<p>— Yes, he said.</p>", "<p>— Why?</p>", "<p>Mary Oliver</p>", "<hr><p>— Mary</p>", "<p>x</p><p>— Mary</p>"],
)
def test_what_follows_a_quotation_is_none_of_it(below: str) -> None:
    quoted = [block for block in shape(f"<blockquote>{SAID}</blockquote>{below}") if block.startswith("1>")]
    assert quoted == ["1> Light is a guest."]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>a</p><p>b</p>", ["1> a", "1> b"]),
        ("a<br>b<p>c<br>d</p>", ["1> a\nb", "1> c\nd"]),
        ("<p>a</p><blockquote><p>b<p>c</blockquote><p>d</p>", ["1> a", "1> 2> b", "1> 2> c", "1> d"]),
        ("<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>", ["1> a", "1> - b", "1> - c", "1> d"]),
        ("<p>a</p><hr><pre><code>x\n\ny</code></pre>", ["1> a", "1> rule", "1> x\ny"]),
        ("a<table><tr><td>b<td>c<tr><td>d<td>e</table>f", ["1> a", "1> b\tc", "1> d\te", "1> f"]),
    ],
)
def test_all_of_a_quotation_is_one(page: str, blocks: list[str]) -> None:
    assert shape(f"<blockquote>{page}</blockquote><blockquote>x</blockquote>")[:-1] == blocks


def test_two_quotations_stay_two() -> None:
    assert shape("<blockquote>a</blockquote><blockquote>b</blockquote>") == ["1> a", "2> b"]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<ol><li><blockquote><p>a<p>b</blockquote><li>c</ol>", ["1. 3> a", "1. 3> b", "2. c"]),
        ("<ol><li><ul><li>a<li>b</ul><li>c</ol>", ["1. - a", "1. - b", "2. c"]),
        ("<ol><li>a<ol type=a><li>b<li>c</ol>d</ol>", ["1. a", "1. a. b", "1. b. c", "1. d"]),
    ],
)
def test_an_entry_may_begin_with_what_holds_others(page: str, blocks: list[str]) -> None:
    assert shape(page) == blocks


@pytest.mark.parametrize(
    ("given", "blocks"),
    [
        ("start=0", ["0. x", "1. y"]),
        ("start=-1", ["- −1. x", "0. y"]),
        ("start=' 7 '", ["7. x", "8. y"]),
        ("start=many", ["1. x", "2. y"]),
        ("type=a", ["a. x", "b. y"]),
        ("type=A start=26", ["Z. x", "AA. y"]),
        ("type=i start=8", ["viii. x", "ix. y"]),
        ("type=I start=1999", ["MCMXCIX. x", "MM. y"]),
        ("style='list-style-type: lower-latin'", ["a. x", "b. y"]),
        ("style='list-style: upper-roman inside'", ["I. x", "II. y"]),
        ("style='list-style:none'", ["- x", "- y"]),
        ("reversed", ["2. x", "1. y"]),
        ("reversed='' start=10", ["10. x", "9. y"]),
        ("class='reversed'", ["1. x", "2. y"]),
    ],
)
def test_the_numbers_of_a_list_are_those_that_its_page_shows(given: str, blocks: list[str]) -> None:
    assert shape(f"<ol {given}><li>x</li><li>y</li></ol>") == blocks


def test_a_list_numbered_backwards_counts_its_own_entries() -> None:
    inner = "<ul><li>a</li><li>b</li></ul><ol reversed><li>c</li></ol>"
    assert shape(f"<ol reversed><li>x{inner}</li><li value=7>y</li><li>z") == [
        "3. x", "3. - a", "3. - b", "3. 1. c", "7. y", "6. z"
    ]  # fmt: skip


def test_a_list_right_below_another_one_keeps_its_first_number() -> None:
    made = from_html(
        "<ol><li>a</ol><ol><li>b</ol><ol><li>c<ol><li>x</ol><ol><li>y</ol><li>d</ol><ol start=3><li>e</ol>"
    )
    essay = Essay.from_markdown(made.essay("x"))
    markers = [block.frames[-1].marker.rstrip(".)") for block in essay.blocks]
    assert list(zip(markers, essay.text.split("\n\n"), strict=True)) == [
        ("1", "a"), ("1", "b"), ("1", "c"), ("1", "x"), ("1", "y"), ("2", "d"), ("3", "e"),
    ]  # fmt: skip

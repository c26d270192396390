"""Where quotes that come from elsewhere belong: found, found again, or named."""

from __future__ import annotations

import json
import random
import unicodedata

import pytest

from essay_explorer import Reading, ReadingError, open_reading
from essay_explorer.anchoring.quotes import occurrences
from essay_explorer.anchoring.segments import Span
from essay_explorer.exchange import imported
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.placement import placed

LAMP = (
    "Roses wait in rows,\nviolets in tens,\nnobody knows\nwhen it ends.\n\n"
    "Prose again: the lamp stood in the café. It is here. It was difficult. Donaudampf. It is here."
)
EMOJI = "😀😀 A lamp is here. Nothing more. A lamp is here. 👩‍👩‍👧 The end, a lamp."


def places(text, *marks):
    """(state, quote, where it stands) of each mark, and what was reported."""
    found = []
    moves = placed(text, marks, file="x.json", report=found.append)
    return [(move.state, move.anchored) for move in moves], [str(one) for one in found]


@pytest.mark.parametrize(
    ("quote", "state", "expected"),
    [
        ("rows,violets in tens", "changed", "rows, violets in tens"),  # a line break that a browser leaves out
        ("when it ends.Prose again", "changed", "when it ends.\n\nProse again"),
        ("when it ends.\n\n   Prose again", "exact", "when it ends.\n\nProse again"),
        ("lamp\xa0stood", "exact", "lamp stood"),
        ("ROSES WAIT", "changed", "Roses wait"),
        ("cafe\u0301", "exact", "café"),
        ("di\ufb03cult", "changed", "difficult"),
        ("Donau\xaddampf", "changed", "Donaudampf"),
        ("the lamb stood in the café", "changed", "the lamp stood in the café"),
        ("nothing of the kind", "lost", "nothing of the kind"),
    ],
)
def test_a_quote_as_a_browser_gives_it_is_found(quote, state, expected) -> None:
    mark = Incoming(1, "A1", unicodedata.normalize("NFC", quote))
    [(found, anchored)], said = places(LAMP, mark)
    assert (found, anchored.exact) == (state, expected)
    assert [line.startswith(f"x.json (A1): annotation 1: {state}") for line in said] == [True] * (state != "exact")


def test_of_equal_places_without_a_hint_none_is_taken_and_it_is_reported() -> None:
    [(state, anchored)], said = places(LAMP, Incoming(1, "a", "It is here."))
    assert (state, anchored.prefix) == ("lost", "")
    assert said == ['x.json (a): annotation 1: lost, and kept as it was: "It is here.": another place is as good. Nearest: "It is here.". Copy the passage again']  # fmt: skip


@pytest.mark.parametrize("off", [0, 7, -2, 4_000])
def test_a_position_that_is_off_tells_equal_places_by_those_that_are_known(off) -> None:
    """As in a web page, where a menu stands before the text."""
    first, second = LAMP.index("It is here."), LAMP.rindex("It is here.")
    sure = LAMP.index("the lamp stood")

    def mark(number, quote, at):
        return Incoming(number, "", quote, elsewhere=Span(at + off, at + off + len(quote)))

    made, said = places(LAMP, mark(1, "the lamp stood", sure), mark(2, "It is here.", second), mark(3, "It is here.", first))  # fmt: skip
    assert [state for state, _ in made] == ["exact"] * 3
    texts = [f"{quote.prefix} {quote.exact} {quote.suffix}" for _, quote in made[1:]]
    assert "Donaudampf" in texts[0]
    assert "café" in texts[1] or "It was" in texts[1]
    assert [line.partition("; ")[2] for line in said] == ["its position says place 2 of 2", "its position says place 1 of 2"]  # fmt: skip


def test_positions_in_other_units_are_read_as_such() -> None:
    utf_16 = [Incoming(1, "r0", "A lamp is here.", position=Span(5, 20)), Incoming(2, "r1", "A lamp is here.", position=Span(35, 50)), Incoming(3, "r2", "The end", position=Span(60, 67))]  # fmt: skip
    made, said = places(EMOJI, *utf_16)
    assert [(state, quote.prefix) for state, quote in made] == [
        ("exact", "😀😀"),
        ("exact", "Nothing more."),
        ("exact", ""),
    ]
    assert said == ["x.json: its positions count UTF-16 code units, not code points; they are read that way"]
    at = len(EMOJI[: EMOJI.rindex("A lamp")].encode())
    made, said = places(EMOJI, Incoming(1, "r1", "A lamp is here.", position=Span(at, at + 15)))
    assert made[0][1].prefix == "Nothing more."
    assert said == ["x.json: its positions count bytes of UTF-8, not code points; they are read that way"]


def test_a_short_quote_among_foreign_words_is_lost_and_a_long_one_is_reported() -> None:
    [(state, anchored)], said = places(LAMP, Incoming(1, "a", "lamp", "under the", "there was a mouse"))
    assert (state, anchored.prefix) == ("lost", "under the")
    assert "the words around it are not those in the file" in said[0]
    long = "the lamp stood in the café. It is here."
    [(state, anchored)], said = places(
        LAMP, Incoming(1, "a", long, "of the many things that he", "and he wept bitterly")
    )
    assert (state, anchored.exact, anchored.prefix) == ("moved", long, "")
    assert said == [f'x.json (a): annotation 1: moved: "{long}": the words around it are not those in the file']


def test_a_foreign_prefix_is_no_reason_to_take_one_of_equal_places() -> None:
    """The last letters of the prefix are those before the second place, by chance."""
    [(state, _)], _ = places(LAMP, Incoming(1, "a", "It is here.", "and nobody took a whiff", "so they went home"))
    assert state == "lost"


@pytest.mark.parametrize("text", ["an an an", "no, no, no", "a a", "ab ab ab ab ab."])
def test_a_position_in_the_shortest_text_gets_what_tells_it(text) -> None:
    word = text[:2].strip()
    at = text.rindex(word)
    found = []
    item = {"id": "q", "target": {"selector": [{"type": "TextQuoteSelector", "exact": word}, {"type": "TextPositionSelector", "start": at, "end": at + len(word)}]}}  # fmt: skip
    made = Reading.from_texts(imported(json.dumps([item]).encode(), {"essay.md": text}, file="x.jsonld", report=found.append))  # fmt: skip
    assert [passage.start for passage in made.passages()] == [at]
    assert found == []


def test_a_file_of_another_essay_is_refused_with_its_title_and_nothing_written() -> None:
    quotes = ["He who has a why to live", "That which does not kill us", "Without music life would be"]
    items = [{"id": str(number), "target": {"selector": {"type": "TextQuoteSelector", "exact": quote}}} for number, quote in enumerate(quotes)]  # fmt: skip
    page = {"label": "Twilight", "first": {"items": items}}
    with pytest.raises(
        ReadingError,
        match=r'x\.jsonld: none of its 3 quotes can be found in "Lamp"\. It is a file of "Twilight"\. Nothing was written',
    ):
        imported(
            json.dumps(page).encode(), {"essay.md": f"---\ntitle: Lamp\n---\n\n{LAMP}"}, file="x.jsonld", report=str
        )


def test_hardly_any_quote_of_the_essay_is_missed_as_a_browser_gives_it() -> None:
    """Each sentence of *Her* without the white space between blocks, in capitals, with other hyphens and quotes."""
    essay = open_reading("her").essay
    quotes = [essay.text[start:end] for start, end in essay.sentences()]
    spoilt = [quote.upper() if at % 3 else quote.replace(" ", "\u00a0").replace("e", "e\u00ad") for at, quote in enumerate(quotes)]  # fmt: skip
    made, _ = places(essay.text, *(Incoming(at, "", quote) for at, quote in enumerate(spoilt)))
    assert [quote.exact for _, quote in made] == quotes


@pytest.mark.parametrize("share", [0.02, 0.1, 0.25])
def test_between_two_editions_each_quote_stands_in_its_own_sentence_or_is_named(share) -> None:
    """Each sentence of *Her*, of which some words were changed, left out or put in since it was marked."""
    essay, dice = open_reading("her").essay, random.Random(9)
    sentences = essay.sentences()
    marks, own, edition = [], [], ""
    for number, (start, end) in enumerate(sentences, 1):
        words = [word for old in essay.text[start:end].split() for word in edited(old, dice, share)]
        own.append(Span(len(edition), len(edition) + len(" ".join(words))))
        edition += " ".join(words) + ("\n\n" if essay.text[end : end + 2] == "\n\n" else " ")
        before, after = essay.text[max(start - 32, 0) : start], essay.text[end : end + 32]
        marks.append(Incoming(number, f"s{number}", essay.text[start:end], before, after))
    made, found = places(edition, *marks)
    named = {fault.partition("(")[2].partition(")")[0] for fault in found}
    assert named == {mark.name for mark, (state, _) in zip(marks, made, strict=True) if state != "exact"}
    for mark, (state, quote), home in zip(marks, made, own, strict=True):
        if state == "exact":
            assert quote.exact == mark.quote
        if state != "lost":
            (span,) = occurrences(edition, quote.exact, prefix=quote.prefix, suffix=quote.suffix)
            assert min(span.end, home.end) - max(span.start, home.start) > 0.5 * (span.end - span.start)
    assert sum(state != "lost" for state, _ in made) > 0.9 * len(marks)


def edited(word, dice, share):
    """The words that stand in the place of one in a new edition."""
    if dice.random() > share:
        return [word]
    return dice.choice([[], [word[::-1]], [word, "indeed"], ["another"]])


MARKED_UP = (
    "Fish & chips are Tom’s “dish”… It isn't dear. One <i>stays</i> and &amp; too.\n\nTrust is chosen, not proved."
)


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("Fish &#38; chips are Tom&#8217;s &ldquo;dish&rdquo;&hellip;", "Fish & chips are Tom’s “dish”…"),
        ("It isn&#x27;t&nbsp;dear.", "It isn't dear."),
        ("<em>Trust</em> is <b class='x'>chosen</b>", "Trust is chosen"),
        ("Tom’s<br/>“dish”", "Tom’s “dish”"),
        ("One <i>stays</i> and &amp; too.", "One <i>stays</i> and &amp; too."),  # the text says so itself
        ("Fish & chips", "Fish & chips"),
    ],
)
def test_html_in_a_quote_is_read_as_the_letters_that_it_stands_for(quote: str, stands: str) -> None:
    told: list[str] = []
    sides = Incoming(1, "one", quote), Incoming(2, "two", "chips", prefix="Fish &amp; ", suffix=" are Tom&#8217;s")
    first, second = placed(MARKED_UP, sides, file="in.csv", report=lambda fault: told.append(str(fault)))
    assert (first.state, first.anchored.exact) == ("exact", stands)
    assert second.state == "exact"
    assert told == []

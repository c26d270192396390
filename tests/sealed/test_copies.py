"""Somebody's own copy, with all that copies suffer, makes the reading that was sealed."""

import random
import re
import time
import unicodedata
from bisect import bisect_left, bisect_right
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.essay import Essay
from essay_explorer.core.reading import Reading
from essay_explorer.library.sealed_sets import sealed_sets
from essay_explorer.sealed.copies import attach, recognise
from essay_explorer.sealed.fitting import fitted
from essay_explorer.sealed.paragraphs import markdown_blocks, paragraphs_of
from essay_explorer.sealed.sealed_set import word_fingerprint
from essay_explorer.sealed.sealing import _key, seal
from essay_explorer.sealed.wording import Wording
from tales import HER, IN_PAIR, LITTER, PAIR, PARAGRAPHS, PASSAGES, SEALED, TALE, small, spoilt, story

REVIEW = Path(__file__).parents[3] / "shared" / "review"


def opened(made):
    """The reading that was made; it has no faults."""
    reading = Reading.from_texts(made.texts, name=made.name)
    assert [str(fault) for fault in reading.faults] == []
    return reading


def same_words(one, other):
    return Wording.of(one).words == Wording.of(other).words


def test_a_copy_that_is_the_text_makes_the_same_reading():
    made = attach(HER.essay, SEALED)
    reading = opened(made)
    assert len(made.exact) == len(PASSAGES) == 67
    assert made.left_out == made.changed == made.lost == ()
    assert [(passage.id, passage.text, passage.tags) for passage in reading.passages()] == [
        (passage.id, passage.text, passage.tags) for passage in PASSAGES
    ]
    assert (reading.essay.text, reading.essay.emphasis) == (HER.essay.text, HER.essay.emphasis)
    assert reading.codebook == HER.codebook
    assert [(entry.source, entry.kind, entry.target, entry.note) for entry in reading.relations] == [
        (entry.source, entry.kind, entry.target, entry.note) for entry in HER.relations
    ]
    assert reading.essay.title == HER.essay.title
    assert str(made) == "67 of 67 passages attached: 67 exactly, 0 after a small change."


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
        lambda text: text.replace(" – ", "—").replace("–", "--"),
        str.upper,
        lambda text: text.replace("\n\n", "\r\n\r\n"),
        lambda text: re.sub(r"((?:\S+ ){9})", r"\1\n", text),
        lambda text: re.sub(r"([a-z]{3})([a-z]{3})", "\\1\u00ad\\2", text),
        lambda text: re.sub(r"(.{49}[a-z])(?=[a-z])", r"\1-\n", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(". ", ".  "),
        lambda text: text.replace("\n\n", "\n"),
    ],
)
def test_whatever_its_type_every_passage_attaches_exactly(change):
    made = attach(change(HER.essay.text), SEALED)
    opened(made)
    assert len(made.exact) == 67


def texts_of(order, dropped, litter):
    """A copy: the paragraphs in that order without some, litter between them."""
    copy = []
    for at, number in enumerate(order):
        copy += [LITTER[kind] for place, kind in litter if place == at]
        copy += [PARAGRAPHS[number]] * (number not in dropped)
    return "\n\n".join([*copy, LITTER[2]])


NUMBERS = st.integers(0, len(PARAGRAPHS) - 1)


@pytest.mark.slow
@given(
    order=st.permutations(range(len(PARAGRAPHS))) | st.just(list(range(len(PARAGRAPHS)))),
    dropped=st.sets(NUMBERS, max_size=8),
    litter=st.lists(st.tuples(NUMBERS, st.integers(0, len(LITTER) - 1)), max_size=6),
)
@settings(max_examples=60)
def test_every_passage_of_every_paragraph_that_is_there_attaches_exactly(order, dropped, litter):
    made = attach(texts_of(order, dropped, litter), SEALED)
    there = {passage.id: passage for passage in PASSAGES if passage.paragraph - 1 not in dropped}
    # The last paragraph is short and shares its part with the one before: alone it may stay closed.
    sure = {
        entry
        for entry, passage in there.items()
        if passage.paragraph < len(PARAGRAPHS) or len(PARAGRAPHS) - 2 not in dropped
    }
    assert sure <= set(made.exact) <= set(there)
    assert not made.changed
    if made.exact:
        for passage in opened(made).passages():
            assert passage.text == there[passage.id].text


@pytest.mark.slow
@given(
    st.integers(0, 10**6),
    st.sampled_from([0.005, 0.02, 0.05, 0.1]),
    st.sampled_from(["replace", "drop", "insert", "mixed"]),
)
@settings(max_examples=80)
def test_among_typos_no_passage_comes_to_a_wrong_place(seed, share, kind):
    copy, origin = spoilt(random.Random(seed), share, kind)
    made = attach(copy, SEALED)
    words = [match.start() for match in re.finditer(r"\S+", HER.essay.text)]
    own = {passage.id: passage for passage in PASSAGES}
    reading = opened(made)
    text, passages = reading.essay.text, reading.passages()
    assert (made.left_out, len(text.split())) == ((), len(origin))
    for passage in passages:
        mine = own[passage.id]
        first = origin[len(re.findall(r"\S+", text[: passage.start + 1])) - 1]
        last = origin[len(re.findall(r"\S+", text[: passage.end])) - 1]
        expected = bisect_right(words, mine.start) - 1, bisect_left(words, mine.end) - 1
        slack = 3 + (expected[1] - expected[0]) // 3  # a word that was lost may stand before the passage too
        assert abs(first - expected[0]) <= slack, (passage.text, mine.text)
        assert abs(last - expected[1]) <= slack, (passage.text, mine.text)
        if passage.id in made.exact:
            assert same_words(passage.text, mine.text)
    if share == 0.005:
        assert len(made.lost) <= 3
    elif share == 0.02:
        assert len(made.lost) <= 12


def test_a_small_change_is_reported_with_the_words_of_the_copy():
    entry = PASSAGES[5]
    assert entry.text == "The questions are laid on the table, and nobody picks them up."
    copy = HER.essay.text.replace("laid on the table, and nobody", "put on the table, but nobody")
    made = attach(copy, SEALED)
    assert made.changed == ((entry.id, "The questions are put on the table, but nobody picks them up."),)
    assert made.lost == ()
    assert "67 of 67 passages attached: 66 exactly, 1 after a small change.\na06, changed:" in str(made)


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        ("The questions are laid", "All questions are laid"),
        ("picks them up.", "picks them off."),
        ("The questions are laid", "The many questions are laid"),
        ("nobody picks them up.", "nobody picks them all up."),
        ("The questions are laid", "Questions are laid"),
    ],
)
def test_a_passage_keeps_its_ends_when_they_change(own, theirs):
    made = attach(HER.essay.text.replace(own, theirs), SEALED)
    whole = "The questions are laid on the table, and nobody picks them up.".replace(own, theirs)
    assert dict(made.changed).get("a06") == whole


def alike(sealed, entry, word):
    """Another word with the same eight bits as one of a passage."""
    (part, *_) = [part for part in sealed.parts if part.at <= entry.at < part.at + part.words]
    wording = Wording.of(SOLO)
    key = _key(wording, part.at, part.words)
    wanted = word_fingerprint(key, entry.id, word)
    return next(one for one in (f"chance{number}" for number in range(10_000)) if word_fingerprint(key, entry.id, one) == wanted)  # fmt: skip


SOLO = f"{story(0, 40)} nobody ever picks them up again {story(40, 40)}"


@pytest.mark.parametrize("quote", ["nobody ever picks them up again", "nobody", "them up"])
@pytest.mark.parametrize("moved", [0, 3])
def test_a_word_that_was_changed_to_one_with_an_equal_print_is_a_change(quote, moved):
    """One word in 256 has the same print; that its passage stands more than once was said of it."""
    sealed = small(SOLO, f"a1,{quote},,,trust\n")
    (entry,) = sealed.annotations
    word = quote.split()[0]
    other = alike(sealed, entry, word)
    copy = SOLO.replace(quote, quote.replace(word, other)).replace("word39", "word39" + " more" * moved)
    made = attach(copy, sealed)
    assert made.exact == ()
    if moved and entry.words < 5:
        assert set(dict(made.changed).values()) | {reason for _, reason in made.lost} <= {f"more {quote.replace(word, other)}", quote.replace(word, other), "its words occur more than once near its place", "other words are in its place"}  # fmt: skip
    else:
        assert made.changed == (("a1", quote.replace(word, other)),)


def test_a_passage_of_which_little_is_left_is_lost():
    copy = HER.essay.text.replace(
        "The questions are laid on the table, and nobody picks them up.", "He asks, we wait, and so it goes on and on."
    )
    made = attach(copy, SEALED)
    assert made.lost == (("a06", "other words are in its place"),)
    assert "a06, lost: other words are in its place" in str(made)
    assert "a06" not in made.texts["annotations.csv"] + made.texts["relations.csv"]


def test_a_repeated_quote_is_placed_by_its_neighbours():
    sealed = small(TALE, "a1,who can say,,word60,trust\na2,who can say,,word180,trust\n")
    made = attach("Who can say?\n\n" + TALE + "\n\nWho can say?", sealed)
    one, other = opened(made).passages()
    assert (one.id, one.paragraph, other.id, other.paragraph) == ("a1", 1, "a2", 2)
    assert len(made.exact) == 2


def test_a_repeated_quote_whose_place_is_gone_is_lost():
    sealed = small(TALE, "a1,who can say,,word60,trust\na2,who can say,,word180,trust\n")
    made = attach(TALE.replace("who can say word60", "word60"), sealed)
    assert made.exact == ("a2",)
    assert made.lost == (("a1", "other words are in its place"),)
    assert opened(made).passages()[0].paragraph == 2


def test_a_repeated_quote_is_not_taken_from_where_its_own_place_might_be():
    sealed = small(TALE, "a1,who can say,,word60,trust\na2,who can say,,word180,trust\n")
    made = attach(story(0, 50) + " and ten more words that no one wrote before who can say the rest", sealed)
    assert dict(made.lost)["a1"] == "its words occur more than once near its place"


@pytest.mark.parametrize(
    ("own", "theirs", "exact"),
    [
        ("who can say one two three", "three", ()),
        ("who can say one", "he would not one", ("a2",)),
        ("three who can say", "three he would not", ("a1",)),
    ],
)
def test_one_of_two_quotes_side_by_side_is_not_taken_for_the_other(own, theirs, exact):
    made = attach(PAIR.replace(own, theirs), small(PAIR, IN_PAIR))
    assert made.exact == exact
    assert made.changed == ()
    assert {reason for _, reason in made.lost} <= {
        "its words occur more than once near its place",
        "other words are in its place",
    }


def test_a_passage_that_changed_at_the_start_of_a_moved_paragraph_is_found():
    one, other = story(0, 60), "Who may say that? " + story(60, 60)
    made = attach(
        f"They may say that? {story(60, 60)}\n\n{one}", small(f"{one}\n\n{other}", "a1,Who may say that?,,,trust\n")
    )
    assert made.changed == (("a1", "They may say that?"),)


def test_a_changed_passage_is_not_taken_from_a_comment_that_quotes_it():
    quote = "The questions are laid on the table, and nobody picks them up."
    made = attach(HER.essay.text.replace("nobody picks", "nobody takes") + f"\n\nAnna says: {quote} True!", SEALED)
    assert made.changed == (("a06", quote.replace("nobody picks", "nobody takes")),)


def test_a_short_quote_is_not_taken_from_the_litter():
    sealed = small(story(0, 60) + " who can say " + story(60, 60), "a1,who can say,,,trust\n")
    made = attach(story(0, 120) + "\n\nWho can say what you will read next?", sealed)
    assert made.lost == (("a1", "other words are in its place"),)


def test_a_text_that_stands_twice_is_reported_and_nothing_is_guessed():
    made = attach(HER.essay.text + "\n\n" + HER.essay.text, SEALED)
    assert not made.exact
    assert {reason for _, reason in made.lost} == {
        "this part of the text occurs more than once in the copy; delete one of them"
    }


def test_a_teaser_before_the_text_takes_no_passage_away():
    made = attach(" ".join(HER.essay.text.split()[:120]) + " ... Read more\n\n" + HER.essay.text, SEALED)
    assert len(made.exact) == 67
    assert opened(made).passages()[0].paragraph == 1
    assert len(made.left_out) == 1


def test_a_missing_refrain_is_not_taken_from_another_verse():
    refrain = story(500, 40)
    text = "\n\n".join([story(0, 60), refrain + " once", story(100, 60), refrain + " twice", story(200, 60)])
    sealed = small(text, "a1,word510 word511,word509,word512 " + story(513, 27) + " once,trust\n"
                         "a2,word510 word511,word509,word512 " + story(513, 27) + " twice,trust\n")  # fmt: skip
    assert attach(text, sealed).exact == ("a1", "a2")
    made = attach(text.replace(refrain + " twice", ""), sealed)
    assert made.exact == ("a1",)
    assert [entry for entry, _ in made.lost] == ["a2"]


def test_what_surely_is_no_part_of_the_text_is_left_out():
    made = attach(
        "\n\n".join(["Site", "Menu", *PARAGRAPHS[:3], "An advertisement", *PARAGRAPHS[3:], "Comments"]), SEALED
    )
    assert made.left_out == ("Site", "Menu", "Comments")
    assert "An advertisement" in opened(made).essay.text


def test_what_may_be_part_of_the_text_stays_unless_it_is_unwanted():
    copy = "\n\n".join(["Site", "Menu", *PARAGRAPHS[1:-1], "Comments"])
    assert attach(copy, SEALED).left_out == ()
    made = attach(copy, SEALED, trim=True)
    assert made.left_out == ("Site", "Menu", "Comments")
    assert opened(made).essay.text == "\n\n".join(PARAGRAPHS[1:-1])


def test_a_first_line_that_is_short_is_kept():
    sealed = small("Was it real\n\n" + story(0, 60), "a1,Was it real,,,trust\n")
    made = attach("Was it real\n\n" + story(0, 60), sealed)
    assert opened(made).passages()[0].text == "Was it real"


def test_a_quote_that_starts_within_a_word_and_one_with_signs_keep_their_edges():
    text = story(0, 30) + " (an ultra-intelligent mind, after all) “so it goes.” " + story(30, 30)
    sealed = small(
        text,
        'a1,intelligent mind,,,trust\na2,"(an ultra-intelligent mind, after all)",,,trust\na3,“so it goes.”,,,trust\n',
    )
    assert [passage.text for passage in opened(attach(text, sealed)).passages()] == [
        "(an ultra-intelligent mind, after all)",
        "intelligent mind",
        "“so it goes.”",
    ]
    straight = text.replace("“", '"').replace("”", '"')
    assert opened(attach(straight, sealed)).passages()[2].text == '"so it goes."'


def test_the_emphasis_of_a_copy_is_kept():
    made = attach(Essay.from_markdown(HER.essay.text.replace("trust", "*trust*").replace("mind", "**mind**")), SEALED)
    assert {kind for kind, _ in opened(made).essay.emphasis} == {"em", "strong"}
    assert len(made.exact) == 67


TABLED = """Before the table stand enough words of its own to know them again wherever they are: one, two, three, four.

| Year | Film of *that* year |
|:--|--:|
| 2013 | Her, about a voice that nobody can see \\| or touch, and a man who writes letters for other people |
| 1982 | Blade Runner, about eyes, and about photographs that somebody else has taken of a life never lived |

```
def trust(other):

    return chosen(other)  and  not  proved(other)
```

![A lamp beside a window, and no one who reads by its light, though it is late](lamp.png)

After all of this stand words enough again, so that what comes last is known by more than by what it follows.
"""


@pytest.mark.parametrize("before", ["", "Menu\n\n"])
def test_tables_code_and_pictures_of_a_copy_are_kept(before):
    rows = "id,quote,theme\na1,Her,t\na2,not  proved,t\na3,no one who reads,t\na4,Blade Runner,t\n"
    book = "facets:\n- {id: theme, tags: [{id: t}]}\n"
    reading = Reading.from_texts({"essay.md": TABLED, "codebook.yml": book, "annotations.csv": rows})
    assert reading.faults == ()
    made = attach(Essay.from_markdown(before + TABLED), seal(reading))
    again = opened(made)
    assert (again.essay.text, again.essay.emphasis) == (reading.essay.text, reading.essay.emphasis)
    assert len(made.exact) == len(rows.splitlines()) - 1
    shapes = [[(block.kind, block.columns, block.header, block.gaps, block.indents, block.pictures) for block in one.essay.blocks] for one in (again, reading)]  # fmt: skip
    assert shapes[0] == shapes[1]


def test_a_table_without_its_first_rows_is_one():
    essay = Essay.from_markdown("> |a|b|\n> |-|-|\n> |c|d|\n> |e|f|\n")
    _, *rows = paragraphs_of(essay)
    again = Essay.from_markdown("\n\n".join(markdown_blocks(rows)))
    assert [(block.kind, block.header, block.frames[0].kind) for block in again.blocks] == [
        ("row", False, "quotation")
    ] * 2
    assert again.text == "c\td\n\ne\tf"


def test_the_blocks_of_a_copy_are_kept():
    first, second, third, *rest = PARAGRAPHS
    source = "\n\n".join([f"> {first}\n\n## Part C\\#", f"5. {second}\n\n   {third}", *rest])
    essay = opened(attach(Essay.from_markdown(source), SEALED)).essay
    kinds = [block.kind for block in essay.blocks]
    assert kinds[:3] == ["quotation", "heading", "list item"]
    assert essay.blocks[2].frames[-1].marker == "5."
    assert essay.text == Essay.from_markdown(source).text


def test_signs_of_markdown_and_markup_stay_signs():
    litter = "<script>alert(1)</script> *so* _it_ `is` [a](b) &amp; 1. # > ---"
    made = attach("\n\n".join([PARAGRAPHS[0], litter, *PARAGRAPHS[1:]]), SEALED)
    assert litter in opened(made).essay.text


@pytest.mark.slow
@given(st.lists(st.text(max_size=30), max_size=8))
@settings(max_examples=80)
def test_any_copy_makes_a_reading_without_faults(pieces):
    copy = "\n\n".join([*pieces, *PARAGRAPHS[:2], *pieces, PARAGRAPHS[2]])
    made = attach(copy, SEALED)
    reading = opened(made)
    texts = {passage.id: passage.text for passage in reading.passages()}
    assert set(texts) == set(made.exact) | {entry for entry, _ in made.changed}
    for passage in PASSAGES:
        if passage.id in made.exact:
            assert texts[passage.id] == passage.text


def test_a_set_is_recognised_among_several():
    other = small(TALE, "a1,word3 word4,,,trust\n")
    assert recognise("Menu\n\n" + HER.essay.text, [other, SEALED]) is SEALED
    assert recognise(TALE, [other, SEALED]) is other
    assert recognise("\n\n".join(PARAGRAPHS[3:6]) + "\n\n" + TALE, [SEALED, other]) is SEALED
    assert recognise("\n\n".join(PARAGRAPHS[3:6]) + "\n\n" + TALE, [other, SEALED]) is SEALED
    assert recognise("Something else altogether. " * 30, [other, SEALED]) is None
    assert recognise("", [other, SEALED]) is None
    assert recognise(HER.essay.text, []) is None


def test_a_text_that_is_not_recognised_loses_all_and_breaks_nothing():
    made = attach("Something else.", SEALED)
    assert len(made.lost) == 67
    assert opened(made).essay.text == "Something else."
    assert "annotations.csv" not in made.texts


@pytest.mark.slow
def test_a_copy_of_a_novels_length_takes_seconds():
    """Linear: eight times the words take eight times as long or so, not 64 times."""
    dice = random.Random(7)
    words = HER.essay.text.split()

    def seconds(count):
        litter = "\n\n".join(" ".join(dice.choices(words, k=100)) for _ in range(count // 200))
        started = time.process_time()
        assert recognise(litter + "\n\n" + HER.essay.text + "\n\n" + litter, [SEALED]) is SEALED
        return time.process_time() - started

    short, long = seconds(50_000), seconds(400_000)
    assert long < 24 * short
    assert long < 20


@pytest.mark.parametrize(
    ("given_", "expected", "edits", "found"),
    [
        ("xxabxdyy", (2, 6), 1, (2, 6)),
        ("xxabxdyy", (0, 8), 1, (2, 6)),
        ("abcd", (0, 4), 0, (0, 4)),
        ("xbcd", (0, 4), 1, (0, 4)),
        ("xbcd", (1, 4), 1, (1, 4)),
        ("abcyd", (0, 5), 1, (0, 5)),
        ("xxabcyzz", (0, 0), 1, (2, 6)),
        ("xxybcdzz", (0, 0), 1, (2, 6)),
        ("abyabz", (0, 0), 2, (0, 4)),
    ],
)
def test_the_stretch_most_like_a_passage_is_found(given_, expected, edits, found):
    assert fitted("abcd", given_, Span(*expected)) == (edits, found)


def test_the_bundled_sets_open():
    (sealed,) = [sealed for sealed in sealed_sets() if sealed.name == "her-review"]
    assert len(sealed.annotations) == 64
    assert len(sealed.relations) > 30
    assert dict(sealed.facts)["author"] == "Matt Jacobson"
    assert recognise(HER.essay.text, sealed_sets()) is None  # the retelling is no copy of the original


def test_all_passages_of_the_original_review_attach():
    if not REVIEW.is_dir():
        pytest.skip("../shared/review is not here: the original review is not part of this project")
    copy = (REVIEW / "her-review.txt").read_text("utf-8")
    sealed = recognise(copy, sealed_sets())
    assert sealed.name == "her-review"
    made = attach(copy, sealed)
    assert len(made.exact) == 64
    reading = opened(made)
    quoted = Reading.from_texts(
        {
            "essay.md": copy,
            "codebook.yml": made.texts["codebook.yml"],
            "annotations.csv": (REVIEW / "annotations.csv").read_text("utf-8"),
        }
    )
    assert [(passage.id, passage.text) for passage in reading.passages()] == [
        (passage.id, passage.text) for passage in quoted.passages()
    ]
    assert made.left_out[0] == "Her Review"
    assert len(reading.essay.paragraphs) == 8

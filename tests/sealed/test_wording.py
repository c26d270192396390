"""The words of a text are the same whatever its type."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.sealed.wording import Wording

LETTERS = "abcdeéñßσςΣçžабвдήαเขカが漢字한글ﬁſ"
WORDS = st.text(LETTERS, min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=1, max_size=12)


def words(text):
    return Wording.of(text).words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Don’t,” she said.", "dont she said"),
        ("'Don't,' she said.", "dont she said"),
        ("Donʼt", "dont"),
        ("near-future, near‑future, near–future, near- future", "nearfuture nearfuture nearfuture nearfuture"),
        ("hope – even joy — of", "hope even joy of"),
        ("hope--even joy—of", "hope even joy of"),
        ("hope - even joy -- of", "hope even joy of"),
        ("exam-\nple, exam-  \r\n  ple, exam\u00adple, exam\u00ad\nple, exam\u200bple", "example " * 5),
        ("the end-\n\nThe next", "the end the next"),
        ("STRASSE Straße ΟΔΟΣ οδός", "strasse strasse οδοσ οδόσ"),
        ("ﬁne ❤️ fine ❤ fi\ufe0fne 1,000", "fine fine fine 1 000"),
        ("她走了。カタカナ", "她 走 了 カ タ カ ナ"),
        ("_so_ *it* **is**", "so it is"),
        ("— ?! …", ""),
    ],
)
def test_words_are_what_is_left_of_type(text, expected):
    assert words(text) == tuple(expected.split())


@given(st.text())
def test_words_are_the_same_composed_and_decomposed(text):
    composed = unicodedata.normalize("NFC", text)
    assert words(unicodedata.normalize("NFD", text)) == words(composed)


@given(st.text())
def test_words_come_in_order_and_do_not_overlap(text):
    wording = Wording.of(text)
    ends = [0, *(span.end for span in wording.spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, wording.spans, strict=False))
    assert len(wording.words) == len(wording.spans)
    assert all(wording.words)


@given(TEXTS)
def test_case_counts_for_nothing(some):
    text = " ".join(some)
    assert words(text.upper()) == words(text) == words(text.lower()) == words(text.title())


@given(
    TEXTS, st.lists(st.sampled_from([" ", "\n", "\t ", "\u00a0", ", ", " — ", "—", " – ", " -- ", "” “", "…", "\n\n"]))
)
def test_what_stands_between_two_words_counts_for_nothing(some, between):
    mixed = "".join(word + gap for word, gap in zip(some, between + ["; "] * len(some), strict=False))
    assert words(mixed) == words(" ".join(some))


@given(st.text("abcdefg", min_size=2, max_size=9), st.data())
def test_a_soft_hyphen_and_the_end_of_a_line_count_for_nothing(word, data):
    at = data.draw(st.integers(1, len(word) - 1))
    for broken in ("\u00ad", "-\n", "-\r\n", "- \n  ", "\u00ad\n", "‐\n", "\u2060"):
        assert words(word[:at] + broken + word[at:]) == (word,)


def test_a_run_of_words_is_found_again_anywhere():
    wording = Wording.of("One two three. Four, one two!")
    assert wording.run(1, 3) == b"two three four"
    assert (wording.repeated(0, 2), wording.repeated(0, 3), wording.repeated(4, 2)) == (True, False, True)


@pytest.mark.parametrize(
    "text", ["-" * 200_000, "a" + " " * 200_000, "a-" + " " * 200_000, "a\u00ad" * 100_000, "a'" * 100_000]
)
def test_a_hostile_text_is_read_in_no_time(text):
    started = time.monotonic()
    words(text)
    assert time.monotonic() - started < 5


def test_the_digest_of_a_run_never_changes():
    """Sealed sets that are already out in the world depend on it."""
    wording = Wording.of("“Don’t,” said Σῶς, near-\nly " + " ".join(f"w{number}" for number in range(17)))
    assert len(wording.words) == 21
    assert [digest.hex()[:8] for digest in wording.digests()] == ["3fd65962", "13469a12"]

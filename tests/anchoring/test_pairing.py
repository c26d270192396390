"""Which words of an old text stand where in a new one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.anchoring.ngrams import places_of
from essay_explorer.anchoring.pairing import kept_order, paired
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import Words

WORDS = st.lists(
    st.sampled_from(["the", "old", "tale", "told", "to", "some", "other", "men", "at", "last", "again"]), max_size=40
)


def pairs(old: str, new: str) -> list[int]:
    return list(paired(old.split(), new.split())[0])


def test_words_keep_their_partners_through_an_insertion_and_a_deletion() -> None:
    assert pairs("a b c d e f g h i j k", "a b c d x e f g h j k") == [0, 1, 2, 3, 5, 6, 7, 8, -1, 9, 10]


def test_a_moved_run_is_found_where_it_went() -> None:
    assert pairs("a b c d e f g h", "e f g h a b c d") == [4, 5, 6, 7, 0, 1, 2, 3]


def test_of_two_equal_runs_the_one_that_stayed_is_paired() -> None:
    assert pairs("a b c d R S T U e f g h R S T U i j k l", "a b c d e f g h R S T U i j k l") == [
        *range(4), -1, -1, -1, -1, *range(4, 16),
    ]  # fmt: skip


def test_a_run_at_both_starts_is_paired_whole() -> None:
    assert pairs("c d c b b d a d c b b c", "c d c b d d d c b b d d d c b b c")[:4] == [0, 1, 2, 3]


def test_words_that_stand_alone_between_pairs_are_paired_from_both_sides() -> None:
    assert pairs("x a b c d y z e f g h x", "x a b c d y q z e f g h x") == [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]


def test_only_the_moved_words_lose_their_order() -> None:
    to_new, _ = paired(
        ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"],
        ["j", "k", "l", "m", "a", "b", "c", "d", "e", "f", "g", "h", "i"],
    )
    assert bytes(kept_order(to_new)) == bytes([1] * 9 + [0] * 4)


@given(WORDS, WORDS)
def test_pairs_are_equal_words_and_no_word_has_two_partners(old: list[str], new: list[str]) -> None:
    to_new, to_old = paired(old, new)
    assert all(old[at] == new[there] and to_old[there] == at for at, there in enumerate(to_new) if there >= 0)
    assert sum(there >= 0 for there in to_new) == sum(at >= 0 for at in to_old)


@given(WORDS)
def test_a_text_is_paired_with_itself_in_order(words: list[str]) -> None:
    to_new, _ = paired(words, words)
    assert list(to_new) == list(range(len(words)))
    assert all(kept_order(to_new))


@given(st.lists(st.integers(-1, 30), max_size=20, unique_by=lambda there: there if there >= 0 else object()))
def test_the_words_that_kept_their_order_rise(to_new: list[int]) -> None:
    rising = [there for there, kept in zip(to_new, kept_order(to_new), strict=True) if kept]
    assert rising == sorted(rising)
    assert -1 not in rising


def test_case_soft_hyphens_and_marks_do_not_make_another_word() -> None:
    assert Words.of("Be\xadlieve—ME!").folded == ["believe", "me"]


def test_a_span_touches_the_words_it_cuts() -> None:
    assert Words.of("one two three").touched(Span(5, 9)) == (1, 3)


def test_what_stands_nowhere_lends_the_places_of_a_word_one_slip_away() -> None:
    places = places_of([["bliind"], ["thrae", "cats"]], Words.of("three blind mice"))
    assert {ngram: list(there) for ngram, there in places.items()} == {"bliind": [1], "thrae": [0]}


def test_pairs_that_are_sought_exactly_stand_beside_what_may_be_misspelt() -> None:
    places = places_of([["thrae"]], Words.of("three blind mice"), exactly=["blindmice", "blindmace"])
    assert {ngram: list(there) for ngram, there in places.items()} == {"blindmice": [1], "thrae": [0]}

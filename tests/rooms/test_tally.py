"""Shares of those who handed in, sentence by sentence; the split, the agreed, the untouched."""

from __future__ import annotations

import time

import pytest

from class_room import READING
from essay_explorer.rooms.digest import Digest
from essay_explorer.rooms.moves import Moves
from essay_explorer.rooms.tally import Tally, guarded
from tallied import TAGS, kept, lecture, tally


def shares(made: Tally) -> list[tuple[int, str, int]]:
    return [(one.sentence, one.tag, one.count) for one in made.shares()]


def test_each_reader_counts_once_for_a_sentence_and_a_tag() -> None:
    marks = [kept(1, 2), kept(1, 2, "ending"), kept(1, 1, until=3), kept(2, 2)]
    found = shares(Tally.of(marks, [1, 2], TAGS, range(1, 6)))
    assert found == [(1, "trust", 1), (2, "trust", 2), (2, "ending", 1), (3, "trust", 1)]


def test_who_has_not_handed_in_does_not_count() -> None:
    made = Tally.of([kept(1, 2), kept(2, 2)], [1], TAGS, range(1, 6))
    assert [(one.count, one.readers) for one in made.shares()] == [(1, 1)]


def test_who_handed_in_nothing_has_said_no() -> None:
    assert [(one.count, one.readers) for one in tally("1", "", "").shares()] == [(1, 3)]


def test_a_tag_that_is_not_the_tasks_is_not_counted() -> None:
    assert shares(Tally.of([kept(1, 2, "trust", "mirror")], [1], TAGS, range(1, 6))) == [(2, "trust", 1)]


@pytest.mark.parametrize(("readers", "told"), [(("1", "1"), [None]), (("1", "1", ""), [None]), (("1", "1", "1"), [3])])
def test_few_are_told_without_a_number(readers: tuple[str, ...], told: list[int | None]) -> None:
    assert [one["count"] for one in guarded(tally(*readers).shares())] == told


def test_the_most_split_is_the_nearest_to_half_and_half_and_none_on_which_two_thirds_agreed() -> None:
    made = tally("123", "123", "123", "12", "1", "1")
    assert [one.sentence for one in made.split()] == [3]  # all gave it to 1, and four of six to 2
    assert [one.sentence for one in made.agreed()] == [1, 2]
    assert made.untouched() == [4, 5, 6]


def test_a_class_of_nobody_has_no_shares_and_says_so() -> None:
    made = tally()
    assert (made.shares(), made.split(), made.untouched()) == ([], [], [1, 2, 3, 4, 5, 6])
    assert "nobody" in str(made.agreement(READING.codebook.tags)).lower()


def test_agreement_is_told_in_words_first() -> None:
    (first, second) = str(tally("12", "12", "12").agreement(READING.codebook.tags)).splitlines()
    assert first == "Trust: all gave it to the same 2 sentences."
    assert second.endswith("nobody used it.")


def test_what_moved_is_told_without_names() -> None:
    before = tally("1", "1", "1", "")
    moves = Moves.between(before, tally("1", "2", "12", ""), READING.codebook.tags)
    assert [(one.sentence, one.kept, one.dropped, one.came, one.before, one.after) for one in moves.moves] == [
        (2, 0, 0, 2, 0, 2),
        (1, 2, 1, 0, 3, 2),
    ]
    assert str(moves) == (
        "2 of 4 readers changed a mark. "
        "What moved most: sentence 2 (Trust: 0 before, 2 after), sentence 1 (Trust: 3 before, 2 after)."
    )
    assert moves.for_everybody == "Few of 4 readers changed a mark."  # no number of it speaks of single readers
    assert moves.seen == ()
    still = Moves.between(before, before, READING.codebook.tags)
    assert (str(still), still.for_everybody) == ("Nobody has changed a mark.", "Nobody has changed a mark.")


def test_what_many_moved_is_told_to_everybody() -> None:
    before, after = tally(*"1111", *"2222", "1", ""), tally(*"22222222", "", "3")
    moves = Moves.between(before, after, READING.codebook.tags)
    assert [(one.sentence, one.kept, one.dropped, one.came) for one in moves.moves] == [
        (1, 0, 5, 0),
        (2, 4, 0, 4),
        (3, 0, 0, 1),
    ]
    assert [one.sentence for one in moves.seen] == [1, 2]
    assert moves.for_everybody == (
        "6 of 10 readers changed a mark. "
        "What moved most: sentence 1 (Trust: 5 before, 0 after), sentence 2 (Trust: 4 before, 8 after)."
    )


def test_as_many_who_came_as_left_are_told_as_such() -> None:
    """And where there is one tag, it need not be named."""
    marks = [kept(reader, 1) for reader in range(3)]
    moved = [*marks, *(kept(reader, 1, pass_number=2, removed=True) for reader in range(3))]
    moved += [kept(reader, 1, pass_number=2) for reader in range(3, 6)]
    before, after = (Tally.of(moved, range(6), ("trust",), range(1, 3), until=until) for until in (1, 2))
    assert Moves.between(before, after, READING.codebook.tags).for_everybody == (
        "6 of 6 readers changed a mark. What moved most: sentence 1 (3 dropped it, 3 came to it)."
    )


def test_what_two_readers_changed_is_not_told_as_what_few_did() -> None:
    moves = Moves.between(tally("1", "1"), tally("2", "2"), READING.codebook.tags)
    assert moves.for_everybody == "Too few handed in to tell what moved."


def test_the_digest_has_reasons_at_the_split_sentences_each_of_another_reader() -> None:
    long = "The sentence asks whom we trust, and leaves it open."
    marks = [kept(reader, 3, reason=f"{long} {reader}") for reader in range(4)]
    marks += [kept(0, 2, reason=f"{long} 0"), kept(1, 2, reason=f"{long} 1"), kept(2, 2, reason="Hm.")]
    made = Tally.of(marks, range(7), TAGS, range(1, 5))
    digest = Digest.of(made, marks, made.agreement(READING.codebook.tags))
    assert [one.sentence for one in digest.split] == [2, 3]
    assert [(one.participant, one.sentences[0]) for one in digest.reasons] == [(0, 2), (1, 2), (2, 3)]


def test_the_digest_has_a_reason_in_the_same_words_once() -> None:
    long = "The sentence asks whom we trust, and leaves it open."
    marks = [kept(0, 1, reason=long), kept(1, 1, reason=f" {long.upper()}\n"), kept(2, 1, reason="Hm.")]
    made = Tally.of(marks, range(5), TAGS, range(1, 5))
    digest = Digest.of(made, marks, made.agreement(READING.codebook.tags))
    assert [one.participant for one in digest.reasons] == [0, 2]


def test_a_lecture_is_worked_out_in_a_fifth_of_a_second() -> None:
    marks, readers = lecture(300, 10_000, 66), range(300)

    def work() -> float:
        start = time.perf_counter()
        made = Tally.of(marks, readers, TAGS, range(1, 67))
        made.shares(), made.split(), made.agreement(READING.codebook.tags)
        return time.perf_counter() - start

    assert min(work() for _ in range(3)) < 0.2

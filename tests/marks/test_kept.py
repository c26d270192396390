"""Marks of two keepers, together again."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.marks.kept import Kept, merged
from essay_explorer.marks.mark import Mark

EARLY, NOON, LATE = (f"2026-11-26T{hour}:00:00.000Z" for hour in ("08", "12", "18"))


def mark(name: str = "m1", reason: str = "", changed: str = EARLY) -> Mark:
    return Mark(name, "Trust is chosen", reason=reason, created=EARLY, changed=changed)


def test_of_two_versions_the_later_change_stays() -> None:
    one, other = Kept((mark(reason="so"),)), Kept((mark(reason="thus", changed=NOON),))
    assert merged(one, other).marks == (mark(reason="thus", changed=NOON),)


def test_marks_of_both_are_there_in_the_order_of_their_making() -> None:
    late = Mark("a", "Who knows?", created=LATE, changed=LATE)
    assert merged(Kept((late,)), Kept((mark(),))).marks == (mark(), late)


def test_a_removed_mark_does_not_come_back() -> None:
    removed = Kept(removed=(("m1", NOON),))
    assert merged(Kept((mark(),)), removed) == removed
    assert merged(removed, Kept((mark(changed=NOON),))) == removed  # a removal wins a tie


def test_a_mark_that_was_changed_after_its_removal_stays() -> None:
    kept = merged(Kept((mark(changed=LATE),)), Kept(removed=(("m1", NOON),)))
    assert kept == Kept((mark(changed=LATE),))


moments = st.sampled_from([EARLY, NOON, LATE])
keepers = st.builds(
    Kept.of,
    st.lists(st.builds(mark, st.sampled_from("ab"), st.sampled_from(["", "x"]), moments), max_size=3),
    st.dictionaries(st.sampled_from("ab"), moments, max_size=2),
)


@given(st.lists(keepers, min_size=1, max_size=3))
def test_the_order_of_keepers_does_not_matter_and_merging_again_changes_nothing(several: list[Kept]) -> None:
    made = {merged(*order) for order in permutations(several)}
    assert len(made) == 1
    assert merged(made.copy().pop(), *several) == made.pop()

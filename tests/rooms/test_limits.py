"""How fast a room takes things, by a clock that the test moves."""

from __future__ import annotations

import pytest

from essay_explorer.rooms.limits import Bucket, Limits, TooFastError


class Clock:
    """A clock that stands still."""

    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_bucket_gives_so_many_at_once_and_fills_with_time() -> None:
    clock = Clock()
    bucket = Bucket(3, 2, clock)
    assert [bucket.take() for _ in range(4)] == [0, 0, 0, 0.5]
    clock.time = 0.5
    assert [bucket.take(), bucket.take()] == [0, 0.5]
    clock.time = 1000
    assert bucket.take(4) == 0.5  # never more than at once


def test_one_phone_does_not_use_up_what_is_anothers() -> None:
    limits = Limits(Clock())
    for _ in range(4):
        limits.act(1, 50)
    with pytest.raises(TooFastError):
        limits.act(1)
    limits.act(2, 50)


def test_five_hundred_joins_a_second_are_slowed() -> None:
    clock = Clock()
    limits = Limits(clock)
    taken = 0
    for number in range(5_000):  # ten seconds
        clock.time = number / 500
        try:
            limits.join()
        except TooFastError:
            continue
        taken += 1
    assert 300 < taken < 1_000

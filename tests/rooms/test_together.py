"""What several phones ask at once is done in one go, and each has its own answer."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from essay_explorer.rooms.store.database import Database
from essay_explorer.rooms.together import Together
from essay_explorer.rooms.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    database = Database.opened(tmp_path / "rooms.sqlite")
    made = Writer(database)
    yield made
    made.stop()
    database.close()


def halves(batches: list[Sequence[int]]) -> Callable[[Connection, Sequence[int]], list[int | Exception]]:
    """Halve even numbers, and write down which came together."""

    def do(_: Connection, asked: Sequence[int]) -> list[int | Exception]:
        batches.append(tuple(asked))
        return [ValueError(f"{one} is odd") if one % 2 else one // 2 for one in asked]

    return do


async def asked(together: Together[int, int], numbers: Sequence[int]) -> list[int | BaseException]:
    return await asyncio.gather(*map(together.write, numbers), return_exceptions=True)


def test_what_comes_together_is_done_together_and_each_has_its_own_answer(writer: Writer) -> None:
    batches: list[Sequence[int]] = []
    together = Together(writer, halves(batches))

    async def ask() -> list[int | BaseException]:
        first = await asked(together, [2, 3, 8])
        return [*first, *await asked(together, [10])]

    one, odd, four, five = asyncio.run(ask())
    assert (one, str(odd), four, five) == (1, "3 is odd", 4, 5)
    assert batches == [(2, 3, 8), (10,)]


def test_a_store_that_was_away_takes_what_is_asked_after(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer cannot even begin: no connection is to be had."""
    together, writing, tries = Together(writer, halves([])), Database.writing, count()

    @contextmanager
    def away_at_first(database: Database) -> Iterator[Connection]:
        if next(tries) < 2:
            raise OperationalError("BEGIN", {}, Exception("connection refused"))
        with writing(database) as on:
            yield on

    monkeypatch.setattr(Database, "writing", away_at_first)

    async def ask() -> list[list[int | BaseException]]:
        return [await asked(together, [2, 4]) for _ in range(3)]

    *failed, fine = asyncio.run(ask())
    assert [type(one) for batch in failed for one in batch] == [OperationalError] * 4
    assert fine == [1, 2]


def test_what_fails_is_told_to_all_who_asked_with_it_and_to_nobody_after(writer: Writer) -> None:
    def do(_: Connection, numbers: Sequence[int]) -> list[int | Exception]:
        if 0 in numbers:
            raise ZeroDivisionError
        return list(numbers)

    together = Together(writer, do)

    async def ask() -> list[list[int | BaseException]]:
        return [await asked(together, [0, 1]), await asked(together, [2])]

    failed, fine = asyncio.run(ask())
    assert [type(one) for one in failed] == [ZeroDivisionError, ZeroDivisionError]
    assert fine == [2]

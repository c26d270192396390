"""Entries of a reading in their order: one found, another in its place, moved, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from essay_explorer.core.fault import ReadingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Entry = TypeVar("Entry")


def found(entries: Iterable[Entry], is_it: Callable[[Entry], bool], gone: str) -> Entry:
    """The first entry that is it. Raises ReadingError, which says what is gone, where there is none any more."""
    for entry in entries:
        if is_it(entry):
            return entry
    raise ReadingError(gone)


def exchanged(entries: Iterable[Entry], old: Entry, new: Entry) -> tuple[Entry, ...]:
    """The entries with the new one in the place of the old one."""
    return tuple(new if entry is old else entry for entry in entries)


def without(entries: Iterable[Entry], gone: Entry) -> tuple[Entry, ...]:
    """The entries without that one."""
    return tuple(entry for entry in entries if entry is not gone)


def moved(entries: Iterable[Entry], one: Entry, is_before: Callable[[Entry], bool]) -> tuple[Entry, ...]:
    """The entries with that one before the first other that is meant, or last where none is."""
    rest = without(entries, one)
    place = next((place for place, entry in enumerate(rest) if is_before(entry)), len(rest))
    return (*rest[:place], one, *rest[place:])

"""What was found together: a tuple whose slices can be shown and counted as it can."""

from __future__ import annotations

from typing import Self, SupportsIndex, TypeVar, overload

from essay_explorer.core.provided import Representable

One = TypeVar("One")


class Found(tuple[One, ...], Representable):
    """Several of what a reading was asked for."""

    __slots__ = ()

    @overload
    def __getitem__(self, at: SupportsIndex) -> One: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: SupportsIndex | slice) -> One | Self:
        if isinstance(at, slice):
            return type(self)(super().__getitem__(at))
        return super().__getitem__(at)

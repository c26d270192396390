"""The pieces of a page, counted against its letters: a page of hardly more than tags is no essay."""

from __future__ import annotations

MOST_PIECES, LETTERS_A_PIECE = 20_000, 10  # of a page, and of what is longer: each piece takes 150 bytes


class MostlyMarkupError(ValueError):
    """A page holds hardly more than tags."""


class Pieces:
    """How many pieces and letters a page has so far."""

    def __init__(self) -> None:
        self._count = self._letters = 0

    def add(self, pieces: int = 0, *, letters: int = 0) -> None:
        """Count more of them. Raises MostlyMarkupError when there are far more pieces than letters."""
        self._count += pieces
        self._letters += letters
        self.check(self._count)

    def check(self, pieces: int) -> None:
        """Raise MostlyMarkupError for more pieces than the letters so far can have."""
        if pieces > MOST_PIECES + self._letters // LETTERS_A_PIECE:
            raise MostlyMarkupError

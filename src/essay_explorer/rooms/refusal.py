"""What a room does not do for somebody, said so that they know what to do instead."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essay_explorer.words import Phrase


class RefusalError(Exception):
    """A request that a room refuses: a status of HTTP, one word for programs, and a sentence for people.

    The sentence is said by whoever answers, in the language of who asked; it is English where only a program sends
    what is refused.
    """

    def __init__(self, status: HTTPStatus, word: str, sentence: Phrase | str, **values: object) -> None:
        super().__init__(sentence if isinstance(sentence, str) else sentence.one)
        self.status, self.word = status, word
        self._sentence, self._values = sentence, values

    @property
    def sentence(self) -> str:
        """What is refused, and what to do instead, in the language that is spoken here."""
        return self._sentence if isinstance(self._sentence, str) else self._sentence.said(**self._values)


def bad(sentence: Phrase | str, **values: object) -> RefusalError:
    """For what cannot be read."""
    return RefusalError(HTTPStatus.BAD_REQUEST, "unreadable", sentence, **values)


def not_now(word: str, sentence: Phrase | str, **values: object) -> RefusalError:
    """For what the room does not allow at this moment; what was sent stays where it is, on the phone."""
    return RefusalError(HTTPStatus.CONFLICT, word, sentence, **values)

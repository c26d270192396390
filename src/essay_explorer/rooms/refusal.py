"""What a room does not do for somebody, said so that they know what to do instead."""

from __future__ import annotations

from http import HTTPStatus


class RefusalError(Exception):
    """A request that a room refuses: a status of HTTP, one word for programs, and a sentence for people."""

    def __init__(self, status: HTTPStatus, word: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.word, self.sentence = status, word, sentence


def bad(sentence: str) -> RefusalError:
    """For what cannot be read."""
    return RefusalError(HTTPStatus.BAD_REQUEST, "unreadable", sentence)


def not_now(word: str, sentence: str) -> RefusalError:
    """For what the room does not allow at this moment; what was sent stays where it is, on the phone."""
    return RefusalError(HTTPStatus.CONFLICT, word, sentence)

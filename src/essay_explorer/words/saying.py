"""What is said to a reader, in the reader's language."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from essay_explorer.words.catalogue import ENGLISH, PSEUDO, Catalogue, known
from essay_explorer.words.filling import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTING = "ESSAY_EXPLORER_LANG"  # the environment's, which kernels and other processes of ours inherit
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi"}
_language: ContextVar[str] = ContextVar("language")


def settled() -> str:
    """The language that this process speaks with everybody, whatever they ask for; "" where nobody said."""
    found = os.environ.get(SETTING, "")
    return found if found in {*known(), *PSEUDO} else ""


def usual() -> str:
    """The language that is spoken with whoever asks for none."""
    return settled() or ENGLISH


def settle(language: str | None) -> None:
    """Speak a language with everybody from now on, in this process and in those that it starts. None: as they ask."""
    if language:
        os.environ[SETTING] = language


def language() -> str:
    """The language that is spoken here and now."""
    return _language.get("") or usual()


def speak(language: str) -> None:
    """Say all in a language from now on, in this task and in threads and tasks that it begins."""
    _language.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say all in a language as long as this lasts, also in threads and tasks that begin meanwhile."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def direction() -> str:
    """Where lines of the language begin: "ltr" or "rtl"."""
    return "rtl" if language().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def say(english: str, /, **values: object) -> str:
    """A text in the reader's language. `values`: what stands in its {holes}."""
    text = Catalogue.of(language()).text(english)
    return filled(text, language(), values) if values else text


def say_n(one: str, other: str, count: int, /, **values: object) -> str:
    """A text that tells a number of things: `one` of them, or any `other` number, which stands in the hole {count}."""
    text = Catalogue.of(language()).counted(one, other, count)
    return filled(text, language(), {"count": count, **values})


def chosen(asked: str) -> str:
    """The language to speak with a reader. `asked`: the header Accept-Language, the best first or by "q="."""
    if settled():
        return settled()
    wishes = []
    for at, one in enumerate(asked.split(",")):
        name, _, weight = one.strip().partition(";")
        wishes.append((-_weight(weight), at, name.partition("-")[0].lower()))
    return next((name for weight, _, name in sorted(wishes) if weight and name in known()), ENGLISH)


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0

"""Sentences where sentencex is not installed."""

from __future__ import annotations

import sys

import pytest

from essay_explorer import open_reading
from essay_explorer.core.sentences import plain_pieces


@pytest.mark.parametrize(
    "pieces",
    [
        ["He came. ", "“Why?” she asked. ", "(So it was.) ", "Dr. Who left."],
        ["A. B. Smith wrote it… ", "And then?! ", "Yes."],
        ["Il vint. ", "« Pourquoi ? » dit-elle. ", "Rien."],
        ["見よ。", "鳥。"],
        ["It costs 3.50 here, e.g. today."],
        ["No sign at its end"],
    ],
)
def test_plain_pieces_end_where_sentences_do(pieces: list[str]) -> None:
    assert list(plain_pieces("".join(pieces))) == pieces


def test_without_sentencex_all_but_a_few_sentences_of_a_review_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    essay = open_reading("her").essay
    known = set(essay.sentences())
    monkeypatch.setitem(sys.modules, "sentencex", None)
    assert len(known & set(essay.sentences())) >= 0.97 * len(known)

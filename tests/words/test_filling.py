"""Small words fit what stands behind them, in Python and in a browser alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import essay_explorer
from essay_explorer.words import say, say_n, speaking, spoken
from essay_explorer.words.filling import filled
from node import evaluating

SAY = Path(essay_explorer.__file__).parent / "widgets" / "say.js"
CASES = {
    "es": [
        ("{first} y {last}", {"first": "Confianza", "last": "Ironía"}, "Confianza e Ironía"),
        ("{first} y {last}", {"first": "Ana", "last": "«íntimo»"}, "Ana e «íntimo»"),
        ("{first} y {last}", {"first": "Ana", "last": "Hijos"}, "Ana e Hijos"),
        ("{first} y {last}", {"first": "agua", "last": "hielo"}, "agua y hielo"),
        ("{first} y {last}", {"first": "Ana", "last": "Luis"}, "Ana y Luis"),
        ("{first} o {last}", {"first": "uno", "last": "otro"}, "uno u otro"),
        ("{first} o {last}", {"first": "7", "last": "8"}, "7 u 8"),
        ("{first} o {last}", {"first": "10", "last": 11}, "10 u 11"),
        ("{first} o {last}", {"first": "10", "last": 110}, "10 o 110"),
        ("todo {last}", {"last": "otro"}, "todo otro"),
        ("Texto de {author}", {"author": "Ana"}, "Texto de Ana"),
        ("{a} y {b}", {"a": "y {b}", "b": "i"}, "y {b} e i"),
    ],
    "fr": [
        ("Texte de {author}", {"author": "Ann Lee"}, "Texte d’Ann Lee"),
        ("Texte de {author}", {"author": "Élise"}, "Texte d’Élise"),
        ("De {author}", {"author": "Ann"}, "D’Ann"),
        ("plus que {name}", {"name": "Ursule"}, "plus qu’Ursule"),
        ("Texte de {author}", {"author": "Kim"}, "Texte de Kim"),
        ("{count} de {all}", {"count": 1, "all": 11}, "1 de 11"),
    ],
    "de": [("Von {author} y {last}", {"author": "Ann", "last": "Ina"}, "Von Ann y Ina")],
    "en": [("{first} o {last}", {"first": "a", "last": "o"}, "a o o")],
}


@pytest.mark.parametrize("language", CASES)
def test_a_small_word_fits_what_stands_behind_it(language: str, tmp_path: Path) -> None:
    with speaking(language):
        (tmp_path / "say.js").write_text(spoken(SAY.read_text("utf-8")), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    with evaluating(tmp_path / "say.js") as evaluate:
        for text, values, expected in CASES[language]:
            assert filled(text, language, values) == expected
            assert evaluate("([text, values]) => say.say(text, values)", [text, values]) == expected


def test_whatever_is_said_is_filled_so() -> None:
    with speaking("es"):
        assert say("{first} and {last}", first="Ana", last="Inés") == "Ana e Inés"
    with speaking("fr"):
        assert say_n("{count} mark by {label}", "{count} marks by {label}", 2, label="Ann") == "2 marques d’Ann"

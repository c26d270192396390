"""Scripts that no font of the machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError, ReadingWarning
from essay_explorer.core.reading import Reading
from essay_explorer.paper import typesetting
from essay_explorer.paper.handout import Handout
from essay_explorer.paper.scripts import package_for, scripts_of

if TYPE_CHECKING:
    from pathlib import Path

CASES = [
    ("Chinese", "我们相信机器会思考。", "fonts-noto-cjk"),
    ("Japanese", "わたしは、", "fonts-noto-cjk"),
    ("Korean", "나는 믿는다.", "fonts-noto-cjk"),
    ("Arabic", "أنا أثق بك.", "fonts-noto-core"),
    ("Devanagari", "मैं भरोसा करता हूँ।", "fonts-noto-core"),
    ("Thai", "ฉันไว้ใจคุณ", "fonts-noto-core"),
]


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "unshown", list)


@pytest.mark.parametrize(("name", "text", "package"), CASES)
def test_a_text_in_a_script_without_a_font_is_refused_with_what_to_install(
    without_fonts: None, tmp_path: Path, name: str, text: str, package: str
) -> None:
    advice = rf"The hand-out cannot be made: no font on this machine has {name}.* letters\. macOS and Windows come with such fonts; on Debian and Ubuntu: sudo apt install {package}$"
    with pytest.raises(ReadingError, match=advice):
        Handout(kind="blank").write(Reading(Essay(text, title=text)), tmp_path / "out.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_word_of_another_script_is_warned_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "unshown", list)
    monkeypatch.setattr(typesetting, "_set", lambda *_, **__: b"%PDF")
    with pytest.warns(ReadingWarning, match=r"has Chinese letters: the hand-out shows boxes.*fonts-noto-cjk") as caught:
        Handout(kind="blank").pdf(Reading(Essay("The word for trust, 信, has a person beside speech.")))
    assert len(caught) == 1


def test_latin_greek_and_cyrillic_are_never_asked_about() -> None:
    assert scripts_of("Vertrauen, ἐμπιστοσύνη, доверие: 100 %") == []


def test_the_letter_that_is_there_most_often_stands_for_its_script() -> None:
    (script,) = scripts_of("信信任")
    assert (script.name, script.letter, script.letters) == ("Chinese", "信", 3)


@pytest.mark.parametrize(
    ("letter", "package"), [("😀", "fonts-noto-color-emoji"), ("語", "fonts-noto-cjk"), ("ก", "fonts-noto-core")]
)
def test_each_letter_has_a_package(letter: str, package: str) -> None:
    assert package_for(letter) == package


def test_the_typesetter_says_which_letters_no_font_has() -> None:
    assert typesetting.unshown(["a", "\U0010fffd", "\U000f1234", "b"]) == ["\U0010fffd", "\U000f1234"]

"""In what language a hand-out speaks, and that all it says comes from the catalogue or from the reading."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from essay_explorer.cli.main import app
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.core.tour import Stop
from essay_explorer.paper.handout import KINDS, Handout
from essay_explorer.words import SETTING
from said_outside import said_outside

FRONT = "---\ntitle: Zzz\nsubtitle: Zzz\nauthor: Zzz\nafter: Zzz zzz\nlicense: Zzz\nlanguage: {language}\n---\n"
TEXT = "\n\n".join(f"Zzz {at:02} zzz. Zzzz zzz zzz, zzzzz {at:02}." for at in range(12))
TAGS = Tag("zz", "Zzz", "Zzz zz"), Tag("zzz", "Zzzz")


def reading(*marked: str, language: str = "zz", tags: tuple[Tag, ...] = TAGS, text: str = TEXT) -> Reading:
    """One whose own words are all of the letter Z; `marked`: a tag for each of as many passages."""
    book = Codebook(facets=(Facet("theme", "Zzz", tags=tags[:1]), Facet("person", "Zz", tags=tags[1:])))
    essay = Essay.from_markdown(FRONT.format(language=language) + text)
    annotations = [
        Annotation(f"a{at}", f"Zzz {at:02} zzz. Zzzz" if at % 2 else f"Zzz {at:02} zzz", tags=(tag,))
        for at, tag in enumerate(marked)
    ]
    tour = tuple(Stop(one.id, "Zzz", "Zzz zz.") for one in annotations[:2])
    made = Reading(essay, book, tuple(annotations), tour=tour)
    assert len(made.passages()) == len(marked)
    return made


def said(content: bytes) -> str:
    assert content.startswith(b"%PDF")
    opened = PdfReader(io.BytesIO(content))
    title = opened.metadata.title if opened.metadata else ""
    return " ".join(" ".join([title or "", *(page.extract_text() for page in opened.pages)]).split())


READINGS = {
    "many": reading(*["zz"] * 11, "zzz"),
    "one": reading("zz"),
    "none": reading(),
    "no tags": reading(tags=()),
    "no text": reading(text=""),
}


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_hand_out_says_nothing_outside_the_catalogue(kind: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "en-XA")
    one = READINGS[name]
    tags = [] if name == "no tags" else ["zz", "zzz"]  # of two facets
    made = [Handout(kind=kind, tags=tags, word_bank=kind == "cloze")]
    if one.essay.paragraphs:
        made += [Handout(kind=kind, within=within) for within in ((2, 2), (1, 3))]
    for handout in made:
        for content in filter(None, (handout.pdf(one), handout.key(one))):
            text = said(content)
            assert "⟦" in text
            assert said_outside(text) == set()


@pytest.mark.parametrize(
    ("essay", "setting", "page"),
    [
        ("de-AT", "", "Seite 1 von"),
        ("fr", "", "Page 1 sur"),
        ("ja", "", "Page 1 of"),
        ("", "", "Page 1 of"),
        ("fr", "es", "Página 1 de"),
        ("fr", "en", "Page 1 of"),
    ],
)
def test_a_hand_out_speaks_the_language_of_its_essay_or_the_one_that_is_set(
    essay: str, setting: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, setting)
    one = reading(*["zz"] * 2, language=essay or '""')
    assert page in said(Handout(kind="find").pdf(one))
    assert page in said(Handout(kind="find").key(one))


def test_numbers_of_passages_have_their_forms() -> None:
    texts = [said(Handout(kind="find", tags="zz").pdf(reading(*["zz"] * many, language="de"))) for many in (0, 1, 2)]
    assert "Keine Stelle" in texts[0]
    assert "1 Stelle, in Satz" in texts[1]
    assert "2 Stellen, in den Sätzen" in texts[2]


def test_the_command_takes_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "")
    to = tmp_path / "her.pdf"
    asked = ["export", "her", "--to", str(to), "--kind", "find", "--paragraphs", "2"]
    for lang, word in (("de", "Aufgabe"), ("es", "Tarea")):
        made = CliRunner().invoke(app, [*asked, "--lang", lang])
        assert made.exit_code == 0, made.output
        assert word in said(to.read_bytes())


def test_what_is_ours_may_run_from_right_to_left_beside_an_essay_that_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def places(content: bytes) -> dict[str, float]:
        found: dict[str, float] = {}

        def keep(text: str, page: list[float], at: list[float], _: object, size: float) -> None:
            if text.strip():
                found.setdefault(text.strip(" ⟦⟧~")[:4], at[4] * page[0] + page[4])

        PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=keep)
        return found

    one = reading("zz", language="en")
    usual = places(Handout(kind="blank").pdf(one))
    monkeypatch.setenv(SETTING, "ar-XB")
    mirrored = places(Handout(kind="blank").pdf(one))
    assert mirrored["Tášk"] > usual["Task"] + 200  # points: at the other edge of its frame
    assert mirrored["Zzz"] == usual["Zzz"]

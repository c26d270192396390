"""The picture of a reading: of the size that previews ask for, every theme in its colour, and nothing beyond its edges."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest

from essay_explorer import Codebook, Essay, Reading, ReadingWarning, open_reading, picture
from essay_explorer.paper.picture import _content, merged
from essay_explorer.words import speaking

pytestmark = pytest.mark.slow  # a PNG is taken apart
HER = open_reading("her")
PAPER = (0xFD, 0xFB, 0xF7)
EDGE = 40  # pixels around, in which nothing of the text stands
BAR = 10  # pixels of the themes' colours along the upper edge
ARCS, LANES = slice(250, 378), slice(385, 585)  # rows


def pixels(png: bytes) -> np.ndarray:
    """The colours of a PNG without their alpha, as rows of pixels of three."""
    chunks, at = {}, 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        chunks[kind] = chunks.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (width, height, depth, colours) == (1200, 630, 8, 6)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 4 * width)
    above = np.zeros((width, 4), np.uint8)
    rows = []
    for line in lines:
        above = unfiltered(int(line[0]), line[1:].reshape(width, 4), above)
        rows.append(above[:, :3])
    return np.array(rows)


def unfiltered(kind: int, line: np.ndarray, above: np.ndarray) -> np.ndarray:
    """A line of a PNG without its filter (PNG specification, 9.2)."""
    if kind in {0, 2}:
        return line if kind == 0 else line + above
    if kind == 1:
        return np.cumsum(line, axis=0, dtype=np.uint8)
    made, left, corner = np.zeros_like(line), np.zeros(4, int), np.zeros(4, int)
    for at, up in enumerate(above.astype(int)):
        nearest = np.abs(left + up - corner - np.array([left, up, corner])).argmin(axis=0)
        guess = (left + up) // 2 if kind == 3 else np.choose(nearest, [left, up, corner])
        made[at] = left = (line[at] + guess) & 255
        corner = up
    return made


def inked(rows: np.ndarray) -> int:
    """How many pixels are not paper."""
    return int((rows != PAPER).any(axis=2).sum())


def beyond(rows: np.ndarray) -> int:
    """How many pixels of the edges are not paper."""
    return inked(rows[BAR:, :EDGE]) + inked(rows[BAR:, -EDGE:]) + inked(rows[-5:])


def test_each_theme_is_painted_in_its_colour() -> None:
    rows = pixels(picture(HER))
    painted = {tuple(pixel) for pixel in rows[LANES].reshape(-1, 3).tolist()}
    assert {tuple(bytes.fromhex(tag.colour[0][1:])) for tag in HER.codebook.tags_of("theme")} <= painted
    assert inked(rows[40:230]) > 5_000  # the title and the finding
    assert not beyond(rows)


def test_a_long_name_of_a_theme_stays_on_one_line_and_whole() -> None:
    def renamed(label: str) -> np.ndarray:
        facet = HER.codebook.facets[0]
        tags = (facet.tags[0], replace(facet.tags[1], label=label), *facet.tags[2:])
        book = replace(HER.codebook, facets=(replace(facet, tags=tags), *HER.codebook.facets[1:]))
        return pixels(picture(replace(HER, codebook=book)))[:, :320]

    plain, long = renamed("One"), renamed("Loneliness, self-protection and")
    changed = np.flatnonzero((plain != long).any(axis=(1, 2)))
    assert changed.size
    assert np.ptp(changed) < 16  # rows of pixels: a line, and nothing of it in the next lane
    lane = long[changed.min() : changed.max() + 1]
    assert not inked(long[changed.min() - 2 : changed.min()])
    assert not inked(lane[:, 306:])  # its end is not cut off


def test_relations_are_arcs_above_the_themes() -> None:
    with_arcs, without = (pixels(picture(replace(HER, relations=relations))) for relations in (HER.relations, ()))
    assert inked(with_arcs[ARCS, 320:]) > 3_000
    assert (with_arcs[LANES] != without[LANES]).mean() < 0.01  # edges may be drawn by another half a pixel


@pytest.mark.filterwarnings("ignore:No font on this machine")
@pytest.mark.parametrize(
    "title",
    [
        "On *trust*, or: " + "a title that goes on and on " * 8,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
        "信頼について：私たちはどのように他者の心を信じるのか。" * 4,
        "عن الثقة: كيف نثق بعقل آخر؟ " * 4,
        '#let x = read("/etc/passwd") $ \\ <b> & 👋',
    ],
)
def test_any_title_stays_in_its_place(title: str) -> None:
    rows = pixels(picture(replace(HER, essay=replace(HER.essay, title=title))))
    assert inked(rows[40:230]) > 5_000
    assert not beyond(rows)
    assert (rows[LANES] == pixels(picture(HER))[LANES]).all()


def test_a_text_from_right_to_left_has_its_beginning_at_the_right() -> None:
    def first_bar(word: str) -> np.ndarray:
        text = f"{word} " * 40
        book = 'facets: [{id: theme, label: Theme, tags: [{id: t, label: T, colour: "#0067B1"}]}]'
        files = {
            "essay.md": f"{word}!\n\n{text}",
            "codebook.yml": book,
            "annotations.csv": f"id,quote,theme\na,{word}!,t\n",
        }
        blue = (pixels(picture(Reading.from_texts(files)))[450:] == (0x00, 0x67, 0xB1)).all(axis=2)
        return np.flatnonzero(blue.any(axis=0)[80:-80])

    assert first_bar("trust").max() < 400
    assert first_bar("ثقة").min() > 600


def test_an_essay_without_passages_has_a_picture_of_its_title_alone() -> None:
    rows = pixels(picture(Reading(Essay("Nothing is marked here.", title="Nothing"), Codebook(), ())))
    assert inked(rows[200:430]) > 1_000
    assert not inked(rows[500:])


def test_letters_that_no_font_has_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("essay_explorer.paper.picture.unshown", list)
    with pytest.warns(ReadingWarning, match="No font on this machine has Chinese letters.*fonts-noto-cjk"):
        picture(replace(HER, essay=replace(HER.essay, title="信")))


def test_the_finding_and_the_address_are_those_that_were_given() -> None:
    plain, other = (pixels(one) for one in (picture(HER), picture(HER, finding="Trust!", address="example.edu")))
    assert not inked(plain[595:])
    assert inked(other[595:]) > 200
    assert inked(other[150:240]) < inked(plain[150:240])


def test_bars_that_touch_are_one() -> None:
    assert merged([(0.5, 0.6), (0.1, 0.2), (0.201, 0.3), (0.55, 0.56)]) == [(0.1, 0.3), (0.5, 0.6)]


def test_the_finding_is_set_in_the_language_that_is_spoken_and_a_subtitle_in_the_essays() -> None:
    with speaking("de"):
        assert _content(HER, "", "")["said"] == {"language": "de", "region": None, "rtl": False}
    with speaking("ar-XB"):
        assert _content(HER, "", "")["said"]["rtl"]
        bare = Reading(Essay("Un texte.", subtitle="Rien de plus", language="fr-CA"))
        assert _content(bare, "", "")["said"] == {"language": "fr", "region": "CA", "rtl": False}
        assert picture(HER).startswith(b"\x89PNG")

"""What pandoc loses of rich text is kept, or counted."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.core.essay import Essay
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.formats.rich_text import readable

if TYPE_CHECKING:
    from essay_explorer.formats.manuscript import Manuscript

ROW = r"\trowd\cellx1\cellx2 "
NESTED = (
    rf"{ROW}\pard\intbl A1\cell\pard\intbl outer\par\pard\intbl\itap2 n1\nestcell n2\nestcell"
    r"{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}\pard\intbl\itap2 n3\nestcell"
    r"{\*\nesttableprops\trowd\cellx1\nestrow}{\nonesttables\par}\pard\intbl last\cell\row\pard After.\par"
)
BOX = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 202}}{\shptxt\pard In a box.\par Two.\par}}{\shprslt{\*\do{\dptxbxtext\pard In a box.\par}}}}"
LISTED = (
    r"{\listtext 1.}\ls1\ilvl0 one\par{\listtext 2.}\ls1 two{\*\annotation\pard Why?\par}\par\pard\ls0 No item.\par"
)
FIELD = r'{\field\fldedit{\*\fldinst{\rtlch \insrsid1 HYPERLINK "http://e.org/" }}{\fldrslt{\ul the page}}}'


def opened(source: str) -> Manuscript:
    """What rich text becomes."""
    fonts = r"{\fonttbl{\f0\froman A;}{\f1\fmodern B;}}{\stylesheet{\s0 N;}{\*\cs1\additive\super D;}}"
    return manuscript_of(rf"{{\rtf1\ansi{fonts}{source}}}".encode(), "a.rtf")


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (NESTED, ("A1", "outer", "n1", "n2", "n3", "last", "After.")),
        (
            rf"{ROW}\intbl A\cell B\cell{{{ROW}\row}}{ROW}\intbl C\cell D\cell{{{ROW}\row}}\pard End.",
            ("A\tB", "C\tD", "End."),
        ),
        (rf"{ROW}\pard\intbl A\cell B\cell\row\pard\intbl C\cell D\cell\row\pard End.", ("A\tB", "C\tD", "End.")),
        (
            rf"{ROW}\pard\intbl A\cell B\cell\pard Torn.\par{ROW}\pard\intbl C\cell D\cell\row",
            ("A\tB", "Torn.", "C\tD"),
        ),
        (rf"See {FIELD} and {{\field{{\*\fldinst PAGE}}{{\fldrslt 3}}}}.", ("See the page and 3.",)),
        (r"One.\sect\sectd Two.\par In the\page mid\column dle.", ("One.", "Two.", "In the\nmid\ndle.")),
        (r"\pard\f1 In Courier.\par\pard\f1 Again.", ("In Courier.", "Again.")),
        (r"\pard One 1.\par\pard Two 2.", ("One 1.", "Two 2.")),
        (r"{\caps chapter} one\caps0  b", ("chapter one b",)),
        (r"The end{\xe{lamp}}.{\*\bkmkstart a}{\*\bkmkend a}{\tc x}", ("The end.",)),
    ],
)
def test_no_word_is_lost_and_none_is_made(source: str, blocks: tuple[str, ...]) -> None:
    made = opened(source)
    essay = Essay.from_markdown(made.essay("x"))
    assert tuple(essay.text.split("\n\n")) == blocks
    assert made.notices == ()


@pytest.mark.parametrize(
    ("source", "blocks", "notices"),
    [
        (rf"Before {BOX}after.\par Next.", ("Before after.", "In a box.", "Two.", "Next."), ('1 text box set between the paragraphs: "In a box. Two.".',)),
        (r"Old {\*\do{\dptxbxtext\pard Box.\par}}one", ("Old one", "Box."), ('1 text box set between the paragraphs: "Box.".',)),
        (LISTED, ("1. one", "2. two", "No item."), ('1 comment left out: "Why?".',)),
        (r"A.{\header Head\par}{\footerl\chpgn}{\headerr Head\par}{\footer 2 \'a9 Ann}", ("A.",), ('1 header left out: "Head".', '1 footer left out: "2 © Ann".')),
        (r"On \chdate , {\pict\pngblip 89504e47}{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}x", ("On , x",), ("1 automatic date left out.", "1 picture left out.", "1 picture left out, being no PNG, JPEG, GIF, WebP, AVIF or SVG.")),
        (r"A.{\header {\pict\pngblip 89504e47} Head\par}", ("A.",), ("1 picture left out.", '1 header left out: "Head".')),
        (r"a {\v two words }{\deleted gone}{\revised come }{\b\revised too}.\v0\revised0", ("a come **too**.",), ('2 hidden words left out: "two words".', '1 tracked deletion left out: "gone".', '1 tracked insertion taken as if accepted: "come too".')),
        (r"x {\mmath{\*\moMath{\mr E=mc}}}y", ("x y",), ('1 formula left out: "E=mc".',)),
        (r"Text{\super\chftn{\*\footnote\chftn\tab A note.}}.", ("Text[1].", "[1] A note."), ()),
        (r"Text{\super\chftn}{\*\footnote\chftn\pard A note.}.", ("Text[1].", "[1] A note."), ()),
        (rf"{ROW}\pard\intbl A{{\*\footnote\chftn\~\plain\pard\intbl Why.\par So.\par}}, x\cell B\cell\row\pard End.{{\footnote Z}}", ("|  |  |\n|---|---|\n| A[1], x | B |", "End.[2]", "[1] Why.", "So.", "[2] Z"), ()),
        (r"Text{\footnote\pard A note {\v hid}here.} on.", ("Text[1] on.", "[1] A note here."), ('1 hidden word left out: "hid".',)),
    ],
)  # fmt: skip
def test_what_is_left_out_or_moved_is_told(source: str, blocks: tuple[str, ...], notices: tuple[str, ...]) -> None:
    made = opened(source)
    assert (made.blocks, made.notices) == (blocks, notices)


LEVELS = "".join(rf"{{\listlevel\levelnfc{kind}\levelstartat1{{\leveltext\'02\'00.;}}}}" for kind in (0, 4, 2))
LISTS = rf"{{\*\listtable{{\list{LEVELS}\listid7}}}}{{\*\listoverridetable{{\listoverride\listid7\ls1}}}}"
OLD = r"\pard{\pntext %s\tab}{\*\pn\pnlvl%s{\pntxta.}}"  # as WordPad and the first versions of Word write lists


def entry(marker: str, level: int, words: str) -> str:
    return rf"{{\listtext\pard {marker}\tab}}\pard\ls1\ilvl{level} {words}\par"


def test_paragraphs_that_stand_further_in_on_both_sides_are_quotations() -> None:
    source = r"\pard Before.\par\pard\li567\ri567{\i One}\line two{\*\footnote\pard Note.}.\par Three.\par\pard\li567 After.\par"
    made = opened(source + rf"{ROW}\pard\intbl\li9\ri9 A\cell B\cell\row\pard End.")
    quoted, row = "> *One*\\\n> two[1].\n>\n> Three.", "|  |  |\n|---|---|\n| A | B |"
    assert (made.blocks, made.notices) == (("Before.", quoted, "After.", row, "End.", "[1] Note."), ())


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            LISTS
            + "".join(entry(f"{number}.", 0, number) for number in "12")
            + "".join(entry(f"{letter})", 1, letter) for letter in "hi")
            + "".join(entry(f"({figure})", 2, figure) for figure in ("iv", "v"))
            + entry("3.", 0, "3")
            + r"\pard Between.\par"
            + entry("4.", 0, "4"),
            ("1. 1", "2. 2", "   - h\\) h", "   - i\\) i", "     - (iv\\) iv", "     - (v\\) v", "3. 3", "Between.", "4. 4"),
        ),
        (
            LISTS.replace(r"{\*\listoverridetable", r"{\listoverridetable")
            + r"{\listtext\pard\plain }\ilvl0\ls1\outlinelevel1 Head\par\pard"
            r"{\listtext\pard 3.\tab}\ilvl0\ls1{\i three}{\*\footnote\pard Note.}{\loch , on}\par"
            r"{\listtext\pard 4.\tab}{\loch four}\par\pard{\listtext }\ls1 Plain.\par",
            ("## Head", "3. *three*[1], on", "4. four", "Plain.", "[1] Note."),
        ),
        (
            OLD % (r"\'B7", "blt") + r"one\par{\pntext\'B7\tab}two\par" + OLD % ("3.", r"body\pndec") + r"three\par"
            r"{\pntext 4.\tab}four\par\pard Between.\par" + OLD % ("c)", r"body\pnlcltr") + r"see\par\pard End.",
            ("- one", "- two", "3. three", "4. four", "Between.", "- c\\) see", "End."),
        ),
        (
            r"\pard Before.\par" + OLD % ("1.", r"body\pndec") + rf"one\par{ROW}\pard\intbl A\cell B\cell\row\pard End.",
            ("Before.", "1. one", "|  |  |\n|---|---|\n| A | B |", "End."),
        ),
        ("A:\\\n\\pard\\ls1{\\listtext \\'95 }one\\\n{\\listtext \\'95 }two\\\n\\pard B", ("A:", "- one", "- two", "B")),
    ],
)  # fmt: skip
def test_an_entry_keeps_what_stands_before_it(source: str, blocks: tuple[str, ...]) -> None:
    made = opened(source)
    assert (made.blocks, made.notices) == (blocks, ())


def test_a_paragraph_that_pandoc_does_not_take_over_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<p>Kept.</p>"
    monkeypatch.setattr("essay_explorer.formats.any_file.html_of", lambda *_: page)
    assert opened(r"Kept.\par Lost.").notices == ('1 paragraph not taken over completely: "Lost.".',)


WORD = st.from_regex(r"\A[a-z]{4}\Z").map(lambda word: (f"{word} ", [word]))
SIGN = st.sampled_from(
    [
        r"\par ",
        r"\pard ",
        r"\intbl ",
        r"\cell ",
        r"\row ",
        ROW,
        r"\b ",
        r"\line ",
        r"\sect ",
        r"\{",
        r"\caps\ls0 ",
        "\n",
    ]
)
KEPT = [
    "{%s}",
    r"{\b %s}",
    r"{\footnote %s}",
    r"{\field{\*\fldinst gone}{\fldrslt %s}}",
    r"{\shp{\*\shpinst{\shptxt %s}}}",
]
GONE = [r"{\*\annotation %s}", r"{\v %s}", r"{\deleted %s}", r"{\*\any %s}", r"{\xe %s}", r"{\header %s}"]  # fmt: skip


def within(parts: st.SearchStrategy) -> st.SearchStrategy:
    """Groups around such parts: their source, and which of their words are text."""
    several = st.lists(parts, max_size=4).map(
        lambda some: ("".join(a for a, _ in some), [w for _, b in some for w in b])
    )
    kept = st.tuples(st.sampled_from(KEPT), several).map(lambda one: (one[0] % one[1][0], one[1][1]))
    gone = st.tuples(st.sampled_from(GONE), several).map(lambda one: (one[0] % one[1][0].replace("\\pard ", ""), []))
    return several | kept | gone


LINE = "The lamp in the hall burned all night, and nobody knew who had lit it."
VERSE = "Tell all the truth but tell it slant"


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        ((LINE, LINE, "Short.", LINE), (LINE, LINE, "Short.", LINE)),
        ((LINE, "", LINE, "", LINE), (LINE, LINE, LINE)),
        ((VERSE, VERSE, "", f"{VERSE}\\u8232 x", VERSE), (f"{VERSE}\\\n{VERSE}", f"{VERSE}\\\nx\\\n{VERSE}")),
    ],
)
@pytest.mark.parametrize("end", ["\\\n", "\\\r\n", "\\\r"])
def test_a_backslash_ends_paragraphs_of_prose_and_lines_of_verse(
    lines: tuple[str, ...], blocks: tuple[str, ...], end: str
) -> None:
    """As TextEdit writes them."""
    assert opened(r"\pard\uc0 " + "".join(f"{line}{end}" for line in lines)).blocks == blocks


@settings(max_examples=300)
@given(within(st.recursive(WORD | SIGN.map(lambda sign: (sign, [])), within, max_leaves=20)))
def test_every_word_is_written_once_unless_it_is_left_out(drawn: tuple[str, list[str]]) -> None:
    source, words = drawn
    made = readable(rf"{{\rtf1 {source}}}".encode())
    written = re.sub(r"\\[a-z]+-?\d* ?", "", re.sub(r"\\listtext", "", made.written.decode()))
    assert sorted(re.findall(r"[a-z]{4}", written)) == sorted(words)
    assert sorted(re.findall(r"[a-z]{4}", " ".join(made.paragraphs))) == sorted(words)


@pytest.mark.slow
def test_the_time_grows_with_the_text() -> None:
    source = (r"{\rtf1 " + rf"{{\b Lamp}} and {FIELD} so.\par{NESTED}" * 3000 + "}").encode()
    began = time.process_time()
    assert len(readable(source).paragraphs) > 20_000
    assert time.process_time() - began < 5

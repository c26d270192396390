"""What stands before entries and headings of word processors' files is what their authors see there."""

from __future__ import annotations

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.core.marker import is_usual, written
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.formats.figures import figures_of
from essay_explorer.formats.labels import Level, Levels
from word_processors import docx, odt, p, r


def level(at: int, figures: str, text: str, more: str = "") -> str:
    said = f'<w:start w:val="1"/><w:numFmt w:val="{figures}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{said}<w:rPr><w:start w:val="5"/></w:rPr></w:lvl>'


def numbering(*lists: str, more: str = "") -> str:
    """The part of a Word file for lists, which are numbered from 1; `more`: other lists that count as these do."""
    abstract = (f'<w:abstractNum w:abstractNumId="{at}">{one}</w:abstractNum>' for at, one in enumerate(lists))
    numbers = (f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(lists)))
    return f"<w:numbering SPACES>{''.join([*abstract, *numbers])}{more}</w:numbering>"


def entry(number: int, at: int, *words: str) -> str:
    return p(f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>', *words)


ROMAN = level(0, "lowerRoman", "(%1)") + level(1, "lowerLetter", "%2)") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")


@pytest.mark.parametrize(
    ("lists", "body", "blocks"),
    [
        (
            (ROMAN,),
            entry(1, 0, r("one", "<w:b/>"))
            + entry(1, 1, "a")
            + entry(1, 2, "x")
            + entry(1, 2, "y")
            + entry(1, 0, "two")
            + p("Between.")
            + entry(1, 0, "three")
            + entry(1, 1, "a"),
            (
                "- (i\\) **one**",
                "  - a\\) a",
                "    - 1.1\\.1 x",
                "    - 1.1\\.2 y",
                "- (ii\\) two",
                "Between.",
                "- (iii\\) three",
                "  - a\\) a",
            ),
        ),
        (
            (level(0, "decimal", "Thesis %1:"), level(0, "bullet", "•"), level(0, "decimal", "%1.")),
            entry(1, 0, "a") + entry(1, 0, "b") + entry(2, 0, "c") + entry(3, 0, "d") + entry(3, 0, ""),
            ("- Thesis 1: a", "- Thesis 2: b", "- c", "1. d"),
        ),
        ((level(0, "decimal", ""),), entry(1, 0, "a"), ("- a",)),
        (
            (level(0, "chineseCounting", "%1、") + level(1, "japaneseCounting", "（%2）"),),
            entry(1, 0, "a") + entry(1, 1, "b"),
            ("- 一&#12289; a", "  - （一&#65289; b"),
        ),
        ((level(0, "decimalZero", "%1."),), entry(1, 0, "a") + entry(1, 0, "b"), ("- 01\\. a", "- 02\\. b")),
        ((level(0, "chineseCounting", "第%1条"),), entry(1, 0, "a"), ("- 第一条 a",)),
        (
            (level(0, "ganada", "%1."), level(0, "cardinalText", "%1.")),
            entry(1, 0, "a") + entry(2, 0, "b"),
            ("- 가\\. a", "1. b"),
        ),
    ],
)
def test_entries_of_word_have_the_labels_that_word_shows(
    lists: tuple[str, ...], body: str, blocks: tuple[str, ...]
) -> None:
    made = manuscript_of(docx(body, {"word/numbering.xml": numbering(*lists)}), "a.docx")
    assert (made.blocks, made.notices) == (blocks, ())


def test_a_list_of_word_goes_on_or_begins_anew() -> None:
    anew = '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    on = '<w:num w:numId="9"><w:abstractNumId w:val="0"/></w:num>'
    body = entry(1, 0, "a") + p("x") + entry(9, 0, "b") + p("x") + entry(8, 0, "c") + entry(8, 0, "d")
    parts = {"word/numbering.xml": numbering(level(0, "upperLetter", "(%1)"), more=anew + on)}
    assert manuscript_of(docx(body, parts), "a.docx").blocks == (
        "- (A\\) a",
        "x",
        "- (B\\) b",
        "x",
        "- (D\\) c",
        "- (E\\) d",
    )


def test_numbered_headings_of_word_begin_with_their_numbers() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{at}"><w:name w:val="heading {at}"/>{based}</w:style>'
        for at, based in {
            1: '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
            2: '<w:basedOn w:val="H1"/>',
        }.items()
    )
    lists = level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>') + level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>')
    heads = {"Intro": 1, "Why": 2, "How": 2, "End": 1, "So": 2}
    body = "".join(p(f'<w:pPr><w:pStyle w:val="H{at}"/></w:pPr>', words) for words, at in heads.items())
    parts = {"word/numbering.xml": numbering(lists), "word/styles.xml": f"<w:styles SPACES>{styles}</w:styles>"}
    made = manuscript_of(docx(body + p("Text."), parts), "a.docx")
    assert (*made.blocks,) == ("# 1 Intro", "## 1.1 Why", "## 1.2 How", "# 2 End", "## 2.1 So", "Text.")


def odt_level(at: int, given: str) -> str:
    return f'<text:list-level-style-number text:level="{at}" {given}/>'


def odt_list(*entries: str, given: str = 'text:style-name="L"') -> str:
    return f"<text:list {given}>{''.join(f'<text:list-item>{one}</text:list-item>' for one in entries)}</text:list>"


def words(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_entries_of_an_opendocument_text_have_the_labels_that_are_shown() -> None:
    levels = (
        odt_level(1, 'style:num-format="i" style:num-prefix="(" style:num-suffix=")"')
        + odt_level(2, 'style:num-format="1" text:display-levels="2"')
        + odt_level(3, 'style:num-format="a" style:num-suffix=")"')
    )
    inner = odt_list(words("x") + odt_list(words("deep"), given=""), words("y"), given="")
    body = odt_list(words("one") + words("more") + inner, words("two")) + words("Between.")
    body += odt_list(words("three"), given='text:style-name="L" text:continue-numbering="true"')
    named = f'<text:list-style style:name="L">{levels}</text:list-style>'
    blocks = (
        "- (i\\) one",
        "  more",
        "  - i\\.1 x",
        "    - a\\) deep",
        "  - i\\.2 y",
        "- (ii\\) two",
        "Between.",
        "- (iii\\) three",
    )
    made = manuscript_of(odt(body, named), "a.odt")
    assert (made.blocks, made.notices) == (blocks, ())
    outside = {"styles.xml": f'<a:s xmlns:a="a" {SPACES}><a:styles>{named}</a:styles></a:s>'}
    assert manuscript_of(odt(body, parts=outside), "a.odt").blocks == blocks


@pytest.mark.parametrize("given", ["", 'text:style-name="Gone"'])
def test_a_list_of_an_opendocument_text_without_a_style_has_signs(given: str) -> None:
    body = odt_list(words("one"), words("two") + odt_list(words("inner"), given=""), given=given)
    assert manuscript_of(odt(body), "a.odt").blocks == ("- one", "- two", "  - inner")


@pytest.mark.parametrize(
    ("figures", "first"),
    [("一, 二, 三, ...", "- 一&#12289; a"), ("①, ②, ③, ...", "- ①&#12289; a"), ("ア, イ, ウ, ...", "- ア&#12289; a")],
)
def test_an_opendocument_text_counts_by_the_first_figures_that_it_names(figures: str, first: str) -> None:
    counts = odt_level(1, f'style:num-format="{figures}" style:num-suffix="、"')
    made = manuscript_of(
        odt(odt_list(words("a")), f'<text:list-style style:name="L">{counts}</text:list-style>'), "a.odt"
    )
    assert made.blocks == (first,)


@pytest.mark.parametrize(
    ("style", "number", "figures"),
    [
        ("simp-chinese-informal", 10, "十"),
        ("simp-chinese-informal", 21, "二十一"),
        ("simp-chinese-informal", 110, "一百一十"),
        ("simp-chinese-informal", 1001, "一千零一"),
        ("japanese-informal", 111, "百十一"),
        ("korean-hangul", 21, "이십일"),
        ("simp-chinese-formal", 11, "壹拾壹"),
        ("cjk-decimal", 20, "二〇"),
        ("cjk-heavenly-stem", 11, "11"),
        ("thai", 12, "๑๒"),
        ("upper-russian", 2, "Б"),
        ("decimal-leading-zero", 9, "09"),
        ("decimal-leading-zero", 12, "12"),
        ("simp-chinese-informal", 10_000, "10000"),
        ("japanese-informal", 0, "0"),
    ],
)
def test_numbers_are_written_as_their_readers_write_them(style: str, number: int, figures: str) -> None:
    assert figures_of(number, style) == figures


def test_the_lists_of_a_page_count_as_its_style_says() -> None:
    page = (
        "<style>ol.k {list-style-type: katakana}</style><ol style='list-style-type: cjk-ideographic'><li>a</ol><p>x</p>"
        "<ol style='list-style: decimal-leading-zero inside'><li>b</ol><p>y</p><ol class=k><li>c</ol>"
    )
    blocks = manuscript_of(page.encode(), "a.html").blocks
    assert blocks == ("- 一&#12289; a", "x", "- 01\\. b", "y", "- ア&#12289; c")


@pytest.mark.parametrize("marker", ["一、", "（十一）", "01.", "가.", "٣.", "3．", "(二)", "2.1"])
def test_a_marker_is_read_as_it_was_written_and_is_shown(marker: str) -> None:
    (block,) = Essay.from_markdown(f"---\ntitle: x\n---\n\n{written(marker)} Lamp").blocks
    assert (block.frames[-1].marker, is_usual(marker)) == (marker, False)


SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("text", "style"))


def test_numbered_headings_of_an_opendocument_text_begin_with_their_numbers() -> None:
    outline = "".join(
        f'<text:outline-level-style text:level="{at}" style:num-format="{figures}" text:display-levels="{at}"/>'
        for at, figures in ((1, "I"), (2, "1"), (3, ""))
    )
    styles = f'<a:s xmlns:a="a" {SPACES}><text:outline-style style:name="Outline">{outline}</text:outline-style></a:s>'
    heads = ((1, "One"), (2, "Inner"), (1, "Two"), (3, "Deep"))
    body = "".join(f'<text:h text:outline-level="{at}">{head}</text:h>{words("Text.")}' for at, head in heads)
    made = manuscript_of(odt(words("First.") + body, parts={"styles.xml": styles}), "a.odt")
    assert [block for block in made.blocks if block.startswith("#")] == [
        "# I One",
        "## I.1 Inner",
        "# II Two",
        "### Deep",
    ]


def test_a_level_begins_anew_behind_one_above_unless_it_says_not() -> None:
    levels = Levels()
    levels.known = {0: Level(pattern="%1."), 1: Level(pattern="%2)"), 2: Level(pattern="%3)", restarts=False)}
    counted = [levels.count(at) for at in (0, 1, 2, 1, 0, 1, 2)]
    assert [one and one[1] for one in counted] == ["1.", "1)", "1)", "2)", "2.", "1)", "2)"]


def test_labels_survive_their_way_through_the_library() -> None:
    parts = {"word/numbering.xml": numbering(level(0, "decimal", "&quot;%1&quot; &lt;b&gt; &amp;"))}
    made = manuscript_of(docx(entry(1, 0, "a"), parts), "a.docx")
    assert made.blocks == ('- "1" \\<b> & a',)

"""Files of word processors: what pandoc would lose is kept, or told with its count."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from essay_explorer.core.fault import ReadingError
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.formats.comparing import NOTE, missing_from
from essay_explorer.formats.word import readable
from essay_explorer.formats.word_parts import MAIN
from word_processors import ODF, OOXML, SPACES, archive, cell, docx, odt, p, r, table

BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
TWICE = (
    f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><a:graphic>{BOX}</a:graphic></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
PICTURE = '<w:r><w:drawing><wp:docPr descr="A lamp"/><pic:pic/></w:drawing></w:r>'
DATE = '<w:fldSimple w:instr=" DATE "><w:r><w:t>3 May 2020</w:t></w:r></w:fldSimple>'
CHANGES = (
    f'<w:ins w:id="1">{r("new ")}</w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>'
    f'<w:moveFrom w:id="3">{r("moved")}</w:moveFrom>'
)
RUBY = f"<w:r><w:ruby><w:rt>{r('かんじ')}</w:rt><w:rubyBase>{r('漢字')}</w:rubyBase></w:ruby></w:r>"
HIDDEN = "<w:vanish/>"


def field(instruction: str, result: str | None = None) -> str:
    """A field as Word writes it; what is no element in an instruction is its own text."""
    told = instruction if instruction.startswith("<") else f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    shown = "" if result is None else f"{mark('separate')}{result if result.startswith('<') else r(result)}"
    return f"{mark('begin')}{told}{shown}{mark('end')}"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


@pytest.mark.parametrize(
    ("made", "read"),
    [
        (field(" REF a ", "Figure 1"), "See Figure 1 here."),
        (field(f"<w:r><w:instrText>IF </w:instrText></w:r>{field(' PAGE ', '3')}", "yes"), "See yes here."),
        (field(f"{field(' DOCPROPERTY a ', 'x')}{field(' PAGE ', '3')}", field(" REF b ", "no")), "See no here."),
        (field(" TOC ", f"{r('One ')}{field(' PAGEREF a ', '7')}{r(' Two')}"), "See One 7 Two here."),
        (field(r(" PAGE in plain words "), "5"), "See 5 here."),
        (field(" XE "), "See here."),
        (f"{mark('begin')}{r('an instruction without end')}", "See an instruction without end here."),
        (f"{mark('end')}{r('an end without field')}", "See an end without field here."),
    ],
)
def test_of_a_field_its_result_is_read_alone(made: str, read: str) -> None:
    assert manuscript_of(docx(p("See ", made, " here.") + p("Next.")), "a.docx").blocks == (read, "Next.")


TALL, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
AB, DEF = cell("A") + cell("B"), cell("D") + cell("E") + cell("F")
BEFORE, AFTER = (f'<w:trPr><w:grid{side} w:val="1"/></w:trPr>' for side in ("Before", "After"))


@pytest.mark.parametrize("columns", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ((DEF, DEF), ["D E F", "D E F"]),
        ((AB, DEF), ["A B _", "D E F"]),
        ((DEF, AB), ["D E F", "A B _"]),
        ((DEF, BEFORE + AB), ["D E F", "_ A B"]),
        ((DEF, AFTER + AB), ["D E F", "A B _"]),
        ((cell("Wide", '<w:gridSpan w:val="2"/>') + cell("C"), DEF), ["Wide _ C", "D E F"]),
        ((cell("Tall", TALL) + cell("B"), cell("", GOES_ON) + cell("E")), ["Tall B", "_ E"]),
        ((cell("Alone", GOES_ON) + cell("B"), AB), ["Alone B", "A B"]),
        ((AB, cell("Low", GOES_ON) + cell("E")), ["A B", "Low E"]),
        ((f"<w:tc>{p('A')}{table(AB)}{p('')}</w:tc>",), ["A", "A B"]),
        ((AB, f"<w:tc>{p('In')}{table(DEF, AB)}{p('')}</w:tc>{cell('C')}", AB), ["A B", "In D E F A B C", "A B"]),
        ((f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('A')}</w:sdtContent></w:sdt>{cell('B')}", DEF), ["A B _", "D E F"]),
    ],
)
def test_a_table_keeps_each_cell_in_its_column_whatever_it_announces(
    rows: tuple[str, ...], read: list[str], columns: int
) -> None:
    made = manuscript_of(docx(p("Here it comes.") + table(*rows, columns=columns) + p("It was there.")), "a.docx")
    lines = [line for block in made.blocks for line in block.splitlines() if not set(line) <= set("| -")]
    cells = [[cell.strip() or "_" for cell in line.strip("|").split("|")] for line in lines]
    assert [" ".join(row) for row in cells] == ["Here it comes.", *read, "It was there."]
    assert made.notices == ()


@pytest.mark.parametrize(
    ("body", "blocks", "notices"),
    [
        (
            p("Before.", TWICE) + p("After."),
            ("Before.", "In a box.", "After."),
            ('1 text box set between the paragraphs: "In a box.".',),
        ),
        (
            p("a", f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>", " b", TWICE),
            ("a b", "In a box.", "In a box."),
            ('2 text boxes set between the paragraphs: "In a box.", "In a box.".',),
        ),
        (p("One ", PICTURE, "two."), ("One two.",), ('1 picture left out: "A lamp".',)),
        (p("On ", DATE, "."), ("On 3 May 2020.",), ()),
        (
            p("The ", CHANGES, "words."),
            ("The new words.",),
            ('1 tracked insertion taken as if accepted: "new".', "1 tracked deletion left out."),
        ),
        (
            f'<w:p><w:pPr><w:rPr><w:ins w:id="1"/></w:rPr></w:pPr><w:ins w:id="2">{r("new")}</w:ins></w:p>'
            f'<w:p><w:pPr><w:rPr><w:ins w:id="3"/></w:rPr></w:pPr>{r("old")}</w:p>',
            ("new", "old"),
            ('1 tracked insertion taken as if accepted: "new".',),
        ),
        (
            p("x ", f'<w:moveTo w:id="1">{r("moved")}</w:moveTo>'),
            ("x moved",),
            ('1 tracked move taken as if accepted: "moved".',),
        ),
        (p(r("Hidden words.", HIDDEN), "Seen."), ("Seen.",), ('2 hidden words left out: "Hidden words.".',)),
        (p(r("Seen", '<w:vanish w:val="0"/>'), " too."), ("Seen too.",), ()),
        (p("a", "<w:r><w:cr/></w:r>", "b"), ("a\nb",), ()),
        (p("One,", "<w:r><w:br/></w:r>", "two.") + p("") + p("  Indented"), ("One,\ntwo.", "Indented"), ()),
        (
            p("Donau", "<w:r><w:softHyphen/></w:r>", "dampf", "<w:r><w:noBreakHyphen/><w:tab/></w:r>", "schiff"),
            ("Donau\xaddampf\u2011 schiff",),
            (),
        ),
        (f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{r("T")}</w:p>' + p("he lamp."), ("The lamp.",), ()),
        (
            p(
                "In ",
                f'<w:smartTag w:element="City"><w:smartTag w:element="place">{r("Paris")}</w:smartTag></w:smartTag>',
            ),
            ("In Paris",),
            (),
        ),
        (
            f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
            + p("A ", f"<w:sdt><w:sdtContent>{r('choice')}</w:sdtContent></w:sdt>"),
            ("In a control.", "A choice"),
            (),
        ),
        (p("x ", RUBY), ("x 漢字(かんじ)",), ()),
        (
            p("a ", f'<w:dir w:val="rtl">{r("שלום")}</w:dir>', f'<w:bdo w:val="rtl">{r(" b")}</w:bdo>'),
            ("a שלום b",),
            (),
        ),
        (
            p("Above.")
            + p('<w:r><w:pict><v:rect o:hralign="center" o:hrstd="t" o:hr="t"/></w:pict></w:r>')
            + p("Below."),
            ("Above.", "* * *", "Below."),
            (),
        ),
        (p("3", "<w:r><w:ptab/></w:r>", "of 4"), ("3 of 4",), ()),
        (
            p("See ", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', " and &amp;amp;."),
            ("See α and \\&amp;.",),
            (),
        ),
        (p("a") + "<w:subDoc/>", ("a",), ("1 document inside the document left out.",)),
        (p("a", "<w:r><w:dayLong/></w:r>", "b"), ("ab",), ("1 automatic date left out.",)),
        (p("a", "<w:r><w:dayLong/><w:yearLong/></w:r>"), ("a",), ("2 automatic dates left out.",)),
    ],
)
def test_what_a_word_file_holds_is_kept_or_reported(
    body: str, blocks: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    made = manuscript_of(docx(body), "a.docx")
    assert tuple(block.replace("\\\n", "\n") for block in made.blocks) == blocks
    assert made.notices == notices


def test_code_is_known_by_its_style_and_keeps_its_indents() -> None:
    styles = (
        '<w:styles SPACES><w:style w:type="paragraph" w:styleId="C"><w:name w:val="Code Block"/></w:style></w:styles>'
    )
    lines = "".join(f'<w:p><w:pPr><w:pStyle w:val="C"/></w:pPr>{r(line)}</w:p>' for line in ("if x:", "    y = 1"))
    made = manuscript_of(docx(lines + p("Prose."), {"word/styles.xml": styles}), "a.docx")
    assert (made.blocks, made.notices) == (("```\nif x:\n    y = 1\n```", "Prose."), ())


def test_entries_without_numbers_get_none() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>'
    num = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    parts = {
        "word/numbering.xml": f'<w:numbering SPACES><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>{num}</w:numbering>'
    }
    entry = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'.format
    assert manuscript_of(docx(entry(r("One")) + entry(r("Two")), parts), "a.docx").blocks == ("- One", "- Two")


def test_comments_and_running_heads_are_reported() -> None:
    parts = {
        "word/comments.xml": f'<w:comments SPACES><w:comment w:id="0">{p("Why", " so?")}{p("And?")}</w:comment></w:comments>',
        "word/header1.xml": f"<w:hdr SPACES>{p('Lee 4')}</w:hdr>",
        "word/header2.xml": f"<w:hdr SPACES>{p('Lee 4')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr SPACES>{p('17')}</w:ftr>",
    }
    made = manuscript_of(docx(p("Text."), parts), "a.docx")
    assert made.notices == ('1 comment left out: "Why so? And?".', '1 header left out: "Lee 4".')


def test_words_hidden_by_their_style_are_left_out_and_reported() -> None:
    styles = (
        '<w:styles SPACES><w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    made = manuscript_of(
        docx(p(r("Not this.", '<w:rStyle w:val="H"/>'), "This."), {"word/styles.xml": styles}), "a.docx"
    )
    assert (made.blocks, made.notices) == (("This.",), ('2 hidden words left out: "Not this.".',))


@pytest.mark.parametrize(
    ("part", "sign"),
    [("styles", "<w:style "), ("styles", '<w:style w:styleId="a">'), ("comments", "<w:comment ")],
)
def test_a_part_of_one_kind_of_sign_is_read_in_time(part: str, sign: str) -> None:
    parts = {MAIN: f"<w:document {SPACES}/>".encode(), f"word/{part}.xml": sign.encode() * (1_000_000 // len(sign))}
    start = time.process_time()
    assert readable(parts)[2] == []
    assert time.process_time() - start < 5


@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "other/main.xml"])
def test_the_main_part_is_where_the_list_of_contents_says(main: str) -> None:
    notes = f'<w:footnotes SPACES><w:footnote w:id="2">{p("A note.")}</w:footnote></w:footnotes>'
    body = p("A lamp", '<w:r><w:footnoteReference w:id="2"/></w:r>', " stood.")
    made = manuscript_of(docx(body, {"word/footnotes2.xml": notes}, main), "a.docx")
    assert (made.blocks, made.notices) == (("A lamp[1] stood.", "[1] A note."), ())


def test_the_main_part_is_found_however_a_program_writes_its_name() -> None:
    def renamed(name: str, *changes: tuple[str, str]) -> bytes:
        with zipfile.ZipFile(io.BytesIO(docx(p("A lamp.")))) as file:
            parts = {part: file.read(part).decode() for part in file.namelist()}
        for old, new in changes:
            parts = {part: text.replace(old, new) for part, text in parts.items()}
        return archive({name if part == "word/document.xml" else part: text for part, text in parts.items()})

    capitals = renamed("Word/Document.xml")
    backslashes = renamed("word\\document.xml")
    unlisted = renamed("word/main.xml", ("word/document.xml", "word/main.xml"), ("document.main+xml", "x"))
    for content in (capitals, backslashes, unlisted):
        assert manuscript_of(content, "a.docx").blocks == ("A lamp.",)


@pytest.mark.parametrize("prefix", ["ns0:", ""])
def test_elements_are_known_whatever_a_program_calls_them(prefix: str) -> None:
    def named(xml: str) -> str:
        return xml.replace("<w:", f"<{prefix}").replace("</w:", f"</{prefix}").replace(" w:", " q:")

    space = SPACES.split()[0]
    spaces = f"{space.replace(':w', f':{prefix[:-1]}' if prefix else '')} {space.replace(':w', ':q')}"
    heading = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    styles = f"<w:styles SPACES>{heading}</w:styles>"
    body = f'<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>{r("Lamp")}</w:p>' + p(r("It", "<w:i/>"), " stood.")
    with zipfile.ZipFile(io.BytesIO(docx(body, {"word/styles.xml": styles}))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    parts |= {name: named(text.replace(SPACES, spaces)) for name, text in parts.items() if name.startswith("word/")}
    made = manuscript_of(archive(parts), "a.docx")
    assert (made.title, made.blocks) == ("Lamp", ("*It* stood.",))


def test_a_formula_is_no_loss_and_what_stands_in_other_markup_is_read() -> None:
    formula = f'<m:oMath xmlns:m="{OOXML}/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'
    inside = f'<w:customXml w:element="a"><w:customXmlPr/>{p("Inside.")}</w:customXml>'
    made = manuscript_of(docx(p("So ").replace("</w:p>", f"{formula}</w:p>") + inside), "a.docx")
    assert (made.blocks, made.notices) == (("So *x*", "Inside."), ())


def test_a_word_file_that_is_no_xml_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"is not readable as \.docx"):
        manuscript_of(docx("<w:p>"), "a.docx")


STYLES = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>'
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>'
)
HORIZONTAL = '<text:p text:style-name="Horizontal_20_Line"/>'


def listed(given: str, *entries: str) -> str:
    """A list of entries, each a paragraph and perhaps a list below it."""
    words = (entry.partition("<") for entry in entries)
    items = "".join(
        f"<text:list-item><text:p>{said}</text:p>{sign}{more}</text:list-item>" for said, sign, more in words
    )
    return f'<text:list text:style-name="L" {given}>{items}</text:list>'


def preformatted(*lines: str) -> str:
    return "".join(f'<text:p text:style-name="P1">{line}</text:p>' for line in lines)


@pytest.mark.parametrize(
    ("body", "blocks", "notices"),
    [
        (
            "<text:p>One <draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>two.</text:p>",
            ("One two.", "In a box."),
            ('1 text box set between the paragraphs: "In a box.".',),
        ),
        (
            "<text:p>a<office:annotation><dc:creator>B</dc:creator><text:p>Why?</text:p></office:annotation>b</text:p>",
            ("ab",),
            ('1 comment left out: "Why?".',),
        ),
        (
            "<text:p>On <text:date>3 May</text:date>, <text:author-name>Ann</text:author-name></text:p>",
            ("On 3 May, Ann",),
            (),
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion></text:changed-region>"
            "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes><text:p>new</text:p>",
            ("new",),
            ("1 tracked deletion left out.", "1 tracked insertion taken as if accepted."),
        ),
        (
            "<text:p>a<text:hidden-text>not this</text:hidden-text></text:p>",
            ("a",),
            ('2 hidden words left out: "not this".',),
        ),
        (
            "<text:p><text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby></text:p>",
            ("漢字(かんじ)",),
            (),
        ),
        ("<text:p>a<text:line-break/>b</text:p>", ("a\nb",), ()),
        ("<text:numbered-paragraph><text:p>First.</text:p></text:numbered-paragraph>", ("First.",), ()),
        (f"{preformatted('One.')}{HORIZONTAL}<text:p>Two.</text:p>", ("One.", "* * *", "Two."), ()),
        (f"{HORIZONTAL.replace('/>', '>One.</text:p>')}<text:p>Two.</text:p>", ("One.", "Two."), ()),
        (
            preformatted(
                "def f(x):",
                '<text:s text:c="4"/>if x:',
                "<text:tab/><text:s/>pass",
                "",
                'a[<text:span text:style-name="B">"b"</text:span>]',
            )
            + "<text:p>Prose.</text:p>"
            + preformatted("a = 1;<text:line-break/>b = 2;"),
            ('```\ndef f(x):\n    if x:\n\t pass\n\na["b"]\n```', "Prose.", "```\na = 1;\nb = 2;\n```"),
            (),
        ),
        (
            preformatted(
                "Roses are red,", '<text:s text:c="2"/><text:span text:style-name="B">violets</text:span> are blue'
            ),
            ("Roses are red,\n  **violets** are blue",),
            (),
        ),
        (
            preformatted(
                "x = <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>N.</text:p></text:note-body></text:note>[1];"
            ),
            ("x = [1][1];", "[1] N."),
            (),
        ),
        (
            '<text:list text:style-name="L"><text:list-item text:start-value="9"><text:p>nine</text:p></text:list-item>'
            "<text:list-item><text:p>ten</text:p></text:list-item></text:list>",
            ("9. nine", "10. ten"),
            (),
        ),
        (
            listed('xml:id="a"', "one", "two" + listed("", "two i"))
            + "<text:p>Between.</text:p>"
            + listed('xml:id="b" text:continue-list="a"', "three", "four")
            + "<text:p>Again.</text:p>"
            + listed('text:continue-numbering="true"', "five")
            + "<text:p>New.</text:p>"
            + listed("", "one"),
            (
                "1. one",
                "2. two",
                "   1. two i",
                "Between.",
                "3. three",
                "4. four",
                "Again.",
                "5. five",
                "New.",
                "1. one",
            ),
            (),
        ),
        (
            "<text:p>Text.</text:p><text:bibliography><text:bibliography-source><text:index-title-template>Works"
            "</text:index-title-template></text:bibliography-source><text:index-body><text:index-title>"
            "<text:p>Works</text:p></text:index-title><text:p>Reed, The Lamp.</text:p></text:index-body></text:bibliography>",
            ("Text.", "Works", "Reed, The Lamp."),
            (),
        ),
    ],
)
def test_what_an_open_document_holds_is_kept_or_reported(
    body: str, blocks: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    made = manuscript_of(odt(body, STYLES), "a.odt")
    assert tuple(block.replace("\\\n", "\n") for block in made.blocks) == blocks
    assert made.notices == notices


MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi><mo>=</mo><msup><mi>c</mi><mn>2</mn></msup></mrow><annotation>E = c^2</annotation></semantics></math>'
PREFIXED = '<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:mi>x</math:mi></math:math>'


def embedded(href: str, kind: str = "object") -> str:
    shown = '<draw:image xlink:href="./ObjectReplacements/Object 1"/>'
    return f'<draw:frame><draw:{kind} xlink:href="{href}"/>{shown}</draw:frame>'


@pytest.mark.parametrize(
    ("body", "blocks", "notices"),
    [
        (f"<text:p>So {embedded('./Object 1')}.</text:p>", ("So E = c².",), ()),
        (f"<text:p>{embedded('Object 2/')} is it.</text:p>", ("x is it.",), ()),
        (f"<text:p>See{embedded('./Object 3')}.</text:p>", ("See.",), ("1 embedded object left out.",)),
        (f"<text:p>See{embedded('x', 'object-ole')}.</text:p>", ("See.",), ("1 embedded object left out.",)),
        (f"{embedded('./Object 1')}<text:p>See.</text:p>", ("See.",), ('1 formula left out: "E = c²".',)),
    ],
)
def test_a_formula_of_opendocument_is_read_and_another_object_reported(
    body: str, blocks: tuple[str, ...], notices: tuple[str, ...]
) -> None:
    objects = {f"Object {number}/content.xml": part for number, part in enumerate((MATH, PREFIXED, "<a/>"), 1)}
    made = manuscript_of(odt(body, parts=objects), "a.odt")
    assert (made.blocks, made.notices) == (blocks, notices)


def test_title_and_subtitle_of_opendocument_are_known_by_their_styles() -> None:
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>N.</text:p></text:note-body></text:note>'
    title, subtitle = (
        '<text:p text:style-name="P1">The *Lamp*</text:p>',
        '<text:p text:style-name="Subtitle">Again</text:p>',
    )
    authors = "".join(f'<text:p text:style-name="Author">{name}</text:p>' for name in ("Ann", "Bo"))
    made = manuscript_of(odt(f"<text:p/>{title}{subtitle}{authors}<text:p>Text.</text:p>{title}", styles), "a.odt")
    assert made.author == "Ann, Bo"
    assert (made.title, made.subtitle, made.blocks) == ("The \\*Lamp\\*", "Again", ("Text.", "The \\*Lamp\\*"))
    noted = manuscript_of(
        odt(title.replace("</text:p>", f"{note}</text:p>") + "<text:p>Text.</text:p>", styles), "a.odt"
    )
    assert (noted.title, noted.blocks[-1], noted.notices) == ("", "[1] N.", ())


def test_the_one_heading_of_opendocument_stays_where_a_style_names_the_title() -> None:
    body = '<text:p text:style-name="Title">The Lamp</text:p><text:h text:outline-level="1">First things</text:h>'
    made = manuscript_of(odt(f"{body}<text:p>Text.</text:p>"), "a.odt")
    assert (made.title, made.blocks, made.notices) == ("The Lamp", ("# First things", "Text."), ())


def test_letters_that_did_not_arrive_are_found() -> None:
    made = ["**One** \\*two.[1]", "&#115;even", "[1] three"]
    assert list(missing_from(made, ["One *two.", "three", "seven", "", "— !"])) == []
    assert list(missing_from(made, [f"two.{NOTE}seven", "One three"])) == ["One three"]


def odt_cell(words: str, given: str = "") -> str:
    return f"<table:table-cell {given}><text:p>{words}</text:p></table:table-cell>"


def odt_row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def odt_table(*rows: str) -> str:
    """A table that says itself what its prefix means, as some programs write it."""
    return f'<table:table xmlns:table="{ODF}:table:1.0">{"".join(rows)}</table:table>'


ODT_AB = odt_row(odt_cell("A"), odt_cell("B"))
ODT_DEF = odt_row(*map(odt_cell, "DEF"))
COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ((ODT_AB, ODT_DEF), ["A B _", "D E F"]),
        ((odt_row(odt_cell("Wide", 'table:number-columns-spanned="2"'), COVERED, odt_cell("C")), ODT_DEF), ["Wide _ C", "D E F"]),
        ((odt_row(odt_cell("Tall", 'table:number-rows-spanned="2"'), odt_cell("B")), odt_row(COVERED, odt_cell("E"))), ["Tall B", "_ E"]),
        ((f"<table:table-row-group>{ODT_AB}</table:table-row-group>", f"<table:table-rows>{ODT_DEF}</table:table-rows>"), ["A B _", "D E F"]),
        (("<table:table-column-group><table:table-column/></table:table-column-group>", ODT_AB), ["A B"]),
        ((odt_row(f"<table:table-cell>{odt_table(ODT_AB)}</table:table-cell>", odt_cell("C")),), ["A B C"]),
    ],
)  # fmt: skip
def test_a_table_of_opendocument_keeps_each_cell(rows: tuple[str, ...], read: list[str]) -> None:
    made = manuscript_of(
        odt(f"<text:p>Here it comes.</text:p>{odt_table(*rows)}<text:p>It was there.</text:p>"), "a.odt"
    )
    lines = [line for block in made.blocks for line in block.splitlines() if not set(line) <= set("| -")]
    cells = [[" ".join(cell.split()) or "_" for cell in line.strip("|").split("|")] for line in lines]
    assert [" ".join(row) for row in cells] == ["Here it comes.", *read, "It was there."]
    assert made.notices == ()

"""TEI: pointers into the text that give each passage back."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from essay_explorer import Codebook, Essay, Reading, open_reading
from essay_explorer.exchange import exported, to_tei
from tei_models import faults_of

ID = "{http://www.w3.org/XML/1998/namespace}id"
ESSAY = """---
title: "On *fish* <&>"
author: Ann
license: CC-BY-4.0
language: de
---

*One* 🐟 sees **the *big*** moon\x07.

Two fish see.

Three.
"""
BOOK = (
    "facets:\n- {id: theme, label: Themes, tags: [{id: p1, definition: First.}, {id: é/2}]}\n- {id: none, tags: []}\n"
)
ROWS = (
    "id,quote,theme,note,creator\n1a,sees the big,p1;é/2,Look <here>,Bob\na/2,🐟 sees the big moon\x07.,,,\n"
    'a3,"big moon\x07.\n\nTwo",p1,,\na4,Three.,p1,,\na5,Nine,p1,Lost,Bob\n'
)
TEXTS = {
    "essay.md": ESSAY,
    "codebook.yml": BOOK,
    "annotations.csv": ROWS,
    "relations.csv": "from,relation,to,note\n1a,supports,a4,Why\n",
}
VERSE = {
    "essay.md": "Roses *wait in rows,\\\nviolets* in tens,  \nnobody knows.\n\nProse.",
    "codebook.yml": BOOK,
    "annotations.csv": 'id,quote,theme\na1,"rows, violets in",p1\na2,"tens,\nnobody",p1\n',
}
BLOCKS = Path(__file__).parents[1] / "readings"
READINGS = {
    "verse": Reading.from_texts(VERSE),
    "her": open_reading("her"),
    **{name: open_reading(BLOCKS / name) for name in ("sonnet", "scene", "lighthouse")},
    "own": Reading.from_texts(TEXTS),
    "bare": Reading.from_texts({"essay.md": "x"}),
}


SHAPES = {
    "blocks": (
        "Before\\\nit *all\\\n  goes* on\n\n# A\n\n## B\n\n> q\n\n5. a\n7. b\n\n# C\n\n|x|y|\n|-|-|\n|1|2|\n\n---\n\n"
        '![alt](a.png "Fig")\n\n```\nc\n\nd\n```\n\nSo[1].\n\n[1] N.'
    ),
    "a picture alone": "![alt](a%20b.png)",
    "pictures of a row": "|a|b|\n|-|-|\n|![x](a.png)|c|\n|![](a.png)||",
    "headings alone": "# A\n\n## B\n\n# C ![x](a.png)",
    "a heading in a quotation": "> # A\n> ![x](b.png)\n\n> ---\n\n> a\\\n> b",
    "blocks in lists": "- a\n  - ![x](b.png)\n  - > q\n  - |a|b|\n    |-|-|\n    |c|d|\n  - ```\n    x\n    ```\n- \n- b",
    "notes": "x[1]\n\n[1] y\n\n# H\n\n[1] z",
    "no language": "---\nlanguage: not a tag\n---\n\nx",
}


@pytest.mark.parametrize("name", [*READINGS, *SHAPES])
def test_every_document_is_as_the_guidelines_want_it(name) -> None:
    reading = READINGS.get(name) or Reading.from_texts({"essay.md": SHAPES[name]}, faults=())
    assert faults_of(ET.fromstring(to_tei(reading))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"(</?)row\b", r"\1p"),
        (r"(</?)cell\b", r"\1item"),
        ("<body>", "<body><graphic/>"),
        ("rend=", "look="),
        ("<table>", "<table>x"),
        ('n="7"', 'n=""'),
    ],
)
def test_what_the_guidelines_do_not_want_is_found(old, new) -> None:
    made = to_tei(Reading.from_texts({"essay.md": SHAPES["blocks"]}))
    assert faults_of(ET.fromstring(re.sub(old, new, made)))


def offset(pointer, paragraphs):
    """The offset in the whole text at which a string-index pointer points."""
    entry, at = re.fullmatch(r"#string-index\(([^,]+),(\d+)\)", pointer).groups()
    before = 0
    for name, text in paragraphs.items():
        if name == entry:
            assert int(at) <= len(text)
            return before + int(at)
        before += len(text) + 2
    raise AssertionError(pointer)


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_every_span_points_at_its_passage(reading) -> None:
    root = ET.fromstring(to_tei(reading))
    numbered = (one for one in root.find(".//{*}body").iter() if one.get(ID))
    paragraphs = {one.get(ID): "".join(one.itertext()) for one in numbered}
    assert list(paragraphs) == [f"p{number}" for number in range(1, len(reading.essay.paragraphs) + 1)]
    text = "\n\n".join(paragraphs.values())
    assert text == reading.essay.text.replace("\x07", "\ufffd")
    spans = root.findall(".//{*}spanGrp[@type='passages']/{*}span")
    seen = [text[offset(span.get("from"), paragraphs) : offset(span.get("to"), paragraphs)] for span in spans]
    assert seen == [passage.text.replace("\x07", "\ufffd") for passage in reading.passages()]


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_every_pointer_leads_somewhere_and_ids_are_names(reading) -> None:
    root = ET.fromstring(exported(reading, "x.tei.xml"))
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one, re.ASCII) for one in ids)
    for element in root.iter():
        for name in ("ana", "target", "resp"):
            assert {pointer[1:] for pointer in element.get(name, "").split()} <= set(ids)
        assert not (element.get("target") and element.get("from"))


def test_the_order_of_elements_is_the_guidelines() -> None:
    root = ET.fromstring(to_tei(READINGS["own"]))
    assert [child.tag.rpartition("}")[2] for child in root] == ["teiHeader", "text", "standOff"]
    assert {child.tag.rpartition("}")[2] for child in root[2]} == {"interpGrp", "spanGrp", "linkGrp"}
    assert [child.tag.rpartition("}")[2] for child in root.find(".//{*}fileDesc")] == [
        "titleStmt",
        "publicationStmt",
        "sourceDesc",
    ]
    assert ET.fromstring(to_tei(READINGS["bare"])).find(".//{*}standOff") is None  # which may not be empty


def test_each_block_has_the_element_of_the_guidelines() -> None:
    source = (
        "Before\\\nit *all\\\n  goes* on\n\n# A\n\n## B\n\n> q\n\n5. a\n7. b\n\n# C\n\n|x|y|\n|-|-|\n|1|2|\n\n---\n\n"
        '![alt](a.png "Fig")\n\n```\nc\n```\n\nSo[1].\n\n[1] N.'
    )
    body = ET.fromstring(to_tei(Reading.from_texts({"essay.md": source}))).find(".//{*}body")

    def told(one: ET.Element) -> str:
        name, number = one.tag.rpartition("}")[2], one.get("n")
        inner = "".join(map(told, one))
        return f"{name}{number or ''}({inner})" if inner else f"{name}{number or ''} "

    assert told(body) == (
        "body(lg(l l(hi )l(hi ))div(head div(head quote(p )list(item5(p )item7(p ))))"
        "div(head table(row(cell cell )row(cell cell ))milestone figure(head graphic p )ab p note ))"
    )
    assert next(one.text for one in body.iterfind(".//{*}l")) == "Before\n"
    assert body.find(".//{*}l[@rend='indent2']") is not None


def test_a_line_break_in_prose_is_an_element() -> None:
    reading = Reading.from_texts({"essay.md": "A line\nthat goes on\\\nand breaks."})
    assert len(ET.fromstring(to_tei(reading)).findall(".//{*}p/{*}lb")) == 1


def test_a_blank_line_of_code_is_a_line_break_more() -> None:
    reading = Reading.from_texts({"essay.md": "```\na\n\n\nb\nc\n```"})
    code = ET.fromstring(to_tei(reading)).find(".//{*}ab")
    assert [one.tail or "" for one in code] == ["", "", "\nb", "\nc"]


def test_facts_emphasis_notes_and_the_lost_are_there() -> None:
    root = ET.fromstring(to_tei(READINGS["own"]))
    assert root.findtext(".//{*}titleStmt/{*}title") == "On fish <&>"
    assert root.findtext(".//{*}licence") == "CC-BY-4.0"
    assert [(hi.get("rend"), hi.text) for hi in root.iterfind(".//{*}hi")] == [
        ("em", "One"),
        ("strong", "the "),
        ("em strong", "big"),
    ]
    assert root.findtext(".//{*}span[@ana]") == "Look <here>"
    assert root.findtext(".//{*}spanGrp[@type='without-a-place']/{*}span") == "Nine Lost"
    assert root.findtext(".//{*}linkGrp[@type='supports']/{*}desc") == "Why"
    assert root.findtext(".//{*}respStmt/{*}name") == "Bob"


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("de-CH", "de-CH"),
        ("pt_BR", "pt-BR"),
        ("", "und"),
        ("English (US)", "und"),
        ("x y", "und"),
        ("zh-Hant", "zh-Hant"),
    ],
)
def test_any_language_makes_a_valid_document(said: str, tag: str) -> None:
    root = ET.fromstring(to_tei(Reading(Essay("One.", language=said), Codebook())))
    assert root.find("{*}text").get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    (language,) = root.iterfind(".//{*}language")
    assert (language.get("ident"), language.text) == (tag, said or tag)

"""REFI-QDA codebooks and projects: the standard's order of elements, and codebooks that come back."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from xml.etree import ElementTree as ET

import pytest

from essay_explorer import Codebook, Reading, ReadingError, open_reading
from essay_explorer.core.colours import contrast
from essay_explorer.exchange import codebook_from_qdc, exported, imported, to_qdc, to_qdpx

# Codebook.xsd 1.0 and Project.xsd of 18 March 2019, as far as they concern us: the children of an element in
# their order (a * for any number), and its attributes (a ! for those that must be there).
CODEBOOK = {
    "CodeBook": ("Codes Sets", "origin"),
    "Codes": ("Code*", ""),
    "Code": ("Description Code*", "guid! name! isCodable! color"),
    "Description": ("", ""),
}
WHO = "creatingUser creationDateTime modifyingUser modifiedDateTime"
PROJECT = {
    "Project": ("Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef*", f"name! origin {WHO} basePath"),
    "Users": ("User*", ""),
    "User": ("", "guid! name id"),
    "CodeBook": ("Codes", ""),
    "Codes": ("Code*", ""),
    "Code": ("Description NoteRef* Code*", "guid! name! isCodable! color"),
    "Description": ("", ""),
    "Sources": ("TextSource*", ""),
    "TextSource": ("Description PlainTextContent PlainTextSelection* Coding* NoteRef* VariableValue*", f"guid! name richTextPath plainTextPath {WHO}"),
    "PlainTextSelection": ("Description Coding* NoteRef*", f"guid! name startPosition! endPosition! {WHO}"),
    "Coding": ("CodeRef NoteRef*", "guid! creatingUser creationDateTime"),
    "CodeRef": ("", "targetGUID!"),
    "NoteRef": ("", "targetGUID!"),
    "Notes": ("Note*", ""),
    "Note": ("Description PlainTextContent PlainTextSelection* Coding* NoteRef*", f"guid! name richTextPath plainTextPath {WHO}"),
    "PlainTextContent": ("", ""),
    "Links": ("Link*", ""),
    "Link": ("NoteRef*", "guid! name direction color originGUID targetGUID"),
}  # fmt: skip
GUID = re.compile("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")

ESSAY = '---\ntitle: "A <b> & c"\n---\n\nOne 🐟 sees\x0b the moon.\n\nTwo fish see the sea.\n'
BOOK = """
facets:
- id: theme
  label: Themes
  definition: What it is about.
  tags:
  - {id: trust, label: Trust, definition: "Belief & more.", questions: ["Who?", "Why:\\nnot?"]}
  - {id: moon, label: The moon, aliases: [moon]}
- {id: move, label: Moves, tags: [{id: claim, label: Claim}]}
"""
ROWS = "id,quote,theme,move,note,creator,created\na1,🐟 sees,trust,claim,Look <here>,Ann,2024-05-06\na2,Two fish,,claim,,Bob,soon\na3,Nine fish,trust,,Gone,Ann,\n"
LINKS = "from,relation,to,note\na1,supports,a2,Because\na3,opposes,a1,\n"
TEXTS = {"essay.md": ESSAY, "codebook.yml": BOOK, "annotations.csv": ROWS, "relations.csv": LINKS}


def project(reading):
    archive = zipfile.ZipFile(io.BytesIO(to_qdpx(reading)))
    assert archive.testzip() is None
    return archive, ET.fromstring(archive.read("project.qde"))


def name(element):
    return element.tag.rpartition("}")[2]


def check(element, schema, namespace):
    """The element and all below it are as the schema has them."""
    assert element.tag == f"{{{namespace}}}{name(element)}"
    children, attributes = schema[name(element)]
    inside = " ".join(name(child) for child in element)
    pattern = "".join(f"({one[:-1]} )*" if one.endswith("*") else f"({one} )?" for one in children.split())
    assert re.fullmatch(pattern, f"{inside} " if inside else ""), (name(element), inside)
    assert name(element) not in {"Codes", "Users", "Sources", "Notes", "Links"} or len(element)
    assert set(element.attrib) <= {one.rstrip("!") for one in attributes.split()}
    assert {one[:-1] for one in attributes.split() if one.endswith("!")} <= set(element.attrib)
    for attribute, value in element.attrib.items():
        if "guid" in attribute.lower() or attribute == "creatingUser":
            assert GUID.fullmatch(value)
        if attribute == "creationDateTime":
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
        if attribute == "color":
            assert re.fullmatch("#[0-9a-fA-F]{6}", value)
    for child in element:
        check(child, schema, namespace)


@pytest.mark.parametrize(
    "reading",
    [open_reading("her"), Reading.from_texts(TEXTS), Reading.from_texts({"essay.md": "x"})],
    ids=["her", "own", "bare"],
)
def test_a_project_is_as_the_standard_orders_it(reading) -> None:
    _, root = project(reading)
    check(root, PROJECT, "urn:QDA-XML:project:1.0")
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    assert {element.get("targetGUID") for element in root.iter()} - {None} <= set(guids)
    assert {element.get("originGUID") for element in root.iter()} - {None} <= set(guids)


@pytest.mark.parametrize("reading", [open_reading("her"), Reading.from_texts(TEXTS)], ids=["her", "own"])
def test_every_selection_is_its_passage_with_its_tags(reading) -> None:
    archive, root = project(reading)
    (source,) = root.iterfind(".//{*}TextSource")
    text = archive.read(source.get("plainTextPath").replace("internal://", "Sources/")).decode()
    labels = {code.get("guid"): code.get("name") for code in root.iterfind(".//{*}Code")}
    seen = [
        (
            selection.get("name"),
            text[int(selection.get("startPosition")) : int(selection.get("endPosition"))],
            tuple(labels[ref.get("targetGUID")] for ref in selection.iterfind(".//{*}CodeRef")),
        )
        for selection in source.iterfind("{*}PlainTextSelection")
    ]
    tags = reading.codebook.tags
    assert seen == [
        (one.id, one.text.replace("\x0b", "\ufffd"), tuple(tags[tag].label for tag in one.tags))
        for one in reading.passages()
    ]
    assert len(seen) >= 2


def test_notes_links_users_and_the_lost_are_there() -> None:
    _, root = project(Reading.from_texts(TEXTS))
    notes = {note.get("name"): note.findtext("{*}PlainTextContent") for note in root.iterfind(".//{*}Note")}
    assert notes == {
        "annotation a1": "Look <here>",
        "lost a3": "Nine fish\n\ntrust\n\nGone",
        "created a2": "Created: soon",
        "relation 1": "Because",
    }
    assert [user.get("name") for user in root.iterfind(".//{*}User")] == ["Ann", "Bob"]
    assert [(link.get("name"), len(link)) for link in root.iterfind(".//{*}Link")] == [("supports", 1), ("opposes", 0)]
    assert len(root.findall("{*}NoteRef")) == 1


def test_what_qualcoder_asks_for_is_there() -> None:
    """Its importer ends at a source, a selection or a note without a date, and reads Description as a memo."""
    _, root = project(Reading.from_texts(TEXTS))
    dated = [one for kind in ("TextSource", "PlainTextSelection", "Note") for one in root.iterfind(f".//{{*}}{kind}")]
    dates = {one.get("name"): one.get("creationDateTime") for one in dated}
    assert dates.pop("annotation a1") == dates.pop("a1") == "2024-05-06T00:00:00Z"
    assert set(dates.values()) == {"1980-01-01T00:00:00Z"}
    assert [one.findtext("{*}Description") for one in root.iterfind(".//{*}PlainTextSelection")] == ["Look <here>", None]  # fmt: skip


def test_the_same_reading_gives_the_same_bytes() -> None:
    assert to_qdpx(Reading.from_texts(TEXTS)) == to_qdpx(Reading.from_texts(TEXTS))


@pytest.mark.parametrize("book", [open_reading("her").codebook, Codebook.from_yaml(BOOK)], ids=["her", "own"])
def test_a_codebook_is_as_the_standard_orders_it_and_comes_back(book) -> None:
    text = to_qdc(book)
    check(ET.fromstring(text), CODEBOOK, "urn:QDA-XML:codebook:1.0")
    assert codebook_from_qdc(text.encode(), book) == book
    assert codebook_from_qdc(text.encode()) == book
    alone = Reading.from_texts(imported(text.encode(), {"essay.md": "x"}, file="b.qdc"))
    assert alone.codebook == book


@pytest.mark.parametrize("noted", ["", "facets: [", '{"facets": [{"id": "a b", "tags": 1}]}', "\ud7ff ?" + "[" * 99])
def test_what_is_noted_for_ourselves_may_be_damaged_or_gone(noted) -> None:
    book = Codebook.from_yaml(BOOK)
    text = re.sub(r"<\?essay-explorer.*?\?>", lambda _: f"<?essay-explorer {noted}?>", to_qdc(book), flags=re.DOTALL)
    found = []
    back = codebook_from_qdc(text.encode(), book, report=found.append)
    assert [(tag.id, tag.label, tag.definition, tag.aliases) for tag in back.tags.values()] == [
        (tag.id, tag.label, tag.definition, tag.aliases) for tag in book.tags.values()
    ]
    assert [str(one) for one in found] == ["codebook.qdc: what essay-explorer noted in it is damaged; letters, lines and dark colours may differ"] * bool(noted)  # fmt: skip


def through_another_program(book: Codebook) -> bytes:
    """The codebook as QualCoder exports it again: new GUIDs, its own colours, no instructions."""
    text = re.sub(r"<\?essay-explorer.*?\?>", "", to_qdc(book), flags=re.DOTALL)
    return re.sub(r'guid="[^"]*"', lambda _: f'guid="{uuid.uuid4()}"', text).encode()


def test_a_code_with_a_new_guid_is_the_tag_of_its_label_in_its_facet() -> None:
    her = open_reading("her").codebook
    assert codebook_from_qdc(through_another_program(her), her).tags.keys() == her.tags.keys()
    content = through_another_program(Codebook.from_yaml(BOOK))
    assert imported(content, TEXTS, file="q.qdc") == TEXTS
    more = content.replace(b"</Codes>", b"<Code name='THE  moon' guid='8'/></Codes>")
    more = more.replace(b'name="Moves" isCodable="false">', b'name="MOVES" isCodable="false"><Code name="Trust" guid="9"/>')  # fmt: skip
    book = Reading.from_texts(
        imported(more.replace(b'name="The moon"', b'name="Sea"'), TEXTS, file="q.qdc", report=str)
    ).codebook
    assert [(facet.id, [tag.id for tag in facet.tags]) for facet in book.facets] == [("theme", ["trust", "moon", "sea"]), ("move", ["claim", "trust-2"])]  # fmt: skip


@pytest.mark.parametrize(
    "colour", ["#ffd1dc", "#fdfd96", "#aec6cf", "#000000", "#ffffff", "#808080", "#0000ff", "#4466aa"]
)
def test_pastel_colours_get_contrast_for_both_grounds(colour) -> None:
    content = f"<CodeBook><Codes><Code name='F' isCodable='false'><Code name='a' color='{colour}'/></Code></Codes></CodeBook>"  # fmt: skip
    light, dark = codebook_from_qdc(content.encode()).tags["a"].colour
    assert contrast(light, "#fdfbf7") >= 4.5
    assert contrast(dark, "#16161a") >= 7
    assert light == colour or contrast(colour, "#fdfbf7") < 4.5
    assert dark == colour or contrast(colour, "#16161a") < 7


def test_importing_our_own_codebook_changes_nothing() -> None:
    reading = Reading.from_texts(TEXTS)
    assert imported(exported(reading, "x.qdc"), TEXTS, file="x.qdc") == TEXTS


QUALCODER = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Other 3.4">
  <Codes>
    <Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Places" isCodable="true" color="#46a">
      <Description>Where &lt;it&gt; is
Questions:
- Where?</Description>
      <Code guid="{2FF58B12-6F6F-4B0C-8BE5-BBDC91F55294}" name="Town" isCodable="true">
        <Description>Questions:
not a list</Description>
        <Code guid="3" name="Street" isCodable="true" color="red"/>
      </Code>
    </Code>
    <Code guid="4" name="Note" isCodable="true"/>
    <Code guid="5" name="note" isCodable="false"><Code guid="6" name="Town" isCodable="true"/></Code>
  </Codes>
  <Sets><Set guid="7" name="s"/></Sets>
</CodeBook>"""


def test_another_programs_codebook_is_read() -> None:
    found = []
    book = codebook_from_qdc(QUALCODER.encode(), file="q.qdc", report=found.append)
    assert [(facet.id, [(tag.id, tag.label) for tag in facet.tags]) for facet in book.facets] == [
        ("places", [("places", "Places"), ("town", "Town"), ("town-street", "Town / Street")]),
        ("note-facet", [("town-2", "Town")]),
        ("codes", [("note", "Note")]),
    ]
    places, town, _ = book.facets[0].tags
    assert (places.definition, places.questions, places.colour) == (
        "Where <it> is",
        ("Where?",),
        ("#4466aa", "#8ba2d1"),
    )
    assert (town.definition, town.questions) == ("Questions:\nnot a list", ())
    assert [str(one) for one in found] == [
        'q.qdc: line 11: color "red": expected one like "#0067B1". Left out',
        "q.qdc: its sets of codes (1) have no place in a codebook of facets, and are left out",
    ]


def test_a_codebook_joins_that_of_a_reading() -> None:
    texts = imported(QUALCODER.encode(), TEXTS, file="q.qdc", report=lambda _: None)
    assert texts["codebook.yml"].startswith(BOOK)
    reading = Reading.from_texts(texts)
    assert reading.parsing_faults == ()
    assert list(reading.codebook.tags) == [
        "trust",
        "moon",
        "claim",
        "places",
        "town",
        "town-street",
        "town-2",
        "note",
    ]


def test_a_name_that_carries_a_tag_already_goes_on_doing_so() -> None:
    code = "<Code name='{}'><Description>Names in the text:\n- moon\n- {}</Description></Code>"
    content = f"<CodeBook><Codes>{code.format('A', 'Ann')}{code.format('B', 'Ann')}</Codes></CodeBook>"
    found = []
    reading = Reading.from_texts(imported(content.encode(), TEXTS, file="q.qdc", report=found.append))
    assert reading.parsing_faults == ()
    assert [reading.codebook.tags[tag].aliases for tag in ("moon", "a", "b")] == [("moon",), ("Ann",), ()]
    assert [str(one) for one in found] == [
        'q.qdc (a): the names moon carry other tags already, and are left out of "A"',
        'q.qdc (b): the names moon, Ann carry other tags already, and are left out of "B"',
    ]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + "]>"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "q.qdc: line 1, column 1: not readable as XML from here on. Export it"),
        (b"<CodeBook>\n<Codes><Code name='a'></Codes>", "line 2, column 25: not readable as XML from here on. Export it"),
        (b"PK\x03\x04", "line 1, column 3: not readable as XML"),
        (b"<html/>", 'line 1: expected the element CodeBook, found "html"'),
        (b"<CodeBook><Codes/></CodeBook>", "holds no codes"),
        (f"{BOMB}<CodeBook>&a8;</CodeBook>".encode(), "declares entities or a document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><CodeBook/>', "declares entities or a document type"),
        (b'<?xml version="1.0" encoding="klingon"?><CodeBook/>', "names an encoding that is not known here"),
        (b"<CodeBook>" + b"<Code name='a'>" * 1_000, "not more than 30 deep"),
        (b"<CodeBook>" + b"<x/>" * 20_001, "expected at most 20000 elements"),
        (b"<CodeBook>" + b"\xff", "line 1, column 11: not readable as XML from here on"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_codebook_says_where(content, message) -> None:
    with pytest.raises(ReadingError, match=re.escape(message)):
        imported(content, TEXTS, file="q.qdc")


def test_a_codebook_without_facets_cannot_be_exported() -> None:
    with pytest.raises(ReadingError, match=r"codebook\.yml: has no facets"):
        exported(Reading.from_texts({"essay.md": "x"}), "x.qdc")


def test_labels_that_two_facets_have_are_codes_of_two_names_and_come_back() -> None:
    """QualCoder and others know no two codes of one name: the marks of the second would be of none."""
    book = "facets:\n" + "".join(
        f"- {{id: {facet}, label: {facet.title()}, tags: [{{id: {tag}, label: {label}}}, {{id: {facet}1, label: A{facet}}}]}}\n"
        for facet, tag, label in (("theme", "other", "Other"), ("person", "others", "other"))
    )
    ours = Codebook.from_yaml(book, report=lambda _: None)
    written = to_qdc(ours)
    names = [code.get("name") for code in ET.fromstring(written).iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert names == ["Theme", "Other (Theme)", "Atheme", "Person", "other (Person)", "Aperson"]
    assert codebook_from_qdc(written.encode()).facets == ours.facets
    elsewhere = re.sub(r"<\?essay-explorer.*?\?>", "", GUID.sub(lambda _: str(uuid.uuid4()).upper(), written))
    texts = {"essay.md": "One.", "codebook.yml": book}
    assert imported(elsewhere.encode(), texts, file="x.qdc", report=lambda _: None) == texts

"""Projects of other programs, `.qdpx`: selections are passages, codes tags, memos notes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.sax.saxutils import quoteattr

import pytest

from essay_explorer import Reading, ReadingError
from essay_explorer.exchange import Origin, exported, imported, joined
from essay_explorer.exchange.qda_offsets import spans_of
from essay_explorer.library.finding import bundled

TEXT = "One 🐟 sees the moon.\n\nTwo fish see the sea.\n\nOne fish stays. Two fish go."
TEXTS = {
    "essay.md": f"---\ntitle: Fish\n---\n\n{TEXT}\n",
    "codebook.yml": "facets:\n- id: theme\n  label: Themes\n  tags: [{id: trust, label: Trust}, {id: sea, label: Sea}]\n",
}
CODES = """<CodeBook><Codes>
<Code guid="c1" name="Themes" isCodable="false"><Code guid="c2" name="Trust" isCodable="true" color="#ffd1dc"/></Code>
<Code guid="c3" name="Mood" isCodable="true"/></Codes></CodeBook>"""
USERS = "<Users><User guid='u1' name='Ada'/><User guid='u2' name='Ben'/></Users>"


def selection(guid, start, end, codes="", inside="", user="u1", when="2024-05-06T07:08:09Z"):
    codings = "".join(f"<Coding guid='{guid}{code}' creatingUser='{user}' creationDateTime='{when}'><CodeRef targetGUID='{code}'/></Coding>" for code in codes.split())  # fmt: skip
    return f"<PlainTextSelection guid='{guid}' name='x' startPosition='{start}' endPosition='{end}' creatingUser='{user}' creationDateTime='{when}'>{inside}{codings}</PlainTextSelection>"  # fmt: skip


def source(guid, name, selections):
    return f"<TextSource guid='{guid}' name={quoteattr(name)} plainTextPath='internal://{guid}.txt'>{selections}</TextSource>"


def project(sources, rest="", parts=None, folder="sources"):
    """The bytes of a project of another program. `parts`: its texts, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("project.qde", f"<?xml version='1.0'?><Project xmlns='urn:QDA-XML:project:1.0' name='P' origin='Other'>{USERS}{CODES}<Sources>{sources}</Sources>{rest}</Project>")  # fmt: skip
        for name, content in (parts or {"s1.txt": TEXT}).items():
            archive.writestr(f"{folder}/{name}", content if isinstance(content, bytes) else content.encode())
    return made.getvalue()


def brought_in(content, texts=TEXTS, named=""):
    found = []
    made = joined(content, texts, Origin("p.qdpx", source=named), report=found.append)
    return Reading.from_texts(made.texts), [str(one) for one in found]


def at(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def test_selections_are_passages_codes_tags_and_memos_notes() -> None:
    notes = "<Notes><Note guid='n1'><PlainTextContent>Why?</PlainTextContent></Note><Note guid='n2' plainTextPath='internal://n2.txt'/><Note guid='n3' name='Diary'><PlainTextContent>Rain.</PlainTextContent></Note></Notes>"  # fmt: skip
    first = selection("a", *at("🐟 sees"), "c2 c3", "<Description>Look &lt;here&gt;</Description>").replace("</PlainText", "<NoteRef targetGUID='n1'/></PlainText")  # fmt: skip
    second = selection("b", *at("Two fish go."), "c3", user="u2").replace("</Coding>", "<NoteRef targetGUID='n2'/></Coding>")  # fmt: skip
    links = "<Links><Link guid='l1' name='Supports' originGUID='a' targetGUID='b'><NoteRef targetGUID='n1'/></Link><Link guid='l2' name='is like' originGUID='a' targetGUID='b'/></Links>"  # fmt: skip
    reading, found = brought_in(project(source("s1", "Fish", first + second), notes + links, {"s1.txt": TEXT, "n2.txt": "A part\r\nof its own"}))  # fmt: skip
    one, two = reading.annotations
    assert (one.quote, one.tags, one.note, one.creator, one.created) == ("🐟 sees", ("trust", "mood"), "Look <here>\n\nWhy?", "Ada", "2024-05-06T07:08:09Z")  # fmt: skip
    assert (two.quote, two.tags, two.note, two.creator) == ("Two fish go.", ("mood",), "A part\nof its own", "Ben")
    (link,) = reading.relations
    assert (link.source, link.kind, link.target, link.note) == (one.id, "supports", two.id, "Why?")
    assert [(facet.id, [tag.id for tag in facet.tags]) for facet in reading.codebook.facets] == [("theme", ["trust", "sea"]), ("codes", ["mood"])]  # fmt: skip
    assert reading.faults == ()
    assert found == [
        "p.qdpx: left out, since a reading has no place for it: 1 × Note that belongs to no passage",
        "p.qdpx: left out 1 link: not between two passages, or not named supports, opposes, qualifies",
    ]


def test_importing_twice_adds_nothing() -> None:
    content = project(source("s1", "Fish", selection("a", *at("Two fish"), "c2") + selection("b", *at("stays"))))
    made = imported(content, TEXTS, file="p.qdpx")
    assert imported(content, made, file="p.qdpx") == made


def test_what_one_person_said_of_a_stretch_is_one_annotation_and_two_people_are_two() -> None:
    place = at("Two fish see")
    by_code = selection("a", *place, "c2") + selection("b", *place, "c3", when="2024-05-05T00:00:00Z") + selection("c", *place, "c2", user="u2")  # fmt: skip
    both = selection("d", *at("stays"), "c2 c3").replace("<Coding guid='dc3' creatingUser='u1'", "<Coding guid='dc3' creatingUser='u2'")  # fmt: skip
    reading, _ = brought_in(project(source("s1", "Fish", by_code + both)))
    assert [(entry.quote, entry.tags, entry.creator) for entry in reading.annotations] == [
        ("Two fish see", ("trust", "mood"), "Ada"),
        ("Two fish see", ("trust",), "Ben"),
        ("stays", ("trust",), "Ada"),
        ("stays", ("mood",), "Ben"),
    ]
    assert reading.annotations[0].created == "2024-05-05"


UNITS = {
    "code points": (TEXT, lambda offset: offset),
    "UTF-16": (TEXT, lambda offset: len(TEXT[:offset].encode("utf-16-le")) // 2),
    "line ends of Windows": (TEXT.replace("\n", "\r\n"), lambda offset: offset + TEXT[:offset].count("\n")),
    "line ends that do not count": (TEXT.replace("\n", "\r\n"), lambda offset: offset),
    "a byte order mark": ("\ufeff" + TEXT, lambda offset: offset + 1),
    "a byte order mark that does not count": ("\ufeff" + TEXT, lambda offset: offset),
}


@pytest.mark.parametrize("units", UNITS)
def test_positions_are_read_in_the_units_of_their_program(units) -> None:
    text, offset = UNITS[units]
    quotes = ["🐟 sees", "Two fish see", "stays", "go."]
    said = [tuple(map(offset, at(quote))) for quote in quotes]
    assert [TEXT[slice(*span)] for span in spans_of(text, said)] == quotes
    selections = "".join(selection(f"a{number}", *ends) for number, ends in enumerate(said))
    reading, _ = brought_in(project(source("s1", "Fish", selections), parts={"s1.txt": text}, folder="Sources"))
    assert [passage.text for passage in reading.passages()] == quotes


def test_a_position_decides_between_equal_places() -> None:
    start = TEXT.rindex("Two fish")
    reading, _ = brought_in(project(source("s1", "Fish", selection("a", start, start + 8))))
    assert [passage.start for passage in reading.passages()] == [reading.essay.text.rindex("Two fish")]


def test_of_several_texts_the_readings_own_is_taken_or_the_one_that_is_named() -> None:
    other = "Cats and two fish."
    both = source("s0", "Cats", selection("b", 0, 4)) + source("s1", "Fish", selection("a", *at("Two fish see")))
    parts = {"s0.txt": other, "s1.txt": TEXT}
    reading, found = brought_in(project(both, parts=parts))
    assert [entry.quote for entry in reading.annotations] == ["Two fish see"]
    assert found == ['p.qdpx: reads "Fish" and leaves out "Cats"']
    edited = parts | {"s1.txt": TEXT + " Edited."}
    message = r'p\.qdpx: holds 2 texts: "Cats", "Fish"\. Say which one to take: --source NAME'
    for named in ("", "Dogs"):
        with pytest.raises(ReadingError, match=message):
            brought_in(project(both, parts=edited), named=named)
    reading, _ = brought_in(project(both, parts=edited), named="fish")
    assert [passage.text for passage in reading.passages()] == ["Two fish see"]


def test_what_has_no_place_is_reported() -> None:
    rest = "<Cases><Case guid='k1' name='Eve'/><Case guid='k2' name='Al'/></Cases><Sets><Set guid='t' name='s'/></Sets>"
    outside = selection("a", 900, 905, "c2") + selection("b", "x", 3) + selection("c", *at("stays"))
    reading, found = brought_in(
        project(source("s1", "Fish", outside) + "<PictureSource guid='p' name='cat.jpg'/>", rest)
    )
    assert [entry.quote for entry in reading.annotations] == ["stays"]
    assert found == [
        "p.qdpx: its sets of codes (1) have no place in a codebook of facets, and are left out",
        'p.qdpx: selection "x": no text is at 900 to 905; left out',
        'p.qdpx: selection "x": no text is at -1 to -1; left out',
        "p.qdpx: left out, since a reading has no place for it: 2 × Case, 1 × Set, 1 × PictureSource",
    ]


@pytest.mark.parametrize("name", ["her", "own"])
def test_our_own_project_comes_back_whole(name) -> None:
    texts = {
        "essay.md": "---\ntitle: Fish\n---\n\nOne 🐟 sees\x0b the moon.\n\nTwo fish see. Two fish see. One stays.\n",
        "codebook.yml": TEXTS["codebook.yml"],
        "annotations.csv": "id,quote,prefix,theme,note,creator,created\na1,🐟 sees,,trust,Look <here>,Ann,2024-05-06\na2,Two fish see.,see.,,,Bob,2024-05-06T01:02:03Z\na3,🐟 sees,,sea,,Ann,last spring\na4,stays,,sea,Created: by hand,Ann,in May 1999\n",
        "relations.csv": "from,relation,to,note\na1,supports,a2,Because\na3,opposes,a1,\n",
    }
    if name == "her":
        texts = {path.name: path.read_text("utf-8") for path in (bundled("data") / "her").iterdir() if path.suffix in {".md", ".csv", ".yml"}}  # fmt: skip
    reading = Reading.from_texts(texts)
    content = exported(reading, "x.qdpx")
    found = []
    back = Reading.from_texts(imported(content, {"essay.md": texts["essay.md"]}, file="x.qdpx", report=found.append))
    assert back.codebook.facets == reading.codebook.facets
    assert [(one.start, one.end, one.id, one.tags) for one in back.passages()] == [(one.start, one.end, one.id, one.tags) for one in reading.passages()]  # fmt: skip
    facts = [{entry.id: (entry.note, entry.creator, entry.created) for entry in one.annotations} for one in (back, reading)]  # fmt: skip
    assert facts[0] == facts[1]
    said = [[replace(link, row=0) for link in one.relations] for one in (back, reading)]
    assert said[0] == said[1]
    assert (back.faults, [str(one) for one in found]) == ((), [])
    assert imported(content, texts, file="x.qdpx", report=found.append) == texts


BOMB = "<!DOCTYPE x [<!ENTITY a 'a'>]><Project>&a;</Project>"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "p.qdpx"),
        (b"PK\3\4" + bytes(40), "p.qdpx"),
        (project("").replace(b"project.qde", b"project.xyz"), "holds no project.qde"),
        (project(""), "holds no text with selections"),
        (project(source("s9", "Gone", selection("a", 0, 3))), 'the text of "Gone" is not in the archive'),
        (project("<TextSource>"), "not readable as XML from here on"),
    ],
)
def test_a_file_that_is_no_project_says_so(content, message) -> None:
    with pytest.raises(ReadingError, match=re.escape(message)):
        brought_in(content)


@pytest.mark.parametrize("qde", [BOMB, "<Project>" * 100, "<CodeBook/>", "<Project>" + "<x/>" * 600_000 + "</Project>"])
def test_hostile_xml_is_refused(qde) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("project.qde", qde)
    with pytest.raises(ReadingError, match=r"p\.qdpx"):
        brought_in(made.getvalue())

"""A reading as a TEI P5 document with stand-off annotation, out.

The blocks of the text stand in elements with their numbers; `standOff` holds the codebook as
`interpGrp` and `interp`, each passage as a `span` whose `from` and `to` are pointers of the scheme
string-index (TEI P5 Guidelines, 16.2.4: the id of an element and an offset into its text, 0 before the
first letter), and each relation as a `link`. Offsets count Unicode code points.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.core.prose import Prose
from essay_explorer.exchange.tei_body import tei_body
from essay_explorer.exchange.xml_text import document, element, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Facet

NAMESPACE = "http://www.tei-c.org/ns/1.0"
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")  # what xml:lang may be: xs:language
NO_NAME_LETTER = re.compile(r"[^A-Za-z0-9.-]")  # of those that an xml:id may hold, these travel best


def to_tei(reading: Reading) -> str:
    """The text of a TEI document. Annotations without a place are listed as notes, with their quotes."""
    essay = reading.essay
    stand_off = element("standOff", {}, *_stand_off(reading))
    text = element("text", {"xml:lang": _language(essay)}, tei_body(essay))
    parts = [laid_out(_header(reading)), text, *([laid_out(stand_off)] if len(stand_off) else [])]
    for part in parts:
        part.tail = "\n"
    return document(element("TEI", {"xmlns": NAMESPACE}, *parts))


def _language(essay: Essay) -> str:
    """The tag of the essay's language, "und" where what it says is none."""
    said = essay.language.strip().replace("_", "-")
    return said if LANGUAGE.fullmatch(said) else "und"


def _id(kind: str, name: str) -> str:
    """An xml:id: of one kind, and of letters that such an id may have."""
    return f"{kind}.{NO_NAME_LETTER.sub(lambda letter: f'_{ord(letter[0]):x}_', name)}"


def _header(reading: Reading) -> Element:
    essay = reading.essay
    title = [_plain("title", essay.title, type="main"), *_given("title", essay.subtitle, type="sub")]
    marked = sorted({entry.creator for entry in reading.annotations if entry.creator})
    people = [
        element(
            "respStmt", {"xml:id": _id("who", name)}, element("resp", text="annotation"), element("name", text=name)
        )
        for name in marked
    ]
    author = _given("author", essay.author)
    licence = _given("licence", essay.license) or [element("p", text="No licence is stated.")]
    publication = [element("authority", text=essay.author or "unknown"), element("availability", {}, *licence)]
    source = " ".join(filter(None, (essay.after, essay.about))) or "Written for this reading."
    subjects = [essay.subject, *essay.keywords]
    keywords = element("keywords", {}, *(element("term", text=term) for term in filter(None, subjects)))
    tag = _language(essay)
    language = element("langUsage", {}, element("language", {"ident": tag}, text=essay.language or tag))
    return element(
        "teiHeader",
        None,
        element(
            "fileDesc",
            None,
            element("titleStmt", None, *title, *author, *people),
            element("publicationStmt", None, *publication),
            element("sourceDesc", None, _plain("p", source)),
        ),
        element("profileDesc", None, language, *([element("textClass", None, keywords)] if len(keywords) else [])),
    )


def _plain(name: str, markdown: str, **attributes: str) -> Element:
    """An element with the letters of a line of Markdown, without its emphasis."""
    return element(name, attributes, text=Prose.from_inline(markdown).text)


def _given(name: str, markdown: str, **attributes: str) -> list[Element]:
    return [_plain(name, markdown, **attributes)] if markdown else []


def _stand_off(reading: Reading) -> Iterator[Element]:
    yield from (_facet(facet) for facet in reading.codebook.facets if facet.tags)
    passages = reading.passages()
    if passages:
        yield element("spanGrp", {"type": "passages"}, *(_span(passage, reading.essay) for passage in passages))
    placed = {passage.id for passage in passages}
    lost = [entry for entry in reading.annotations if entry.id not in placed]
    if lost:
        notes = (
            element(
                "span",
                {"xml:id": _id("a", entry.id), "ana": _tags(entry.tags)},
                text=f"{entry.quote} {entry.note}".strip(),
            )
            for entry in lost
        )
        yield element("spanGrp", {"type": "without-a-place"}, *notes)
    for number, link in enumerate(reading.relations, 1):
        ends = f"#{_id('a', link.source)} #{_id('a', link.target)}"
        note = [element("desc", text=link.note)] if link.note else []
        yield element(
            "linkGrp", {"type": link.kind}, *note, element("link", {"xml:id": f"relation.{number}", "target": ends})
        )


def _facet(facet: Facet) -> Element:
    about = element("desc", text=f"{facet.label}. {facet.definition}".strip())
    interps = (
        element("interp", {"xml:id": _id("tag", tag.id), "n": tag.label}, text=tag.definition or tag.label)
        for tag in facet.tags
    )
    return element("interpGrp", {"xml:id": _id("facet", facet.id), "type": _id("facet", facet.id)}, about, *interps)


def _tags(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{_id('tag', tag)}" for tag in tags)


def _span(passage: Passage, essay: Essay) -> Element:
    who = f"#{_id('who', passage.annotation.creator)}" if passage.annotation.creator else ""
    given = {
        "xml:id": _id("a", passage.id),
        "from": _pointer(passage.start, passage.start, essay),
        "to": _pointer(passage.end - 1, passage.end, essay),
        "ana": _tags(passage.tags),
        "resp": who,
    }
    return element("span", given, text=passage.annotation.note)


def _pointer(letter: int, offset: int, essay: Essay) -> str:
    """A pointer to the offset, counted in the paragraph of the letter."""
    number = essay.paragraph_at(letter)
    start, end = essay.paragraphs[number - 1]
    return f"#string-index(p{number},{min(max(offset, start), end) - start})"

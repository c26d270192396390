"""A codebook in REFI-QDA's form, `.qdc`, out and in: what QualCoder, Taguette, NVivo and others exchange.

Elements and attributes stand as Codebook.xsd 1.0 of the REFI-QDA standard has them (www.qdasoftware.org):
Codes, Code with Description first, guid, name, isCodable, color. A facet is a code that is not codable.
The format has no place for a tag's letter, line and dark colour; questions and names go into the
description, below a line that says so, and come back from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, XMLParser  # type: ignore[import-untyped]

from essay_explorer.core.codebook import FILE as CODEBOOK
from essay_explorer.core.codebook import PALETTE, RESERVED, Codebook, Facet, Tag
from essay_explorer.core.fault import Fault, ReadingError, refuse, shown
from essay_explorer.core.names import COLUMNS
from essay_explorer.exchange.incoming import cell
from essay_explorer.exchange.joining import Joined, reading_to_join
from essay_explorer.exchange.naming import FreeIds, word
from essay_explorer.exchange.xml_text import document, element, guid, laid_out
from essay_explorer.files.codebook_file import codebook_to_yaml, rewritten, with_facets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Origin

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "essay-explorer"
QUESTIONS, NAMES = "Questions:", "Names in the text:"
DEEPEST = 30  # codes in codes
MOST_BYTES = 2**22  # 4 MB: the largest codebooks have a tenth of that
MOST_ELEMENTS = 20_000
LOOSE = "codes"  # the facet of codes that are in no other
COLOUR = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")


def to_qdc(book: Codebook) -> str:
    """The text of a `.qdc` file. Raises ReadingError for a codebook without facets, which it cannot be."""
    if not book.facets:
        refuse(Fault(CODEBOOK, "has no facets, so there is no codebook to export"))
    root = element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN}, codes(book))
    return document(laid_out(root))


def codes(book: Codebook) -> Element:
    """The element Codes: a code for each facet, with one inside it for each tag."""
    return element("Codes", {}, *(_facet(facet) for facet in book.facets))


def tag_guid(tag: str) -> str:
    """The GUID of the code that a tag is."""
    return guid("tag", tag)


def _facet(facet: Facet) -> Element:
    given = {"guid": guid("facet", facet.id), "name": facet.label, "isCodable": "false"}
    return element("Code", given, *_description(facet.definition), *(_tag(tag) for tag in facet.tags))


def _tag(tag: Tag) -> Element:
    colour = tag.colour[0] if tag.colour else ""
    given = {"guid": tag_guid(tag.id), "name": tag.label, "isCodable": "true", "color": colour}
    parts = [tag.definition]
    for heading, lines in ((QUESTIONS, tag.questions), (NAMES, tag.aliases)):
        parts += ["\n".join([heading, *(f"- {' '.join(line.split())}" for line in lines)])] if lines else []
    return element("Code", given, *_description("\n\n".join(filter(None, parts))))


def _description(text: str) -> tuple[Element, ...]:
    return (element("Description", {}, text=text),) if text else ()


def qdc_joined(content: bytes, texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files of a reading, `texts`, with the codes of a `.qdc` file added to its codebook.

    A tag that the codebook has stays as it is there.
    """
    file = origin.file
    book = reading_to_join(texts, file).codebook if texts else Codebook()
    facets = codebook_from_qdc(content, book, file=file, report=report).facets
    made = with_facets(book, facets)
    for tag in (tag for facet in facets for tag in facet.tags if tag.id not in book.tags):
        if left := [alias for alias in tag.aliases if alias not in made.tags[tag.id].aliases]:
            say = f"the names {', '.join(left)} carry other tags already, and are left out of {shown(tag.label)}"
            report(Fault(file, say, entry=tag.id))
    source = texts.get(CODEBOOK, "")
    return Joined(dict(texts) | {CODEBOOK: rewritten(source, made) if source else codebook_to_yaml(made)})


def codebook_from_qdc(
    content: bytes, known: Codebook | None = None, *, file: str = "codebook.qdc", report: Report = refuse
) -> Codebook:
    """The codebook in a `.qdc` file: each code that holds others is a facet, what lies in it are its tags.

    A code deeper down is named after those above it; codes outside of any are the facet "codes".
    A code that was exported from `known` gets its id back; the ids of others come from their names.
    Raises ReadingError, with the line, for a file that is no codebook.
    """
    found = _read(content, file, report)
    ids = _Ids(known or Codebook())
    facets = [_facet_of(code, ids) for code in found if code.inside or not code.codable]
    loose = tuple(_tag_of(code, code.name, ids) for code in found if not code.inside and code.codable)
    if loose:
        facets.append(Facet(ids.facet(_Code("", LOOSE, 0), LOOSE), LOOSE.capitalize(), tags=loose))
    return Codebook(facets=tuple(facets))


@dataclass(slots=True)
class _Code:
    guid: str
    name: str
    line: int
    colour: str = ""
    codable: bool = True
    description: list[str] = field(default_factory=list)
    inside: list[_Code] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.description).strip()


class _Ids:
    """Ids for codes, each given once: those of the codebook that they came from, or made from their names."""

    def __init__(self, known: Codebook) -> None:
        self._tags = {tag_guid(tag): tag for tag in known.tags}
        self._facets = {guid("facet", facet.id): facet.id for facet in known.facets}
        self._free_tags = FreeIds(known.tags)
        self._free_facets = FreeIds(facet.id for facet in known.facets)

    def tag(self, code: _Code, name: str) -> str:
        return self._tags.pop(code.guid, "") or self._free_tags.one(word(name) or "tag")

    def facet(self, code: _Code, name: str) -> str:
        made = word(name) or "facet"
        made = f"{made}-facet" if made in {*RESERVED, *COLUMNS} else made
        return self._facets.pop(code.guid, "") or self._free_facets.one(made)


def _facet_of(code: _Code, ids: _Ids) -> Facet:
    own = [_tag_of(code, code.name, ids)] if code.codable else []
    tags = [_tag_of(inner, name, ids) for inner, name in _deeper(code, "")]
    return Facet(ids.facet(code, code.name), code.name, "" if own else code.text, tuple(own + tags))


def _deeper(code: _Code, path: str) -> Iterator[tuple[_Code, str]]:
    for inner in code.inside:
        name = f"{path}{inner.name}"
        yield inner, name
        yield from _deeper(inner, f"{name} / ")


def _tag_of(code: _Code, name: str, ids: _Ids) -> Tag:
    """The tag that a code is. A light colour of the palette brings its dark one."""
    definition, lists = code.text, {}
    for heading in (NAMES, QUESTIONS):
        before, mark, after = definition.rpartition(f"{heading}\n- ")
        if (
            mark
            and (not before or before.endswith("\n"))
            and all(line.startswith("- ") for line in after.split("\n")[1:])
        ):
            definition = before.rstrip()
            lists[heading] = tuple(line.removeprefix("- ").strip() for line in after.split("\n"))
    colour = (code.colour, dict(PALETTE).get(code.colour, code.colour)) if code.colour else None
    made = ids.tag(code, name)
    return Tag(made, name, definition, colour=colour, questions=lists.get(QUESTIONS, ()), aliases=lists.get(NAMES, ()))


class _Reader:
    """What the XML parser tells: codes with their descriptions; everything else is counted and left."""

    def __init__(self, file: str, line: Callable[[], int], report: Report) -> None:
        self.file, self.line, self.report = file, line, report
        self.codes: list[_Code] = []
        self._open: list[_Code] = []
        self._path: list[str] = []
        self._elements = self.sets = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._elements += 1
        if not self._path and name != "CodeBook":
            self._refuse(f"expected the element CodeBook, found {shown(name)}. Export the codebook as .qdc")
        if self._elements > MOST_ELEMENTS or len(self._path) > DEEPEST:
            self._refuse(f"expected at most {MOST_ELEMENTS} elements, not more than {DEEPEST} deep")
        self._path.append(name)
        if name == "Code":
            code = self._code(attributes)
            (self._open[-1].inside if self._open else self.codes).append(code)
            self._open.append(code)
        self.sets += name == "Set"

    def _code(self, attributes: dict[str, str]) -> _Code:
        name = " ".join(cell(attributes.get("name", ""), file=self.file, number=self._elements).split())
        if not name:
            self.report(Fault(self.file, f"line {self.line()}: a code without a name; it is called Unnamed"))
        colour = attributes.get("color", "").strip()
        if colour and not COLOUR.fullmatch(colour):
            expected = f'color {shown(colour)}: expected one like "#0067B1". Left out'
            self.report(Fault(self.file, f"line {self.line()}: {expected}"))
            colour = ""
        if len(colour) == len("#rgb"):
            colour = "#" + "".join(2 * digit for digit in colour[1:])
        codable = attributes.get("isCodable", "true").strip() not in {"false", "0"}
        return _Code(attributes.get("guid", "").strip("{} ").upper(), name or "Unnamed", self.line(), colour, codable)

    def end(self, tag: str) -> None:
        self._path.pop()
        if tag.rpartition("}")[2] == "Code":
            self._open.pop()

    def data(self, text: str) -> None:
        if self._open and self._path[-2:] == ["Code", "Description"]:
            self._open[-1].description.append(text)

    def close(self) -> list[_Code]:
        return self.codes

    def _refuse(self, message: str) -> NoReturn:
        refuse(Fault(self.file, f"line {self.line()}: {message}"))


def _read(content: bytes, file: str, report: Report) -> list[_Code]:
    if len(content) > MOST_BYTES:
        refuse(Fault(file, f"has {len(content) // 2**20} MB; expected at most {MOST_BYTES // 2**20} MB"))
    reader = _Reader(file, lambda: parser.parser.CurrentLineNumber, report)
    parser = XMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(content)
        found: list[_Code] = parser.close()
    except ParseError as error:
        line, column = error.position
        refuse(Fault(file, f"line {line}, column {column + 1}: not readable as XML from here on. Export it again"))
    except DefusedXmlException:
        refuse(Fault(file, "declares entities or a document type, which no codebook needs. Export it again"))
    except ReadingError:
        raise
    except (ValueError, LookupError):
        refuse(Fault(file, "names an encoding that is not known here. Save it with the encoding UTF-8"))
    if not found:
        refuse(Fault(file, "holds no codes. Export the codebook as .qdc again"))
    if reader.sets:
        report(
            Fault(file, f"its sets of codes ({reader.sets}) have no place in a codebook of facets, and are left out")
        )
    return found

"""The codes of a REFI-QDA codebook or project, as its XML tells them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, XMLParser  # type: ignore[import-untyped]

from essay_explorer.core.fault import Fault, ReadingError, refuse, shown
from essay_explorer.exchange.incoming import cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer.core.fault import Report

ORIGIN = "essay-explorer"  # also the target of the instruction that tells what the format has no place for
DEEPEST = 30  # codes in codes
MOST_ELEMENTS = 20_000
COLOUR = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")


@dataclass(slots=True)
class Code:
    """A code: `inside` it are others; a `codable` one can be given to a passage."""

    guid: str
    name: str
    line: int
    colour: str = ""
    codable: bool = True
    description: list[str] = field(default_factory=list)
    inside: list[Code] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its description."""
        return "".join(self.description).strip()


@dataclass(frozen=True, slots=True)
class CodesRead:
    """The codes of a file, those inside others in these; `said`: what we said in it for ourselves."""

    codes: tuple[Code, ...]
    said: str = ""


class _Reader:
    """What the XML parser tells: codes with their descriptions; everything else is counted and left."""

    def __init__(self, file: str, line: Callable[[], int], report: Report, root: str, most: int) -> None:
        self.file, self.line, self.report = file, line, report
        self._root, self._most = root, most
        self.said = ""
        self.codes: list[Code] = []
        self._open: list[Code] = []
        self._path: list[str] = []
        self._elements = self.sets = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._elements += 1
        if not self._path and name != self._root:
            self._refuse(f"expected the element {self._root}, found {shown(name)}. Export it as REFI-QDA")
        if self._elements > self._most or len(self._path) > DEEPEST:
            self._refuse(f"expected at most {self._most} elements, not more than {DEEPEST} deep")
        self._path.append(name)
        if name == "Code":
            code = self._code(attributes)
            (self._open[-1].inside if self._open else self.codes).append(code)
            self._open.append(code)
        self.sets += name == "Set" and "Sets" in self._path[:-1]

    def _code(self, attributes: dict[str, str]) -> Code:
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
        return Code(attributes.get("guid", "").strip("{} ").upper(), name or "Unnamed", self.line(), colour, codable)

    def end(self, tag: str) -> None:
        self._path.pop()
        if tag.rpartition("}")[2] == "Code":
            self._open.pop()

    def data(self, text: str) -> None:
        if self._open and self._path[-2:] == ["Code", "Description"]:
            self._open[-1].description.append(text)

    def pi(self, target: str, data: str | None = None) -> None:
        if target == ORIGIN:
            self.said = data or ""

    def close(self) -> None:
        """Nothing is left to do."""

    def _refuse(self, message: str) -> NoReturn:
        refuse(Fault(self.file, f"line {self.line()}: {message}"))


def codes_in(
    content: bytes, file: str, report: Report, *, root: str = "CodeBook", most: int = MOST_ELEMENTS
) -> CodesRead:
    """The codes in an XML file, and what it says for us. Raises ReadingError, with the line, for a file that is none.

    `root`: its first element; `most`: elements that it may have.
    """
    reader = _Reader(file, lambda: parser.parser.CurrentLineNumber, report, root, most)
    parser = XMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(content)
        parser.close()
    except ParseError as error:
        line, column = error.position
        refuse(Fault(file, f"line {line}, column {column + 1}: not readable as XML from here on. Export it again"))
    except DefusedXmlException:
        refuse(Fault(file, "declares entities or a document type, which no codebook needs. Export it again"))
    except ReadingError:
        raise
    except (ValueError, LookupError):
        refuse(Fault(file, "names an encoding that is not known here. Save it with the encoding UTF-8"))
    if reader.sets:
        report(
            Fault(file, f"its sets of codes ({reader.sets}) have no place in a codebook of facets, and are left out")
        )
    return CodesRead(tuple(reader.codes), reader.said)

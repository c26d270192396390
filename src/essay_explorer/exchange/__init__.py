"""What other programs read and write: each format is a module of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.exchange.csv_import import csv_joined, holds_relations
from essay_explorer.exchange.hypothesis_json import hypothesis_joined, is_hypothesis
from essay_explorer.exchange.incoming import Author, Origin
from essay_explorer.exchange.joining import Joined, OtherEssayError
from essay_explorer.exchange.qdc import to_qdc
from essay_explorer.exchange.qdc_import import codebook_from_qdc, qdc_joined
from essay_explorer.exchange.qdpx import to_qdpx
from essay_explorer.exchange.qdpx_import import qdpx_joined
from essay_explorer.exchange.tei import to_tei
from essay_explorer.exchange.web_annotation import (
    to_web_annotations,
    web_annotations_joined,
)
from essay_explorer.files.codebook_file import codebook_to_yaml
from essay_explorer.files.csv_files import annotations_to_csv, relations_to_csv
from essay_explorer.files.plain_json import plain_json
from essay_explorer.sealed.sealed_set import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from essay_explorer.core.fault import Report
    from essay_explorer.core.reading import Reading

__all__ = [
    "IMPORTS",
    "WRITERS",
    "Author",
    "Joined",
    "Origin",
    "OtherEssayError",
    "annotations_to_csv",
    "codebook_from_qdc",
    "codebook_to_yaml",
    "exported",
    "holds_relations",
    "imported",
    "joined",
    "relations_to_csv",
    "to_qdc",
    "to_qdpx",
    "to_tei",
    "to_web_annotations",
]

BYTE_ORDER_MARK = "\ufeff"  # Excel takes a table without one for Windows-1252

# By the end of a file's name, the first that fits.
WRITERS: dict[str, Callable[[Reading, str], str | bytes]] = {
    ".jsonld": to_web_annotations,
    ".json": to_web_annotations,
    ".qdpx": lambda reading, _: to_qdpx(reading),
    ".qdc": lambda reading, _: to_qdc(reading.codebook),
    ".tei.xml": lambda reading, _: to_tei(reading),
    ".tei": lambda reading, _: to_tei(reading),
    ".xml": lambda reading, _: to_tei(reading),
    "relations.csv": lambda reading, _: BYTE_ORDER_MARK + relations_to_csv(reading.relations),
    ".csv": lambda reading, _: BYTE_ORDER_MARK + annotations_to_csv(reading.annotations, reading.codebook),
    ".yml": lambda reading, _: codebook_to_yaml(reading.codebook),
}
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
IMPORTS = (".jsonld", ".json", ".qdc", ".qdpx", ".csv")


def exported(reading: Reading, file: str, *, kept: str = "") -> bytes:
    """A reading in the format that the name of a file asks for, e.g. "her.jsonld" or "her.qdpx".

    `kept`: the text of the reading's web-annotations.json, if it has one.
    Raises ReadingError for a name that asks for no format of ours.
    """
    write = next((write for end, write in WRITERS.items() if file.casefold().endswith(end)), None)
    if not write:
        refuse(Fault(file, f"the end of its name is not that of a known format. Use one of {', '.join(WRITERS)}"))
    made = write(reading, kept)
    return made if isinstance(made, bytes) else made.encode(errors="replace")


def imported(content: bytes, texts: Mapping[str, str], *, file: str, report: Report = refuse) -> dict[str, str]:
    """The files of a reading, `texts` by file name, with what a file of another program says added to them.

    `texts` should hold web-annotations.json too, where the reading has it. What is not clear, or has no
    place, goes to `report`. Raises ReadingError for a file that cannot be read; then nothing is changed.
    """
    return joined(content, texts, Origin(file), report=report).texts


def joined(content: bytes, texts: Mapping[str, str], origin: Origin, *, report: Report = refuse) -> Joined:
    """The same, with what became of each annotation of the file that `origin` names."""
    file = origin.file
    for end, read in ((".qdc", qdc_joined), (".qdpx", qdpx_joined), (".csv", csv_joined)):
        if file.casefold().endswith(end):
            return read(content, texts, origin, report)
    if file.casefold().endswith(WORKBOOKS):
        refuse(Fault(file, "is a workbook. Open it, and save the sheet with the annotations as .csv"))
    if not file.casefold().endswith(IMPORTS):
        refuse(Fault(file, f"the end of its name is not that of a known format. Use one of {', '.join(IMPORTS)}"))
    value = plain_json(content, file)
    if isinstance(value, dict) and value.get("format") == FORMAT:
        advice = f"Open your own copy of the text with it: essay-explorer open COPY --with {file}"
        refuse(Fault(file, f"holds sealed annotations, which cannot be added without the text. {advice}"))
    read_json = hypothesis_joined if is_hypothesis(value) else web_annotations_joined
    return read_json(value, texts, origin, report)

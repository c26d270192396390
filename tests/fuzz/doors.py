"""Every way by which somebody else's bytes come in, each with files that are right, to be damaged."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import socket
import tempfile
import warnings
import zipfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from asking import ask
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import FILES, Reading
from essay_explorer.exchange import exported, imported
from essay_explorer.files.reading_files import texts_in
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.library import notebooks
from essay_explorer.library.opening import open_reading
from essay_explorer.library.whole_reading import in_file
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.mark_file import MarkFile, from_table, to_table
from essay_explorer.marks.placement import placed
from essay_explorer.marks.submission import Submission, submissions_in
from essay_explorer.page.export import write_page
from essay_explorer.sealed.copies import attach
from essay_explorer.sealed.sealed_set import Sealed
from essay_explorer.sealed.sealing import seal
from essay_explorer.server.notebook_file import notebook_in
from pandoc_files import by_pandoc
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Server

HER = Path(__file__).parents[2] / "data" / "her"
PROSE = """\
---
title: On *Trust*
author: Ann Lee
---

# First

He said *so*.[^1] And **more**.

> Quoted words.

- one
- two

| a | b |
|---|---|
| 1 | 2 |

[^1]: The note *here*.
"""
HYPOTHESIS = {
    "rows": [
        {
            "id": "h1",
            "created": "2026-01-02T03:04:05.000000+00:00",
            "user": "acct:ann@hypothes.is",
            "text": "Why so?",
            "tags": ["trust"],
            "target": [
                {
                    "selector": [
                        {"type": "TextPositionSelector", "start": 4, "end": 9},
                        {"type": "TextQuoteSelector", "exact": "films", "prefix": "Few ", "suffix": " have"},
                    ]
                }
            ],
        }
    ]
}
HYPOTHESIS_TABLE = """\
Created at,Author,Page URL,Group,Annotation/Reply Type,Quote,Comment,Tags
2026-01-02 03:04:05,ann,https://example.org/,Public,Annotation,films have annoyed,Why so?,"trust,ending"
"""
REQUEST = (
    b"GET /her/?a=b%20c HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nCookie: _xsrf=1\r\n"
    b'If-None-Match: "x"\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc'
)


@dataclass(frozen=True)
class Door:
    """A way in: `read` takes any bytes, and what it raises besides a ReadingError is a fault of ours."""

    name: str
    sound: Callable[[], bytes]
    read: Callable[[bytes, Path], object]

    def take(self, content: bytes, folder: Path) -> None:
        """Read some bytes; a refusal in words is as good as an answer."""
        with suppress(ReadingError):
            self.read(content, folder)


def _essay(kind: str) -> Door:
    def read(content: bytes, _: Path) -> None:
        for clean in (False, True):
            made = manuscript_of(content, f"a.{kind}", clean=clean)
            Essay.from_markdown(made.essay("x"), report=lambda _: None)

    kinds = {"md": "markdown", "txt": "plain"}
    return Door(f"open .{kind}", cache(lambda: by_pandoc(PROSE, kinds.get(kind, kind))), read)


def _own_file(name: str) -> Door:
    def read(content: bytes, folder: Path) -> None:
        for other in FILES:
            shutil.copy(HER / other, folder / other)
        (folder / name).write_bytes(content)
        texts, faults = texts_in(folder)
        reading = Reading.from_texts(texts, name="mine", faults=faults)
        assert all(passage.text for passage in reading.passages())
        assert all(str(fault) for fault in reading.faults)

    return Door(f"a reading's {name}", lambda: (HER / name).read_bytes(), read)


def _read_whole(content: bytes, file: str) -> None:
    found = in_file(content, file)
    assert found is None or found[0].essay.text


def _exported_page() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "her.html")
        write_page(open_reading("her"), page, charts=False, files=texts_in(HER)[0])
        return page.read_bytes()


def _notebook() -> bytes:
    made = notebooks.notebook_of((HER / "essay.md").read_text(encoding="utf-8"), opens="her")
    return json.dumps(made, indent=1).encode()


def _read_notebook(content: bytes, folder: Path) -> None:
    (folder / "a.ipynb").write_bytes(content)
    with warnings.catch_warnings(action="ignore"):
        notebook_in(folder / "a.ipynb")


def _import(name: str, sound: Callable[[], bytes]) -> Door:
    def read(content: bytes, _: Path) -> None:
        before = {file: (HER / file).read_text(encoding="utf-8") for file in FILES}
        after = imported(content, before, file=name, report=str)
        reading = Reading.from_texts(after)
        assert len(reading.annotations) >= len(open_reading("her").annotations)  # nothing is lost

    return Door(f"import {name}", sound, read)


def _export(name: str) -> Callable[[], bytes]:
    return cache(lambda: exported(open_reading("her"), name))


def _read_set(content: bytes, _: Path) -> None:
    attach(open_reading("her").essay, Sealed.from_json(content, report=lambda _: None))


def _read_copy(content: bytes, _: Path) -> None:
    attach(content.decode("utf-8", errors="replace"), _her_sealed(), trim=True)


def _marks() -> bytes:
    entries = open_reading("her").annotations[:5]
    marks = [Mark(one.id, *one.anchor, one.tags, one.note, "Ann", "2026-11-26T08:30:00.000Z") for one in entries]
    return (
        MarkFile(
            open_reading("her").essay.fingerprint, "Her", Kept.of(marks, {"m1": "2026-11-26T08:30:00.000Z"}), "Ann"
        )
        .to_json()
        .encode()
    )


def _read_marks(content: bytes, _: Path) -> None:
    made = MarkFile.from_json(content, "her-Ann.json", report=str)
    assert MarkFile.from_json(made.to_json(), "again.json") == made  # what was read can be written, and read again
    assert len(placed(made.kept.marks, open_reading("her")).reading.annotations) == len(made.kept.marks)


def _table_of_marks() -> bytes:
    return to_table(placed(MarkFile.from_json(_marks(), "x.json").kept.marks, open_reading("her")).reading).encode()


def _read_table_of_marks(content: bytes, _: Path) -> None:
    made = from_table(content, "her-Ann.csv", open_reading("her"))
    assert MarkFile.from_json(made.to_json(), "again.json") == made


def _read_submissions(content: bytes, folder: Path) -> None:
    for one in submissions_in(content, "submissions.zip"):
        if isinstance(one, Submission):
            with suppress(ReadingError):
                _read_marks(one.content, folder)


def _request(content: bytes, _: Path) -> None:
    server = _server()
    address = urlparse(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection, suppress(OSError):
        connection.sendall(content)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(2**16):
            pass
    assert ask(server, "/health").status == 200
    assert "ERROR" not in server.printed()


@cache
def _server() -> Server:
    """A server for all requests, ended with this process."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(dashboard("her"))


@cache
def _her_sealed() -> Sealed:
    return seal(open_reading("her"))


DOORS = [
    *map(_essay, ("txt", "md", "html", "docx", "odt", "epub", "rtf")),
    *map(_own_file, FILES),
    Door(
        "open .zip",
        lambda: packed({f"her/{name}": (HER / name).read_bytes() for name in FILES}),
        lambda content, _: _read_whole(content, "a.zip"),
    ),
    Door("open an exported page", cache(_exported_page), lambda content, _: _read_whole(content, "a.html")),
    Door("a notebook", _notebook, _read_notebook),
    _import("notes.jsonld", _export("her.jsonld")),
    _import("hypothesis.json", lambda: json.dumps(HYPOTHESIS).encode()),
    _import("hypothesis.csv", lambda: HYPOTHESIS_TABLE.encode()),
    _import("pupil.csv", lambda: (HER / "annotations.csv").read_bytes()),
    _import("relations.csv", lambda: (HER / "relations.csv").read_bytes()),
    _import("codes.qdc", _export("her.qdc")),
    _import("project.qdpx", _export("her.qdpx")),
    _import("her.marks.json", cache(_marks)),
    Door("a file of marks", cache(_marks), _read_marks),
    Door("a table of marks", cache(_table_of_marks), _read_table_of_marks),
    Door(
        "submissions.zip",
        cache(lambda: packed({"Ann_1_assignsubmission_file_/her-Ann.json": _marks()})),
        _read_submissions,
    ),
    Door("a sealed set", cache(lambda: _her_sealed().to_json().encode()), _read_set),
    Door("a copy of a sealed text", lambda: open_reading("her").essay.text.encode(), _read_copy),
    Door("a request", lambda: REQUEST, _request),
]


def parts_of(content: bytes) -> dict[str, bytes] | None:
    """The parts of an archive, None where it is none."""
    if not content.startswith(b"PK"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()

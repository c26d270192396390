"""SECURITY.md names code and tests that are there, and the limits that the code has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from essay_explorer.cli import terminal
from essay_explorer.core import plain_yaml, table
from essay_explorer.exchange import qda_codes, qdc_import, qdpx_import, web_annotation
from essay_explorer.files import limits, pictures, plain_json, reading_files
from essay_explorer.formats import archive, pandoc
from essay_explorer.library.editing import journal
from essay_explorer.marks import submission
from essay_explorer.rooms import lessons, sent_mark
from essay_explorer.rooms import limits as room_limits
from essay_explorer.server import listening, news

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.partition("## The doors")[2].splitlines()
    if line.startswith("| ") and not line.startswith("| door")
]
MB = 1024**2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_door_has_its_code_and_its_test(row: list[str]) -> None:
    *_, code, tests = row
    paths = [ROOT / "src" / "essay_explorer" / path for path in re.findall(r"`([^`]+)`", code)]
    paths += [ROOT / "tests" / path for path in re.findall(r"`([^`]+)`", tests)]
    assert len(paths) >= 2
    assert [path for path in paths if not path.is_file()] == []


@pytest.mark.parametrize(
    ("door", "limit"),
    [
        ("a reading's files", f"essay {reading_files.MOST['essay.md'] // MB} MB"),
        ("a reading's files", f"codebook {reading_files.MOST['codebook.yml'] // MB} MB"),
        (
            "a reading's files",
            f"another table {reading_files.MOST['annotations.csv'] // MB} MB, each {table.MOST_LINES:,}",
        ),
        ("a reading's files", f"a tour {reading_files.MOST['tour.csv'] // MB} MB"),
        (
            "a reading's pictures",
            f"{pictures.MOST // MB} MB each; {pictures.MOST_IN_ALL // MB} MB, "
            f"{pictures.MOST_POINTS // pictures.MILLION} million points and {pictures.MOST_FILES:,} of them",
        ),
        ("a reading's files", f"the first {terminal.MOST_LINES} faults"),
        ("YAML, JSON", f"{plain_yaml.DEEPEST} lists in lists, {plain_json.DEEPEST} in JSON"),
        ("an essay's file", f"{limits.LARGEST // MB} MB"),
        ("an essay's file", f"pandoc {pandoc.SECONDS} s and {pandoc.MOST // 1024**3} GB"),
        ("a notebook's file", f"{limits.LARGEST // MB} MB"),
        ("an archive", f"{archive.MOST_PARTS:,} parts, {archive.MOST_UNPACKED // MB} MB of text"),
        ("annotations of other programs", f"{web_annotation.MOST_ITEMS:,} annotations"),
        (
            "a reader's marks, and what a class hands in",
            f"{limits.OF_MARKS // MB} MB and {limits.MOST_MARKS:,} marks a file; "
            f"{archive.MOST_PARTS:,} files and {submission.MOST_UNPACKED // MB} MB an archive",
        ),
        (
            "annotations of other programs",
            f"a codebook {qdc_import.MOST_BYTES // MB} MB and {qda_codes.MOST_ELEMENTS:,} codes",
        ),
        (
            "annotations of other programs",
            f"a project {qdpx_import.MOST_BYTES // MB} MB and {qdpx_import.MOST_ELEMENTS:,} elements",
        ),
        ("a request", f"head {listening.LONGEST_HEAD // 1024} kB, body {listening.LONGEST_BODY // 1024} kB"),
        ("a request", f"whole within {listening.BODY} s"),
        ("a room", f"{room_limits.MOST_PARTICIPANTS:,} readers; forgotten after {lessons.DAYS} days"),
        ("what a phone", f"{room_limits.MOST_BODY // 1024} kB and {room_limits.MOST_SENT} marks at once"),
        ("what a phone", f"{room_limits.MOST_MARKS} marks and {room_limits.MOST_REPLIES} replies a phone"),
        ("what a phone", f"a reason {sent_mark.LONGEST_REASON:,} letters"),
        ("news that", f"{news.KEPT} events kept"),
        ("the editor", f"body {listening.LONGEST_BODY // 1024} kB, {journal.MOST} acts to undo"),
        ("a connection", f"{listening.CONNECTIONS:,} at most, idle for {listening.IDLE} s"),
        ("a WebSocket", f"{listening.BUFFER // MB} MB a message"),
    ],
)
def test_every_limit_is_that_of_the_code(door: str, limit: str) -> None:
    (row,) = [row for row in ROWS if row[0].startswith(door)]
    assert limit in " ".join(row)

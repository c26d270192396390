"""The documentation: each command in it runs, each public name is in it, and the built pages load nothing from elsewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import essay_explorer
from essay_explorer import open_reading
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.rooms.store.database import Database
from notebooks import write_notebook
from pandoc_files import by_pandoc
from servers import free_port, serving

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDES = [ROOT / "README.md", *sorted((DOCS / "guides").glob("*.md"))]
BLOCK = re.compile(r"^```(.*?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)  # one without a language is of a shell
LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("object", "data"), ("use", "href")}
FOREIGN = re.compile(r"^(?:https?:)?//")
SERVERS = {"read", "lab", "edit", "class"}  # commands that go on until they are stopped
# A text that may not be copied, so that no test has it.
ABSENT = {"open her-review.txt && essay-explorer read her-review"}
SHOW = "from essay_explorer import EssayText, Lens, open_reading\nEssayText(Lens(open_reading('her')))"
ANNOUNCED = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+/\S*")


def commands_in(document: Path) -> list[str]:
    lines = [
        line.partition(" #")[0].strip()
        for language, block in BLOCK.findall(document.read_text("utf-8"))
        if not language
        for line in block.splitlines()
    ]
    return [line for line in lines if line and not line.startswith("make ")]


def files_for(commands: list[str], folder: Path) -> None:
    """What the commands of a document take for granted: files of an author, a class's, and a reading of one's own."""
    text = "# Mine\n\nOne sentence. Another one.\n"
    for name in ("my-essay", "v2"):
        (folder / f"{name}.docx").write_bytes(by_pandoc(text, "docx"))
    shutil.copytree(ROOT / "tests" / "readings" / "lighthouse", folder / "their-reading")
    write_notebook(folder / "dashboard.ipynb", SHOW)
    handed = MarkFile.of(open_reading("her").essay, Kept(), "Ann")
    with zipfile.ZipFile(folder / "submissions.zip", "w") as archive:
        archive.writestr("Ann_1_assignsubmission_file_/her-Ann.json", handed.to_json())
    (folder / "class.csv").write_text("name\nAnn\n", encoding="utf-8")
    Database.opened(folder / "rooms.sqlite").close()
    if "essay-explorer open my-essay.docx" not in commands:
        run(["open", "my-essay.docx"], folder)


def environment(folder: Path) -> dict[str, str]:
    own = {"ESSAY_EXPLORER_LIBRARY": str(folder / "library"), "ESSAY_EXPLORER_STORE": str(folder / "rooms.sqlite")}
    return {**os.environ, **own}


def run(arguments: list[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "essay_explorer", *arguments],
        cwd=folder, env=environment(folder), capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"


def start_and_stop(arguments: list[str], folder: Path) -> None:
    """Start what serves, see that it answers at the address that it prints, and end it."""
    port = str(free_port())
    given = ["127.0.0.1" if one == "0.0.0.0" else one for one in arguments]  # no test opens a door to the network
    options = [f"--port={port}", "--allow-root", "--no-browser"] if given[0] in {"lab", "voila"} else ["--port", port]
    if given[0] == "voila":
        command, address = [sys.executable, "-m", *given, *options[::2]], f"http://127.0.0.1:{port}/"
    else:
        local = ["--ip", "127.0.0.1"] if given[0] == "class" else []
        command, address = [sys.executable, "-m", "essay_explorer", *given, *options, *local], ANNOUNCED
    with serving(command, address, env=environment(folder), cwd=folder) as server:
        assert server.url


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("document", GUIDES, ids=lambda path: path.stem)
def test_each_command_in_a_document_runs(document: Path, tmp_path: Path) -> None:
    commands = [one for one in commands_in(document) if one.removeprefix("essay-explorer ") not in ABSENT]
    if commands:
        files_for(commands, tmp_path)
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program in {"essay-explorer", "voila"}, command
        if program == "voila":
            start_and_stop([program, *arguments], tmp_path)
        elif arguments[0] in SERVERS:
            start_and_stop(arguments, tmp_path)
        else:
            run(arguments, tmp_path)


def test_the_documents_have_commands_to_run() -> None:
    assert sum(len(commands_in(document)) for document in GUIDES) > 25


def test_every_public_name_is_in_the_documentation() -> None:
    named = re.findall(r"^\.\. auto\w+:: essay_explorer\.(\w+)$", (DOCS / "api.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(essay_explorer.__all__)


def test_every_guide_is_in_the_contents() -> None:
    index = (DOCS / "index.md").read_text("utf-8")
    assert [path.stem for path in GUIDES[1:] if f"\nguides/{path.stem}\n" not in index] == []


class Loads(HTMLParser):
    """What a page loads by itself, where its links lead, and the places in it that they can lead to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.ids |= {given["id"]} if "id" in given else set()
        self.loaded += [value for name, value in given.items() if (tag, name) in LOADED]
        if tag == "link" and given.get("rel") in {"stylesheet", "preload", "icon", "modulepreload"}:
            self.loaded.append(given["href"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="the documentation's tools are not installed: make docs")
    folder = tmp_path_factory.mktemp("docs")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(DOCS), str(folder)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_built_pages_load_nothing_from_elsewhere_and_their_links_lead_somewhere(built: Path) -> None:
    pages = {path: Loads(path) for path in built.rglob("*.html")}
    assert len(pages) > 15
    assert [
        path.name for path in pages if "(children=(" in path.read_text("utf-8")
    ] == []  # a stock box as Python tells it
    assert [(path.name, one) for path, page in pages.items() for one in page.loaded if FOREIGN.match(one)] == []
    styles = [
        (path.name, one)
        for path in built.rglob("*.css")
        for one in re.findall(r"url\(([^)]*)\)|@import", path.read_text("utf-8"))
        if FOREIGN.match(one.strip("'\""))
    ]
    assert styles == []
    astray = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(to)
            if not to.exists() or (known and parts.fragment and unquote(parts.fragment) not in known.ids):
                astray.append((path.relative_to(built).as_posix(), link))
    assert astray == []

"""The wheel holds everything that runs, and runs where there is no checkout."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import venv
import zipfile
from dataclasses import dataclass
from email.parser import BytesParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from essay_explorer.charts import bundle
from essay_explorer.core.essay import Essay
from servers import free_port, serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "essay_explorer"
OURS = ("ESSAY_EXPLORER_READING", "PYTHONPATH", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "JUPYTER_CONFIG_DIR")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout as it stands, made in another folder."""
    folder = tmp_path_factory.mktemp("wheel")
    offline = ["--no-isolation"] if find_spec("hatchling") else []
    _ran([sys.executable, "-m", "build", "--wheel", *offline, "--outdir", str(folder), str(ROOT)], cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def contents(wheel: Path) -> dict[str, bytes]:
    """Each file of the wheel by its path."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and a folder to work in that is not the checkout."""

    prefix: Path
    desk: Path
    env: dict[str, str]

    def program(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self.prefix / "bin" / name)

    def run(self, *command: str) -> str:
        """What the command prints there."""
        return _ran([self.program(command[0]), *command[1:]], cwd=self.desk, env=self.env)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in a fresh environment that borrows only its dependencies from this one."""
    prefix, desk = tmp_path_factory.mktemp("venv"), tmp_path_factory.mktemp("desk")
    venv.create(prefix, symlinks=True)
    here = sysconfig.get_path("purelib", vars={"base": str(prefix)})
    Path(here, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(prefix / "bin" / "python")]
    _ran([*pip, "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall", str(wheel)], cwd=desk)
    shares = [str(Path(base) / "share" / "jupyter") for base in (prefix, sys.prefix)]
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    # Voila's own templates and the kernel are borrowed too; what the wheel brings comes first.
    env |= {
        "JUPYTER_PATH": os.pathsep.join(shares),
        "JUPYTER_CONFIG_DIR": str(desk / "jupyter"),
        "IPYTHONDIR": str(desk / "ipython"),
    }
    return Installed(prefix, desk, env)


def _ran(command: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_vega_is_a_file_of_the_wheel(contents: dict[str, bytes]) -> None:
    assert contents["essay_explorer/charts/vega.js"].decode() == bundle.vega()


def test_every_file_of_the_package_is_in_the_wheel(contents: dict[str, bytes]) -> None:
    jupyter = PACKAGE / "page" / "jupyter"  # goes where Jupyter looks for it
    package = [path for path in _files(PACKAGE) if not path.is_relative_to(jupyter)]
    assert {".py", ".js", ".css"} <= {path.suffix for path in package}
    for path in package:
        assert contents.get(path.relative_to(PACKAGE.parent).as_posix()) == path.read_bytes(), path.name


def test_the_content_and_both_notebooks_are_in_the_wheel(contents: dict[str, bytes]) -> None:
    content = [
        *_files(ROOT / "data"),
        ROOT / "notebooks" / "read.ipynb",
        ROOT / "notebooks" / "explore.ipynb",
        ROOT / "notebooks" / "dashboard.ipynb",
        ROOT / "notebooks" / "code.ipynb",
    ]
    for path in content:
        assert contents.get(f"essay_explorer/{path.relative_to(ROOT).as_posix()}") == path.read_bytes(), path.name


def test_the_template_is_where_jupyter_looks_for_it(contents: dict[str, bytes]) -> None:
    jupyter = PACKAGE / "page" / "jupyter"
    data = next(name for name in contents if ".data/data/" in name).split("/")[0] + "/data"
    for path in _files(jupyter / "templates"):
        place = f"{data}/share/jupyter/voila/templates/{path.relative_to(jupyter / 'templates').as_posix()}"
        assert contents.get(place) == path.read_bytes(), path.name
    assert not any(name.startswith(f"{data}/etc") for name in contents), "others' dashboards would take our settings"


def test_nothing_of_the_workshop_is_in_the_wheel(contents: dict[str, bytes]) -> None:
    for name in contents:
        assert name.startswith("essay_explorer"), name
        assert "/tests/" not in name
        assert "__pycache__" not in name
    assert any(name.endswith("/licenses/LICENSE") for name in contents)


def test_the_wheel_adds_nothing_of_its_own_but_what_pip_reads(contents: dict[str, bytes]) -> None:
    folders = (ROOT / "src", ROOT / "data", ROOT / "notebooks")
    ours = {path.read_bytes() for folder in folders for path in _files(folder)} | {(ROOT / "LICENSE").read_bytes()}
    added = {name.split("/", 1)[1] for name, content in contents.items() if content not in ours}
    assert added == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "charts/vega.js"}  # that one for Colab


def test_the_wheel_asks_for_ranges_and_not_for_the_versions_that_were_tested(contents: dict[str, bytes]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (metadata,) = (
        BytesParser().parsebytes(contents[name]) for name in contents if name.endswith(".dist-info/METADATA")
    )
    asked = {Requirement(line) for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line}
    assert asked == set(map(Requirement, project["dependencies"]))
    assert {entry.name for entry in asked if "==" in str(entry.specifier)} == {"voila"}  # whose page ours leans on


def test_the_reading_of_her_has_no_faults_there(installed: Installed) -> None:
    said = installed.run("essay-explorer", "check", "her")
    assert said.startswith("No faults in ")
    assert str(installed.prefix) in said


def test_python_opens_the_reading_and_makes_the_page_there(installed: Installed) -> None:
    code = """
import pathlib, essay_explorer, essay_explorer.library.notebooks, essay_explorer.page.document as page
from essay_explorer import Explorer, open_reading
print(essay_explorer.__file__, essay_explorer.library.notebooks.__file__, sep="\\n")
print(len(Explorer(open_reading()).lens.passages), "</main>" in page.opening(open_reading()))
essay_explorer.library.notebooks.write(None, pathlib.Path("made.ipynb"))
"""
    package, notebooks, made = installed.run("python", "-W", "error", "-c", code).splitlines()
    assert Path(package).is_relative_to(installed.prefix)
    assert Path(notebooks).is_relative_to(installed.prefix)
    assert made == "67 True"
    assert (installed.desk / "made.ipynb").read_bytes() == (ROOT / "notebooks" / "read.ipynb").read_bytes()


def test_the_dashboard_is_served_there(installed: Installed) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    command = [installed.program("essay-explorer"), "read", "--port", str(port)]
    essay = Essay.from_markdown((ROOT / "data" / "her" / "essay.md").read_text(encoding="utf-8"))
    sentence = essay.text[slice(*essay.sentences()[0])]
    with (
        serving(command, url, env=installed.env, cwd=installed.desk) as server,
        urllib.request.urlopen(url, timeout=90) as answer,
    ):
        page = answer.read().decode()
        printed = server.printed()
    assert answer.status == 200
    text, _, rest = page.partition('<script type="application/json" id="essay-explorer-state">')
    assert sentence in html.unescape(re.sub(r"<[^>]+>", "", text)), printed
    assert "Traceback" not in page + printed
    assert "There was an error when executing" not in page, printed
    assert page.rstrip().endswith("</html>"), page[-500:]
    assert text.count("<main") == 1
    assert "<main" not in rest.split("</script>", 2)[2]
    assert "Run the next cell" not in page, "the notebook's prose is the essay's text, which the page shows"

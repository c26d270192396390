"""Where the widgets run without the rest, and what other programs make of a notebook. docs/guides/hosts.md tells of each."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

from node import executable
from notebooks import write_notebook

ROOT = Path(__file__).parents[1]
ABSENT = (
    "voila",
    "jupyterlab",
    "typst",
    "vl_convert",
    "sentencex",
    "typer",
    "math_core",
    "sqlalchemy",
    "tornado",
    "defusedxml",
)
WIDGETS = """
import sys
for name in {absent!r}:
    sys.modules[name] = None
from essay_explorer import *
from essay_explorer import charts
from essay_explorer.charts import bundle
reading = open_reading("her")
explorer = Explorer(reading)
explorer.lens.choose("trust")
charts.dispersion(reading).to_dict()
ChartPanel(explorer.lens, [charts.follow(charts.weight(reading))])
print(len(reading.passages()), len(explorer.lens.passages), len(reading.essay.sentences()) > 60)
print("vega-lite" in bundle.charts(reading), bundle.vega_name().startswith("vega-packaged"))
for asked in (lambda: Room.open(reading), lambda: picture(reading), bundle.vega):
    try:
        asked()
    except Exception as error:
        print(error)
"""


def test_the_widgets_need_no_server_no_paper_and_no_command_line() -> None:
    source = WIDGETS.format(absent=ABSENT)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "67 23 True",
        "True True",
        "Room needs sqlalchemy, which is not installed here: pip install sqlalchemy",
        "This needs typst, which is not installed here: pip install typst",
        "Charts need vl-convert-python, which is not installed here: pip install vl-convert-python",
    ]


@pytest.mark.slow
def test_a_notebook_as_html_has_the_text_of_its_essay(tmp_path: Path) -> None:
    show = "from essay_explorer import open_reading\nopen_reading('her')"
    write_notebook(tmp_path / "book.ipynb", show)
    subprocess.run(
        [sys.executable, "-m", "jupyter", "execute", "--inplace", str(tmp_path / "book.ipynb")],
        check=True, capture_output=True,
    )  # fmt: skip
    html, _ = HTMLExporter().from_notebook_node(nbformat.read(tmp_path / "book.ipynb", as_version=4))
    assert "how anyone ever learns to trust another mind with it" in html
    assert "object at 0x" not in html


PYODIDE = """
from essay_explorer import Explorer, open_reading
reading = open_reading("/reading")
explorer = Explorer(reading)
explorer.lens.choose("trust")
print(sys.platform, len(reading), len(explorer.lens.passages), "Few films" in explorer._repr_mimebundle_()[0]["text/html"])
"""


@pytest.mark.slow
def test_the_widgets_live_in_pyodide() -> None:
    folders = (sysconfig.get_path("purelib"), ROOT / "src", ROOT / "data" / "her")
    command = [executable(), str(ROOT / "tests" / "js" / "pyodide_host.mjs"), PYODIDE, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.returncode) == ("emscripten 67 23 True\n", 0), done.stderr

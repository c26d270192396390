"""Where the widgets run without the rest, and what other programs make of a notebook. docs/guides/hosts.md tells of each."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest

from node import executable
from notebooks import write_notebook

SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
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


IN_PLACE = "--ClearMetadataPreprocessor.enabled=True"  # as docs/guides/hosts.md says it


@pytest.mark.slow
def test_a_notebook_as_html_has_the_text_of_its_essay_in_place_of_its_widgets(tmp_path: Path) -> None:
    show = "from essay_explorer import EssayText, Explorer, Lens, open_reading\nreading = open_reading('her')"
    write_notebook(tmp_path / "book.ipynb", show, "reading", "Explorer(reading)", "EssayText(Lens(reading))")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", str(tmp_path / "book.ipynb")]
    for options in (["--to=notebook", "--inplace"], ["--to=html", IN_PLACE]):  # the first keeps the state of widgets
        subprocess.run([*command, *options], check=True, capture_output=True)
    assert "widgets" in nbformat.read(tmp_path / "book.ipynb", as_version=4).metadata
    html = SCRIPT.sub("", (tmp_path / "book.html").read_text(encoding="utf-8"))
    assert html.count("how anyone ever learns to trust another mind with it") == 3
    assert "object at 0x" not in html
    assert IN_PLACE in (ROOT / "docs" / "guides" / "hosts.md").read_text(encoding="utf-8")


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

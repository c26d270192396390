"""A stranger's folder runs nothing: whatever lies beside a reading, none of it is imported or obeyed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from asking import ask
from essay_explorer.library import notebooks
from servers import ADDRESS, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow


HER = Path(__file__).parents[2] / "data" / "her"
OURS = (
    "altair",
    "vl_convert",
    "psutil",
    "ipykernel",
    "yaml",
    "markdown_it",
    "tornado",
    "voila",
    "jinja2",
    "segno",
    "numpy",
)
PYTHONS = sorted(name for name in sys.stdlib_module_names if not name.startswith("_"))
CONFIGURATIONS = (
    "voila",
    "jupyter_config",
    "jupyter_server_config",
    "jupyter_lab_config",
    "ipython_config",
    "ipython_kernel_config",
)
EVERYWHERE = {"ip": "0.0.0.0", "port": 1, "root_dir": "/", "base_url": "/stolen/"}
PROGRAM = Path(sys.executable).with_name("essay-explorer")
MODULE = (sys.executable, "-m", "essay_explorer")
BOTH = pytest.mark.parametrize("program", [(str(PROGRAM),), MODULE], ids=["essay-explorer", "python -m"])


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A reading whose folder is full of what Python and Jupyter look for; each leaves a mark when it is run."""
    folder = tmp_path / "trap"
    shutil.copytree(HER, folder)
    marks = tmp_path / "marks"
    marks.mkdir()
    code = f"open({str(marks)!r} + '/' + __name__ + '-' + str(len(__import__('sys').argv)), 'w').close()\nraise SystemExit(99)\n"
    for name in (*OURS, *PYTHONS, "sitecustomize", "usercustomize", "vl_convert_python", "IPython"):
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    for name in CONFIGURATIONS:
        mark = f"open({str(marks / name)!r}, 'w').close()\n"
        (folder / f"{name}.py").write_text(mark, encoding="utf-8")
        settings = {"Voila": EVERYWHERE, "ServerApp": EVERYWHERE, "VoilaConfiguration": {"file_allowlist": [".*"]}}
        (folder / f"{name}.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def nothing_ran(tmp_path: Path) -> Iterator[None]:
    yield
    assert sorted(mark.name for mark in (tmp_path / "marks").iterdir()) == []


def env_of(folder: Path) -> dict[str, str]:
    """The environment, with a cache of its own, so that what is kept there is made anew."""
    return {
        **os.environ,
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "ESSAY_EXPLORER_LIBRARY": str(folder.parent / "own"),
    }


@BOTH
@pytest.mark.parametrize(
    "command",
    [
        ("check", "."),
        ("list",),
        ("export", ".", "--to", "../her.html"),
        ("export", ".", "--to", "../her.jsonld"),
        ("export", ".", "--to", "../her.pdf"),
        ("notebook", ".", "--to", "../her.ipynb"),
        ("site", ".", "--to", "../site"),
        ("update", "."),
        ("import", "annotations.csv", "--into", "."),
        ("seal", ".", "--to", "../sealed.json"),
        ("open", "essay.md"),
    ],
    ids=" ".join,
)
def test_a_command_in_the_folder_runs_nothing_of_it(
    trap: Path, program: tuple[str, ...], command: tuple[str, ...]
) -> None:
    if program == MODULE:  # Python itself looks there before any of our code runs, for what it has not loaded by then
        for name in PYTHONS:
            if name not in {"random", "typing"}:
                (trap / f"{name}.py").unlink()
    run = subprocess.run(
        [*program, *command], cwd=trap, env=env_of(trap), capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr


@BOTH
def test_a_reading_is_served_from_the_folder_without_running_any_of_it(trap: Path, program: tuple[str, ...]) -> None:
    if program == MODULE:
        for name in PYTHONS:
            if name not in {"random", "typing"}:
                (trap / f"{name}.py").unlink()
    with serving([*program, "read", ".", "--port", str(free_port())], ADDRESS, env=env_of(trap), cwd=trap) as server:
        content = ask(server, "/trap/essay-explorer/content.json").json
        for part in ("charts", "vega"):  # made by other processes
            assert ask(server, f"/{content['ChartPanel'][part]}").status == 200
        assert ask(server, f"/{content['Lens']['file']}").status == 200
        where = {Path(f"/proc/{server.process.pid}/cwd").resolve()} if sys.platform == "linux" else set()
        assert trap not in where


def test_a_notebook_runs_without_what_lies_beside_it(trap: Path) -> None:
    notebooks.write(str(trap), trap / "mine.ipynb")
    (trap / "beside.py").write_text("WORD = 'from beside'\n", encoding="utf-8")
    book = json.loads((trap / "mine.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    code = [
        "import random, typing, altair, beside, os\n",
        "print(beside.WORD, os.path.basename(os.getcwd()), bool(altair.Chart))",
    ]
    book["cells"].append(cell | {"id": "more", "source": code})
    (trap / "mine.ipynb").write_text(json.dumps(book), encoding="utf-8")
    command = [str(PROGRAM), "read", "mine.ipynb", "--pool", "0", "--port", str(free_port())]
    with serving(command, ADDRESS, env=env_of(trap), cwd=trap) as server:
        page = ask(server).text
    assert "from beside trap True" in page, server
    assert "Few films have annoyed me" in page


def test_a_users_configuration_changes_neither_address_nor_root_nor_policy(trap: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home" / ".jupyter"
    folder.mkdir(parents=True)
    everything = f"{{**{EVERYWHERE}, 'tornado_settings': {{'headers': {{'Content-Security-Policy': ''}}}}}}"
    for name in CONFIGURATIONS:
        code = f"c = get_config()\nc.Voila.update({everything})\nc.ServerApp.update({everything})\n"
        (folder / f"{name}.py").write_text(f"{code}c.VoilaConfiguration.file_allowlist = ['.*']\n", encoding="utf-8")
        shutil.copy(trap / f"{name}.json", folder)
    notebooks.write(str(trap), tmp_path / "mine.ipynb")
    command = [str(PROGRAM), "read", str(tmp_path / "mine.ipynb"), "--pool", "0", "--port", str(free_port())]
    for reading in (["--kernel", "always"], ["--kernel", "never"]):
        env = {**env_of(trap), "HOME": str(folder.parent), "JUPYTER_CONFIG_DIR": str(folder)}
        with serving([*command, *reading], ADDRESS, env=env, cwd=tmp_path) as server:
            listening = [one for one in psutil.Process(server.process.pid).net_connections() if one.status == "LISTEN"]
            assert {one.laddr.ip for one in listening} == {"127.0.0.1"}
            assert "default-src 'self'" in ask(server).headers["Content-Security-Policy"]
            assert ask(server, "/voila/files/etc/passwd").status in {403, 404}
            assert ask(server, "/stolen/").status == 404


def test_jupyterlab_starts_without_what_lies_beside_the_reading(trap: Path) -> None:
    port = free_port()
    options = [
        "--no-browser",
        f"--port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--allow-root",
    ]
    command = [str(PROGRAM), "lab", ".", *options]
    with serving(command, f"http://127.0.0.1:{port}/", env=env_of(trap), cwd=trap) as server:
        for _ in range(100):
            if "is running at" in server.printed():
                break
            time.sleep(0.1)
        assert ask(server, "/api/status").status == 200
        server.process.send_signal(signal.SIGTERM)

"""`make` installs once, whatever stops it on the way, and never uses what it left half-made."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[1]
SHELL = shutil.which("bash") or "/bin/sh"  # as on macOS; Debian's dash ends at a signal sooner
# A Python whose venv and pip make files one after another: at each step it can be stopped, as real ones are by Ctrl+C,
# a closed terminal or an empty battery. As with the real ones, what is begun counts as there for whoever looks next.
PYTHON = r"""#!/bin/sh
trap 'exit 1' INT
bin=$(dirname "$0") packages=$(dirname "$0")/../lib/python3/site-packages
step() { echo >> "$STEPS"; test "$(wc -l < "$STEPS")" -ne "$STOP_AT" || { kill -"$STOP_WITH" 0; sleep 5; }; }
program() { echo "#!/bin/sh
test -e '$PWD/$packages/$1.whole' && echo '$1 is whole, in $PWD'" > "$bin/$2"; step; chmod +x "$bin/$2"; }
case "$*" in
    "-c "*|--version) ;;
    "-m venv "*)
        mkdir -p "$3/bin" "$3/lib/python3/site-packages"; cp "$0" "$3/bin/python"; step
        touch "$3/bin/pip"; step ;;
    "-m pip install "*)
        test -e "$bin/pip" || { echo "No module named pip" >&2; exit 1; }
        test "$WITHOUT" != network || { echo "ERROR: no index can be reached" >&2; exit 1; }
        echo "$PIP_CONSTRAINT, $PIP_BUILD_CONSTRAINT" >> "$STEPS.constraints"
        for last; do :; done
        test ! -e "$packages/$last.begun" || exit 0
        touch "$packages/$last.begun"; step
        test "$WITHOUT" != space || { echo "ERROR: no space left" >&2; exit 1; }
        case "$last" in
            .) program . essay-explorer ;;
            *lint*) for name in ruff mypy lint-imports; do program "$last" $name; done ;;
        esac
        touch "$packages/$last.whole"; step ;;
    *) test -e "$packages/.[test].whole" && echo ".[test] is whole, in $PWD" ;;
esac
"""
NPM = """#!/bin/sh
case "$*" in
    ci*) rm -rf node_modules; mkdir node_modules ;;
    *) test -e node_modules ;;
esac
"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("make"), reason="make is not here")]


@dataclass(frozen=True)
class Project:
    """A folder with this project's Makefile and a Python that can be stopped at each of its steps."""

    folder: Path

    @property
    def steps(self) -> Path:
        return self.folder.parent / "steps"

    def make(self, *words: str, stop_at: int = 0, stop_with: str = "KILL", without: str = "") -> tuple[int, str]:
        """How `make` ended, and what it said."""
        self.steps.write_text("", encoding="utf-8")
        given = {"STEPS": str(self.steps), "STOP_AT": str(stop_at), "STOP_WITH": stop_with, "WITHOUT": without}
        env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PIP_"))}
        env["PATH"] = f"{self.folder.parent}{os.pathsep}{env['PATH']}"  # where an npm stands that asks nobody
        run = subprocess.run(
            ["make", f"PYTHON={self.folder.parent / 'python'}", f"SHELL={SHELL}", *words],
            cwd=self.folder,
            env=env | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=30,
            check=False,
            start_new_session=True,  # `kill 0` means make and all that it has started, not these tests
        )
        return run.returncode, run.stdout

    def wait_for_its_end(self) -> None:
        """Until the process that was at work and was killed has gone; make may have ended before it."""
        unfinished = self.folder / ".venv" / "unfinished"
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            process = psutil.Process(int(unfinished.read_text("utf-8")))
            while process.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.005)

    def steps_of(self, target: str) -> int:
        """How many steps it took when nothing stopped it."""
        code, said = self.make(target)
        assert code == 0, said
        return self.steps.read_text(encoding="utf-8").count("\n")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "checkout"
    jupyter = folder / "src" / "essay_explorer" / "page" / "jupyter"
    jupyter.mkdir(parents=True)
    for file in ("pyproject.toml", "constraints.txt", "package.json", "package-lock.json"):
        (folder / file).touch()
    shutil.copy(ROOT / "Makefile", folder)
    for name, script in (("python", PYTHON), ("npm", NPM)):
        (tmp_path / name).write_text(script, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return Project(folder)


@pytest.mark.parametrize(
    ("target", "signal", "whole"),
    [
        ("test", "KILL", ".[test]"),
        ("read", "INT", "."),
        ("test", "TERM", ".[test]"),
        ("read", "HUP", "."),
    ],
)
def test_what_was_stopped_at_any_step_works_the_next_time(project, target: str, signal: str, whole: str) -> None:
    steps = project.steps_of(target)
    assert steps >= 5
    for step in range(1, steps + 1):
        project.make("clean")
        code, _ = project.make(target, stop_at=step, stop_with=signal)
        assert code != 0
        project.wait_for_its_end()
        code, said = project.make(target)
        assert (code, f"{whole} is whole" in said) == (0, True), f"stopped at step {step} of {steps}:\n{said}"


@pytest.mark.parametrize("target", ["read", "lab", "site", "quick", "test", "bench", "look", "lint"])
def test_no_target_uses_what_an_earlier_makefile_left_half_made(project, target: str) -> None:
    folder = project.folder / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(project.folder.parent / "python")  # and no pip
    code, said = project.make(target)
    assert (code, "is whole" in said) == (0, True), said


def test_nothing_is_installed_twice(project) -> None:
    assert project.steps_of("lint") > 0
    assert project.steps_of("lint") == project.steps_of("read") == 0


def test_without_a_network_pip_says_why_and_what_was_there_stays_in_use(project) -> None:
    assert project.steps_of("read") > 0
    code, said = project.make("test", without="network")
    assert code != 0
    assert "ERROR: no index can be reached" in said
    assert project.steps_of("read") == 0


@pytest.mark.parametrize("before", ["clean", "read"])
def test_what_pip_could_not_finish_is_not_used(project, before: str) -> None:
    project.make(before)
    code, said = project.make("test", without="space")
    assert (code != 0, "ERROR: no space left" in said) == (True, True)
    code, said = project.make("test")
    assert (code, ".[test] is whole" in said) == (0, True), said


def test_while_one_make_installs_another_waits(project) -> None:
    assert project.steps_of("read") > 0
    unfinished = project.folder / ".venv" / "unfinished"
    unfinished.write_text(f"{os.getpid()}\n", encoding="utf-8")
    code, said = project.make("read")
    assert code != 0
    assert (
        f"Process {os.getpid()} is still installing into .venv. Wait until it has ended, or begin anew with: make clean"
        in said
    )
    unfinished.unlink()
    assert project.steps_of("read") == 0


def test_a_folder_that_was_moved_or_whose_python_is_gone_is_installed_anew(project) -> None:
    assert project.steps_of("read") > 0
    moved = Project(project.folder.rename(project.folder.parent / "elsewhere"))
    code, said = moved.make("read")
    assert (code, f". is whole, in {moved.folder}" in said) == (0, True), said
    (moved.folder / ".venv" / "bin" / "python").unlink()
    (moved.folder / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    assert moved.steps_of("read") > 0


def test_the_tested_versions_are_installed_unless_the_newest_are_asked_for(project) -> None:
    constraints = Path(f"{project.steps}.constraints")
    assert project.steps_of("test") > 0
    assert set(constraints.read_text("utf-8").splitlines()) == {"constraints.txt, constraints.txt"}
    constraints.unlink()
    code, said = project.make("test-newest")
    assert (code, ".[test] is whole" in said) == (0, True)
    assert set(constraints.read_text("utf-8").splitlines()) == {", "}
    assert project.steps_of("test") == 0, "the tested versions are where they were"

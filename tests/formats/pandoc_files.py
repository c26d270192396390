"""Files of other programs, as pandoc writes them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pypandoc

if TYPE_CHECKING:
    from pathlib import Path


def by_pandoc(source: str, kind: str, *, reader: str = "markdown", beside: Path | None = None) -> bytes:
    """A file that pandoc makes of Markdown; its pictures lie in the folder `beside`."""
    command = [pypandoc.get_pandoc_path(), "--standalone", "--from", reader, "--to", kind, "--output", "-"]
    return subprocess.run(command, input=source.encode(), capture_output=True, check=True, cwd=beside).stdout

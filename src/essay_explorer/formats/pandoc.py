"""Pandoc: a file of another program as a web page."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib import metadata, util

from essay_explorer.formats.refusing import refuse_file

SECONDS = 180
# Bytes of memory, whatever a file makes it do: it takes up to 200 times the text of an .odt, where .docx takes 100.
HEAP, SHARE, MOST = 256 * 1024**2, {"rtf": 60}, 2 * 1024**3
USUAL_SHARE = 300
TOO_MUCH = "takes more time or memory than an essay needs. Save its text alone, as .txt"
DISTRIBUTION = "pypandoc-binary"


def html_of(source: bytes, kind: str, file: str) -> str:
    """The file as a web page. Pandoc may read no other file, ask no network, and take so much time and memory."""
    try:
        import pypandoc  # type: ignore[import-untyped]  # noqa: PLC0415 - may be absent

        pandoc = pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        refuse_file(file, f"needs pandoc, which is not installed. Install it with: {install_command(DISTRIBUTION)}")
    limits = ["+RTS", f"-M{min(HEAP + SHARE.get(kind, USUAL_SHARE) * len(source), MOST)}", "-RTS", "--sandbox"]
    command = [pandoc, *limits, "--quiet", "--standalone", "--wrap=none", "--from", kind, "--to", "html5"]
    try:
        run = subprocess.run(command, input=source, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired:
        refuse_file(file, TOO_MUCH)
    if run.returncode:
        why = run.stderr.decode(errors="replace")
        wrong = f"is not readable as .{kind}. Open it in its own program and save it again"
        refuse_file(file, TOO_MUCH if "eap exhausted" in why else wrong)
    return run.stdout.decode(errors="replace")


def install_command(distribution: str) -> str:
    """A command that installs something for the Python that runs here, wherever it is typed."""
    known = metadata.requires("essay-explorer") or []
    wanted = next((one.partition(";")[0].strip() for one in known if one.startswith(distribution)), distribution)
    pip = [sys.executable, "-m", "pip", "install"]
    if not util.find_spec("pip"):  # an environment that uv made
        pip = ["uv", "pip", "install", "--python", sys.executable]
    return shlex.join([*pip, wanted])

"""Where the processes of a service count together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.hub.metrics import TOGETHER, counting_together

if TYPE_CHECKING:
    import pytest

SERVICE = f"""
import os, time
from essay_explorer.hub.metrics import counting_together
from essay_explorer.server.workers import run_workers

def work():
    print(os.environ["{TOGETHER}"], flush=True)
    time.sleep(60)

with counting_together():
    run_workers(2, work)
"""


def test_the_folder_is_gone_when_the_service_has_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVICE], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout
        folders = {Path(service.stdout.readline().strip()) for _ in range(2)}
        there = [folder.is_dir() for folder in folders]
        service.send_signal(signal.SIGTERM)
        assert service.wait(20) == 0
    assert there == [True]  # one for both
    assert not any(folder.exists() for folder in folders)


def test_a_folder_that_somebody_has_named_is_theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOGETHER, str(tmp_path))
    with counting_together():
        assert os.environ[TOGETHER] == str(tmp_path)
    assert tmp_path.is_dir()

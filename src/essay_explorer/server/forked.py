"""Kernels as forks of one warm process: a reader's kernel starts at once and shares most of its memory.

The warm process is the standard library's fork server; this module only teaches Jupyter to use it.
https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
https://jupyter-client.readthedocs.io/en/stable/provisioning.html
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from essay_explorer.server import isolation, lifeline

NAME = "essay-explorer-fork"  # as the entry point in pyproject.toml has it
LEAN = ["--HistoryManager.enabled=False"]  # what a reader does is nobody's history
GIVE_BACK = {"MALLOC_MMAP_THRESHOLD_": "65536"}  # bytes from which glibc gives back what is let go: mallopt(3)
PYTHONS = "ipykernel_launcher"  # the module in the command of every Python kernel


def prepare() -> None:
    """Start the warm process, so that the first kernel need not wait for it."""
    multiprocessing.set_forkserver_preload(["essay_explorer.server.tied", "essay_explorer.server.warm"])
    before = dict(os.environ)
    os.environ.update(GIVE_BACK | before)
    try:
        forkserver.ensure_running()
    finally:
        for name in GIVE_BACK.keys() - before.keys():
            del os.environ[name]


def end() -> None:
    """End the forks that are left, ready or not; what they could not find any more they would tell the terminal."""
    for process in multiprocessing.active_children():
        process.kill()
        process.join()


class ForkedProvisioner(LocalProvisioner):
    """Forks kernels of this very Python; any other kernel is started as Jupyter does it."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - Jupyter's signature
        """Fork the kernel; its connection information."""
        if PYTHONS not in cmd or cmd[0] != sys.executable:
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(PYTHONS) + 1 :]
        env = {str(name): str(value) for name, value in (kwargs.get("env") or os.environ).items()}
        fork = Fork([*arguments, *LEAN], env, kwargs.get("cwd") or str(Path.cwd()))
        self.process = fork  # type: ignore[assignment] # it has what Jupyter asks of a Popen
        self.pid = fork.pid
        self.pgid = None
        return self.connection_info


class Fork:
    """A forked kernel, with what Jupyter asks of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], env: dict[str, str], cwd: str) -> None:
        context = multiprocessing.get_context("forkserver")
        self._process = context.Process(target=_run, args=(arguments, env, cwd), daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait until it has ended; the exit code."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self._process.is_alive() and self.pid:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, ready or not."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()


def _run(arguments: list[str], env: dict[str, str], cwd: str) -> None:
    """Be a kernel, in the forked process."""
    from ipykernel.kernelapp import IPKernelApp

    gc.enable()  # warm.py has disabled it
    lifeline.tie_fork()
    os.environ.clear()
    os.environ.update(env)
    os.environ.pop(isolation.SAFE_PATH, None)  # ours; what the notebook starts is its author's
    os.chdir(cwd)
    sys.path.append(cwd)  # a notebook's author may import what lies beside it, but nothing instead of what we need
    # A kernel ends with its parent; from the environment it would take another's.
    IPKernelApp.launch_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])

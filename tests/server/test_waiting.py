"""A kernel that is never heard of again is replaced, and one that works is waited for."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import zmq
import zmq.asyncio
from jupyter_client.session import Session

from essay_explorer.server import notebooks
from essay_explorer.server.notebooks import Dashboard
from essay_explorer.server.waiting import Channel, Client, unless_still

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


def test_a_kernel_that_is_busy_is_waited_for_and_one_that_is_still_is_not() -> None:
    ended = []

    async def work(seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
        finally:
            ended.append(seconds)

    async def fail() -> None:
        raise ZeroDivisionError

    async def all_of_it() -> None:
        busy, still = SimpleNamespace(execution_state="busy"), SimpleNamespace(execution_state="idle")
        await unless_still(work(1), busy, 0.5)
        await unless_still(work(0.2), still, 0.5)
        with pytest.raises(ZeroDivisionError):
            await unless_still(fail(), still, 0.5)
        with pytest.raises(TimeoutError):
            await unless_still(work(30), still, 0.5)
        await asyncio.sleep(0)

    asyncio.run(all_of_it())
    assert ended == [1, 0.2, 30]


def test_another_kernel_takes_the_place_of_one_that_does_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(notebooks, "STILL", 0.5)
    started, shut = [], []

    class Manager(dict[str, Any]):
        notebook_path = "n.ipynb"

        async def start_kernel(self, **_: object) -> str:
            started.append(name := f"kernel {len(started)}")
            self[name] = SimpleNamespace(execution_state="starting")
            return name

        def get_kernel(self, name: str) -> Any:
            return self[name]

        async def shutdown_kernel(self, name: str, **_: object) -> None:
            shut.append(name)
            del self[name]

        def _notebook_renderer_factory(self, _: str) -> Any:
            async def content(name: str, _: object) -> AsyncIterator[str]:
                if name == "kernel 0":
                    await asyncio.sleep(60)
                yield "the page"

            async def initialize() -> None:
                pass

            notebook = SimpleNamespace(metadata=SimpleNamespace(kernelspec=SimpleNamespace(name="python3")))
            return SimpleNamespace(initialize=initialize, notebook=notebook, generate_content_generator=content)

    board: Any = SimpleNamespace(kernel_manager=Manager())
    board._run_in_kernel = lambda patience: Dashboard._run_in_kernel(board, patience)
    asyncio.run(Dashboard._run(board))
    assert (started, shut) == (["kernel 0", "kernel 1"], ["kernel 0", "kernel 1"])
    assert caplog.messages == ["A kernel did nothing for 0.5 seconds; another takes its place"]


def test_an_answer_is_heard_that_comes_while_something_else_is_sent() -> None:
    async def all_of_it() -> None:
        context, session = zmq.asyncio.Context(), Session()
        ours, kernel = context.socket(zmq.DEALER), zmq.Context.shadow(context).socket(zmq.DEALER)
        kernel.bind("inproc://kernel")
        ours.connect("inproc://kernel")
        channel = Channel(ours, session)
        waiting = asyncio.create_task(channel.get_msg(timeout=60))
        await asyncio.sleep(0.1)
        session.send(kernel, "execute_reply")
        time.sleep(0.1)  # noqa: ASYNC251 - nobody is to hear of it before the next line
        channel.send(session.msg("comm_msg"))
        async with asyncio.timeout(10):
            assert (await waiting)["msg_type"] == "execute_reply"
        for socket in (ours, kernel):
            socket.close()
        context.term()

    asyncio.run(all_of_it())


def test_a_notebook_is_run_by_such_a_client(tmp_path: Path) -> None:
    config = notebooks._config(tmp_path / "a.ipynb", 120, "auto")
    assert config.AsyncKernelManager.client_factory == f"{Client.__module__}.Client"
    assert Client().shell_channel_class is Channel

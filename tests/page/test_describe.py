"""What goes on in a notebook's kernel when its cells have run."""

from __future__ import annotations

import threading

from zmq.utils.garbage import GarbageCollector

from essay_explorer.page import describe


def test_a_thread_of_the_notebooks_own_is_work() -> None:
    before, done = describe._workers(), threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert describe._workers() - before == {thread}
    done.set()
    thread.join()


def test_what_sends_large_messages_is_none() -> None:
    before, sender = describe._workers(), GarbageCollector()
    sender.start()
    assert sender.thread.is_alive()
    assert describe._workers() == before
    sender.stop()

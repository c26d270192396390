"""What all tests share."""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: while Playwright is there, its loop runs, and no other can be started."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)

"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes tells of what else the machine does, not of our code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: while Playwright is there, its loop runs, and no other can be started."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)

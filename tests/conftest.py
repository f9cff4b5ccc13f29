"""What holds for every test."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples in every run: what a random one finds becomes a test of its own.
settings.register_profile("assay", derandomize=True, deadline=None)
settings.load_profile("assay")

pytest_plugins = ["tests.unit.platform_fixtures", "tests.unit.world_fixtures", "tests.unit.sitting_fixtures"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file share a process, and with it what the file sets up; a file may ask for several groups."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))

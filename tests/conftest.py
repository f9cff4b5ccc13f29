"""What holds for every test."""

from hypothesis import settings

# The same examples in every run: what a random one finds becomes a test of its own.
settings.register_profile("assay", derandomize=True, deadline=None)
settings.load_profile("assay")

pytest_plugins = ["tests.unit.platform_fixtures"]

"""Fixtures of several kinds of unit test."""

pytest_plugins = ["tests.unit.platform_fixtures"]

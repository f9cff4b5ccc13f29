"""The app's settings, so that every module can import them."""

from collections.abc import Mapping
from typing import Any

NAME = "Library"
PAGE_SIZE = 10


def load(config: Mapping[str, Any]) -> None:
    global NAME, PAGE_SIZE
    NAME = config["NAME"]
    PAGE_SIZE = config["PAGE_SIZE"]

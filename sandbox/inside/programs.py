"""What a child can be: one of a closed set of programs, each a module with ``run(order, link)``."""

from __future__ import annotations

import importlib
import os
import random
import socket
import sys
from typing import Any

PROGRAMS = {
    "app": "sandbox.inside.app_host",
    "pytest": "sandbox.inside.pytest_run",
    "pairs": "sandbox.inside.pairs",
    "command": "sandbox.inside.command",
}


def run(order: dict[str, Any], link: socket.socket, work: str) -> None:
    """Gives the child the surroundings of an ordinary process, then runs the ordered program."""
    os.chdir(work)
    os.environ.update(order.get("env", {}))
    random.seed()
    sys.path[:0] = [work]
    sys.argv = [order["program"]]
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    importlib.import_module(PROGRAMS[order["program"]]).run(order, link)

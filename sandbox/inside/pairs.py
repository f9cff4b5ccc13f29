"""The program ``pairs``: calls one function of a module and compares the pair that it returns.

Used for evidence: a function returns ``(observed, claimed)``. The comparison is made here, where the objects live.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
import threading
from types import FrameType
from typing import Any

from sandbox.inside.link import Link, describe

MAX_REPR = 2_000


class LibraryCalls:
    """Counts calls into installed packages: a pair for which none was made has computed nothing."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and "site-packages" in frame.f_code.co_filename:
            self.count += 1


def run(order: dict[str, Any], link: socket.socket) -> None:
    """Answers with ``equal``, both reprs, and how many calls went into installed packages."""
    calls = LibraryCalls()
    try:
        module = importlib.import_module(order["module"])
        function = getattr(module, order["function"])
        threading.setprofile(calls)
        sys.setprofile(calls)
        try:
            observed, claimed = function()
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
        header = {
            "ok": True,
            "equal": bool(observed == claimed),
            "observed": repr(observed)[:MAX_REPR],
            "claimed": repr(claimed)[:MAX_REPR],
            "library_calls": calls.count,
        }
    except BaseException as error:
        header = {"ok": False, "error": describe(error, "raised")}
    Link(link).send(header)
    os._exit(0)

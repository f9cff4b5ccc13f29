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


class LibraryWatch:
    """Sees whether an installed package is called: a pair for which none was has computed nothing."""

    def __init__(self) -> None:
        self.called = False

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and "site-packages" in frame.f_code.co_filename:
            self.called = True
        if self.called:
            sys.setprofile(None)  # of this thread: being watched slows every call


def run(order: dict[str, Any], link: socket.socket) -> None:
    """Answers with ``equal``, both reprs, and whether an installed package was called."""
    watch = LibraryWatch()
    try:
        module = importlib.import_module(order["module"])
        function = getattr(module, order["function"])
        threading.setprofile(watch)
        sys.setprofile(watch)
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
            "library_called": watch.called,
        }
    except BaseException as error:
        header = {"ok": False, "error": describe(error, "raised")}
    Link(link).send(header)
    os._exit(0)

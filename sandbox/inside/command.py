"""The programs that are commands: what a submission runs beside its app, and servers of ours in boxes of their own.

A command of a Python package is called in this forked process, where the package may be imported already; it sees the
arguments, the environment and the folder that its own script would.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
from typing import Any, NoReturn

ENTRY_POINTS = {
    "gunicorn": "gunicorn.app.wsgiapp:run",
    "celery": "celery.__main__:main",
    "oauth-provider": "sandbox.inside.oauth_provider:main",
}
EXECUTABLES = {"redis-server": "/usr/bin/redis-server"}


def run(order: dict[str, Any], link: socket.socket) -> NoReturn:
    """Runs ``order["command"]`` until it ends; its exit status is the process's."""
    link.close()
    name, *arguments = order["command"]
    if name in EXECUTABLES:
        os.execv(EXECUTABLES[name], [name, *arguments])  # noqa: S606 - one of a closed set
    module, _, function = ENTRY_POINTS[name].partition(":")
    sys.argv = [name, *arguments]
    try:
        status = getattr(importlib.import_module(module), function)()
    except SystemExit as ending:
        status = ending.code
    if isinstance(status, str):
        print(status, file=sys.stderr)  # noqa: T201 - as the interpreter does
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1 if status else 0)

"""The disk: stands for a database that takes its time to commit. Leave this file as it is.

Tests steer it by a file that the environment names. While ``DISK_STATE`` holds the word ``hold``, each commit waits,
for 20 seconds at most, and adds a line to the file that ``DISK_LOG`` names.
"""

import os
import time
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

LONGEST = 20.0
PAUSE = 0.02


def watch() -> None:
    """From now on all commits through SQLAlchemy are made to the slow disk."""
    if not event.contains(Engine, "commit", _wait):
        event.listen(Engine, "commit", _wait)


def _wait(connection: Connection) -> None:
    if not _held():
        return
    with Path(os.environ["DISK_LOG"]).open("a") as log:
        log.write("commit\n")
    began = time.monotonic()
    while _held() and time.monotonic() - began < LONGEST:
        time.sleep(PAUSE)


def _held() -> bool:
    try:
        return Path(os.environ["DISK_STATE"]).read_text().strip() == "hold"
    except (KeyError, OSError):
        return False

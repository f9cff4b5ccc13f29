"""The simulation: stands for a slow program that is not yours. Leave this file as it is.

A run takes ``SIMULATION_SECONDS`` (1 if that is not set) and never more than five. Tests steer it by two files that
the environment names. ``SIMULATION_LOG`` gets a line for each run that begins. ``SIMULATION_STATE`` may hold one word:
``hold`` keeps runs waiting while it stands there, ``fail`` makes them fail.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

LONGEST = 5.0
PAUSE = 0.01


class SimulationFailed(Exception):
    """The run came to nothing."""


def forecast(kwhs: Sequence[int]) -> dict[str, Any]:
    """What a member has reported in all, and what the next 30 days may bring."""
    run = _run()
    return {"total": sum(kwhs), "forecast": 30 * sum(kwhs) // max(len(kwhs), 1), "run": run}


def ranking(members: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Members, given by name and total, with the highest total first, then by name."""
    run = _run()
    ordered = sorted(members, key=lambda member: (-member[1], member[0]))
    return {"members": [{"name": name, "total": total} for name, total in ordered], "run": run}


def _run() -> str:
    """Takes its time; gives a name that no other run has. Raises SimulationFailed."""
    began = time.monotonic()
    if log := os.environ.get("SIMULATION_LOG"):
        with Path(log).open("a") as file:
            file.write("run\n")
    time.sleep(float(os.environ.get("SIMULATION_SECONDS", "1")))
    while _state() == "hold" and time.monotonic() - began < LONGEST:
        time.sleep(PAUSE)
    if _state() == "fail":
        raise SimulationFailed
    return uuid4().hex


def _state() -> str:
    try:
        return Path(os.environ["SIMULATION_STATE"]).read_text().strip()
    except (KeyError, OSError):
        return ""

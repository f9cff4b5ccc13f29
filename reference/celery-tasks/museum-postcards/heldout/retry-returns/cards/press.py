"""The print house: stands for a slow service that is not yours. Leave this file as it is.

Tests steer it by two files that the environment names. ``PRESS_LOG`` gets a line of JSON for each call, and one for
each card that was printed. ``PRESS_PLAN`` holds a word for the first call, one for the second and so on; the last one
counts for all further calls. Where it is missing, all goes well.

- ``print``: the card is printed at once.
- ``hold``: the call goes on while this word stands there, for 40 seconds at most.
- ``print-hold``: the same, after the card was printed.
- ``down``: PressUnavailable.
- ``refuse``: PressRefused.
- ``die``: the process that made the call is killed, as by a kernel that has run out of memory.
"""

import hashlib
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

LONGEST = 40.0
PAUSE = 0.02


class PressUnavailable(Exception):
    """The print house could not take the card this time."""


class PressRefused(Exception):
    """The print house does not print this card, now or later."""


def print_card(reference: str, recipient: str, text: str) -> str:
    """Has a card printed and posted; gives its tracking number.

    The print house knows a card by its reference, any text of yours. Called again with a reference that it has printed,
    it prints nothing and gives the same tracking number.
    """
    number = _calls() + 1
    _log({"called": reference, "at": time.time(), "recipient": recipient, "text": text})
    began = time.monotonic()
    while (word := _plan(number)) in ("hold", "print-hold") and time.monotonic() - began < LONGEST:
        if word == "print-hold":
            _print(reference)
        time.sleep(PAUSE)
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "down":
        raise PressUnavailable
    if word == "refuse":
        raise PressRefused
    _print(reference)
    return hashlib.sha256(reference.encode()).hexdigest()[:12].upper()


def _print(reference: str) -> None:
    if not any(line.get("printed") == reference for line in _lines()):
        _log({"printed": reference})


def _plan(number: int) -> str:
    try:
        words = Path(os.environ["PRESS_PLAN"]).read_text().split()
    except (KeyError, OSError):
        return ""
    return words[min(number, len(words)) - 1] if words else ""


def _calls() -> int:
    return sum("called" in line for line in _lines())


def _lines() -> list[dict[str, Any]]:
    try:
        text = Path(os.environ["PRESS_LOG"]).read_text()
    except (KeyError, OSError):
        return []
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def _log(line: dict[str, Any]) -> None:
    if path := os.environ.get("PRESS_LOG"):
        with Path(path).open("a") as log:
            log.write(json.dumps(line) + "\n")

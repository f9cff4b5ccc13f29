"""`python -m harness.likeness`: a JSON document of submissions comes in, one of what they share goes out.

In: ``{"handed_out": files, "submitted": [{"person": 1, "submission": 1, "files": files}]}`` with files as texts by
their path. Out: an ``Outcome``, and in ``left_out`` how many files took too long to read.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from harness.likeness.alike import Submitted, compare
from harness.likeness.reading import tokens

if TYPE_CHECKING:
    from types import FrameType

    from harness.likeness.reading import Files

NICE = 15  # grading goes first
MEMORY_BYTES = 3 * 2**30
SECONDS_OF_A_FILE = 2.0
CPU_SECONDS = 900


def readable(files: Files) -> dict[str, str]:
    """The files that a lexer is soon done with: nobody can hold up the comparison of all the others."""
    return {path: text for path, text in files.items() if _is_readable(path, text)}


def _is_readable(path: str, text: str) -> bool:
    signal.setitimer(signal.ITIMER_REAL, SECONDS_OF_A_FILE)
    try:
        for _ in tokens(path, text):
            pass
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return True


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    signal.signal(signal.SIGALRM, _too_long)
    told = json.load(sys.stdin)
    submitted = [Submitted(one["person"], one["submission"], readable(one["files"])) for one in told["submitted"]]
    left_out = sum(len(one["files"]) for one in told["submitted"]) - sum(len(one.files) for one in submitted)
    json.dump(asdict(compare(told["handed_out"], submitted)) | {"left_out": left_out}, sys.stdout)


if __name__ == "__main__":
    main()

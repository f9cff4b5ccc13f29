"""Exhaustion, numbers 51 to 64 of the catalogue: what uses up a container, or the patience of who waits for it.

Every trick sits in the function that its twin gets wrong, so that it can only cost the one check that is lost anyway.
Under the naive grader it takes other results with it: the run hangs, dies, or leaves nothing for the tests after it.
51 to 55 run on every runtime that the engine lists; docs/threat-model.md says what gVisor does otherwise.
"""

from __future__ import annotations

import json
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from harness.domain.scores import result_score
from harness.domain.verdicts import Limit, StartProblem
from sandbox.limits import MIB
from tests.hostile.arena import GOOD, Files, Naive, broken, submission
from tests.hostile.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from harness.domain.verdicts import GradeResult

pytestmark = pytest.mark.engine

TIGHT = replace(
    HOSTILE,
    work_size=4 * MIB,
    work_inodes=400,
    tmp_size=4 * MIB,
    tmp_inodes=400,
    file_size=8 * MIB,
    output_flood=1 * MIB,
    cpu_time=3,
    reply_time=10.0,
    test_time=20.0,
)
LIMITS = {"runc": TIGHT, "runsc": replace(TIGHT, cpu_time=20, reply_time=15.0, test_time=40.0)}  # gVisor is slower
TWIN = submission(broken("adds"))


@dataclass(frozen=True)
class Bomb:
    """``trick`` runs within the request that the twin answers wrongly."""

    trick: str
    limits: tuple[Limit | None, ...]  # what the verdict may name; None where the trick is merely denied
    gvisor: tuple[Limit | str | None, ...] = ()  # what it may say there besides
    hangs: bool = False  # under the naive grader
    harmless: str = ""  # why a naive grader in an equally limited container loses nothing
    everywhere: bool = False  # on every runtime

    @property
    def files(self) -> Files:
        """The twin with the trick."""
        body = textwrap.indent(textwrap.dedent(self.trick).strip(), "    ")
        return submission(f"{GOOD}\n\ndef total(numbers):\n{body}\n    return -1\n")


BOMBS = {
    "51-fork-bomb": Bomb(
        """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
        """,
        (Limit.PROCESSES, Limit.TIME),
        gvisor=(Limit.MEMORY, "crashed"),  # whichever the machine's side of gVisor runs out of first
        hangs=True,
        everywhere=True,
    ),
    "52-thread-bomb": Bomb(
        """
        import threading
        try:
            while True:
                threading.Thread(target=threading.Event().wait).start()
        except RuntimeError:
            pass
        """,
        (Limit.PROCESSES,),
        gvisor=(Limit.TIME, Limit.MEMORY, "crashed"),
        hangs=True,
        everywhere=True,
    ),
    "53-memory-hog": Bomb(
        """
        hog = []
        while True:
            hog.append(b"x" * 1_000_000)
        """,
        (Limit.MEMORY,),
        everywhere=True,
    ),
    "54-tmpfs-fill": Bomb(
        """
        import os
        for folder in (".", "/tmp", "/dev/shm"):
            for number in range(50):
                try:
                    with open(f"{folder}/fill{number}", "wb", buffering=0) as file:
                        while file.write(b"x" * 65536):
                            pass
                except OSError:
                    pass
        """,
        (Limit.DISK,),
        everywhere=True,
    ),
    "55-inode-bomb": Bomb(
        """
        for folder in (".", "/tmp"):
            for number in range(5_000):
                try:
                    open(f"{folder}/inode{number}", "w").close()
                except OSError:
                    pass
        """,
        (Limit.DISK,),
        gvisor=(None, Limit.TIME),
        everywhere=True,
    ),
    "56-sparse-file": Bomb(
        """
        import os
        try:
            open("sparse", "w").close()
            os.truncate("sparse", 1 << 40)
        except OSError:
            pass
        else:
            print("a sparse file of a terabyte")
        """,
        (None,),
        harmless="the limit on file sizes holds there too; elsewhere it hurts who copies the folder, and nobody does",
    ),
    "57-stdout-flood": Bomb(
        """
        import os, sys
        for _ in range(10_000_000):
            try:
                os.write(1, b"x" * 1000)
            except OSError:
                pass
        """,
        (Limit.OUTPUT,),
        hangs=True,
    ),
    "58-response-flood": Bomb(
        """
        from flask import Response, abort
        def body():
            while True:
                yield b"x" * 100_000
        abort(Response(body(), mimetype="application/json"))
        """,
        (Limit.OUTPUT,),
    ),
    "58-response-without-content": Bomb(
        """
        from flask import Response, abort
        def body():
            while True:
                yield b""
        abort(Response(body(), mimetype="application/json"))
        """,
        (Limit.TIME,),
        hangs=True,
    ),
    "59-slow-reply": Bomb(
        """
        from flask import Response, abort
        def body():
            while True:
                time.sleep(1)
                yield b"x"
        abort(Response(body(), mimetype="application/json"))
        """,
        (Limit.TIME,),
        hangs=True,
    ),
    "60-fd-exhaust": Bomb(
        """
        import os
        sys.held = []
        while True:
            try:
                sys.held.append(os.open("/dev/null", os.O_RDONLY))
            except OSError:
                break
        """,
        (None,),
    ),
    "61-regex": Bomb('import re\nre.match("(a+)+$", "a" * 64 + "b")', (Limit.TIME,), hangs=True),
    "61-big-integer": Bomb("sys.set_int_max_str_digits(0)\nstr(7 ** 10 ** 8)", (Limit.TIME,), hangs=True),
    "62-sleep-forever": Bomb("time.sleep(10 ** 6)", (Limit.TIME,), hangs=True),
    "63-header-bomb": Bomb(
        """
        from flask import Response, abort
        abort(Response("", headers=[("X-%d" % number, "x") for number in range(1_000_000)]))
        """,
        (Limit.OUTPUT, Limit.MEMORY, Limit.TIME),
    ),
    "64-json-depth-in-a-reply": Bomb(
        """
        from flask import Response, abort
        abort(Response("[" * 100_000 + "]" * 100_000, mimetype="application/json"))
        """,
        (None,),
        harmless="pytest itself survives that its test fails; a harness that reads replies as JSON might not",
    ),
    "64-json-depth-on-the-wire": Bomb(
        """
        import os, struct
        text = b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        try:
            os.write(3, struct.pack("!II", len(text), 0) + text)
        except OSError:
            pass
        """,
        (Limit.PROTOCOL,),
        harmless="it has no wire",
    ),
}


def cases() -> list[object]:
    """Every bomb on runc, and those that must be shown everywhere on the others too."""
    return [
        pytest.param(name, runtime, id=f"{name}-{runtime}")
        for name, bomb in BOMBS.items()
        for runtime in ("runc", "runsc")
        if runtime == "runc" or bomb.everywhere
    ]


@pytest.fixture(scope="module")
def patience(naive: Callable) -> float:
    """When a naive run hangs: after three times what it takes over the twin."""
    started = time.monotonic()
    assert naive(TWIN, limits=TIGHT).score > 0
    return max(10.0, 3 * (time.monotonic() - started))


@pytest.fixture(scope="module")
def control(naive: Callable, patience: float) -> Iterator[Callable[[str], Naive]]:
    """What the naive grader makes of a bomb. The runs go on beside ours, since most of them only wait."""

    def run(bomb: Bomb) -> Naive:
        return naive(bomb.files, limits=TIGHT, **({"seconds": patience} if bomb.hangs else {}))

    with ThreadPoolExecutor(2) as threads:
        runs = {name: threads.submit(run, bomb) for name, bomb in BOMBS.items() if not bomb.harmless}
        yield lambda name: runs[name].result()


@pytest.mark.parametrize(("name", "runtime"), cases())
def test_nothing_but_the_lost_check_is_lost(
    name: str,
    runtime: str,
    runtimes: tuple[str, ...],
    nothing_gained: Callable,
    grade_beside: Callable,
    tmp_path: Path,
) -> None:
    """Neither its other checks, nor the submission graded beside it, nor a file of the host's."""
    if runtime not in runtimes:
        pytest.skip(f"the engine does not list {runtime}")
    bomb = BOMBS[name]
    mark = tmp_path / "mark"
    mark.write_text("untouched")
    result, neighbour = grade_beside(bomb.files, limits=LIMITS[runtime], runtime=runtime)
    nothing_gained(bomb.files, TWIN, limits=LIMITS[runtime], runtime=runtime)
    assert result_score(neighbour).value == 100
    assert [path.name for path in tmp_path.iterdir()] == ["mark"]
    assert mark.read_text() == "untouched"
    assert named(result) in bomb.limits + (bomb.gvisor if runtime == "runsc" else ())


def named(result: GradeResult) -> Limit | str | None:
    """What the lost check's verdict says of its end: a limit, a crash, or nothing."""
    verdict = result.verdict("adds")
    return verdict.limit.limit if verdict.limit else "crashed" if verdict.crashed else None


@pytest.mark.parametrize("name", [name for name, bomb in BOMBS.items() if not bomb.harmless])
def test_a_naive_grader_loses_more(name: str, control: Callable, naive: Callable) -> None:
    """The control: the run hangs, dies, or fails what the twin passes; it hangs only where it is said to."""
    outcome = control(name)
    assert BOMBS[name].hangs or not outcome.hung
    assert outcome.score < naive(TWIN, limits=TIGHT).score


def test_deep_json_stops_a_naive_reader() -> None:
    """The control of 64: Python's own reader raises what is no ValueError."""
    with pytest.raises(RecursionError):
        json.loads("[" * 100_000)


def test_an_app_that_sleeps_while_it_is_imported(
    grade: Callable, naive: Callable, candidate_text: Callable, canaries: object, patience: float
) -> None:
    """62 at its worst: nothing starts, so nothing is earned; the limit is named, and no test was ever near it."""
    files = submission(broken("adds", extra="time.sleep(10 ** 6)\n"))
    with ThreadPoolExecutor(1) as threads:
        control = threads.submit(naive, files, limits=TIGHT, seconds=patience)
        result = grade(files, limits=TIGHT)
        assert control.result().hung
    assert result.start_failure.problem is StartProblem.LIMIT
    assert result.start_failure.limit.limit is Limit.TIME
    assert result_score(result).value == 0
    assert result.seconds < TIGHT.start_time + 3 * TIGHT.reply_time
    assert not canaries.found_in(candidate_text(result))

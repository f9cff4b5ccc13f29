"""Compares ways to judge one submission with one suite, interleaved in one run: ``make bench``.

plain        plain pytest on this machine, in a fresh process, with the kit's fixtures: what it costs without any safety
docker-run   the same in a fresh container with the same hardening: safe for the host, open to forgery
warm         ours, with a started container in store
cold         ours, from nothing: examiners' server, container and all

Only ratios within one run mean anything: machines differ, and so do their moods.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


from harness.content.bundle import candidate_kit  # noqa: E402
from harness.content.library import load_library  # noqa: E402
from harness.content.trees import read_tree  # noqa: E402
from harness.domain.scores import result_score  # noqa: E402
from harness.grading.exam import Exam  # noqa: E402
from harness.grading.station import lanes_here, station  # noqa: E402
from sandbox.docker_runner import container_settings  # noqa: E402
from sandbox.engine import connect  # noqa: E402
from sandbox.limits import STANDARD, UID, WORK  # noqa: E402

if TYPE_CHECKING:
    from harness.grading.grade import Grader

TARGETS = {"warm": 0.75, "cold": 1.4}
PYTEST = ["-q", "-p", "no:cacheprovider", "-c", "/dev/null"]
NO_PLUGINS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # our own tests bring Hypothesis: a second


@contextmanager
def kit_with_hidden_tests(exam: Exam, solution: Path) -> Iterator[Path]:
    """A folder with the solution, the kit's fixtures and the hidden tests: what plain pytest would be given."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "kit"
        shutil.copytree(solution, folder)
        kit = candidate_kit(exam.task, requirements="", python="3.13")
        shutil.copytree(exam.hidden.tests, folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "tests/conftest.py").write_bytes(kit["tests/conftest.py"])
        (folder / "assay.toml").write_bytes(kit["assay.toml"])
        for path in (folder.parent, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        folder.chmod(0o755)
        yield folder


def plain(folder: Path) -> None:
    command = [sys.executable, "-m", "pytest", *PYTEST, str(folder / "tests")]
    environment = {**os.environ, **NO_PLUGINS}
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=environment)


def docker_run(folder: Path, image: str) -> None:
    client = connect()
    settings = container_settings(STANDARD, "runc", client.info()["Architecture"])
    settings |= {"binds": {str(folder): {"bind": "/kit", "mode": "ro"}}}
    container = client.api.create_container(
        image,
        ["python", "-m", "pytest", *PYTEST, "/kit/tests"],
        user=f"{UID}:{UID}",
        working_dir=WORK,
        environment={"HOME": WORK, "PYTHONDONTWRITEBYTECODE": "1", **NO_PLUGINS},
        host_config=client.api.create_host_config(**settings),
    )["Id"]
    try:
        client.api.start(container)
        status = client.api.wait(container)["StatusCode"]
        if status:
            raise SystemExit(f"pytest in a container ended with {status}")
    finally:
        client.api.remove_container(container, force=True)
        client.close()


def must_pass(grader: Grader, exam: Exam, files: dict[str, bytes]) -> None:
    result = grader.grade(exam, files)
    if result_score(result).value != 100:
        raise SystemExit(f"the reference scored {result_score(result)}: {result.fault}")


def measure(rounds: int, ways: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Seconds per way and round, the ways taking turns; the first round warms caches and is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            taken = way()
            if turn:
                seconds[name].append(taken)
        print(f"round {turn} of {rounds}{'' if turn else ' (not counted)'}", flush=True)
    return seconds


def timed(work: Callable[[], None]) -> Callable[[], float]:
    def run() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--task", default="application-factory/library-factory")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--output", type=Path, default=ROOT / "build/bench.json")
    options = parser.parse_args()
    exam = Exam.of(load_library().task(options.task))
    solution = exam.reference.folder / "solution"
    files = read_tree(solution)
    lanes = lanes_here()  # as `assay grade` does

    def cold() -> None:
        with station(lanes=lanes) as grader:
            must_pass(grader, exam, files)

    with kit_with_hidden_tests(exam, solution) as folder, station(spare=2 * lanes, lanes=lanes) as grader:

        def warm() -> float:
            grader.pool.warm(exam.task.preload, exam.task.limits)
            taken = timed(lambda: must_pass(grader, exam, files))()
            grader.pool.warm(exam.task.preload, exam.task.limits)  # its start must not slow down the next way
            return taken

        seconds = measure(
            options.rounds,
            {
                "plain": timed(lambda: plain(folder)),
                "docker-run": timed(lambda: docker_run(folder, grader.environment.tag)),
                "warm": warm,
                "cold": timed(cold),
            },
        )
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    table = {
        name: {"median_s": round(value, 3), "ratio": round(value / medians["plain"], 2)}
        for name, value in medians.items()
    }
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps(table, indent=2) + "\n")
    print(f"\n{options.task}, {len(exam.hidden.checks)} checks, {options.rounds} rounds")
    print(f"{'':12}{'median':>10}{'ratio':>8}{'target':>8}")
    for name, row in table.items():
        print(f"{name:12}{row['median_s']:>8.3f} s{row['ratio']:>8.2f}{TARGETS.get(name, ''):>8}")
    print(f"written to {options.output}")


if __name__ == "__main__":
    main()

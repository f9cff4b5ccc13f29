"""Fixtures of the hostile cases: the arena's task, our grader on a warm pool, the naive grader, and what must hold."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from harness.domain.digests import files_digest
from harness.domain.scores import result_score
from harness.domain.verdicts import Environment
from harness.grading.forkserver import ForkServer
from harness.grading.grade import Grader
from sandbox.docker_runner import DockerRunner
from sandbox.engine import connect
from sandbox.images.build import ImageInfo, ensure_image
from sandbox.limits import MIB, PROFILES, STANDARD, Limits
from sandbox.pool import Pool
from tests.hostile import arena
from tests.hostile.arena import GOOD, Canaries, Files, Naive, NaiveRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docker import DockerClient

    from harness.domain.verdicts import GradeResult
    from harness.grading.exam import Exam

# Patient, since a loaded machine is no reason to fail; what a case about time needs shorter it says itself.
HOSTILE = replace(STANDARD, memory=256 * MIB, start_time=60.0, reply_time=60.0, test_time=120.0, run_time=900.0)


@pytest.fixture(scope="session")
def engine() -> Iterator[DockerClient]:
    """A client of the Docker engine. Without one the tests fail: a skipped test is not a pass."""
    client = connect()
    yield client
    client.close()


@pytest.fixture(scope="session")
def candidate_image() -> ImageInfo:
    """The candidate's image, built if it is not up to date."""
    return ensure_image()


@pytest.fixture(scope="session")
def runtimes(engine: DockerClient) -> tuple[str, ...]:
    """runc, and gVisor where the engine lists it."""
    return tuple(name for name in ("runc", "runsc") if name in engine.info()["Runtimes"])


@pytest.fixture(scope="session")
def canaries() -> Canaries:
    """This run's hidden strings."""
    return Canaries(*(f"canary{secrets.token_hex(8)}" for _ in range(3)))


@pytest.fixture(scope="session")
def hidden(canaries: Canaries) -> Files:
    """The arena's hidden suite and its data."""
    return arena.hidden_files(canaries)


class Profiles:
    """Limits that are no profile of ours get a name for as long as the tests run."""

    def __init__(self) -> None:
        self._made: dict[Limits, str] = {}

    def name(self, limits: Limits) -> str:
        """The profile's name, as a task says it."""
        if limits not in self._made:
            self._made[limits] = f"hostile-{len(self._made)}"
            PROFILES[self._made[limits]] = limits
        return self._made[limits]

    def clear(self) -> None:
        for name in self._made.values():
            del PROFILES[name]


@pytest.fixture(scope="session")
def profiles() -> Iterator[Profiles]:
    """Names for limits."""
    made = Profiles()
    yield made
    made.clear()


@pytest.fixture(scope="session")
def graders(engine: DockerClient, candidate_image: ImageInfo) -> Iterator[Callable[[str], Grader]]:
    """A grader per runtime; runc's keeps a box warm."""
    made: dict[str, Grader] = {}
    with ExitStack() as stack:
        forkserver = ForkServer()
        stack.callback(forkserver.close)

        def get(runtime: str = "runc") -> Grader:
            if runtime not in made:
                runner = DockerRunner(candidate_image.tag, runtime)
                pool = Pool(runner, spare=1 if runtime == "runc" else 0)
                stack.callback(pool.close)
                environment = Environment(candidate_image.id, candidate_image.tag, runtime, candidate_image.python)
                made[runtime] = Grader(pool, environment, forkserver)
            return made[runtime]

        yield get


@pytest.fixture(scope="session")
def exam_of(hidden: Files, profiles: Profiles, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Exam]:
    """The arena's exam under ``limits``; ``suite`` replaces its hidden files."""
    made: dict[tuple[str, str], Exam] = {}

    def make(limits: Limits = HOSTILE, suite: Files | None = None, preload: tuple[str, ...] = ("flask",)) -> Exam:
        files = suite or hidden
        key = files_digest(files), profiles.name(limits)
        if key not in made:
            made[key] = arena.make_exam(tmp_path_factory.mktemp("exam"), files, limits=key[1], preload=preload)
        return made[key]

    return make


@pytest.fixture(scope="session")
def grade(graders: Callable[[str], Grader], exam_of: Callable[..., Exam]) -> Callable[..., GradeResult]:
    """``grade(files)`` grades a submission with ours. A twin's result is kept; ``again=True`` grades anew."""
    kept: dict[tuple[object, ...], GradeResult] = {}

    def run(
        files: Files,
        *,
        limits: Limits = HOSTILE,
        runtime: str = "runc",
        suite: Files | None = None,
        preload: tuple[str, ...] = ("flask",),
        seed: str | None = None,
        again: bool = False,
    ) -> GradeResult:
        key = files_digest(files), limits, runtime, files_digest(suite or {}), seed
        if again or key not in kept:
            kept[key] = graders(runtime).grade(exam_of(limits, suite, preload), files, seed)
        return kept[key]

    return run


@pytest.fixture(scope="session")
def grade_beside(grade: Callable[..., GradeResult]) -> Callable[..., tuple[GradeResult, GradeResult]]:
    """Grades a submission, and at the same time a good one in a box next to it: gives both results."""

    def run(files: Files, **options: Any) -> tuple[GradeResult, GradeResult]:
        neighbour = {name: value for name, value in options.items() if name == "runtime"}
        with ThreadPoolExecutor(1) as threads:
            beside = threads.submit(grade, arena.submission(GOOD), again=True, **neighbour)
            return grade(files, **options), beside.result()

    return run


@pytest.fixture(scope="session")
def naive(engine: DockerClient, candidate_image: ImageInfo, hidden: Files) -> Callable[..., Naive]:
    """``naive(files)`` grades with plain pytest in a container; see ``NaiveRunner.run`` for what can be changed."""
    runner = NaiveRunner(engine, candidate_image, HOSTILE)
    kept: dict[tuple[object, ...], Naive] = {}

    def run(files: Files, *, suite: Files | None = None, **options: Any) -> Naive:
        key = files_digest(files), files_digest(suite or {}), repr(sorted(options.items()))
        if key not in kept:
            tests = (suite or hidden)["tests/test_all.py"].count(b"\ndef test_")
            kept[key] = runner.run(files, suite or hidden, tests=tests, **options)
        return kept[key]

    return run


@pytest.fixture(scope="session")
def candidate_text(exam_of: Callable[..., Exam]) -> Callable[[GradeResult], str]:
    """All that a candidate can be shown of a result."""
    return lambda result: arena.candidate_text(exam_of(), result)


@pytest.fixture(scope="session")
def nothing_gained(
    grade: Callable[..., GradeResult], candidate_text: Callable[[GradeResult], str], canaries: Canaries
) -> Callable[..., GradeResult]:
    """``nothing_gained(files, twin)``: what must hold of every case. Gives the result for what more is to be said."""

    def hold(files: Files, twin: Files, *, limits: Limits = HOSTILE, **options: Any) -> GradeResult:
        expected = result_score(grade(twin, limits=limits, **options)).value
        result = grade(files, limits=limits, **options)
        assert expected is not None
        assert 0 < expected < 100, "the twin has nothing to gain or nothing to lose"
        assert result_score(result).value == expected, [(v.check, v.outcome, v.message) for v in result.verdicts]
        assert not canaries.found_in(candidate_text(result))
        assert result.seconds < limits.run_time + limits.test_time
        return result

    return hold

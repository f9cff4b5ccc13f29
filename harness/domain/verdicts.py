"""What grading one submission yields: a verdict per check, and the result that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """Three-valued: a fault of ours is never a candidate's zero."""

    PASSED = "passed"
    FAILED = "failed"
    OURS = "ours"


class Basis(StrEnum):
    """Where a verdict comes from; derived from what the test used, never declared."""

    OBSERVED = "observed"  # only the app's behaviour, seen from outside
    SELF_REPORTED = "self-reported"  # a probe inside the candidate's own process took part


class Limit(StrEnum):
    """A limit that was hit."""

    TIME = "time"
    MEMORY = "memory"
    PROCESSES = "processes"
    OUTPUT = "output"
    DISK = "disk"
    PROTOCOL = "protocol"  # the reply was not a well-formed one


class LimitSource(StrEnum):
    """Who saw the limit being hit."""

    ENGINE = "engine"
    AGENT = "agent"
    HARNESS = "harness"


@dataclass(frozen=True, slots=True)
class LimitHit:
    """A named limit, who saw it, and the value that was in force (for example ``"5 s"`` or ``"256 MiB"``)."""

    limit: Limit
    source: LimitSource
    value: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check's outcome.

    ``title`` is the test's docstring: a line the candidate may read. ``message``, ``traceback`` and ``output`` may
    hold hidden input and are for graders only. ``seconds`` is wall time. ``crashed`` is true when the candidate's
    process ended during the check without a limit being the cause.
    """

    check: str
    concept: str
    title: str
    outcome: Outcome
    basis: Basis
    points: int = 1
    guard: bool = False
    symptoms: tuple[str, ...] = ()
    limit: LimitHit | None = None
    crashed: bool = False
    seconds: float = 0.0
    message: str = ""
    traceback: str = ""
    output: str = ""

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED


class StartProblem(StrEnum):
    """Why a submission's app did not start. Found before any hidden input enters the container."""

    MISSING_ENTRY = "missing-entry"  # no such module, or no such name in it
    SYNTAX_ERROR = "syntax-error"
    MISSING_PACKAGE = "missing-package"  # an import that the image lacks
    CRASHED = "crashed"  # an exception, or the process ended
    NOT_AN_APP = "not-an-app"  # the entry point gave something else than a Flask app
    PROGRAM = "program"  # the app starts, and something that has to run beside it (a server, a worker) does not
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class StartFailure:
    """The candidate's own traceback and prints: nothing hidden was in the container, so they may read it all."""

    problem: StartProblem
    message: str
    traceback: str = ""
    output: str = ""
    limit: LimitHit | None = None


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """A misconception that the failing checks fit, and those checks."""

    misconception: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Environment:
    """What the submission ran on."""

    image: str  # the engine's digest of the image
    tag: str
    runtime: str
    python: str
    libraries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GradeResult:
    """Everything about one run of one submission against one task. Never overwritten; ``run_id`` names it.

    ``claims`` is true when the tests ran inside the candidate's container (a plain suite), so that every verdict is
    the container's word. ``fault`` says what of ours broke, if something did. ``output`` is what the app printed.
    """

    run_id: str
    task: str  # "topic/slug"
    task_revision: int
    task_digest: str
    submission_digest: str
    seed: str
    started_at: str  # ISO 8601, UTC
    seconds: float
    environment: Environment
    verdicts: tuple[Verdict, ...] = ()
    start_failure: StartFailure | None = None
    diagnosis: tuple[Diagnosed, ...] = ()
    claims: bool = False
    fault: str = ""
    output: str = ""

    def verdict(self, check: str) -> Verdict:
        """The verdict of ``check``. Raises KeyError."""
        for verdict in self.verdicts:
            if verdict.check == check:
                return verdict
        raise KeyError(check)

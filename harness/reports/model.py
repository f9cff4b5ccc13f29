"""A report as data: frozen, built once by ``build``, rendered many times.

What an audience must not see is not in its report: a candidate's ``CheckView`` has no ``detail`` and a candidate's
``Report`` no ``record``. Text from a submission is inert already. Fields that hold Markdown are ours and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SCHEMA_VERSION = "1.0"


class Audience(StrEnum):
    """Who reads the report."""

    CANDIDATE = "candidate"
    GRADER = "grader"


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit that was hit, and the sentence that says so."""

    limit: str
    value: str
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckDetail:
    """What only a grader reads of a check: it may hold hidden input."""

    message: str
    traceback: str
    output: str
    seconds: float
    symptoms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check and its verdict. ``basis`` is "observed", "self-reported" or "claim"."""

    id: str
    title: str
    outcome: str
    basis: str
    guard: bool
    points: int
    earned: int
    crashed: bool
    limit: LimitView | None
    notes: tuple[str, ...]  # plain sentences: a decision, a limit, a crash, a guard, a fault of ours
    detail: CheckDetail | None


@dataclass(frozen=True, slots=True)
class ConceptView:
    """The checks of one concept."""

    id: str
    name: str
    definition: str  # Markdown
    checks: tuple[CheckView, ...]
    passed: int
    failed: int
    ours: int
    earned: int
    possible: int
    forfeited: bool


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option of a practice question. ``letter`` is its place in this report."""

    letter: str
    text: str  # Markdown
    why: str  # Markdown
    correct: bool
    same: bool  # says the same as the code


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A practice question. With a diagnosis ``options`` are only the tempting one and the right ones."""

    id: str
    level: str
    stem: str  # Markdown
    options: tuple[OptionView, ...]
    complete: bool
    explanation: str  # Markdown
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """A misconception that the failing checks fit."""

    misconception: str
    lead: str  # "Your code behaves as if"
    belief: str  # Markdown, completes the lead
    says: str  # "What your code says": the label of the option that says the same
    concept: str
    definition: str  # Markdown
    checks: tuple[str, ...]  # titles of the failing checks it rests on
    question: QuestionView | None


@dataclass(frozen=True, slots=True)
class StudyView:
    """A concept with failing checks that no diagnosis explains: what it is, and a question to practise on."""

    concept: str
    name: str
    definition: str  # Markdown
    checks: tuple[str, ...]
    question: QuestionView | None


@dataclass(frozen=True, slots=True)
class StartView:
    """Why the app did not start, with the submission's own traceback and prints."""

    problem: str
    headline: str
    advice: str
    message: str
    traceback: str
    output: str
    limit: LimitView | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """The task, as everybody may see it."""

    id: str
    title: str
    summary: str
    kind: str
    level: str
    topic: str
    revision: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many checks ended how, and where the verdicts come from."""

    checks: int
    passed: int
    failed: int
    ours: int
    observed: int
    self_reported: int
    claims: int
    guards: int


@dataclass(frozen=True, slots=True)
class Record:
    """What makes the run repeatable and traceable. For graders."""

    run_id: str
    seed: str
    submission_digest: str
    task_digest: str
    image: str
    image_tag: str
    runtime: str
    python: str
    libraries: Mapping[str, str]
    seconds: float
    output: str  # what the app printed
    fault: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one reader is told about one run. ``score`` is None while a fault of ours leaves it unknown."""

    schema_version: str
    audience: Audience
    score: float | None
    status: str  # "passed", "failed", "not-started" or "ours"
    headline: str
    remarks: tuple[str, ...]  # plain sentences under the headline
    task: TaskView
    submission: str
    started_at: str
    seconds: int  # whole seconds: the coarse figure that everybody may see
    earned: int
    possible: int
    counts: Counts
    claims: bool
    basis_summary: str
    guard_summary: str
    concepts: tuple[ConceptView, ...]
    limits: tuple[str, ...]  # every limit that was hit, a sentence each
    start: StartView | None
    diagnoses: tuple[DiagnosisView, ...]
    studies: tuple[StudyView, ...]
    explanation: str | None  # Markdown
    record: Record | None

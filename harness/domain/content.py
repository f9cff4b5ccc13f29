"""The content model: topics, questions, tasks and what is expected of them. Frozen; read by ``harness.content``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Domain(StrEnum):
    FUNDAMENTALS = "fundamentals"
    ORM = "orm"
    APIS = "apis"
    SECURITY = "security"
    DEVOPS = "devops"


class Level(StrEnum):
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"


class Pool(StrEnum):
    PRACTICE = "practice"
    EXAM = "exam"  # never shown by practice, candidates' reports or default exports


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class ShownIn(StrEnum):
    """Where a concept or misconception shows; ``both`` binds it to have a question and a test of its own."""

    QUESTION = "question"
    CODE = "code"
    BOTH = "both"


class TaskKind(StrEnum):
    BUILD = "build"
    REPAIR = "repair"
    TEST = "test"
    OPERATE = "operate"


class Service(StrEnum):
    """A server that tests judge by: it runs in a container of ours, and is reached on the loopback of the app's."""

    REDIS = "redis"
    PROVIDER = "provider"  # an OAuth 2.0 and OpenID Connect provider

    @property
    def port(self) -> int:
        return {Service.REDIS: 6379, Service.PROVIDER: 9400}[self]

    @property
    def address(self) -> str:
        """What stands for ``{redis}`` or ``{provider}`` in a task's configuration and environment."""
        scheme, path = {Service.REDIS: ("redis", "/0"), Service.PROVIDER: ("http", "")}[self]
        return f"{scheme}://127.0.0.1:{self.port}{path}"


@dataclass(frozen=True, slots=True)
class Program:
    """Something of the submission that runs beside its app, or instead: a web server, a worker.

    It is up when it takes connections on ``port``, or has printed ``says``.
    """

    name: str
    command: tuple[str, ...]
    port: int | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    id: str
    definition: str  # one sentence
    interview: str  # a question that an interviewer could ask
    shown_in: ShownIn = ShownIn.BOTH


@dataclass(frozen=True, slots=True)
class Misconception:
    id: str
    belief: str  # completes "your code behaves as if …"
    concept: str
    shown_in: ShownIn = ShownIn.BOTH
    interview: str = ""  # a question for whoever seems to believe it; the concept's where there is none


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str
    why: str
    correct: bool = False
    misconception: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    topic: str
    slug: str
    kind: str  # "single" or "multi"
    level: Level
    pool: Pool
    status: Status
    revision: int
    concepts: tuple[str, ...]
    references: tuple[str, ...]
    stem: str  # Markdown
    explanation: str
    options: tuple[Option, ...]
    folder: Path

    @property
    def id(self) -> str:
        return f"{self.topic}/{self.slug}"

    @property
    def right(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.correct)


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    title: str
    domain: Domain
    order: int
    status: Status
    concepts: Mapping[str, Concept]
    misconceptions: Mapping[str, Misconception]
    folder: Path


@dataclass(frozen=True, slots=True)
class Task:
    """A task's manifest and public half. Nothing here leads to the hidden half."""

    topic: str
    slug: str
    title: str
    summary: str  # one sentence
    kind: TaskKind
    level: Level
    minutes: int
    pool: Pool
    status: Status
    revision: int
    entry: str  # "module:factory" or "module:app"
    preload: tuple[str, ...]  # modules that the agent imports before the submission arrives
    packages: tuple[str, ...]  # distributions that the brief names
    limits: str  # a named profile of sandbox.limits
    config: Mapping[str, Any]  # every app is made with it; "{database}", "{secret}" and services' names are filled in
    folder: Path
    brief: str = field(repr=False, default="")
    services: tuple[Service, ...] = ()
    programs: Mapping[str, Program] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)  # of every app and program; filled in likewise

    @property
    def id(self) -> str:
        return f"{self.topic}/{self.slug}"

    @property
    def public(self) -> Path:
        return self.folder / "public"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What ``expected.toml`` says of one wrong solution. An entry is a check id, or ``check/symptom``."""

    name: str  # "wrong/<misconception>" or "wrong/<misconception>.<variant>"
    misconception: str
    must_fail: tuple[str, ...]
    may_fail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The hidden half's other part: what ``reference/<topic>/<slug>`` holds."""

    task: str
    folder: Path
    guards: tuple[str, ...]
    expectations: Mapping[str, Expectation]
    explanation: str = field(repr=False, default="")

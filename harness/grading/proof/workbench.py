"""A topic while somebody works on it: what changed since it was last proven, and what publishing still lacks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from harness.bank.lint import lint
from harness.content.checks.run import check_library
from harness.content.diagnostics import Diagnostic, Severity
from harness.content.library import Library
from harness.content.trees import read_tree
from harness.domain.content import Question, Status, Task, Topic
from harness.domain.digests import files_digest
from harness.domain.errors import ContentError

if TYPE_CHECKING:
    from harness.grading.proof.solutions import Case
    from harness.grading.proof.verify import Plan


class Proofs:
    """Which pieces were proven without a finding, by the hash of all that they hang on; kept in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digests: dict[str, str] = {}
        with suppress(OSError, ValueError):
            known = json.loads(path.read_text(encoding="utf-8"))
            self._digests = {str(name): str(digest) for name, digest in known.items()}

    def holds(self, name: str, digest: str) -> bool:
        return self._digests.get(name) == digest

    def note(self, proven: Mapping[str, str]) -> None:
        """Remembers pieces that were proven just now."""
        self._digests |= proven
        with suppress(OSError):  # then they are proven again next time
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self._digests), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a topic that can be proven by themselves, with the digest of what each hangs on."""

    cases: Mapping[str, tuple[Case, str]]
    questions: Mapping[str, tuple[Question, str]]

    @classmethod
    def of(cls, plan: Plan, image: str) -> Pieces:
        """Those of ``plan``, as they would run in ``image``."""
        return cls(
            {
                f"{case.exam.task.id} {case.name}": (
                    case,
                    digest_of(image, case.exam.digest, [case.folder, case.exam.reference.folder / "expected.toml"]),
                )
                for case in plan.cases
            },
            {question.id: (question, digest_of(image, "", [question.folder])) for question in plan.questions},
        )

    def unproven(self, plan: Plan, proofs: Proofs) -> Plan:
        """``plan`` less what is proven already."""
        return replace(
            plan,
            cases=tuple(case for name, (case, digest) in self.cases.items() if not proofs.holds(name, digest)),
            questions=tuple(q for name, (q, digest) in self.questions.items() if not proofs.holds(name, digest)),
        )

    def without(self, tried: Plan, findings: Iterable[Diagnostic]) -> dict[str, str]:
        """Name and digest of what was tried and is in no finding."""
        blamed = {finding.where for finding in findings}
        tried_cases, tried_questions = set(map(id, tried.cases)), set(map(id, tried.questions))
        good = {n: d for n, (case, d) in self.cases.items() if id(case) in tried_cases and case.where not in blamed}
        for name, (question, digest) in self.questions.items():
            where = f"challenges/{question.topic}/questions/{question.slug}/"
            if id(question) in tried_questions and not any(place.startswith(where) for place in blamed):
                good[name] = digest
        return good


def digest_of(image: str, material: str, paths: Iterable[Path]) -> str:
    """One hash of an image, a digest and the content of files and folders."""
    total = hashlib.sha256(f"{image}\0{material}".encode())
    for path in paths:
        files = {"": path.read_bytes()} if path.is_file() else read_tree(path)
        total.update(files_digest(files).encode())
    return total.hexdigest()


class AsPublished(Library):
    """A library in which one topic and everything of it counts as published."""

    def __init__(self, library: Library, topic: str) -> None:
        super().__init__(library.roots)
        self._of, self._topic = library, topic

    @cached_property
    def _topics(self) -> tuple[Mapping[str, Topic], tuple[Diagnostic, ...]]:
        topics = dict(self._of.topics)
        topics[self._topic] = replace(topics[self._topic], status=Status.PUBLISHED)
        return topics, ()

    @cached_property
    def _questions(self) -> tuple[Mapping[str, Question], tuple[Diagnostic, ...]]:
        return {
            name: replace(q, status=Status.PUBLISHED) if q.topic == self._topic else q
            for name, q in self._of.questions.items()
        }, ()

    @cached_property
    def _tasks(self) -> tuple[Mapping[str, Task], tuple[Diagnostic, ...]]:
        return {
            name: replace(t, status=Status.PUBLISHED) if t.topic == self._topic else t
            for name, t in self._of.tasks.items()
        }, ()


def lacks(library: Library, topic: str) -> list[str]:
    """What would be wrong if the topic and all its items were published now, and is not wrong of a draft."""
    if topic not in library.topics:
        return []
    try:
        now = {str(finding) for finding in (*check_library(library, [topic]), *lint(library, [topic]))}
        published = AsPublished(library, topic)
        then = (*check_library(published, [topic]), *lint(published, [topic]))
    except ContentError as error:
        return [str(error)]
    return sorted({str(finding) for finding in then if finding.severity is Severity.ERROR} - now)

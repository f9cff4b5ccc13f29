"""The content that ships is proven in the real sandbox: what ``assay verify`` says is what this test says."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace

import pytest

from harness.content.diagnostics import Severity
from harness.content.library import load_library
from harness.domain.content import Status
from harness.grading.proof.verify import carry_out, plan
from harness.grading.station import station
from sandbox.images.recipe import lock_file

pytestmark = pytest.mark.engine

JOBS = os.cpu_count() or 1  # in each of two processes: a grading waits as long as it works
# Two processes share the topics: those whose gradings mostly wait, for clients and services, and those that work.
WAITING = {
    "celery-tasks",
    "redis-caching",
    "contexts",
    "wsgi-configuration",
    "pytest-testing",
    "oauth2",
    "transactions",
}
TOPICS = [
    pytest.param(topic, marks=pytest.mark.xdist_group("proof: " + ("waits" if topic in WAITING else "works")))
    for topic in load_library().topics
]
# `make verify` proves everything; here the reference, its equivalents, the starter and some wrong solutions of a task
# say whether the harness judges as it did. What takes minutes is proven in a smaller part.
MOST_WRONG = 2
IN_PART = {
    "pytest-testing": ("solution", "wrong/state-carries-over"),
    "transactions": ("solution", "starter", "wrong/transaction-keeps-others-out"),
    "wsgi-configuration": ("solution", "starter"),
    "celery-tasks": ("solution", "wrong/thread-is-a-queue"),
}


@pytest.fixture(scope="module")
def grader():
    with station(spare=JOBS) as made:
        yield made


def by_lot(name: str) -> bytes:
    """An order that nobody chose, and that stays."""
    return hashlib.sha256(name.encode()).digest()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_proven(grader, topic):
    chosen = plan(load_library(), [topic])
    finished = tuple(case for case in chosen.cases if case.exam.task.status is Status.PUBLISHED)
    chosen = replace(chosen, cases=finished)  # a draft is its author's to prove
    if topic in IN_PART and finished:
        chosen = replace(chosen, cases=tuple(case for case in chosen.cases if case.name in IN_PART[topic]))
        assert len(chosen.cases) == len(IN_PART[topic])
    wrong = sorted((case.name for case in chosen.cases if case.name.startswith("wrong/")), key=by_lot)
    chosen = replace(chosen, cases=tuple(case for case in chosen.cases if case.name not in wrong[MOST_WRONG:]))
    assert chosen.questions
    requirements = lock_file("x86_64").read_text(encoding="utf-8")
    found = carry_out(chosen, grader, requirements, JOBS)
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []

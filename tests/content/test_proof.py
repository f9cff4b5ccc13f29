"""The content that ships is proven in the real sandbox: what ``assay verify`` says is what this test says."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from harness.content.diagnostics import Severity
from harness.content.library import load_library
from harness.grading.proof.verify import carry_out, plan
from harness.grading.station import station
from sandbox.images.recipe import lock_file

pytestmark = pytest.mark.engine

TOPICS = tuple(load_library().topics)
# A suite runs twice against every app, which takes minutes: here the reference's and one that is refused;
# `make verify` proves all of them.
WRITTEN_TESTS = {"pytest-testing": ("solution", "wrong/state-carries-over")}


@pytest.fixture(scope="module")
def grader():
    with station(spare=os.cpu_count() or 1) as made:
        yield made


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_proven(grader, topic):
    chosen = plan(load_library(), [topic])
    if topic in WRITTEN_TESTS:
        chosen = replace(chosen, cases=tuple(case for case in chosen.cases if case.name in WRITTEN_TESTS[topic]))
        assert len(chosen.cases) == len(WRITTEN_TESTS[topic])
    assert chosen.questions
    requirements = lock_file("x86_64").read_text(encoding="utf-8")
    found = carry_out(chosen, grader, requirements, os.cpu_count() or 1)
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []

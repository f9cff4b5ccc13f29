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

TOPICS = ("application-factory", "n-plus-one", "serialization", "jwt", "pytest-testing")
# Each suite runs twice against every app, which takes minutes: `make verify` proves the suites of these.
WRITTEN_TESTS = ("pytest-testing",)


@pytest.fixture(scope="module")
def grader():
    with station(spare=os.cpu_count() or 1) as made:
        yield made


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_proven(grader, topic):
    chosen = plan(load_library(), [topic])
    if topic in WRITTEN_TESTS:
        chosen = replace(chosen, cases=())
    assert chosen.questions
    requirements = lock_file("x86_64").read_text(encoding="utf-8")
    found = carry_out(chosen, grader, requirements, os.cpu_count() or 1)
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []


def test_no_topic_is_left_out():
    assert set(TOPICS) <= set(load_library().topics)

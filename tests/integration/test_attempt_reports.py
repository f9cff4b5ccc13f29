"""What people read once a real engine has graded them: right and wrong, for the candidate and for the staff."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from harness.content.library import load_library
from harness.content.trees import read_tree
from harness.grading.station import station
from harness.services import attempts, handing_in, reporting
from harness.services.inviting import Invitee, invite
from harness.store.base import db, writing
from harness.store.models import Assessment, AssessmentItem, Attempt, FrozenItem, Part, User
from harness.worker.exams import Exams
from harness.worker.run import Worker

pytestmark = pytest.mark.engine

TASK = "application-factory/library-factory"
REFERENCE = load_library().roots[0] / "reference" / TASK


@pytest.fixture
def worker(app) -> Iterator[Worker]:
    with station(spare=os.cpu_count() or 1) as grader, Exams() as exams:
        yield Worker(app, grader, exams)


@pytest.fixture
def assessment(app) -> Assessment:
    """One of a single task."""
    found = db.session.query(Assessment).one()
    frozen = db.session.query(FrozenItem).filter_by(kind="task", item=TASK).one()
    with writing() as session:
        found.items.clear()
        session.flush()
        found.items.append(AssessmentItem(position=0, frozen=frozen))
    return found


def sit(assessment: Assessment, name: str, folder: str) -> Attempt:
    """Somebody hands in what stands in this folder of the reference, and ends."""
    owner = db.session.query(User).one()
    ((invitation, _),) = invite(assessment.id, [Invitee(name)], owner.id)
    attempt = attempts.begin(invitation.id)
    attempts.start_part(attempt.id, Part.TASKS)
    handing_in.hand_in(attempt.items[0].id, "click", read_tree(REFERENCE / folder))
    attempts.end_part(attempt.id, Part.TASKS)
    return attempt


def test_a_right_and_a_wrong_submission_are_told_apart_to_both_readers(worker, assessment):
    right = sit(assessment, "Rita", "solution")
    wrong = sit(assessment, "Walter", "wrong/cached-app")
    assert reporting.for_candidate(right).pending
    while worker.work_once():
        pass
    db.session.rollback()

    rita = reporting.for_candidate(right)
    assert (rita.do, rita.tasks[0].report.status, rita.tasks[0].report.diagnoses) == (100.0, "passed", ())
    assert rita.tasks[0].report.explanation

    walter, staff = reporting.for_candidate(wrong), reporting.for_staff(wrong)
    assert walter.do == staff.do
    assert 0 < walter.do < 100
    (found,) = walter.tasks[0].report.diagnoses
    assert (found.misconception, found.lead) == ("cached-app", "Your code behaves as if")
    assert found.question.explanation
    checks = [check for concept in walter.tasks[0].report.concepts for check in concept.checks]
    assert all(check.detail is None for check in checks)
    assert walter.tasks[0].report.record is None
    assert staff.tasks[0].report.record.seed
    failed = [check for concept in staff.tasks[0].report.concepts for check in concept.checks if not check.earned]
    assert any("assert" in check.detail.traceback for check in failed)

"""The worker on a real engine: from a submission in the queue to a result in the store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from harness.content.library import load_library
from harness.content.trees import read_tree
from harness.grading.station import station
from harness.services import attempts, handing_in, regrading, results
from harness.store.base import db, writing
from harness.store.models import Assessment, AssessmentItem, FrozenItem, Job, JobState, Part, Result
from harness.worker.exams import Exams
from harness.worker.run import Worker
from tests.unit.platform_fixtures import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engine

TASK = "application-factory/library-factory"
REFERENCE = load_library().roots[0] / "reference" / TASK


@pytest.fixture
def worker(app) -> Iterator[Worker]:
    with station(spare=os.cpu_count() or 1) as grader, Exams() as exams:
        yield Worker(app, grader, exams)


@pytest.fixture
def task(app):
    """The task of somebody's attempt, whose clock runs."""
    with writing() as session:
        assessment = session.scalars(select(Assessment)).one()
        frozen = session.scalars(select(FrozenItem).where(FrozenItem.kind == "task", FrozenItem.item == TASK)).one()
        assessment.items.clear()
        session.flush()
        assessment.items.append(AssessmentItem(position=0, frozen=frozen))
    attempt = attempts.begin(attempts.find_invitation(TOKEN).id)
    attempts.start_part(attempt.id, Part.TASKS)
    return attempt.items[0]


def outcome(worker: Worker) -> Job:
    """Has the one job done, and gives it."""
    assert worker.work_once()
    assert not worker.work_once()
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def test_a_right_submission_is_graded_by_the_catalogues_bytes(worker, task):
    handing_in.hand_in(task.id, "click", read_tree(REFERENCE / "solution"))
    assert outcome(worker).state is JobState.DONE
    result = db.session.scalars(select(Result)).one()
    assert (result.score, result.task_digest) == (100.0, task.digest)
    assert results.standing(task.attempt).do == 100.0


def test_a_wrong_submission_is_told_what_it_is(worker, task):
    handing_in.hand_in(task.id, "click", read_tree(REFERENCE / "wrong" / "cached-app"))
    job = outcome(worker)
    result = db.session.scalars(select(Result)).one()
    assert 0 < result.score < 100
    assert '"misconception": "cached-app"' in result.content
    assert len(job.progress) <= 16


def test_a_grading_that_is_made_again_draws_the_same_values(worker, task):
    submission = handing_in.hand_in(task.id, "click", read_tree(REFERENCE / "solution"))
    assert worker.work_once()
    regrading.grade_again(submission.id, task.attempt.assessment.owner_id)
    assert worker.work_once()
    first, second = db.session.scalars(select(Result))
    assert first.seed == second.seed
    assert task.attempt.seed not in first.seed


def test_a_run_of_the_public_tests_leaves_its_lines_and_no_result(worker, task):
    kit = read_tree(load_library().task(TASK).public / "tests")
    files = {**read_tree(REFERENCE / "solution"), **{f"tests/{name}": data for name, data in kit.items()}}
    handing_in.run_public_tests(task.id, "run", files)
    job = outcome(worker)
    assert job.state is JobState.DONE
    assert job.progress
    assert db.session.scalars(select(Result)).all() == []

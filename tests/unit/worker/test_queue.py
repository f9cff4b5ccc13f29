"""The queue: leases, lost workers, and that nothing is graded twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from harness.domain.verdicts import Environment, GradeResult
from harness.services import attempts, handing_in
from harness.store.base import db
from harness.store.columns import now
from harness.store.models import Job, JobState, Part, Result
from harness.worker import queue
from tests.unit.platform_fixtures import TOKEN

RESULT = GradeResult(
    run_id="run",
    task="contexts/busy-weighbridge",
    task_revision=1,
    task_digest="0" * 64,
    submission_digest="1" * 64,
    seed="seed",
    started_at="2026-01-01T00:00:00+00:00",
    seconds=1.0,
    environment=Environment("sha256:0", "tag", "runc", "3.13"),
)
LATER = timedelta(seconds=1) + queue.LEASE


@pytest.fixture
def task(app):
    attempt = attempts.begin(attempts.find_invitation(TOKEN).id)
    attempts.start_part(attempt.id, Part.TASKS)
    return next(item for item in attempt.items if item.part is Part.TASKS)


@pytest.fixture
def job(task):
    submission = handing_in.hand_in(task.id, "click", {"app.py": b""})
    return db.session.scalars(select(Job).where(Job.submission_id == submission.id)).one()


def test_an_empty_queue_gives_nothing(app):
    assert queue.claim("a") is None


def test_a_job_is_held_by_one(job):
    assert queue.claim("a").job == job.id
    assert queue.claim("b") is None


def test_a_result_closes_its_job(job):
    assert queue.finish(queue.claim("a"), RESULT)
    assert job.state is JobState.DONE
    assert db.session.scalars(select(Result)).one().run_id == "run"


def test_a_worker_that_died_loses_its_job(job):
    queue.claim("dead")
    with time_machine.travel(now() + LATER):
        assert queue.claim("b").job == job.id


def test_who_renews_keeps_the_job(job):
    held = queue.claim("a")
    with time_machine.travel(now() + queue.LEASE / 2):
        assert queue.keep(held, ["one"])
    with time_machine.travel(now() + LATER):
        assert queue.claim("b") is None
    assert job.progress == ["one"]


def test_a_late_result_is_not_taken(job):
    late = queue.claim("slow")
    with time_machine.travel(now() + LATER):
        again = queue.claim("quick")
        assert not queue.finish(late, RESULT)
        assert not queue.keep(late, [])
        assert queue.finish(again, replace(RESULT, run_id="other"))
    assert db.session.scalars(select(Result)).one().run_id == "other"


def test_the_same_worker_does_not_finish_what_it_lost(job):
    late = queue.claim("a")
    with time_machine.travel(now() + LATER):
        again = queue.claim("a")
        assert not queue.finish(late, RESULT)
        assert queue.finish(again, RESULT)


def test_our_own_faults_are_tried_again_and_then_shown(job):
    for _ in range(queue.MOST_TRIES):
        assert queue.give_back(queue.claim("a"), "the engine is away")
    assert queue.claim("a") is None
    assert (job.state, job.trouble) == (JobState.FAILED, "the engine is away")


def test_a_job_that_kills_its_workers_is_given_up(job):
    moment = now()
    for _ in range(queue.MOST_TRIES):
        with time_machine.travel(moment):
            assert queue.claim("dies")
        moment += LATER
    with time_machine.travel(moment):
        assert queue.claim("a") is None
    assert (job.state, job.trouble) == (JobState.FAILED, queue.GIVEN_UP)


def test_who_waits_at_the_editor_goes_first(task):
    handing_in.hand_in(task.id, "click", {"app.py": b""})
    handing_in.run_public_tests(task.id, "run", {"app.py": b""})
    assert [queue.claim("a").kind.value for _ in range(2)] == ["public-run", "grade"]


def test_racing_workers_share_nothing(app, job):
    got: list[queue.Claim] = []

    def work() -> None:
        with app.app_context():
            if held := queue.claim("a"):
                got.append(held)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    db.session.rollback()  # see what the others wrote
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.RUNNING)) == 1
